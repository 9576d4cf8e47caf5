"""The files of a project on disk, for what is looked up across files.

On the command line nothing is read before somebody asks for what the checked file does not define: then the macro files
of the configuration, the files that LaTeX documents use with it, those in the same folder and those that are checked in
the same run, until it is found. In an editor all files of the folders that are open are read, bit by bit, while nobody
waits.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from bibwright.analysis.index import SHARED_KINDS, FactKey
from bibwright.analysis.project import Project
from bibwright.analysis.resolver import DocumentResolver
from bibwright.features.configuration import Configurations, is_macro_file
from bibwright.features.encodings import EncodingError, decode_bytes
from bibwright.features.files import read_regular
from bibwright.features.latex_documents import LatexDocuments
from bibwright.features.linters import Linters, open_text
from bibwright.features.steps import take_all
from bibwright.features.walk import WalkOptions, is_left_out
from bibwright.formats import find_format, format_of_name
from bibwright.formats.bibtex import BIBTEX
from bibwright.syntax.document import split_document

#: Nobody wants to wait for more than this to learn that a macro is not defined.
_LARGEST = 8_000_000
#: A block is read at one go. A larger one holds no entry that somebody wrote, and editing would come to a halt.
_LARGEST_BLOCK = 500_000
_MOST_FILES = 2_000
_MOST_BYTES = 60_000_000
_MOST_FOLDERS = 20_000
_MOST_BESIDE = 200
_STRING = re.compile(r"@\s*string", re.IGNORECASE)


def gather(files: Sequence[str], linters: Linters | None = None, *, together: Collection[str] = ()) -> Project:
    """A project of files that are checked in one run. Nothing is read yet.

    Of `together`, the files that the user named, those in one folder are taken for files that are used together; of
    others that is known only if a LaTeX document names them. What files are called is said by `path_in_project`.
    """
    linters = linters or Linters()
    source = _Files([path_in_project(file) for file in files], linters, [*map(path_in_project, together)])
    return Project(source, StoredMacros())


def path_in_project(path: str | Path) -> str:
    """What a file is called in a project."""
    return os.path.normcase(os.path.abspath(path))


class _Files:
    """The `Source` of the command line."""

    def __init__(self, files: list[str], linters: Linters, together: list[str]) -> None:
        self._files = files
        self._linters = linters
        self._together = frozenset(together)
        self._given = frozenset(files)
        self._folders: dict[str, list[str]] = {}
        #: What everybody who asks in a folder has been told to look into.
        self._told: set[str] = set()
        self._bytes_left = _MOST_BYTES
        self._files_left = _MOST_FILES

    def files_for(self, kind: str, asker: str) -> Iterator[str]:
        # Who asks for what he does not define is spared a false alarm by every file that may be used with his.
        folder = os.path.dirname(asker)
        if folder in self._told:
            return
        yield from self._macro_files(asker)
        yield from sorted(self._linters.latex_documents.find_companions(Path(asker)))
        yield from self._in_folder(folder)
        yield from self._files
        self._told.add(folder)

    def companions_of(self, asker: str) -> Collection[str]:
        companions = self._linters.latex_documents.find_companions(Path(asker)) & self._given
        if asker in self._together:
            # Files of several folders are as well those of several papers.
            folder = os.path.dirname(asker)
            companions |= {file for file in self._together if os.path.dirname(file) == folder}
        return companions

    def read(self, path: str) -> Iterable[FactKey]:
        size = _size(path)
        if size > min(_LARGEST, self._bytes_left) or not self._files_left:
            return ()
        self._bytes_left -= size
        self._files_left -= 1
        return read_facts(path)

    def _macro_files(self, asker: str) -> list[str]:
        settings = self._linters.configurations.settings_for(Path(asker))
        return [path_in_project(file) for file in settings.macro_files if is_macro_file(file)]

    def _in_folder(self, folder: str) -> list[str]:
        if folder not in self._folders:
            self._folders[folder] = [file for file in _bibliographies_in(folder) if file.endswith(".bib")]
        return self._folders[folder]


# --- One file


def read_facts(path: str) -> frozenset[FactKey]:
    """What a file states for others; nothing where it cannot be read."""
    return take_all(fact_steps(path))


def fact_steps(path: str) -> Generator[None, None, frozenset[FactKey]]:
    """The same with a pause after every block, for who has other work too."""
    found: set[FactKey] = set()
    try:
        text = decode_bytes(read_regular(path, _LARGEST)).text
    except (OSError, ValueError, EncodingError):
        return frozenset()
    yield
    format = find_format(path, text)
    if format is None:
        return frozenset()
    for block in split_document(text, format.split):
        if len(block.text) > _LARGEST_BLOCK:
            continue
        for fact in format.find_facts(block.text, format.parse(block.text)):
            if fact.kind in SHARED_KINDS:
                found.add((fact.kind, fact.value))
        yield
    return frozenset(found)


class StoredMacros:
    """The string macros of files on disk: by path, the values by names in lower case."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[tuple[int, int], Mapping[str, str]]] = {}

    def __call__(self, path: str) -> Mapping[str, str]:
        """Those of a file; none where it cannot be read. Read again when the file has changed."""
        try:
            status = os.stat(path)
            stamp = status.st_mtime_ns, status.st_size
            known = self._known.get(path)
            if known is None or known[0] != stamp:
                known = self._known[path] = stamp, _macros_of(decode_bytes(read_regular(path, _LARGEST)).text)
            return known[1]
        except (OSError, ValueError, EncodingError):
            return {}


