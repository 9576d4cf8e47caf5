"""What is known about a document beyond its text, and rules may ask for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from bibwright.csl.style import Style


@dataclass(frozen=True, slots=True)
class StyleInUse:
    """The citation style of the document's project, and who says so (`style of paper.tex`).

    `load` gives it compiled, or None where it cannot be used; `version` changes when its file does.
    """

    name: str
    told_by: str
    load: Callable[[], Style | None] = field(compare=False)
    version: int = 0


@dataclass(frozen=True, slots=True)
class LintOptions:
    """The user's word and the surroundings of one document.

    `dialect` is `bibtex` or `biblatex`, or empty: then the document's own text decides. `entry_types` and `fields`
    (lower case) are known to the user's styles, whatever the data models say. `this_year` is 0 where no rule may
    know it. `style` is None where no document of the project tells one.
    """

    dialect: str = ""
    entry_types: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    this_year: int = 0
    style: StyleInUse | None = None
