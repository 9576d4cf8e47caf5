"""A persistent list of blocks in buckets: an edit copies one bucket, and no block stores where it stands.

Every block knows only its own text. Where it begins follows from the totals of the buckets before it, so an
edit shifts nothing behind it, and an older list stays valid for whoever still reads it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate, chain
from typing import NamedTuple

from bibwright.text.columns import LineTable, count_line_ends

_BUCKET_SIZE = 256


class Block:
    """The unit that is parsed again: an immutable piece of the text. Two blocks are equal only if identical."""

    __slots__ = ("_line_table", "line_ends", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.line_ends = count_line_ends(text)
        self._line_table: LineTable | None = None

    @property
    def line_table(self) -> LineTable:
        """Where the block's lines begin; made when it is first asked for, which few blocks are."""
        if self._line_table is None:
            self._line_table = LineTable(self.text)
        return self._line_table

    def __repr__(self) -> str:
        return f"Block({self.text[:40]!r})"


class Bucket:
    """Some consecutive blocks and the number of line ends in them. Immutable; what is derived is kept."""

    __slots__ = ("_places", "blocks", "line_ends")

    def __init__(self, blocks: tuple[Block, ...]) -> None:
        self.blocks = blocks
        self.line_ends = sum(block.line_ends for block in blocks)
        self._places: dict[Block, tuple[int, int]] | None = None

    def place(self, block: Block) -> tuple[int, int]:
        """The slot of a block of this bucket, and its first line counted from the bucket's first."""
        if self._places is None:
            lines = [0, *accumulate(block.line_ends for block in self.blocks)]
            self._places = {block: (slot, lines[slot]) for slot, block in enumerate(self.blocks)}
        return self._places[block]


class Place(NamedTuple):
    """Where a block stands in one list: `buckets[bucket].blocks[slot]`, from line `line` (from 0) on."""

    bucket: int
    slot: int
    line: int


class BlockList:
    """All blocks of a text, in order. Immutable; there is always at least one block."""

    __slots__ = ("_block_starts", "_line_starts", "buckets")

    def __init__(self, buckets: tuple[Bucket, ...]) -> None:
        self.buckets = buckets
        self._line_starts = [0, *accumulate(bucket.line_ends for bucket in buckets)]
        self._block_starts = [0, *accumulate(len(bucket.blocks) for bucket in buckets)]

    @classmethod
    def of(cls, blocks: Iterable[Block]) -> BlockList:
        """A list of these blocks."""
        return cls(tuple(_buckets(tuple(blocks) or (Block(""),))))

    def __len__(self) -> int:
        return self._block_starts[-1]

    def __iter__(self) -> Iterator[Block]:
        return chain.from_iterable(bucket.blocks for bucket in self.buckets)

    @property
    def line_ends(self) -> int:
        """The number of line ends in the whole text."""
        return self._line_starts[-1]

    def text(self) -> str:
        """The whole text."""
        return "".join(block.text for block in self)

    def block(self, place: Place) -> Block:
        """The block at a place of this list."""
        return self.buckets[place.bucket].blocks[place.slot]

    def places(self) -> Iterator[tuple[Place, Block]]:
        """Every block with its place, in order."""
        for number, bucket in enumerate(self.buckets):
            line = self._line_starts[number]
            for index, block in enumerate(bucket.blocks):
                yield Place(number, index, line), block
                line += block.line_ends

    def bucket_line(self, bucket: int) -> int:
        """The line (from 0) on which a bucket begins."""
        return self._line_starts[bucket]

    def find_line(self, line: int) -> Place:
        """The place of the block that holds the beginning of `line`; the last block when there is no such line."""
        number = min(bisect_right(self._line_starts, line), len(self.buckets)) - 1
        first = self._line_starts[number]
        blocks = self.buckets[number].blocks
        for index, block in enumerate(blocks):
            if line < first + block.line_ends or index == len(blocks) - 1:
                return Place(number, index, first)
            first += block.line_ends
        raise AssertionError("a bucket is never empty")

    def next_place(self, place: Place) -> Place | None:
        """The place after this one."""
        line = place.line + self.block(place).line_ends
        if place.slot + 1 < len(self.buckets[place.bucket].blocks):
            return Place(place.bucket, place.slot + 1, line)
        if place.bucket + 1 < len(self.buckets):
            return Place(place.bucket + 1, 0, line)
        return None

    def previous_place(self, place: Place) -> Place | None:
        """The place before this one."""
        if place.slot:
            bucket, index = place.bucket, place.slot - 1
        elif place.bucket:
            bucket = place.bucket - 1
            index = len(self.buckets[bucket].blocks) - 1
        else:
            return None
        line = place.line - self.buckets[bucket].blocks[index].line_ends
        return Place(bucket, index, line)

    def span(self, first: Place, last: Place) -> list[Block]:
        """The blocks from `first` to `last`, both included."""
        if first.bucket == last.bucket:
            return list(self.buckets[first.bucket].blocks[first.slot : last.slot + 1])
        between = chain.from_iterable(bucket.blocks for bucket in self.buckets[first.bucket + 1 : last.bucket])
        return [
            *self.buckets[first.bucket].blocks[first.slot :],
            *between,
            *self.buckets[last.bucket].blocks[: last.slot + 1],
        ]

    def splice(self, first: Place, last: Place, blocks: Iterable[Block]) -> BlockList:
        """A list in which `blocks` stand for those from `first` to `last`, both included."""
        middle = (
            *self.buckets[first.bucket].blocks[: first.slot],
            *blocks,
            *self.buckets[last.bucket].blocks[last.slot + 1 :],
        )
        low, high = first.bucket, last.bucket + 1
        # Take in a neighbour of a small remainder, so that buckets do not crumble under many deletions.
        if len(middle) < _BUCKET_SIZE // 4 and len(self.buckets) > high - low:
            if high < len(self.buckets):
                middle += self.buckets[high].blocks
                high += 1
            else:
                low -= 1
                middle = self.buckets[low].blocks + middle
        buckets = (*self.buckets[:low], *_buckets(middle), *self.buckets[high:])
        return BlockList(buckets) if buckets else BlockList.of(())


def _buckets(blocks: tuple[Block, ...]) -> Iterator[Bucket]:
    if len(blocks) <= 2 * _BUCKET_SIZE:
        if blocks:
            yield Bucket(blocks)
        return
    for start in range(0, len(blocks), _BUCKET_SIZE):
        yield Bucket(blocks[start : start + _BUCKET_SIZE])