def _macros_of(text: str) -> Mapping[str, str]:
    """What else stands in the file is not even parsed."""
    blocks = (block for block in split_document(text, BIBTEX.split) if _STRING.search(block.text))
    document = open_text("".join(block.text for block in blocks if len(block.text) <= _LARGEST_BLOCK), BIBTEX)
    document.state_all_facts()
    last = document.blocks.buckets[-1].blocks[-1]
    resolver = DocumentResolver(document, last)
    names = {fact.value for block in document.blocks for fact in document.index.facts(block) if fact.kind == "macro"}
    return {name: value for name in names if (value := resolver.find_macro(name)) is not None}


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size
    except (OSError, ValueError):
        return 0


def _bibliographies_in(folder: str) -> list[str]:
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return []
    paths = (path_in_project(os.path.join(folder, name)) for name in names if not name.startswith("."))
    return [path for path in paths if format_of_name(path) is not None and os.path.isfile(path)]


# --- All files of a folder, for an editor


class Folders:
    """Keeps a project true to the folders that are open in an editor.

    What each file was like when it was read is known, so that reading anew costs little where nothing has changed.
    """

    def __init__(
        self, project: Project, latex_documents: LatexDocuments, configurations: Callable[[], Configurations]
    ) -> None:
        self._project = project
        self._project.read_macros = StoredMacros()
        self._latex_documents = latex_documents
        self._configurations = configurations
        self._roots: list[str] = []
        #: Folders of documents that stand in none of the open ones; what is below them is nobody's business.
        self._lone: set[str] = set()
        #: Files that stand anywhere and are named for their string macros.
        self._macro_files: frozenset[str] = frozenset()
        self._stamps: dict[str, tuple[int, int]] = {}

    def open(self, roots: Iterable[str | Path]) -> None:
        """These folders are open now, and no others."""
        self._roots = list(dict.fromkeys(path_in_project(root) for root in roots))

    def holds(self, path: Path) -> bool:
        """Whether a file is in one of the folders, or was read because of its neighbour."""
        at = path_in_project(path)
        return os.path.dirname(at) in self._lone or self._is_below(at)

    def _is_below(self, path: str) -> bool:
        return any(path.startswith(os.path.join(root, "")) for root in self._roots)

    def steps(self) -> Generator[None, None, None]:
        """Read what is new or has changed, and forget what is gone, in small steps."""
        seen: set[str] = set()
        left = _MOST_BYTES
        for path in self._walk():
            if path is None:
                yield
                continue
            size = _size(path)
            if size > _LARGEST:
                continue
            left -= size
            if left < 0 or len(seen) >= _MOST_FILES:
                break
            seen.add(path)
            yield from self._read(path)
        for path in self._stamps.keys() - seen:
            if os.path.dirname(path) not in self._lone and path not in self._macro_files:
                self._forget(path)
            yield
        yield from self._group()

    def read_beside(self, path: Path) -> Generator[None, None, None]:
        """Read what stands in the folder of a file, and nothing below it."""
        folder = os.path.dirname(path_in_project(path))
        self._lone.add(folder)
        for file in _bibliographies_in(folder)[:_MOST_BESIDE]:
            yield from self._read(file)
        yield from self._group()

    def take_in(self, path: Path) -> Generator[None, None, None]:
        """Find out with which files one is used that is open and, as yet, not on disk."""
        if path_in_project(path) not in self._stamps:
            yield from self._group()

    def leave_lone(self, paths: Iterable[Path]) -> Generator[None, None, None]:
        """Only these documents are open: forget the neighbours of others."""
        gone = self._lone - {os.path.dirname(path_in_project(path)) for path in paths}
        self._lone -= gone
        for path in list(self._stamps):
            if os.path.dirname(path) in gone and not self._is_below(path) and path not in self._macro_files:
                self._forget(path)
                yield

    def read_macro_files(self, paths: Iterable[Path]) -> Generator[None, None, None]:
        """Read what the configuration of these documents, and of the folders, names for its string macros."""
        asking = [*paths, *(Path(root, "any.bib") for root in self._roots)]
        named = {file for path in asking for file in self._configurations().settings_for(path).macro_files}
        before = self._macro_files
        self._macro_files = frozenset(path_in_project(file) for file in named if is_macro_file(file))
        for path in sorted(self._macro_files | before):
            if path in self._macro_files:
                yield from self._read(path)
            elif not self.holds(Path(path)):
                self._forget(path)
                yield

    def read_again(self, paths: Iterable[str | Path]) -> Generator[None, None, None]:
        """Read these files, which were made, changed or deleted."""
        others = False
        for path in map(path_in_project, paths):
            was_known = path in self._stamps
            if format_of_name(path) is None:
                others = True  # a LaTeX document, perhaps
                continue
            wanted = self.holds(Path(path)) and not is_left_out(path, WalkOptions())
            if (wanted or path in self._macro_files) and os.path.isfile(path):
                yield from self._read(path)
            else:
                self._forget(path)
                yield
            others = others or was_known != (path in self._stamps)
        if others:
            yield from self._group()

    def _read(self, path: str) -> Generator[None, None, None]:
        try:
            status = os.stat(path)
        except OSError:
            self._forget(path)
            return
        stamp = status.st_mtime_ns, status.st_size
        if self._stamps.get(path) == stamp:
            return
        self._stamps[path] = stamp
        facts = (yield from fact_steps(path)) if status.st_size <= _LARGEST else frozenset()
        if self._stamps.get(path) == stamp:
            self._project.put(path, facts)
        yield

    def _forget(self, path: str) -> None:
        if self._stamps.pop(path, None) is not None:
            self._project.drop(path)

    def _group(self) -> Generator[None, None, None]:
        """Find out which files are used together."""
        groups: list[frozenset[str]] = []
        for path in self._project.paths:
            if path.endswith(".bib"):
                companions = self._latex_documents.find_companions(Path(path))
                if companions:
                    groups.append(companions | {path})
            yield
        self._project.use_together(groups)

    def _walk(self) -> Iterator[str | None]:
        """The files of a known suffix, and None after every folder."""
        folders = 0
        waiting = list(reversed(self._roots))
        while waiting and folders < _MOST_FOLDERS:
            folders += 1
            below: list[str] = []
            try:
                with os.scandir(waiting.pop()) as entries:
                    for entry in sorted(entries, key=lambda entry: entry.name):
                        if entry.name.startswith(".") or entry.name == "node_modules":
                            continue
                        if entry.is_dir(follow_symlinks=False):
                            below.append(entry.path)
                        elif format_of_name(entry.name) is not None and entry.is_file():
                            path = path_in_project(entry.path)
                            yield None if is_left_out(path, WalkOptions()) else path
            except OSError:
                pass
            waiting += reversed(below)
            yield None
