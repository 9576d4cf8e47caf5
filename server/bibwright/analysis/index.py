"""Who states which fact, in document order, and who asked for it: the part of an edit that reaches other blocks.

A block that looked a fact up is subscribed to it. All that a look-up tells is who states the fact first, so only when
that changes are the subscribers checked again; and who asked for less (whether anybody states it, how the first one
writes it, whether it is the first itself) is left alone when only the rest has changed. Document order is kept in
labels with wide gaps between them; only when a gap is used up are all blocks labelled anew.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from bibwright.formats.format import Fact
from bibwright.text.blocklist import Block

FactKey: TypeAlias = tuple[str, str]

#: What other files of a project may ask of this one.
SHARED_KINDS = frozenset(("key", "alias", "macro", "macro use", "doi"))
#: More string macros than these that nobody defines are no oversight: they are kept in a file that is not known.
MOST_UNDEFINED = 20

_GAP = 1 << 32
_NOBODY: frozenset[Block] = frozenset()


class Asked(StrEnum):
    """What a subscriber wants to know of a fact."""

    #: Who states it first, and how.
    FIRST = "first"
    #: How the first one writes it.
    TEXT = "text"
    #: Whether it is the first itself.
    LEADS = "leads"
    #: Whether anybody states it.
    EXISTS = "exists"
    #: Whether there is any fact of the kind.
    ANY = "any"
    #: Which other file of the project states it.
    ELSEWHERE = "elsewhere"
    #: Whether more string macros than `MOST_UNDEFINED` are used and nobody defines them.
    MANY_UNDEFINED = "many undefined"


Subscription: TypeAlias = tuple[str, str, Asked]
_NO_FACT = ("", "")
_NOT_ASKED: dict[Asked, set[Block]] = {}


class Holder(NamedTuple):
    """A block that states a fact. Holders sort in document order: by label, then by place in the block."""

    label: int
    start: int
    block: Block
    fact: Fact


#: The text and the detail of the first statement, and its block.
_First: TypeAlias = tuple[str, str, Block | None]


class _Told(NamedTuple):
    """What subscribers have been told: of facts, of kinds of facts, and of the document."""

    firsts: dict[FactKey, _First | None]
    kinds: dict[str, bool]
    has_many_undefined: bool


class Index:
    """The facts of one document. A block states nothing until `state` is called for it."""

    def __init__(
        self, blocks: Iterable[Block], is_stated_elsewhere: Callable[[str, str], bool] = lambda kind, value: False
    ) -> None:
        """`is_stated_elsewhere` says whether another file of the project states a fact."""
        #: Counts the times that all blocks got new labels.
        self.relabelled = 0
        #: The facts of `SHARED_KINDS` that came to be stated or ceased to be; who tells other files empties it.
        self.touched: set[FactKey] = set()
        self._is_stated_elsewhere = is_stated_elsewhere
        #: How many different values each kind of fact has.
        self._values: Counter[str] = Counter()
        self._asked_kinds: set[str] = set()
        #: The string macros that are used and defined by nobody, here or elsewhere.
        self._undefined: set[str] = set()
        self._facts: dict[Block, tuple[Fact, ...]] = {}
        self._holders: dict[FactKey, list[Holder]] = {}
        self._subscribers: dict[FactKey, dict[Asked, set[Block]]] = {}
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

    def subscribe_to(self, block: Block, kind: str, value: str, asked: Asked) -> None:
        """Have `block` named whenever the answer to this question changes."""
        key = (kind, value)
        ways = self._subscribers.get(key)
        if ways is None:
            ways = self._subscribers[key] = {}
        if asked in ways:
            ways[asked].add(block)
        else:
            ways[asked] = {block}
        self._subscriptions.setdefault(block, set()).add((kind, value, asked))
        if asked is Asked.ANY:
            self._asked_kinds.add(kind)

    def subscribe_to_undefined(self, block: Block) -> None:
        """Have `block` named whenever `has_many_undefined` changes."""
        self.subscribe_to(block, *_NO_FACT, Asked.MANY_UNDEFINED)

    def subscribers(self, kind: str, value: str, asked: Asked) -> frozenset[Block] | set[Block]:
        """The blocks that want to know this; not to be changed."""
        return self._subscribers.get((kind, value), _NOT_ASKED).get(asked, _NOBODY)

    def blocks_stating(self, kind: str, value: str) -> set[Block]:
        """The blocks that state a fact."""
        return {holder.block for holder in self._holders.get((kind, value), ())}

    def states(self, kind: str, value: str) -> bool:
        """Whether any block states this fact."""
        return (kind, value) in self._holders

    def states_any(self, kind: str) -> bool:
        """Whether any block states a fact of this kind."""
        return self._values[kind] > 0

    @property
    def has_many_undefined(self) -> bool:
        """Whether more string macros than `MOST_UNDEFINED` are used and nobody defines them."""
        return len(self._undefined) > MOST_UNDEFINED

    def shared_facts(self) -> Iterable[FactKey]:
        """The facts of `SHARED_KINDS` that are stated."""
        return (key for key in self._holders if key[0] in SHARED_KINDS)

    def define_elsewhere(self, names: Iterable[str]) -> set[Block]:
        """Other files may now say something else about these string macros; give the subscribers of what changed."""
        many = self.has_many_undefined
        for name in names:
            self._weigh(name)
        return set() if many is self.has_many_undefined else set(self._waiting_for_definitions())

    def _waiting_for_definitions(self) -> frozenset[Block] | set[Block]:
        return self.subscribers(*_NO_FACT, Asked.MANY_UNDEFINED)

    def unsubscribe(self, block: Block) -> None:
        """Forget everything that `block` asked for: it is about to be checked again."""
        for kind, value, asked in self._subscriptions.pop(block, ()):
            ways = self._subscribers[kind, value]
            ways[asked].discard(block)
            if not ways[asked]:
                del ways[asked]
                if not ways:
                    del self._subscribers[kind, value]

    def state(self, block: Block, facts: tuple[Fact, ...]) -> set[Block]:
        """Take in what a block states; give the subscribers of what changed."""
        before = self._told(_keys(facts), ())
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
        before = self._told(keys, edited)
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

    def _first(self, key: FactKey, edited: tuple[Block, ...]) -> _First | None:
        """What a look-up tells of a fact. That an edited block is another one than before changes nothing."""
        holders = self._holders.get(key)
        if not holders:
            return None
        block, fact = holders[0].block, holders[0].fact
        return fact.text, fact.detail, None if block in edited else block

    def _told(self, keys: Iterable[FactKey], edited: tuple[Block, ...]) -> _Told:
        """What subscribers have been told, as far as these facts have to do with it."""
        return _Told(
            {key: self._first(key, edited) for key in keys if key in self._subscribers},
            {kind: self.states_any(kind) for kind, _ in keys if kind in self._asked_kinds} if self._asked_kinds else {},
            self.has_many_undefined,
        )

    def _subscribers_of_changes(self, before: _Told, edited: tuple[Block, ...]) -> set[Block]:
        changed: set[Block] = set()
        for key, first in before.firsts.items():
            now = self._first(key, edited)
            if first == now:
                continue
            ways = self._subscribers.get(key, _NOT_ASKED)
            changed |= ways.get(Asked.FIRST, _NOBODY)
            if first is None or now is None:
                changed |= ways.get(Asked.EXISTS, _NOBODY)
            if first is None or now is None or first[0] != now[0]:
                changed |= ways.get(Asked.TEXT, _NOBODY)
            leaders = ways.get(Asked.LEADS)
            if leaders:
                # Whoever is neither the old first nor the new one was told "no" and still is.
                changed.update(told[2] for told in (first, now) if told is not None and told[2] in leaders)
        for kind, was_stated in before.kinds.items():
            if was_stated is not self.states_any(kind):
                changed |= self.subscribers(kind, "", Asked.ANY)
        if before.has_many_undefined is not self.has_many_undefined:
            changed |= self._waiting_for_definitions()
        return changed

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
                self._note(key, -1)
        del self._labels[block]

    def _add(self, block: Block, facts: tuple[Fact, ...]) -> None:
        self._facts[block] = facts
        label = self._labels[block]
        for fact in facts:
            key = fact[:2]
            holders = self._holders.get(key)
            holder = Holder(label, fact.span.start, block, fact)
            if holders is None:
                self._holders[key] = [holder]
                self._note(key, 1)
            # Documents are read in order, so this is mostly an append.
            elif holders[-1][:2] > holder[:2]:
                insort(holders, holder, key=_place_of)
            else:
                holders.append(holder)

    def _note(self, key: FactKey, more: int) -> None:
        """A fact is stated now that was not, or the other way round."""
        kind = key[0]
        self._values[kind] += more
        if kind in SHARED_KINDS:
            # What comes and goes has not changed.
            if key in self.touched:
                self.touched.discard(key)
            else:
                self.touched.add(key)
            if kind in ("macro", "macro use"):
                self._weigh(key[1])

    def _weigh(self, name: str) -> None:
        used, defined = ("macro use", name) in self._holders, ("macro", name) in self._holders
        if used and not defined and not self._is_stated_elsewhere("macro", name):
            self._undefined.add(name)
        else:
            self._undefined.discard(name)

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
