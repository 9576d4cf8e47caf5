"""A whole bibliography: its entries in the style's order, numbered, told apart, with repeated authors replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bibwright.csl.document import collect_items, render_bibliography_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bibwright.csl.entries import BibliographyEntry
    from bibwright.csl.style import Style
    from bibwright.model.record import Record


def render_bibliography(style: Style, records: Sequence[Record]) -> tuple[BibliographyEntry, ...]:
    """The records as a bibliography, with year suffixes as if all were cited.

    A record of which nothing prints has no entry.
    """
    return render_bibliography_of(collect_items(style, records))
