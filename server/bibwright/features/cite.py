"""The formatted citations of a document: each of its entries in each of the styles asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from bibwright.analysis.workspace import OpenDocument
from bibwright.csl.citation import Citation as TextCitation
from bibwright.csl.citation import Cite
from bibwright.csl.document import collect_items, render_bibliography_of, render_citations
from bibwright.csl.output import Formatted
from bibwright.csl.render import render_bibliography_entry
from bibwright.csl.single import render_single_citation
from bibwright.csl.style import Style
from bibwright.features.records import PlacedRecord, read_records
from bibwright.model.record import Record


class Citation(NamedTuple):
    """One entry in one style, in the text and in the bibliography; either is empty when nothing of the entry prints.

    `line` is the line (from 0) on which the entry begins.
    """

    key: str
    style: str
    in_text: Formatted
    entry: Formatted
    line: int


class Sorted(NamedTuple):
    """An entry of a whole bibliography, told from the others: its place (from 0) in the input, and how it prints."""

    place: int
    in_text: Formatted
    entry: Formatted


def cite_document(
    document: OpenDocument, styles: Mapping[str, Style], keys: Collection[str] = ()
) -> Iterator[Citation]:
    """The entries in document order, or those with one of `keys`; for each one citation per style, in their order.

    Entries are numbered, for styles that print a number, in the order in which they come; nothing else of one entry
    depends on the others.
    """
    yield from cite_records(find_records(document, keys), styles)


def cite_records(records: Iterable[PlacedRecord], styles: Mapping[str, Style]) -> Iterator[Citation]:
    """The same for records in their order."""
    for number, placed in enumerate(records, 1):
        for name, style in styles.items():
            yield cite_record(placed.record, placed.line, name, style, number)


def cite_record(record: Record, line: int, name: str, style: Style, number: int = 1) -> Citation:
    """One entry, which begins on `line` (from 0), in one style, as if it stood alone but for its number."""
    in_text = render_single_citation(style, record, number=number)
    return Citation(record.key, name, in_text, render_bibliography_entry(style, record, number=number), line)


def find_records(document: OpenDocument, keys: Collection[str] = ()) -> Iterator[PlacedRecord]:
    """The records of the entries in document order, or those with one of `keys`."""
    return (placed for placed in read_records(document) if not keys or placed.record.key in keys)


def sort_bibliography(
    style: Style, records: Sequence[Record], step: Callable[[], None] | None = None
) -> tuple[Sorted, ...]:
    """The records as one bibliography: sorted, numbered and told apart as the style does when all are cited.

    Of a style without a bibliography, and of a record of which only a citation prints, `entry` is empty.
    `step` is called several times for each record; what it raises ends the work.
    """
    items = collect_items(style, records, step)
    entries = {entry.place: entry.formatted for entry in render_bibliography_of(items)}
    citations = render_citations(items, [TextCitation((Cite(record),)) for record in items.records])
    places = {id(record): place for place, record in reversed(list(enumerate(records)))}
    return tuple(
        Sorted(places[id(items.records[item])], citations[item], entries.get(item, ())) for item in items.order
    )


def find_unknown_keys(keys: Collection[str], known: Collection[str]) -> list[str]:
    """Those of `keys` that no entry has."""
    return [key for key in keys if key not in known]
