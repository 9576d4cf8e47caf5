"""The entries of a bibliography in a given order, with repeated authors replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bibwright.csl.render import render_area

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bibwright.csl.context import Context
    from bibwright.csl.output import Formatted
    from bibwright.csl.style import Style


class BibliographyEntry(NamedTuple):
    """An entry that printed, and where in the input (from 0) its record stands."""

    place: int
    formatted: Formatted


def render_entries(style: Style, items: Sequence[tuple[int, Context]]) -> tuple[BibliographyEntry, ...]:
    """The items, each with its place in the input and a fresh rendering state, in the order of the bibliography."""
    area = style.bibliography
    if area is None:
        return ()
    text = area.attributes.get("subsequent-author-substitute")
    rule = area.attributes.get("subsequent-author-substitute-rule", "complete-all")
    entries: list[BibliographyEntry] = []
    previous: Context | None = None
    for place, ctx in items:
        if text is not None:
            ctx.author_substitute = (text, rule)
            ctx.previous_names = (previous.first_names if previous else None) or ()
        formatted = render_area(style, area, ctx)
        if formatted:
            entries.append(BibliographyEntry(place, formatted))
            previous = ctx
    return tuple(entries)
