"""The archive of the official citation styles and locales that comes with the package, opened when first asked for.

It is made when the package is built (`server/packing`), holds every text unmodified, and is one file:

- a line: `SIGN`, then what it was made of; it ends with a line feed;
- two sizes in bytes (`SIZES`): of the index and of the dictionary, which follow it, both compressed with zlib;
- the texts one behind the other, each a raw deflate stream that begins with the dictionary as its preset one: styles
  resemble each other so much that this makes them a third smaller, and yet each can be read alone.

The index is JSON: `styles` is a list of rows (id, title, short title, citation format, number of its fields, locale,
parent) in the order of titles, `fields` the lists of fields that rows refer to, `former` a table from former ids to
ids, `texts` and `locales` tables from the id of an independent style or the name of a locale to where its text stands
(offset behind the dictionary, size).
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from bibwright.csl.errors import StyleError

NAME = "official-styles.archive"
_KIND = b"bibwright citation styles "
#: With the number of the layout.
SIGN = _KIND + b"1"
SIZES = struct.Struct(">II")
#: Raw deflate streams, with the largest window.
WINDOW_BITS = -15

_MISSING = "the official citation styles and locales are missing from this installation; install bibwright anew"
_OTHER = "the official citation styles and locales were packed for another version of bibwright; install bibwright anew"
_DAMAGED = "the official citation styles and locales of this installation are damaged; install bibwright anew"


@dataclass(frozen=True, slots=True)
class Archive:
    """An open archive: its index is read, its texts are read one at a time."""

    file: Traversable
    index: Mapping[str, Any]
    dictionary: bytes
    #: Where the texts begin.
    start: int

    def style(self, style_id: str) -> str | None:
        """The text of an independent style. Raises `StyleError` when the archive is damaged."""
        return self._read(self.index["texts"].get(style_id), style_id)

    def locale(self, name: str) -> str | None:
        """The text of a locale. Raises `StyleError` when the archive is damaged."""
        return self._read(self.index["locales"].get(name), name)

    def _read(self, place: tuple[int, int] | None, name: str) -> str | None:
        if place is None:
            return None
        offset, size = place
        try:
            with self.file.open("rb") as file:
                file.seek(self.start + offset)
                packed = file.read(size)
            inflate = zlib.decompressobj(WINDOW_BITS, self.dictionary)
            text = inflate.decompress(packed).decode("utf-8")
        except (OSError, ValueError, zlib.error) as error:
            raise StyleError(name, "", _DAMAGED) from error
        if not inflate.eof:
            raise StyleError(name, "", _DAMAGED)
        return text


@cache
def open_archive() -> Archive:
    """The archive of the package. Raises `StyleError` when it is missing or damaged."""
    return read_archive(files("bibwright.csl").joinpath("data", NAME))


def read_archive(path: Traversable) -> Archive:
    """The archive in a file. Raises `StyleError`."""
    try:
        with path.open("rb") as file:
            line = file.readline(1000)
            if not line.startswith(SIGN + b";"):
                raise StyleError(NAME, "", _OTHER if line.startswith(_KIND) else _DAMAGED)
            index_size, dictionary_size = SIZES.unpack(file.read(SIZES.size))
            index = json.loads(zlib.decompress(file.read(index_size)))
            dictionary = zlib.decompress(file.read(dictionary_size))
    except FileNotFoundError as error:
        raise StyleError(NAME, "", _MISSING) from error
    except (OSError, ValueError, zlib.error, struct.error) as error:
        raise StyleError(NAME, "", _DAMAGED) from error
    return Archive(path, index, dictionary, len(line) + SIZES.size + index_size + dictionary_size)
