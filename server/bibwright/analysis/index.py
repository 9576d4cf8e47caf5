"""Who states which fact, in document order, and who asked for it: the part of an edit that reaches other blocks.

A block that looked a fact up is subscribed to it, so that a change of the fact marks just those blocks. Document
order is kept in labels with wide gaps between them; only when a gap is used up are all blocks labelled anew.
"""

from __future__ import annotations

from bisect import insort
from collections import Counter
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
    """The facts of one document."""

    def __init__(self) -> None:
        #: Counts the times that all blocks got new labels.
        self.relabelled = 0
        self._facts: dict[Block, tuple[Fact, ...]] = {}
        self._holders: dict[FactKey, list[Holder]] = {}
        self._subscribers: dict[FactKey, set[Block]] = {}
        self._subscriptions: dict[Block, set[FactKey]] = {}
        self._labels: dict[Block, int] = {}

    def find_first(self, kind: str, value: str) -> Holder | None:
        """The first holder of a fact in document order."""
        holders = self._holders.get((kind, value))
        return holders[0] if holders else None

    def label(self, block: Block) -> int:
        """A number that orders blocks as the document does."""
        return self._labels[block]

    def facts(self, block: Block) -> tuple[Fact, ...]:
        """The facts that a block states."""
        return self._facts[block]

    def subscribe(self, block: Block, kind: str, value: str) -> None:
        """Have `block` named by `update` whenever this fact changes."""
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

    def fill(self, blocks: Iterable[tuple[Block, tuple[Fact, ...]]]) -> None:
        """Take in all blocks of a newly opened document, in order."""
        for number, (block, facts) in enumerate(blocks):
            self._labels[block] = number * _GAP
            self._facts[block] = facts
            for fact in facts:
                holder = Holder(number * _GAP, fact.span.start, block, fact)
                self._holders.setdefault((fact.kind, fact.value), []).append(holder)

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
        old = Counter(_identity(fact) for block in removed for fact in self._facts[block])
        new = Counter(_identity(fact) for _, facts in added for fact in facts)
        for block in removed:
            self._remove(block)
        labels = self._labels_between(neighbours, len(added))
        if labels is None:
            self._relabel(document, dict(added))
        else:
            for (block, facts), label in zip(added, labels, strict=True):
                self._add(block, facts, label)
        changed = {(kind, value) for kind, value, _ in (old - new) + (new - old)}
        subscribers: set[Block] = set()
        for key in changed:
            subscribers |= self._subscribers.get(key, set())
        return subscribers

    def _remove(self, block: Block) -> None:
        self.unsubscribe(block)
        for fact in self._facts.pop(block):
            key = (fact.kind, fact.value)
            left = [holder for holder in self._holders[key] if holder.block is not block]
            if left:
                self._holders[key] = left
            else:
                self._holders.pop(key, None)
        del self._labels[block]

    def _add(self, block: Block, facts: tuple[Fact, ...], label: int) -> None:
        self._labels[block] = label
        self._facts[block] = facts
        for fact in facts:
            holder = Holder(label, fact.span.start, block, fact)
            insort(self._holders.setdefault((fact.kind, fact.value), []), holder, key=lambda held: held[:2])

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

    def _relabel(self, document: Iterable[Block], added: dict[Block, tuple[Fact, ...]]) -> None:
        facts = {**self._facts, **added}
        self.relabelled += 1
        self._facts, self._holders, self._labels = {}, {}, {}
        self.fill((block, facts[block]) for block in document)


def _identity(fact: Fact) -> tuple[str, str, str]:
    return fact.kind, fact.value, fact.text
