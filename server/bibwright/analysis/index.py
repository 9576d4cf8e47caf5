"""Who states which fact, in document order, and who asked for it: the part of an edit that reaches other blocks.

A block that looked a fact up is subscribed to it. All that a look-up tells is who states the fact first, so only when
that changes are the subscribers checked again. Document order is kept in labels with wide gaps between them; only when
a gap is used up are all blocks labelled anew.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

from bibwright.formats.format import Fact
from bibwright.text.blocklist import Block

FactKey: TypeAlias = tuple[str, str]

_GAP = 1 << 32


class Holder(NamedTuple):
    """A block that states a fact. Holders sort in document order: by label, then by place in the block."""

    label: int
    start: int
    block: Block
    fact: Fact


class Index:
    """The facts of one document. A block states nothing until `state` is called for it."""

    def __init__(self, blocks: Iterable[Block]) -> None:
        #: Counts the times that all blocks got new labels.
        self.relabelled = 0
        self._facts: dict[Block, tuple[Fact, ...]] = {}
        self._holders: dict[FactKey, list[Holder]] = {}
        self._subscribers: dict[FactKey, set[Block]] = {}
        self._subscriptions: dict[Block, set[FactKey]] = {}
        self._labels: dict[Block, int] = {block: number * _GAP for number, block in enumerate(blocks)}

    def find_first(self, kind: str, value: str) -> Holder | None:
        """The first holder of a fact in document order."""
        holders = self._holders.get((kind, value))
        return holders[0] if holders else None

    def find_latest(self, kind: str, value: str, block: Block) -> Holder | None:
        """The last holder of a fact down to `block`, which counts; the first one behind it when there is none."""
        holders = self._holders.get((kind, value))
        if not holders:
            return None
        place = bisect_right(holders, self._labels[block], key=lambda holder: holder.label)
        return holders[max(place - 1, 0)]

    def label(self, block: Block) -> int:
        """A number that orders blocks as the document does."""
        return self._labels[block]

    def knows(self, block: Block) -> bool:
        """Whether the facts of a block have been stated."""
        return block in self._facts

    def facts(self, block: Block) -> tuple[Fact, ...]:
        """The facts that a block states."""
        return self._facts.get(block, ())

    def subscribe(self, block: Block, kind: str, value: str) -> None:
        """Have `block` named whenever the first holder of this fact changes."""
        key = (kind, value)
        self._subscribers.setdefault(key, set()).add(block)
        self._subscriptions.setdefault(block, set()).add(key)

    def unsubscribe(self, block: Block) -> None:
        """Forget everything that `block` asked for: it is about to be checked again."""
        for key in self._subscriptions.pop(block, ()):
            subscribers = self._subscribers[key]
            subscribers.discard(block)
            if not subscribers:
                del self._subscribers[key]

    def state(self, block: Block, facts: tuple[Fact, ...]) -> set[Block]:
        """Take in what a block states; give the subscribers of what changed."""
        before = {key: self._first(key, ()) for key in _keys(facts)}
        self._add(block, facts)
        return self._subscribers_of_changes(before, ())

    def update(
        self,
        document: Iterable[Block],
        removed: tuple[Block, ...],
        added: list[tuple[Block, tuple[Fact, ...]]],
        neighbours: tuple[Block | None, Block | None],
    ) -> set[Block]:
        """Put `added` in the place of `removed`, between `neighbours`; give the subscribers of what changed.

        `document` is the new list of all blocks; it is read only when the labels between the neighbours are used up.
        """
        edited = (*removed, *(block for block, _ in added))
        keys = {key for block in removed for key in _keys(self.facts(block))}
        keys.update(key for _, facts in added for key in _keys(facts))
        before = {key: self._first(key, edited) for key in keys}
        for block in removed:
            self._remove(block)
        labels = self._labels_between(neighbours, len(added))
        if labels is None:
            self._relabel(document)
        else:
            self._labels.update(zip((block for block, _ in added), labels, strict=True))
        for block, facts in added:
            self._add(block, facts)
        return self._subscribers_of_changes(before, edited)

    def _first(self, key: FactKey, edited: tuple[Block, ...]) -> tuple[str, Block | None] | None:
        """What a look-up tells of a fact. That an edited block is another one than before changes nothing."""
        holders = self._holders.get(key)
        if not holders:
            return None
        block = holders[0].block
        return holders[0].fact.text, None if block in edited else block

    def _subscribers_of_changes(
        self, before: dict[FactKey, tuple[str, Block | None] | None], edited: tuple[Block, ...]
    ) -> set[Block]:
        subscribers: set[Block] = set()
        for key, first in before.items():
            if key in self._subscribers and first != self._first(key, edited):
                subscribers |= self._subscribers[key]
        return subscribers

    def _remove(self, block: Block) -> None:
        self.unsubscribe(block)
        for key in set(_keys(self._facts.pop(block, ()))):
            left = [holder for holder in self._holders[key] if holder.block is not block]
            if left:
                self._holders[key] = left
            else:
                del self._holders[key]
        del self._labels[block]

    def _add(self, block: Block, facts: tuple[Fact, ...]) -> None:
        self._facts[block] = facts
        label = self._labels[block]
        for fact in facts:
            holders = self._holders.setdefault((fact.kind, fact.value), [])
            insort(holders, Holder(label, fact.span.start, block, fact), key=lambda holder: holder[:2])

    def _labels_between(self, neighbours: tuple[Block | None, Block | None], count: int) -> list[int] | None:
        before, after = (None if block is None else self._labels[block] for block in neighbours)
        if before is None and after is None:
            return [number * _GAP for number in range(count)]
        if before is None:
            assert after is not None
            return [after - (count - number) * _GAP for number in range(count)]
        if after is None:
            return [before + (number + 1) * _GAP for number in range(count)]
        step = (after - before) // (count + 1)
        return None if step == 0 else [before + (number + 1) * step for number in range(count)]

    def _relabel(self, document: Iterable[Block]) -> None:
        self._labels = {block: number * _GAP for number, block in enumerate(document)}
        self._holders = {
            key: [holder._replace(label=self._labels[holder.block]) for holder in holders]
            for key, holders in self._holders.items()
        }
        self.relabelled += 1


def _keys(facts: tuple[Fact, ...]) -> list[FactKey]:
    return [(fact.kind, fact.value) for fact in facts]
