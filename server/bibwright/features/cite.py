"""Records as one bibliography."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from bibwright.csl.citation import Citation, Cite
from bibwright.csl.document import collect_items, render_bibliography_of, render_citations
from bibwright.csl.output import Formatted
from bibwright.csl.style import Style
from bibwright.model.record import Record


class Sorted(NamedTuple):
    """An entry of a whole bibliography, told from the others: its place (from 0) in the input, and how it prints."""

    place: int
    in_text: Formatted
    entry: Formatted


def sort_bibliography(
    style: Style, records: Sequence[Record], step: Callable[[], None] | None = None
) -> tuple[Sorted, ...]:
    """The records as one bibliography: sorted, numbered and told apart as the style does when all are cited.

    Of a style without a bibliography, and of a record of which only a citation prints, `entry` is empty.
    `step` is called several times for each record; what it raises ends the work.
    """
    items = collect_items(style, records, step)
    entries = {entry.place: entry.formatted for entry in render_bibliography_of(items)}
    citations = render_citations(items, [Citation((Cite(record),)) for record in items.records])
    places = {id(record): place for place, record in reversed(list(enumerate(records)))}
    return tuple(
        Sorted(places[id(items.records[item])], citations[item], entries.get(item, ())) for item in items.order
    )


def find_unknown_keys(keys: Collection[str], known: Collection[str]) -> list[str]:
    """Those of `keys` that no entry has."""
    return [key for key in keys if key not in known]
