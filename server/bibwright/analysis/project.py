"""The files of a project: what each of them states that others may ask for, and who must be told when that changes.

Documents that are open answer for themselves; of files that are only on disk it is known what they state. Reading them
is left to the caller, who says with `put` what a file holds, or hands in a `Source` that is asked when somebody first
wants to know.

What was found elsewhere is kept true in the same way as within a document: a document is subscribed to what its blocks
asked, and only when the answer may have changed are those blocks checked again. That a file states the *same* thing (a
key, a DOI) is asked by whoever states it too, so no subscription is needed for it; and it matters only of files that
are used together, for a folder may hold the libraries of a hundred papers.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Protocol

from bibwright.analysis.index import FactKey

_NO_PATHS: frozenset[str] = frozenset()


class Member(Protocol):
    """An open document of a project."""

    def states(self, kind: str, value: str) -> bool:
        """Whether it states a fact."""

    def shared_facts(self) -> Iterable[FactKey]:
        """All that it states for others."""

    def take_changes(self, changed: Collection[FactKey], beside: Collection[FactKey]) -> bool:
        """Other files say something else about these facts, those beside it about some; whether that concerns it."""


class Source(Protocol):
    """Where a project has files from that are read when they are first needed."""

    def files_for(self, kind: str, asker: str) -> Iterable[str]:
        """The files in which a fact of this kind may be found, for who asks, likely ones first."""

    def companions_of(self, asker: str) -> Collection[str]:
        """The files that are used together with the one that asks."""

    def read(self, path: str) -> Iterable[FactKey]:
        """What a file states; nothing where it cannot be read."""


ReadMacros = Callable[[str], Mapping[str, str]]


class Project:
    """Files by path, read from `source` where there is one.

    `read_macros` gives the values of the string macros of a stored file by their names in lower case.
    """

    def __init__(self, source: Source | None = None, read_macros: ReadMacros | None = None) -> None:
        self._source = source
        self.read_macros = read_macros
        self._open: dict[str, Member] = {}
        #: The open documents of which it is known what they state; for the others what is stored still counts.
        self._answering: set[str] = set()
        self._stored: dict[str, frozenset[FactKey]] = {}
        #: Who states a fact, of the files that are stored.
        self._holders: dict[FactKey, set[str]] = {}
        self._together: dict[str, frozenset[str]] = {}
        #: The open documents that must be looked at again.
        self._disturbed: dict[str, None] = {}

    @property
    def paths(self) -> list[str]:
        """All files that are known."""
        return sorted(self._open.keys() | self._stored.keys())

    def knows(self, path: str) -> bool:
        """Whether it is known what a file states."""
        return path in self._open or path in self._stored

    # --- Questions

    def find(self, kind: str, value: str, asker: str) -> str | None:
        """The path of another file that states a fact: the first that is known, else the first that can be read."""
        paths = [path for path in self._answering if path != asker and self._open[path].states(kind, value)]
        stored = self._holders.get((kind, value), ())
        paths += (path for path in stored if path != asker and path not in self._answering)
        if paths or self._source is None:
            return min(paths, default=None)
        for path in self._source.files_for(kind, asker):
            if self._read(path) and path != asker and self._states(path, kind, value):
                return path
        return None

    def find_macro(self, name: str, asker: str) -> Member | str | None:
        """Another open document that defines a string macro (lower case), or the value that a stored file gives it."""
        path = self.find("macro", name, asker)
        if path is None or path in self._answering:
            return None if path is None else self._open[path]
        return None if self.read_macros is None else self.read_macros(path).get(name)

    def find_beside(self, kind: str, value: str, asker: str) -> str | None:
        """The first path of another file that states a fact, and is used together with the asker's."""
        beside = self._together.get(asker)
        if beside is None and self._source is not None:
            beside = self._together[asker] = frozenset(self._source.companions_of(asker)) - {asker}
            for path in beside:
                self._read(path)
        return min((path for path in beside or () if self._states(path, kind, value)), default=None)

    def _read(self, path: str) -> bool:
        """Read a file, unless it is known; whether it was not."""
        if self._source is None or self.knows(path):
            return False
        self.put(path, self._source.read(path))
        return True

    def _states(self, path: str, kind: str, value: str) -> bool:
        if path in self._answering:
            return self._open[path].states(kind, value)
        return path in self._holders.get((kind, value), ())

    # --- Changes

    def join(self, path: str, document: Member) -> None:
        """A document is open now and wants to be told of changes. It does not know yet what it states itself."""
        self.leave(path)
        self._open[path] = document

    def answer(self, path: str) -> None:
        """An open document knows now what it states: from now on it answers for the file."""
        before = self._facts(path)
        self._answering.add(path)
        self.tell(path, before ^ self._facts(path))

    def leave(self, path: str) -> None:
        """A document is closed: what counts is what is known of the file, if anything."""
        if path not in self._open:
            return
        before = self._facts(path)
        del self._open[path]
        self._answering.discard(path)
        self._disturbed.pop(path, None)
        self.tell(path, before ^ self._facts(path))

    def put(self, path: str, facts: Iterable[FactKey]) -> None:
        """Take in what a stored file states."""
        before = self._facts(path)
        self._forget(path)
        self._stored[path] = frozenset(facts)
        for key in self._stored[path]:
            self._holders.setdefault(key, set()).add(path)
        self.tell(path, before ^ self._facts(path))

    def drop(self, path: str) -> None:
        """Forget a stored file that is gone."""
        before = self._facts(path)
        self._forget(path)
        self.tell(path, before ^ self._facts(path))

    def use_together(self, groups: Iterable[Collection[str]]) -> None:
        """Each group is files that are used together, in one text; what was said before counts no more."""
        together: dict[str, set[str]] = {}
        for group in groups:
            for path in group:
                together.setdefault(path, set()).update(group)
        before = self._together
        self._together = {path: frozenset(group - {path}) for path, group in together.items() if len(group) > 1}
        for path, document in self._open.items():
            changed = before.get(path, _NO_PATHS) ^ self._together.get(path, _NO_PATHS)
            facts = {fact for other in changed for fact in self._facts(other)}
            if facts and document.take_changes((), facts):
                self._disturbed[path] = None

    def tell(self, path: str, changed: Collection[FactKey]) -> None:
        """A file that answers states facts now that it did not, or the other way round."""
        if not changed:
            return
        beside = self._together.get(path, _NO_PATHS)
        for other, document in self._open.items():
            if other != path and document.take_changes(changed, changed if other in beside else ()):
                self._disturbed[other] = None

    def take_disturbed(self) -> list[str]:
        """The paths of the open documents that other files have given something to check since this was last asked."""
        disturbed = list(self._disturbed)
        self._disturbed.clear()
        return disturbed

    def _facts(self, path: str) -> frozenset[FactKey]:
        if path in self._answering:
            return frozenset(self._open[path].shared_facts())
        return self._stored.get(path, frozenset())

    def _forget(self, path: str) -> None:
        for key in self._stored.pop(path, ()):
            paths = self._holders[key]
            paths.discard(path)
            if not paths:
                del self._holders[key]
