"""Bibliographies of open documents: a window of one for a preview, or all of one as text.

A window into a large document is in document order, because sorting and telling apart needs every record; a small one
is shown as the style would print it.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from typing import NamedTuple

from bibwright.analysis.resolver import DocumentResolver
from bibwright.analysis.workspace import OpenDocument
from bibwright.csl.output import WRITERS, Formatted, ListedEntry
from bibwright.csl.render import render_bibliography_entry
from bibwright.csl.single import render_single_citation
from bibwright.csl.style import Style
from bibwright.features.cite import sort_bibliography
from bibwright.features.entry_numbers import EntryNumbers
from bibwright.features.locate import EntryAt, blocks_between, find_entry_at
from bibwright.model.record import Record
from bibwright.syntax.document import Position
from bibwright.syntax.nodes import Entry
from bibwright.text.blocklist import Block
from bibwright.text.columns import PositionEncoding

#: A document with no more entries is sorted for a preview: about a second's work, done beside everything else.
MOST_SORTED = 500
#: The most entries of a window.
MOST_SHOWN = 200


class EntryRecord(NamedTuple):
    """A record, the entry it was read from and its block."""

    record: Record
    entry: Entry
    block: Block


class ShownEntry(NamedTuple):
    """An entry of a window: the entry, and how it prints in the text and in the bibliography."""

    source: EntryRecord
    in_text: Formatted
    entry: Formatted


class Window(NamedTuple):
    """Entries `start` (from 0) and following of `total`; `is_sorted` says that they stand in the style's order.

    `at` is the number of the entry that was asked for by a place, or None.
    """

    total: int
    start: int
    entries: tuple[ShownEntry, ...]
    at: int | None
    is_sorted: bool


class Written(NamedTuple):
    """A bibliography as text, and the number of its entries."""

    text: str
    number: int


def read_steps(
    document: OpenDocument, part: tuple[Position, Position] | None, encoding: PositionEncoding
) -> Generator[None, None, list[EntryRecord] | None]:
    """Read all entries of a document, or those that a range touches; one step a block.

    None when the document was edited between two steps.
    """
    found: list[EntryRecord] = []
    blocks = document.blocks
    if part is None:
        parts = [(block, 0, len(block.text)) for block in blocks]
    else:
        parts = [(each.block, each.low, each.high) for each in blocks_between(document, *part, encoding)]
    for block, low, high in parts:
        if document.blocks is not blocks:
            return None
        found += (
            EntryRecord(_read(document, block, entry), entry, block)
            for entry in document.tree(block).entries
            if entry.span.start <= high and low <= entry.span.end
        )
        yield
    return found


def sort_entries(
    style: Style, entries: Sequence[EntryRecord], step: Callable[[], None] | None = None
) -> tuple[ShownEntry, ...]:
    """The entries as the style's bibliography. Touches no document, so that it may run in another thread."""
    ordered = sort_bibliography(style, [each.record for each in entries], step)
    return tuple(ShownEntry(entries[one.place], one.in_text, one.entry) for one in ordered)


def write_bibliography(entries: Sequence[ShownEntry], language: str, *, in_text: bool = False) -> Written:
    """The entries in one of the languages of `csl.output.WRITERS`; those of which nothing prints are left out.

    In-text forms stand on a line each.
    """
    writer = WRITERS[language]
    listed = [
        ListedEntry(each.source.record.key, shown)
        for each in entries
        if (shown := each.in_text if in_text else each.entry)
    ]
    if in_text and language != "rtf":
        return Written("".join(f"{writer.write(one.formatted)}\n" for one in listed), len(listed))
    return Written(writer.write_list(listed), len(listed))


def show_sorted(entries: Sequence[ShownEntry], start: int | None, count: int, at: EntryAt | None) -> Window:
    """A window into a sorted bibliography; around the entry `at` where no `start` is given."""
    sources = (each.source for each in entries)
    found = at and next(
        (number for number, one in enumerate(sources) if one.block is at.block and one.entry.span == at.entry.span),
        None,
    )
    first = _first(start, count, found, len(entries))
    return Window(len(entries), first, tuple(entries[first : first + count]), found, is_sorted=True)


def show_in_order(
    document: OpenDocument,
    numbers: EntryNumbers,
    style: Style,
    window: tuple[int | None, int],
    position: Position | None,
    encoding: PositionEncoding,
) -> Generator[None, None, Window | None]:
    """A window (start and count) in document order, around the entry at `position` where no start is given.

    Nothing is read but what it shows, one step an entry. None when the document was edited between two steps.
    """
    blocks = document.blocks
    start, count = window
    found = find_entry_at(document, position, encoding) if position is not None else None
    at = None
    if found is not None:
        at = numbers.number_at(found.place) + document.tree(found.block).entries.index(found.entry)
    total = numbers.total
    first = _first(start, count, at, total)
    entries: list[ShownEntry] = []
    for number, block in numbers.blocks_from(first):
        if number >= first + count:
            break
        for place, entry in enumerate(document.tree(block).entries, number):
            if first <= place < first + count:
                entries.append(_show(EntryRecord(_read(document, block, entry), entry, block), style, place + 1))
                yield
                if document.blocks is not blocks:
                    return None
    return Window(total, first, tuple(entries), at, is_sorted=False)


def _show(source: EntryRecord, style: Style, number: int) -> ShownEntry:
    return ShownEntry(
        source,
        render_single_citation(style, source.record, number=number),
        render_bibliography_entry(style, source.record, number=number),
    )


def _first(start: int | None, count: int, at: int | None, total: int) -> int:
    if start is None:
        start = 0 if at is None else at - count // 2
    return max(0, min(start, total - count if total > count else 0))


def _read(document: OpenDocument, block: Block, entry: Entry) -> Record:
    return document.format.read_entry(block.text, entry, DocumentResolver(document, block))
