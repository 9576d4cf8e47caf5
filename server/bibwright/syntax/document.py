"""A document: the block list of one text, and the edit that touches only the blocks it must.

A splitter cuts a text at its boundary lines. Whether a line is a boundary is decided by that line alone; this is
what keeps an edit local, for then only the blocks that it touches, the one before (whose end may have been a
boundary) and the one after (whose first line may be joined to the edit) can change.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from bibwright.text.blocklist import Block, BlockList, Place
from bibwright.text.columns import LINE_END, LineTable, PositionEncoding, offset_of

#: Cuts a text into pieces: the first from its start, each other one from a boundary line, to the next.
Splitter: TypeAlias = Callable[[str], list[str]]


class Position(NamedTuple):
    """A place in a document: line and column from 0, the column in the units of a `PositionEncoding`."""

    line: int
    character: int


class Change(NamedTuple):
    """What an edit did: the new list, the blocks that are gone and those in their place, in order."""

    blocks: BlockList
    removed: tuple[Block, ...]
    added: tuple[Block, ...]


def split_document(text: str, split: Splitter) -> BlockList:
    """The blocks of a whole text."""
    return BlockList.of(Block(piece) for piece in split(text))


def edit_document(
    blocks: BlockList,
    split: Splitter,
    start: Position,
    end: Position,
    new_text: str,
    *,
    encoding: PositionEncoding = PositionEncoding.UTF16,
) -> Change:
    """Replace what lies between two positions by `new_text`.

    Positions past the end of a line or of the text mean that end; an `end` before `start` means `start`.
    """
    end = max(start, end)
    first, first_offset = locate(blocks, start, encoding)
    last, last_offset = locate(blocks, end, encoding)
    touched = blocks.span(first, last)
    old = "".join(block.text for block in touched)
    last_offset += len(old) - len(touched[-1].text)
    text = old[:first_offset] + new_text + old[last_offset:]
    before, after = blocks.previous_place(first), blocks.next_place(last)
    if before is not None:
        first = before
        touched.insert(0, blocks.block(before))
        text = touched[0].text + text
    if after is not None:
        last = after
        touched.append(blocks.block(after))
        text += touched[-1].text
    pieces = split(text)
    # The outermost blocks were only taken in for their edges: keep them where they came out unchanged.
    kept_front = next((i for i, (a, b) in enumerate(zip(touched, pieces, strict=False)) if a.text != b), None)
    if kept_front is None:
        kept_front = min(len(touched), len(pieces))
    room = min(len(touched), len(pieces)) - kept_front
    kept_back = 0
    while kept_back < room and touched[-1 - kept_back].text == pieces[-1 - kept_back]:
        kept_back += 1
    removed = touched[kept_front : len(touched) - kept_back]
    added = [Block(piece) for piece in pieces[kept_front : len(pieces) - kept_back]]
    result = [*touched[:kept_front], *added, *touched[len(touched) - kept_back :]]
    return Change(blocks.splice(first, last, result), tuple(removed), tuple(added))


def locate(blocks: BlockList, position: Position, encoding: PositionEncoding) -> tuple[Place, int]:
    """The block that holds a position, and the code point offset in it."""
    if position.line > blocks.line_ends:
        place = blocks.find_line(blocks.line_ends)
        return place, len(blocks.block(place).text)
    place = blocks.find_line(max(position.line, 0))
    text = blocks.block(place).text
    start = 0
    for _ in range(position.line - place.line):
        match = LINE_END.search(text, start)
        assert match is not None  # the block has as many line ends as the list counts
        start = match.end()
    match = LINE_END.search(text, start)
    line = text[start : match.end()] if match else text[start:]
    return place, start + offset_of(line, position.character, encoding)


def position_in(blocks: BlockList, place: Place, offset: int, encoding: PositionEncoding) -> Position:
    """The position of the code point at `offset` of the block at `place`."""
    line, column = LineTable(blocks.block(place).text).position(offset, encoding)
    return Position(place.line + line, column)
