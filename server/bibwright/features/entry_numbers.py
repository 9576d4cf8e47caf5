"""The numbers of a document's entries: which is the thousandth, and which number has the one at a place.

How many entries a bucket of blocks holds is kept as long as the bucket lives, so after an edit one bucket is counted
anew. Counting does not parse: a block begins with the line that begins an entry, and only where a block may hold
something else, or more, is it looked at.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from bibwright.analysis.workspace import OpenDocument
from bibwright.text.blocklist import Block, BlockList, Bucket, Place

#: What begins as an entry does and is none.
_NO_ENTRIES = ("@string", "@comment", "@preamble")


class EntryNumbers:
    """The numbers of the entries of one document as it is now, from 0."""

    def __init__(self, document: OpenDocument) -> None:
        self._document = document
        self._counts: dict[Bucket, int] = {}
        self._blocks: BlockList | None = None
        self._starts: list[int] = [0]

    @property
    def total(self) -> int:
        """How many entries there are."""
        return self._update()[-1]

    def number_at(self, place: Place) -> int:
        """How many entries stand before a block."""
        starts = self._update()
        blocks = self._document.blocks.buckets[place.bucket].blocks
        return starts[place.bucket] + sum(self._count(block) for block in blocks[: place.slot])

    def blocks_from(self, number: int) -> Iterator[tuple[int, Block]]:
        """The blocks with entries from the one that holds entry `number` on, each with the number of its first."""
        starts = self._update()
        bucket = max(bisect_right(starts, number) - 1, 0)
        if bucket >= len(starts) - 1:
            return
        at = starts[bucket]
        for each in self._document.blocks.buckets[bucket:]:
            for block in each.blocks:
                count = self._count(block)
                if count and at + count > number:
                    yield at, block
                at += count

    def _update(self) -> list[int]:
        """How many entries stand before each bucket, and at last how many there are."""
        blocks = self._document.blocks
        if blocks is not self._blocks:
            known = self._counts
            self._counts = {
                bucket: known[bucket] if bucket in known else sum(map(self._count, bucket.blocks))
                for bucket in blocks.buckets
            }
            self._starts = [0, *accumulate(self._counts[bucket] for bucket in blocks.buckets)]
            self._blocks = blocks
        return self._starts

    def _count(self, block: Block) -> int:
        text = block.text
        if self._document.format.id == "ris":
            body, end, rest = text.rpartition("\nER")
            if text.startswith("TY") and end and "\nTY" not in body and not rest.strip(" -\r\n"):
                return 1
        elif text.startswith("@") and text.find("@", 1) < 0 and not text[:8].lower().startswith(_NO_ENTRIES):
            return 1
        return len(self._document.format.parse(text).entries)
