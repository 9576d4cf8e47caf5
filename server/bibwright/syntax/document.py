"""A document: the block list of one text, and the edit that touches only the blocks it must.

A splitter cuts a text at its boundary lines. Whether a line is a boundary is decided by that line and by lines directly
before it that are in its block if they matter (`boundaries.Lead`); this is what keeps an edit local, for then only the
blocks that it touches, the one before (whose end may have been a boundary) and the one after (whose first line may be
joined to the edit) can change.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from bibwright.text.blocklist import Block, BlockList, Place
from bibwright.text.columns import PositionEncoding

#: Cuts a text into pieces: the first from its start, each other one from a boundary line, to the next.
Splitter: TypeAlias = Callable[[str], list[str]]


class Position(NamedTuple):
    """A place in a document: line and column from 0, the column in the units of a `PositionEncoding`."""

    line: int
    character: int


class Change(NamedTuple):
    """What an edit did: the new list, the blocks that are gone and those in their place, in order.

    `before` and `after` are the blocks on either side of them, None at the ends of the document.
    """

    blocks: BlockList
    removed: tuple[Block, ...]
    added: tuple[Block, ...]
    before: Block | None
    after: Block | None


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
    outer_before, outer_after = blocks.previous_place(first), blocks.next_place(last)
    if outer_before is not None:
        first = outer_before
        touched.insert(0, blocks.block(first))
        text = touched[0].text + text
    if outer_after is not None:
        last = outer_after
        touched.append(blocks.block(last))
        text += touched[-1].text
    pieces = split(text)
    # The outermost blocks were only taken in for their edges: keep all that came out unchanged.
    front, back = _unchanged_ends([block.text for block in touched], pieces)
    added = tuple(Block(piece) for piece in pieces[front : len(pieces) - back])
    kept_front, kept_back = touched[:front], touched[len(touched) - back :]
    before = kept_front[-1] if kept_front else _block_at(blocks, blocks.previous_place(first))
    after = kept_back[0] if kept_back else _block_at(blocks, blocks.next_place(last))
    return Change(
        blocks.splice(first, last, (*kept_front, *added, *kept_back)),
        tuple(touched[front : len(touched) - back]),
        added,
        before,
        after,
    )


def _unchanged_ends(old: list[str], new: list[str]) -> tuple[int, int]:
    """How many members at the front and at the back are the same in both; none is counted twice."""
    shorter = min(len(old), len(new))
    front = 0
    while front < shorter and old[front] == new[front]:
        front += 1
    back = 0
    while back < shorter - front and old[-1 - back] == new[-1 - back]:
        back += 1
    return front, back


def _block_at(blocks: BlockList, place: Place | None) -> Block | None:
    return None if place is None else blocks.block(place)


def locate(blocks: BlockList, position: Position, encoding: PositionEncoding) -> tuple[Place, int]:
    """The block that holds a position, and the code point offset in it."""
    if position.line > blocks.line_ends:
        place = blocks.find_line(blocks.line_ends)
        return place, len(blocks.block(place).text)
    place = blocks.find_line(max(position.line, 0))
    block = blocks.block(place)
    return place, block.line_table.offset(position.line - place.line, position.character, encoding)
