"""The open documents: their blocks, facts and diagnostics, kept up to date one edit at a time.

An edit replaces the blocks it touches and marks blocks to be checked: the new ones, and those that had asked for a
fact which changed. Checking is left to the caller, block by block, so that a server can answer in between. A newly
opened document is checked in the same way: what a block states becomes known when its turn comes, and whoever asked
for it too early is checked again.
"""

from __future__ import annotations

import os.path
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from bibwright.analysis.diagnostics import Diagnostic
from bibwright.analysis.findings import Findings
from bibwright.analysis.index import Asked, FactKey, Holder, Index
from bibwright.analysis.linter import Linter
from bibwright.analysis.project import Project
from bibwright.analysis.rule import Found
from bibwright.formats.format import Fact, Format
from bibwright.syntax.document import Change, Position, edit_document, split_document
from bibwright.syntax.nodes import Tree
from bibwright.text.blocklist import Block, BlockList, Place
from bibwright.text.columns import PositionEncoding

_KEPT_TREES = 512
#: The kind under which blocks ask whether a comment about the file takes anything away; nobody states such facts.
_IGNORED = "ignored"
#: What is asked of files that are used together, by blocks that state the same.
_ASKED_BESIDE = frozenset(("key", "doi"))


class OpenDocument:
    """One document under analysis. `findings` is complete when `pending` is empty.

    In a project it is the file `path`. It may ask there at once; to be told of changes and to answer others it joins.
    """

    def __init__(
        self,
        uri: str,
        version: int,
        format: Format,
        text: str,
        linter: Linter,
        *,
        project: Project | None = None,
        path: str = "",
    ) -> None:
        self.uri = uri
        self.project = project
        self.path = path
        self._has_joined = False
        self._answers = False
        self.version = version
        self.format = format
        self.linter = linter
        self._start(text)

    def _start(self, text: str) -> None:
        self.blocks: BlockList = split_document(text, self.format.split)
        self.index = Index(self.blocks, self._is_stated_elsewhere)
        self.findings = Findings(self.index.label)
        #: Blocks to be checked, in the order in which that should happen.
        self.pending: dict[Block, None] = dict.fromkeys(self.blocks)
        #: A block of the last edit: what is near it matters most.
        self.last_edited: Block | None = None
        #: By which words of comments about the file findings of a block were taken away, and how many blocks each has.
        self._ignored: dict[Block, frozenset[str]] = {}
        self._ignored_counts: Counter[str] = Counter()
        self._trees: dict[Block, Tree] = {}
        #: The labels of the buckets' first blocks, for the list they were taken from.
        self._bucket_labels: tuple[BlockList | None, list[int]] = (None, [])

    def replace(self, text: str) -> None:
        """Replace the whole text; everything is checked again."""
        has_joined = self._has_joined
        self.leave()
        self._start(text)
        if has_joined:
            self.join()

    def use(self, linter: Linter) -> None:
        """Check everything with another linter from now on."""
        states_the_same = linter.fact_rules == self.linter.fact_rules
        self.linter = linter
        if states_the_same:
            self.pending = dict.fromkeys(self.blocks)
        else:
            self.replace(self.blocks.text())

    def edit(self, start: Position, end: Position, new_text: str, encoding: PositionEncoding) -> None:
        """Replace what lies between two positions."""
        change = edit_document(self.blocks, self.format.split, start, end, new_text, encoding=encoding)
        self.blocks = change.blocks
        for block in change.removed:
            self.findings.drop(block, self.index.label(block))
            self.pending.pop(block, None)
            self._trees.pop(block, None)
        subscribers = self._update_index(change)
        for block in change.removed:
            self.note_ignored(block, frozenset())
        self.last_edited = next(iter(change.added), change.before or change.after)
        # What was just typed is checked first, then what it changes, then what was waiting before.
        changed = sorted(subscribers.difference(change.added), key=self.index.label)
        self.pending = dict.fromkeys([*change.added, *changed, *self.pending])

    def _update_index(self, change: Change) -> set[Block]:
        added = [(block, self._facts(block)) for block in change.added]
        relabelled = self.index.relabelled
        subscribers = self.index.update(self.blocks, change.removed, added, (change.before, change.after))
        if self.index.relabelled != relabelled:
            self.findings.relabel()
        self._tell_others()
        return subscribers

    def tree(self, block: Block) -> Tree:
        """The nodes of a block. Trees are cheap to make and large to keep: only recent ones are kept."""
        tree = self._trees.get(block)
        if tree is None:
            tree = self.format.parse(block.text)
            if len(self._trees) >= _KEPT_TREES:
                self._trees.clear()
            self._trees[block] = tree
        return tree

    def check_steps(self) -> Iterator[None]:
        """Check what is pending, one block a step. The document may be edited between two steps."""
        while self.pending:
            pending = self.pending
            # A list, since looking for the first of a dict means to pass all that were taken out before it.
            for block in list(pending):
                if self.pending is not pending:
                    break  # an edit has put others before them
                if block in pending:
                    self.check_block(block)
                    yield

    def check_block(self, block: Block) -> None:
        """Check one block now, if it is pending."""
        if block not in self.pending:
            return
        del self.pending[block]
        self._state_facts(block)
        self.index.unsubscribe(block)
        self.findings.put(block, self.linter.check(block.text, self.tree(block), _BlockLookup(self, block)))
        if not self.pending:
            self._answer_others()

    def state_all_facts(self) -> None:
        """Make known what every block states, without checking any: for reading a document that is not edited."""
        self.state_facts(self.blocks)

    def state_facts(self, blocks: Iterable[Block]) -> None:
        """The same of some blocks, where nothing will be asked that others state."""
        for block in blocks:
            self._state_facts(block)

    def _state_facts(self, block: Block) -> None:
        if not self.index.knows(block):
            subscribers = self.index.state(block, self._facts(block))
            self.pending.update(dict.fromkeys(subscribers))
            self._tell_others()

    def _facts(self, block: Block) -> tuple[Fact, ...]:
        tree = self.tree(block)
        return self.format.find_facts(block.text, tree) + self.linter.find_facts(block.text, tree)

    # --- What the user wants ignored in the file

    def is_ignoring(self, word: str) -> bool:
        """Whether findings are taken away because a comment about the file says this word."""
        return self._ignored_counts[word] > 0

    def note_ignored(self, block: Block, words: frozenset[str]) -> None:
        """Take in which words take away findings of a block; who asked for one is checked again if that matters."""
        before = self._ignored.pop(block, frozenset())
        if words:
            self._ignored[block] = words
        for word in before ^ words:
            was_ignoring = self.is_ignoring(word)
            self._ignored_counts[word] += 1 if word in words else -1
            if self.is_ignoring(word) != was_ignoring:
                self.pending.update(dict.fromkeys(self.index.subscribers(_IGNORED, word, Asked.EXISTS)))

    # --- The project

    def join(self) -> None:
        """Be told what changes in other files and, as soon as all blocks have stated their facts, answer them."""
        if self.project is not None:
            self.project.join(self.path, self)
            self._has_joined = True

    def leave(self) -> None:
        """Answer other files no more."""
        if self.project is not None and self._has_joined:
            self.project.leave(self.path)
        self._has_joined = self._answers = False

    def states(self, kind: str, value: str) -> bool:
        """Whether any block states a fact, as far as that is known."""
        return self.index.states(kind, value)

    def shared_facts(self) -> Iterable[FactKey]:
        """What is stated for other files, as far as that is known."""
        return self.index.shared_facts()

    def take_changes(self, changed: Collection[FactKey], beside: Collection[FactKey]) -> bool:
        """Other files may say something else about these facts, those used with this one about `beside`.

        Tells whether there is something to check now.
        """
        index = self.index
        blocks = index.define_elsewhere([value for kind, value in changed if kind == "macro"])
        for kind, value in changed:
            blocks |= index.subscribers(kind, value, Asked.ELSEWHERE)
        for kind, value in beside:
            if kind in _ASKED_BESIDE:
                blocks |= index.blocks_stating(kind, value)
        self.pending.update(dict.fromkeys(sorted(blocks, key=index.label)))
        return bool(blocks)

    def _is_stated_elsewhere(self, kind: str, value: str) -> bool:
        return self.project is not None and self.project.find(kind, value, self.path) is not None

    def _tell_others(self) -> None:
        if self._answers and self.project is not None and self.index.touched:
            self.project.tell(self.path, frozenset(self.index.touched))
        self.index.touched.clear()

    def _answer_others(self) -> None:
        if self._has_joined and not self._answers and self.project is not None:
            self._answers = True
            self.project.answer(self.path)

    # --- What is found where

    def check_all(self) -> None:
        """Check what is pending, at once."""
        for _ in self.check_steps():
            pass

    def find_first(self, kind: str, value: str) -> Holder | None:
        """The first holder of a fact as far as it is known, without subscribing anybody."""
        return self.index.find_first(kind, value)

    def place_of(self, block: Block) -> Place:
        """Where a block of this document stands now."""
        if self._bucket_labels[0] is not self.blocks:
            labels = [self.index.label(bucket.blocks[0]) for bucket in self.blocks.buckets]
            self._bucket_labels = self.blocks, labels
        number = bisect_right(self._bucket_labels[1], self.index.label(block)) - 1
        slot, line = self.blocks.buckets[number].place(block)
        return Place(number, slot, self.blocks.bucket_line(number) + line)

    def pick_diagnostics(self, limit: int) -> list[tuple[Place, Block, tuple[Diagnostic, ...]]]:
        """At most `limit` diagnostics with the places of their blocks, in document order.

        Where there are more, errors come before warnings and the rest, and what is near the last edit before what is
        far from it.
        """
        near = 0 if self.last_edited is None else self.index.label(self.last_edited)
        return [(self.place_of(block), block, found) for block, found in self.findings.pick(limit, near)]

    def placed_diagnostics(self) -> Iterator[tuple[Place, Block, Diagnostic]]:
        """All diagnostics with the places of their blocks, in document order."""
        for place, block, found in self.pick_diagnostics(len(self.findings)):
            for diagnostic in found:
                yield place, block, diagnostic


