"""Lines and columns as the Language Server Protocol counts them.

A line ends at LF, CRLF or a lone CR and nowhere else: not at U+2028, form feed or the other characters at which
`str.splitlines` breaks. A column is a number of code units in the encoding that client and server agreed on;
looking at one line is always enough to convert it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from enum import Enum

LINE_END = re.compile(r"\r\n|\r|\n")


class PositionEncoding(Enum):
    """What a column counts: bytes of UTF-8, 16-bit units, or code points."""

    UTF8 = "utf-8"
    UTF16 = "utf-16"
    UTF32 = "utf-32"


def count_line_ends(text: str) -> int:
    """How many lines of `text` are ended; one less than it has lines."""
    ends = text.count("\n")
    if "\r" in text:
        ends += text.count("\r") - text.count("\r\n")
    return ends


def line_starts(text: str) -> list[int]:
    """The offset of each line's first character; the first is 0."""
    return [0, *(match.end() for match in LINE_END.finditer(text))]


def split_lines(text: str) -> list[str]:
    """The lines with their ends; joining them gives `text` back. The last one is empty after a line end."""
    starts = line_starts(text)
    return [text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]


def placed_lines(text: str) -> Iterator[tuple[int, str]]:
    """Each line with its end, behind the offset of its first character; a byte order mark belongs to none.

    Unlike `split_lines` it gives no empty line behind the last line end.
    """
    start = 1 if text.startswith("\ufeff") else 0
    for match in LINE_END.finditer(text, start):
        yield start, text[start : match.end()]
        start = match.end()
    if start < len(text):
        yield start, text[start:]


def first_line_end(text: str) -> str:
    """The first line end of `text`, which new lines should follow; LF when there is none."""
    match = LINE_END.search(text)
    return match.group() if match else "\n"


def column_of(line: str, offset: int, encoding: PositionEncoding) -> int:
    """The column of the code point at `offset` of `line`."""
    before = line[:offset]
    if before.isascii() or encoding is PositionEncoding.UTF32:
        return len(before)
    if encoding is PositionEncoding.UTF16:
        return len(before.encode("utf-16-le", "surrogatepass")) // 2
    return len(before.encode("utf-8", "surrogatepass"))


def offset_of(line: str, column: int, encoding: PositionEncoding) -> int:
    """The code point offset of `column` in `line`; past the end it is the end (before the line end).

    A column inside a character (half a surrogate pair) is taken back to that character's start.
    """
    content = line.rstrip("\r\n")
    if column <= 0:
        return 0
    if content.isascii() or encoding is PositionEncoding.UTF32:
        return min(column, len(content))
    units = 0
    for offset, character in enumerate(content):
        if encoding is PositionEncoding.UTF16:
            units += 2 if character > "\uffff" else 1
        else:
            units += len(character.encode("utf-8", "surrogatepass"))
        if units > column:
            return offset
    return len(content)


class LineTable:
    """The line starts of one text, for converting many offsets of it to (line, column).

    The last column is remembered: what stands behind it on its line is measured from there, so that many offsets on
    one very long line, asked for in order, do not each cost the length of the line.
    """

    __slots__ = ("_is_ascii", "_last", "_starts", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = line_starts(text)
        # In ASCII every encoding counts alike, and code points need no counting.
        self._is_ascii = text.isascii()
        self._last = (0, 0, PositionEncoding.UTF32)

    def position(self, offset: int, encoding: PositionEncoding) -> tuple[int, int]:
        """(line, column), both from 0, of the code point at `offset`."""
        line = bisect_right(self._starts, offset) - 1
        start = self._starts[line]
        if self._is_ascii or encoding is PositionEncoding.UTF32:
            return line, offset - start
        known, column, counted = self._last
        if counted is not encoding or not start <= known <= offset:
            known, column = start, 0
        column += column_of(self._text[known:offset], offset - known, encoding)
        self._last = offset, column, encoding
        return line, column

    def offset(self, line: int, column: int, encoding: PositionEncoding) -> int:
        """The code point offset of a position; past the last line it is the end of the text."""
        if line >= len(self._starts):
            return len(self._text)
        if line < 0:
            return 0
        start = self._starts[line]
        end = self._starts[line + 1] if line + 1 < len(self._starts) else len(self._text)
        return start + offset_of(self._text[start:end], column, encoding)
