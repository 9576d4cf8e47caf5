"""The source line that a finding is about, with what it is about underlined.

    12 | title = {A : B},
       |           ^

A terminal shows characters in cells, and not one each: a tab has several, a Chinese character two, an accent that
stands behind its letter none. So both lines are built from what is shown.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from typing import NamedTuple

from bibwright.text.columns import line_starts
from bibwright.text.spans import Span

_TAB = " " * 4
#: What is left out of a long line.
_CUT = "…"
#: Characters that join or choose how others look, and do no harm.
_JOINERS = frozenset("\u200c\u200d")


class Source:
    """A text whose lines are asked for."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts: list[int] = []

    def line_at(self, offset: int) -> tuple[int, Span]:
        """The number (from 0) of the line at an offset, and where it stands without its end."""
        if not self._starts:
            self._starts = line_starts(self.text)
        number = bisect_right(self._starts, offset) - 1
        start = self._starts[number]
        end = self._starts[number + 1] if number + 1 < len(self._starts) else len(self.text)
        if end > start and self.text[end - 1] == "\n":
            end -= 1
        if end > start and self.text[end - 1] == "\r":
            end -= 1
        return number, Span(start, end)


class Excerpt(NamedTuple):
    """Two lines for a finding: `left`, `marked` and `right` are one, `indent` and `carets` the cells below.

    `number` is the line's, from 1; `last` that of the line where the span ends.
    """

    number: int
    last: int
    left: str
    marked: str
    right: str
    indent: int
    carets: int


def make_excerpt(source: Source, span: Span, width: int) -> Excerpt:
    """What to show of the line where a span begins, in at most `width` cells.

    Costs what is shown, however long the line is.
    """
    number, line = source.line_at(span.start)
    last = number if span.end <= line.end else source.line_at(max(span.end - 1, span.start))[0]
    start = min(span.start, line.end)
    end = min(span.end, line.end)
    text = source.text
    cells = _cells_of(text[max(line.start, start - width) : min(line.end, start + 2 * width)])
    # A mark on a letter is shown with it.
    while line.start < start and start - span.start > -width and start < line.end and cells(text[start]) == 0:
        start -= 1
    left = text[max(line.start, start - width) : start]
    rest = text[start : min(line.end, start + width)]
    room = max(width // 3, width - sum(map(cells, rest)))
    shown_left, left_cells = _fit(left[::-1], room, cells)
    shown_left = shown_left[::-1]
    is_cut = len(shown_left) < len(left) or start - len(left) > line.start
    if is_cut:
        shown_left = _CUT + shown_left[1:]
    shown, _ = _fit(rest, width - left_cells, cells)
    split = min(end - start, len(shown))
    marked, right = shown[:split], shown[split:]
    if start + len(shown) < line.end:
        marked, right = (marked, right[:-1] + _CUT) if right else (marked[:-1] + _CUT, "")
    left_shown, marked_shown, right_shown = _show(shown_left), _show(marked), _show(right)
    indent = _width(left_shown)
    carets = max(_width(left_shown + marked_shown) - indent, 1)
    return Excerpt(number + 1, last + 1, left_shown, marked_shown, right_shown, indent, carets)


def _fit(text: str, room: int, cells: Callable[[str], int]) -> tuple[str, int]:
    """As much from the beginning of a text as fits, and how many cells that takes."""
    taken = 0
    for at, character in enumerate(text):
        wide = cells(character)
        if taken + wide > room:
            return text[:at], taken
        taken += wide
    return text, taken


def _cells_of(sample: str) -> Callable[[str], int]:
    """How many cells a character takes; the tables are loaded where there is more than ASCII."""
    if sample.isascii():
        return _ascii_cells
    from wcwidth import wcwidth

    return lambda character: _ascii_cells(character) if character.isascii() else max(wcwidth(_shown(character)), 0)


def _ascii_cells(character: str) -> int:
    return len(_TAB) if character == "\t" else 1


def _width(shown: str) -> int:
    if shown.isascii():
        return len(shown)
    from wcwidth import wcswidth

    return max(int(wcswidth(shown)), 0)


def _show(text: str) -> str:
    return text if text.isascii() and text.isprintable() else "".join(map(_shown, text))


def _shown(character: str) -> str:
    """What stands for a character: those that would move the cursor or turn the direction must not reach it."""
    if character == "\t":
        return _TAB
    if character < " ":
        return chr(0x2400 + ord(character))
    if character == "\x7f":
        return "\u2421"
    if character in _JOINERS or unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}:
        return character
    return "�"