class _BlockLookup:
    """Looks facts up for one block, and subscribes it to them."""

    __slots__ = ("_block", "_document", "_index")

    def __init__(self, document: OpenDocument, block: Block) -> None:
        self._document = document
        self._index = document.index
        self._block = block

    def find_first(self, kind: str, value: str) -> Found | None:
        index, block = self._index, self._block
        index.subscribe_to(block, kind, value, Asked.FIRST)
        holder = index.find_first(kind, value)
        if holder is None:
            return None
        return Found(holder.fact, holder.block is block, holder.label < index.label(block))

    def states(self, kind: str, value: str) -> bool:
        self._index.subscribe_to(self._block, kind, value, Asked.EXISTS)
        return self._index.states(kind, value)

    def states_any(self, kind: str) -> bool:
        self._index.subscribe_to(self._block, kind, "", Asked.ANY)
        return self._index.states_any(kind)

    def first_text(self, kind: str, value: str) -> str | None:
        self._index.subscribe_to(self._block, kind, value, Asked.TEXT)
        holder = self._index.find_first(kind, value)
        return None if holder is None else holder.fact.text

    def leads(self, kind: str, value: str) -> bool:
        self._index.subscribe_to(self._block, kind, value, Asked.LEADS)
        holder = self._index.find_first(kind, value)
        return holder is not None and holder.block is self._block

    def facts(self) -> Sequence[Fact]:
        return self._index.facts(self._block)

    def has_many_undefined(self) -> bool:
        self._index.subscribe_to_undefined(self._block)
        return self._index.has_many_undefined

    def is_ignoring(self, word: str) -> bool:
        self._index.subscribe_to(self._block, _IGNORED, word, Asked.EXISTS)
        return self._document.is_ignoring(word)

    def note_ignored(self, words: frozenset[str]) -> None:
        self._document.note_ignored(self._block, words)

    def find_elsewhere(self, kind: str, value: str) -> str | None:
        self._index.subscribe_to(self._block, kind, value, Asked.ELSEWHERE)
        document = self._document
        project = document.project
        return None if project is None else self._shown(project.find(kind, value, document.path))

    def find_beside(self, kind: str, value: str) -> str | None:
        document = self._document
        project = document.project
        return None if project is None else self._shown(project.find_beside(kind, value, document.path))

    def _shown(self, path: str | None) -> str | None:
        """A path as seen from the document's folder."""
        if path is None or not os.path.isabs(path) or not os.path.isabs(self._document.path):
            return path
        try:
            return os.path.relpath(path, os.path.dirname(self._document.path))
        except ValueError:  # on another drive
            return path


class Workspace:
    """The documents that are open, by URI, and the project that they are files of."""

    def __init__(self) -> None:
        self.project = Project()
        self.documents: dict[str, OpenDocument] = {}

    def open(
        self, uri: str, version: int, format: Format, text: str, linter: Linter, *, path: str = ""
    ) -> OpenDocument:
        """Take a document in, by `path` where it is a file; one that is open already is replaced."""
        self.close(uri)
        document = OpenDocument(uri, version, format, text, linter, project=self.project, path=path or uri)
        document.join()
        self.documents[uri] = document
        return document

    def close(self, uri: str) -> None:
        """Forget a document; nothing happens when it is not open."""
        document = self.documents.pop(uri, None)
        if document is not None:
            document.leave()

    def find(self, uri: str) -> OpenDocument | None:
        """The open document, or None."""
        return self.documents.get(uri)
