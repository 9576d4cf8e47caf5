"""Diagnostics and fixes as plain data. All spans and edits are relative to the block, in code points."""

from __future__ import annotations

from enum import Enum, IntEnum
from typing import NamedTuple

from bibwright.text.spans import Edit, Span


class Severity(IntEnum):
    """How bad it is; the numbers are those of the Language Server Protocol."""

    ERROR = 1
    WARNING = 2
    INFORMATION = 3
    HINT = 4

    @property
    def label(self) -> str:
        """The name that is shown and written to JSON."""
        return self.name.lower()


class Safety(Enum):
    """Whether a fix may be applied without being looked at."""

    SAFE = "safe"
    UNSAFE = "unsafe"


class Fix(NamedTuple):
    """A change that removes a finding. The title is an imperative (`Keep only the DOI`)."""

    title: str
    edits: tuple[Edit, ...]
    safety: Safety


class Related(NamedTuple):
    """Another place that belongs to a finding: a span of the same block, or wherever a fact is first stated."""

    message: str
    span: Span | None = None
    fact: tuple[str, str] | None = None


class Diagnostic(NamedTuple):
    """One finding. `fixes` has the preferred one first."""

    code: str
    name: str
    severity: Severity
    message: str
    span: Span
    fixes: tuple[Fix, ...] = ()
    related: tuple[Related, ...] = ()


def safe_fix(title: str, *edits: Edit) -> Fix:
    """A fix that may run by itself."""
    return Fix(title, edits, Safety.SAFE)


def unsafe_fix(title: str, *edits: Edit) -> Fix:
    """A fix that somebody has to look at."""
    return Fix(title, edits, Safety.UNSAFE)
