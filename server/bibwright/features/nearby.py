"""The documents near a bibliography, each read once.

They are looked for in its folder and in the two above, up to the root of a repository. Only regular files of moderate
size are read, and not too many: the folder may be anybody's.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from bibwright.features.files import read_regular

_MOST_FILES = 60
_MOST_BYTES = 400_000
_MOST_FOLDERS = 3
_MOST_KEPT = 5_000

Document = TypeVar("Document")


class NearbyDocuments(Generic[Document]):
    """What documents of some kinds say; reads each folder once, until `forget` says that files may have changed.

    `suffixes` end the names of those kinds, in lower case; `read` makes of path and text what is worth knowing.
    """

    def __init__(self, suffixes: tuple[str, ...], read: Callable[[str, str], Document]) -> None:
        self._suffixes, self._make = suffixes, read
        self._known: dict[str, list[Document]] = {}
        #: What each file said when it was read, and what it was like then.
        self._read: dict[str, tuple[tuple[int, int], Document]] = {}

    def forget(self) -> None:
        """Look at everything anew; what has not changed is not read again."""
        self._known.clear()
        if len(self._read) > _MOST_KEPT:
            self._read.clear()

    def in_folder(self, folder: str) -> list[Document]:
        """What the documents directly in a folder say, in the order of their names; nothing where it cannot be read."""
        if folder not in self._known:
            paths = (os.path.join(folder, name) for name in self._names_in(folder))
            self._known[folder] = [document for path in paths if (document := self._document(path)) is not None]
        return self._known[folder]

    def _document(self, path: str) -> Document | None:
        try:
            status = os.stat(path)
            stamp = status.st_mtime_ns, status.st_size
            known = self._read.get(path)
            if known is None or known[0] != stamp:
                text = read_regular(path, _MOST_BYTES).decode("utf-8", "replace")
                known = self._read[path] = stamp, self._make(path, text)
        except (OSError, ValueError):
            return None
        return known[1]

    def _names_in(self, folder: str) -> list[str]:
        try:
            with os.scandir(folder) as entries:
                names = sorted(
                    entry.name for entry in entries if entry.name.lower().endswith(self._suffixes) and entry.is_file()
                )
        except OSError:
            return []
        return names[:_MOST_FILES]


def folders_about(folder: str) -> Iterator[str]:
    """A folder and the two above it, or fewer where a repository or the file system begins."""
    for _ in range(_MOST_FOLDERS):
        yield folder
        above = os.path.dirname(folder)
        if above == folder or os.path.lexists(os.path.join(folder, ".git")):
            return
        folder = above
