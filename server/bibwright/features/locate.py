"""What stands at a position: the block, the entry and the field there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bibwright.analysis.workspace import OpenDocument
from bibwright.syntax.document import Position, locate
from bibwright.syntax.nodes import Entry, Field
from bibwright.text.blocklist import Block, Place
from bibwright.text.columns import PositionEncoding
from bibwright.text.spans import Span


class EntryAt(NamedTuple):
    """An entry, its block and the block's place; `offset` is where in the block was asked for, in code points."""

    place: Place
    block: Block
    entry: Entry
    offset: int


def find_entry_at(document: OpenDocument, position: Position, encoding: PositionEncoding) -> EntryAt | None:
    """The entry that holds a position; None between entries."""
    place, offset = locate(document.blocks, position, encoding)
    block = document.blocks.block(place)
    for entry in document.tree(block).entries:
        if entry.span.start <= offset <= entry.span.end:
            return EntryAt(place, block, entry, offset)
    return None


class BlockPart(NamedTuple):
    """The part of a block that a range covers, from offset `low` to `high`, in code points."""

    place: Place
    block: Block
    low: int
    high: int


def blocks_between(
    document: OpenDocument, start: Position, end: Position, encoding: PositionEncoding
) -> Iterator[BlockPart]:
    """The blocks that a range touches, in order; as the document is now, even if it is edited in between."""
    blocks = document.blocks
    first, first_offset = locate(blocks, start, encoding)
    last, last_offset = locate(blocks, max(start, end), encoding)
    place: Place | None = first
    while place is not None and place <= last:
        block = blocks.block(place)
        low = first_offset if place == first else 0
        high = last_offset if place == last else len(block.text)
        yield BlockPart(place, block, low, high)
        place = blocks.next_place(place)


def span_between(document: OpenDocument, start: Position, end: Position, encoding: PositionEncoding) -> Span:
    """What a range covers, in code points from the beginning of the document."""
    return Span(*(_offset(document, position, encoding) for position in (start, max(start, end))))


def _offset(document: OpenDocument, position: Position, encoding: PositionEncoding) -> int:
    place, offset = locate(document.blocks, position, encoding)
    return start_of(document, place) + offset


def start_of(document: OpenDocument, place: Place) -> int:
    """Where the block at a place begins, in code points from the beginning of the document."""
    buckets = document.blocks.buckets
    before = sum(len(block.text) for bucket in buckets[: place.bucket] for block in bucket.blocks)
    return before + sum(len(block.text) for block in buckets[place.bucket].blocks[: place.slot])


def entries_between(
    document: OpenDocument, start: Position, end: Position, encoding: PositionEncoding
) -> Iterator[EntryAt]:
    """The entries that a range touches, in order."""
    for part in blocks_between(document, start, end, encoding):
        for entry in document.tree(part.block).entries:
            if entry.span.start <= part.high and part.low <= entry.span.end:
                yield EntryAt(part.place, part.block, entry, max(part.low, entry.span.start))


def find_named_field(found: EntryAt) -> Field | None:
    """The field whose name (or tag) the offset is on."""
    for field in found.entry.fields:
        if field.name.start <= found.offset <= field.name.end:
            return field
    return None
