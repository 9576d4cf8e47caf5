"""A whole bibliography: its entries in the style's order, numbered, with repeated authors replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bibwright.csl.render import new_context, render_area
from bibwright.csl.sort import sort_records

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bibwright.csl.context import Context
    from bibwright.csl.output import Formatted
    from bibwright.csl.style import Style
    from bibwright.model.record import Record


class BibliographyEntry(NamedTuple):
    """An entry that printed, and where in the input (from 0) its record stands."""

    place: int
    formatted: Formatted


def render_bibliography(style: Style, records: Sequence[Record]) -> tuple[BibliographyEntry, ...]:
    """The records as a bibliography. A record of which nothing prints has no entry."""
    area = style.bibliography
    if area is None:
        return ()
    text = area.attributes.get("subsequent-author-substitute")
    rule = area.attributes.get("subsequent-author-substitute-rule", "complete-all")
    entries: list[BibliographyEntry] = []
    previous: Context | None = None
    for number, index in enumerate(sort_records(style, area, records), 1):
        ctx = new_context(style, records[index])
        ctx.given["citation-number"] = str(number)
        if text is not None:
            ctx.author_substitute = (text, rule)
            ctx.previous_names = (previous.first_names if previous else None) or ()
        formatted = render_area(style, area, ctx)
        if formatted:
            entries.append(BibliographyEntry(index, formatted))
            previous = ctx
    return tuple(entries)
