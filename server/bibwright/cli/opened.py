"""Opening a file that the user named, with one sentence for everything that can be wrong with it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bibwright.features.encodings import DecodedText, Encoding, EncodingError, decode_bytes
from bibwright.features.files import read_file
from bibwright.formats import find_format
from bibwright.formats.format import Format


class UnreadableError(Exception):
    """A file cannot be read or written; the message is one line for the user that names it."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that was read."""

    path: str
    text: str
    encoding: Encoding
    format: Format


def open_file(path: str, given: str | None = None) -> Opened:
    """Read a bibliography. Raises `UnreadableError`."""
    return _opened(path, lambda: read_file(Path(path), given))


def open_bytes(name: str, data: bytes, given: str | None = None) -> Opened:
    """A bibliography that was read from elsewhere and would be called `name` as a file. Raises `UnreadableError`."""
    return _opened(name, lambda: decode_bytes(data, given))


def _opened(path: str, read: Callable[[], DecodedText]) -> Opened:
    text, encoding = _decoded(path, read)
    format = find_format(path, text)
    if format is None:
        raise UnreadableError(f"{path}: is neither BibTeX nor RIS")
    return Opened(path, text, encoding, format)


def read_text(path: str, given: str | None = None) -> str:
    """The text of a file, or with `-` of standard input. Raises `UnreadableError`."""
    if path == "-":
        return _decoded("standard input", lambda: decode_bytes(sys.stdin.buffer.read(), given)).text
    return _decoded(path, lambda: read_file(Path(path), given)).text


def _decoded(path: str, read: Callable[[], DecodedText]) -> DecodedText:
    try:
        return read()
    except OSError as error:
        raise UnreadableError(f"{path}: {error.strerror or error}") from error
    except ValueError as error:
        # A path with a zero byte.
        raise UnreadableError(f"{path}: {error}") from error
    except EncodingError as error:
        raise UnreadableError(f"{path}: {error}") from error
