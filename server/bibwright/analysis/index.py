"""Who states which fact, in document order, and who asked for it: the part of an edit that reaches other blocks.

A block that looked a fact up is subscribed to it. All that a look-up tells is who states the fact first, so only when
that changes are the subscribers checked again. Document order is kept in labels with wide gaps between them; only when
a gap is used up are all blocks labelled anew.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

from bibwright.formats.format import Fact
from bibwright.text.blocklist import Block

FactKey: TypeAlias = tuple[str, str]
#: A fact's kind and value, and `exists` when only that matters, else empty.
Subscription: TypeAlias = tuple[str, str, str]

_GAP = 1 << 32
_NOBODY: frozenset[Block] = frozenset()


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
        self._subscribers: dict[Subscription, set[Block]] = {}
        self._subscriptions: dict[Block, set[Subscription]] = {}
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
        place = bisect_right(holders, self._labels[block], key=_label_of)
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
        self._subscribe(block, (kind, value, ""))

    def states(self, kind: str, value: str) -> bool:
        """Whether any block states this fact."""
        return (kind, value) in self._holders

    def subscribe_to_existence(self, block: Block, kind: str, value: str) -> None:
        """Have `block` named whenever this fact comes to be stated by some block, or by none any more."""
        self._subscribe(block, (kind, value, "exists"))

    def _subscribe(self, block: Block, subscription: Subscription) -> None:
        self._subscribers.setdefault(subscription, set()).add(block)
        self._subscriptions.setdefault(block, set()).add(subscription)

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

    def _first(self, key: FactKey, edited: tuple[Block, ...]) -> tuple[str, str, Block | None] | None:
        """What a look-up tells of a fact. That an edited block is another one than before changes nothing."""
        holders = self._holders.get(key)
        if not holders:
            return None
        block, fact = holders[0].block, holders[0].fact
        return fact.text, fact.detail, None if block in edited else block

    def _subscribers_of_changes(
        self, before: dict[FactKey, tuple[str, str, Block | None] | None], edited: tuple[Block, ...]
    ) -> set[Block]:
        subscribers: set[Block] = set()
        for key, first in before.items():
            now = self._first(key, edited)
            if first != now:
                subscribers |= self._subscribers.get((*key, ""), _NOBODY)
                if first is None or now is None:
                    subscribers |= self._subscribers.get((*key, "exists"), _NOBODY)
        return subscribers

    def _remove(self, block: Block) -> None:
        self.unsubscribe(block)
        label = self._labels[block]
        for key in set(_keys(self._facts.pop(block, ()))):
            holders = self._holders[key]
            # Half the entries of a library may state the same thing: its dialect, a publisher's macro.
            first, behind = (find(holders, label, key=_label_of) for find in (bisect_left, bisect_right))
            del holders[first:behind]
            if not holders:
                del self._holders[key]
        del self._labels[block]

    def _add(self, block: Block, facts: tuple[Fact, ...]) -> None:
        self._facts[block] = facts
        label = self._labels[block]
        for fact in facts:
            holders = self._holders.setdefault((fact.kind, fact.value), [])
            holder = Holder(label, fact.span.start, block, fact)
            # Documents are read in order, so this is mostly an append.
            if holders and holders[-1][:2] > holder[:2]:
                insort(holders, holder, key=_place_of)
            else:
                holders.append(holder)

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


def _label_of(holder: Holder) -> int:
    return holder.label


def _place_of(holder: Holder) -> tuple[int, int]:
    return holder[:2]


def _keys(facts: tuple[Fact, ...]) -> list[FactKey]:
    return [(fact.kind, fact.value) for fact in facts]
