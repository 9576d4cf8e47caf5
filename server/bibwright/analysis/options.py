"""What is known about a document beyond its text, and rules may ask for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LintOptions:
    """The user's word and the surroundings of one document.

    `dialect` is `bibtex` or `biblatex`, or empty: then the document's own text decides. `entry_types` and `fields`
    (lower case) are known to the user's styles, whatever the data models say. `this_year` is 0 where no rule may
    know it.
    """

    dialect: str = ""
    entry_types: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    this_year: int = 0
