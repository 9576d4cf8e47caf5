"""Citations as plain text: the characters alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bibwright.csl.output.runs import break_before, with_previous

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bibwright.csl.output.runs import Formatted, ListedEntry


def to_plain(formatted: Formatted) -> str:
    """The characters alone; superscripts and subscripts stand on the line."""
    return "".join(break_before(before, run, "\n") + run.text for before, run in with_previous(formatted))


def plain_list(entries: Sequence[ListedEntry]) -> str:
    """A line an entry, or several where the style sets blocks."""
    return "".join(f"{to_plain(entry.formatted)}\n" for entry in entries)
