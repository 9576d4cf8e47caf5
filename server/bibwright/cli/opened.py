"""Opening a file that the user named, with one sentence for everything that can be wrong with it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bibwright.cli.report import one_line
from bibwright.features.encodings import DecodedText, Encoding, EncodingError, decode_bytes
from bibwright.features.files import read_file
from bibwright.formats import SOURCES, AnyFormat, find_any_format, find_format, format_of_name
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


def open_source(path: str, source: str | None, given: str | None = None) -> tuple[str, AnyFormat]:
    """The text of a file in any format, or with `-` of standard input, and its format: the one with the id `source`.

    Without one the format is found out. Raises `UnreadableError`.
    """
    text = read_text(path, given)
    format = SOURCES[source] if source else find_any_format(path, text)
    if format is None:
        raise UnreadableError(f"{path}: is of no format that can be read; --from names one")
    return text, format


def tell_other_format(path: str, format: AnyFormat) -> None:
    """Say so where a file is of another format than its name says."""
    named = format_of_name(path)
    if named is not None and named.language_id != format.language_id:
        print(one_line(f"{path}: is read as {format.title}"), file=sys.stderr)


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
