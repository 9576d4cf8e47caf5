"""Finds the files to check: those that are named, and those in folders that no ignore file leaves out.

Ignore files are read as git reads them (`.gitignore` and `.git/info/exclude`; `.ignore` and `.bibwrightignore` in the
same manner): each counts for the folder it stands in, deeper ones override those above, a later line overrides an
earlier one, and a folder that is left out is not entered. How a pattern matches is pathspec's business.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from bibwright.features.files import read_regular
from bibwright.formats import format_of_name

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

#: What stands in a folder and leaves out files in it and below; the last one that has an opinion decides.
_IGNORE_FILES = (".gitignore", ".ignore", ".bibwrightignore")

#: Files of git that hold nothing but a path hold no more than this.
_LONGEST_PATH = 10_000

#: Called for a folder or an ignore file that cannot be read.
OnError = Callable[[OSError], None]


@dataclass(frozen=True, slots=True)
class WalkOptions:
    """What is left out. `exclude` are patterns as in an ignore file, relative to the current folder.

    With `force_exclude` they and the ignore files count for what was named too, as when another program (a commit
    hook) names the files.
    """

    exclude: tuple[str, ...] = ()
    ignore_files: bool = True
    force_exclude: bool = False


def find_files(paths: Sequence[str], options: WalkOptions, on_error: OnError) -> list[str]:
    """The files, each once: those named, and those of a known suffix in the folders named, in the order of names.

    A link in a folder is no file of its own when what it leads to is found too.
    """
    walk = _Walk(options, on_error)
    found: dict[str, str] = {}
    links: dict[str, str] = {}
    for path in paths:
        for file in walk.files(path):
            place = os.path.abspath(file)
            if place not in found and file != path and os.path.islink(file):
                links[place] = os.path.realpath(file)
            found.setdefault(place, file)
    if not links:
        return list(found.values())
    real = {os.path.realpath(place) for place in found if place not in links}
    for place, target in links.items():
        if target in real:
            del found[place]
        real.add(target)
    return list(found.values())


def is_left_out(path: str, options: WalkOptions) -> bool:
    """Whether a file, which need not exist, would be passed over when it was found in a folder."""
    walk = _Walk(options, lambda _: None)
    return walk.is_excluded(path, is_folder=False) or walk.is_ignored(path, is_folder=False)


class _Walk:
    """A search; ignore files are read once."""

    def __init__(self, options: WalkOptions, on_error: OnError) -> None:
        self._options = options
        self._on_error = on_error
        self._excluded = _parse_patterns(options.exclude) if options.exclude else None
        self._read = lru_cache(maxsize=None)(self._read_ignore_files)

    def files(self, path: str) -> list[str]:
        """The file, or what is found in the folder."""
        is_folder = os.path.isdir(path)
        left_out = self._options.force_exclude and (
            self.is_excluded(path, is_folder=is_folder) or self.is_ignored(path, is_folder=is_folder)
        )
        if left_out:
            return []
        return sorted(self._below(path)) if is_folder else [path]

    def _below(self, root: str) -> Iterator[str]:
        # A folder that is left out and named all the same is searched: then what leaves it out says nothing.
        above = [] if self.is_ignored(root, is_folder=True) else self._above(os.path.abspath(root))
        specs: dict[str, list[_Spec]] = {}
        # Links to folders are not followed: what they lead to is found where it is, and circles are not entered.
        for folder, folders, names in os.walk(root, onerror=self._on_error):
            at = os.path.abspath(folder)
            here = specs[at] = [*specs.get(os.path.dirname(at), above), *self._read(at)]
            folders[:] = [
                name
                for name in folders
                # What begins with a dot is some program's own: version control, caches, the locks of an editor.
                if not name.startswith(".") and not self._is_left_out(folder, name, here, is_folder=True)
            ]
            for name in names:
                if name.startswith(".") or format_of_name(name) is None:
                    continue
                path = os.path.join(folder, name)
                # A link that leads nowhere and a pipe are no files; nobody asked for them by name.
                if not self._is_left_out(folder, name, here, is_folder=False) and os.path.isfile(path):
                    yield path

    def _is_left_out(self, folder: str, name: str, specs: list[_Spec], *, is_folder: bool) -> bool:
        path = os.path.join(folder, name)
        if self.is_excluded(path, is_folder=is_folder):
            return True
        return _is_ignored(os.path.abspath(path), specs, is_folder=is_folder)

    def is_excluded(self, path: str, *, is_folder: bool) -> bool:
        """Whether the patterns of the options say so."""
        if self._excluded is None:
            return False
        relative = _relative(os.path.abspath(path), os.getcwd(), is_folder=is_folder)
        return bool(self._excluded.check_file(relative).include)

    def is_ignored(self, path: str, *, is_folder: bool) -> bool:
        """Whether an ignore file above leaves out the path, or a folder that it is in."""
        at = os.path.abspath(path)
        specs: list[_Spec] = []
        for number, folder in enumerate(_folders_above(at, is_folder=is_folder)):
            if number and _is_ignored(folder, specs, is_folder=True):
                return True
            specs += self._read(folder)
        return _is_ignored(at, specs, is_folder=is_folder)

    def _above(self, root: str) -> list[_Spec]:
        """The ignore files above a folder."""
        return [spec for folder in _folders_above(root, is_folder=True) for spec in self._read(folder)]

    def _read_ignore_files(self, folder: str) -> list[_Spec]:
        """The ignore files of one folder, the weakest first."""
        if not self._options.ignore_files:
            return []
        paths = [os.path.join(folder, name) for name in _IGNORE_FILES]
        git = _git_folder(folder)
        if git is not None:
            paths.insert(0, os.path.join(git, "info", "exclude"))
        return [spec for path in paths if (spec := self._read_spec(path, folder)) is not None]

    def _read_spec(self, path: str, folder: str) -> _Spec | None:
        try:
            lines = read_regular(path).decode("utf-8", "surrogateescape").removeprefix("\ufeff").splitlines()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None
        except OSError as error:
            self._on_error(error)
            return None
        return _Spec(folder, _parse_patterns(lines))


@dataclass(frozen=True, slots=True)
class _Spec:
    """The patterns of one ignore file, relative to `folder`."""

    folder: str
    patterns: GitIgnoreSpec


def _parse_patterns(lines: Iterable[str]) -> GitIgnoreSpec:
    """Like git, pass over what is no pattern."""
    # Loaded here, since it takes a tenth of the time to start, and files that are named need none.
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines([line for line in lines if _is_pattern(line)])


def _is_pattern(line: str) -> bool:
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True


def _is_ignored(path: str, specs: list[_Spec], *, is_folder: bool) -> bool:
    for spec in reversed(specs):
        decided = spec.patterns.check_file(_relative(path, spec.folder, is_folder=is_folder)).include
        if decided is not None:
            return decided
    return False


def _relative(path: str, folder: str, *, is_folder: bool) -> str:
    """The path as patterns see it; a pattern for folders needs the slash."""
    try:
        relative = os.path.relpath(path, folder).replace(os.sep, "/")
    except ValueError:  # another drive
        relative = path.replace(os.sep, "/")
    return f"{relative}/" if is_folder else relative


def _folders_above(path: str, *, is_folder: bool) -> list[str]:
    """The folders above a path whose ignore files count for it, the highest first: those up to the repository's.

    Outside of a repository they are those up to the current folder; where that is not above, a file's own folder.
    """
    folders: list[str] = []
    if is_folder and _is_repository(path):
        return folders
    own = folder = os.path.dirname(path)
    while True:
        folders.insert(0, folder)
        if _is_repository(folder):
            return folders
        above = os.path.dirname(folder)
        if above == folder:
            break
        folder = above
    current = os.getcwd()
    if current in folders:
        return folders[folders.index(current) :]
    return [] if is_folder else [own]


def _is_repository(folder: str) -> bool:
    # In a further working tree, and in a submodule, it is a file.
    return os.path.lexists(os.path.join(folder, ".git"))


def _git_folder(folder: str) -> str | None:
    """Where git keeps what concerns the repository in this folder, if there is one."""
    git = os.path.join(folder, ".git")
    if os.path.isdir(git):
        return git
    # A further working tree has a file that leads there, and from there to what all trees share.
    try:
        line = read_regular(git, _LONGEST_PATH).decode("utf-8").strip()
        own = os.path.join(folder, line.removeprefix("gitdir:").strip())
        shared = read_regular(os.path.join(own, "commondir"), _LONGEST_PATH).decode("utf-8").strip()
    except (OSError, ValueError):
        return None
    return os.path.normpath(os.path.join(own, shared))
