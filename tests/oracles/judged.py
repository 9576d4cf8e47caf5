"""The disagreements that have been judged (`judged.toml`): who is right, and why."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Judged:
    """One judgement. What it leaves empty it does not ask for."""

    oracle: str
    right: str
    reason: str
    files: tuple[str, ...] = ()
    message: str = ""
    kind: str = ""

    def fits(self, oracle: str, file: str, lines: Sequence[str], kind: str) -> bool:
        """Whether it is about this disagreement, which `lines` show."""
        return (
            re.fullmatch(self.oracle, oracle) is not None
            and (not self.files or file in self.files)
            and (not self.kind or re.fullmatch(self.kind, kind) is not None)
            and all(re.search(self.message, line) for line in lines)
        )


@cache
def judgements() -> tuple[Judged, ...]:
    """All of them, in the order in which they are written."""
    tables = tomllib.loads((Path(__file__).with_name("judged.toml")).read_text("utf-8"))["judged"]
    return tuple(Judged(**{**table, "files": tuple(table.get("files", ()))}) for table in tables)


def find_judgement(oracle: str, file: str, lines: Sequence[str], kind: str = "") -> str:
    """`who: why` of the first judgement that fits; empty when nobody has judged this yet."""
    for one in judgements():
        if one.fits(oracle, file, lines, kind):
            return f"{one.right} right: {one.reason}"
    return ""
