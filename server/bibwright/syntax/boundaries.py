"""Cutting a text where lines begin that a pattern knows."""

from __future__ import annotations

import re
from typing import NamedTuple

#: A longer line is none that leads anywhere, lest looking for the start of each line cost their square.
_LONGEST_LEAD = 2000


class Lead(NamedTuple):
    """Lines that belong to the boundary line directly behind them: those that match `line` as a whole.

    A text without `sign` has none.
    """

    sign: str
    line: re.Pattern[str]


def split_at_lines(text: str, boundary: re.Pattern[str], lead: Lead | None = None) -> list[str]:
    """The text in pieces, each but the first from a line that is `boundary` behind its blanks; never empty.

    The pattern should begin with a literal, so that the regex engine skips from one to the next; that only blanks
    stand before it on its line is checked here. Lines that lead to such a line, in a row, are its own: the piece
    begins with the first of them. They and the line behind them are never in different pieces, so an edit, which
    looks at whole pieces, sees what it depends on.
    """
    starts = [0]
    if lead is not None and lead.sign not in text:
        lead = None
    for match in boundary.finditer(text):
        start = match.start()
        while start and text[start - 1] in " \t":
            start -= 1
        if not start or text[start - 1] not in "\n\r":
            continue
        if lead is not None:
            start = _first_lead(text, start, starts[-1], lead)
        if start > starts[-1]:
            starts.append(start)
    return [text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]


def _first_lead(text: str, start: int, lowest: int, lead: Lead) -> int:
    """Where the first of the lines begins that lead to the line at `start`."""
    while start > lowest:
        end = start - (2 if text.startswith("\r\n", start - 2) else 1)
        furthest = max(end - _LONGEST_LEAD, lowest)
        before = max(text.rfind("\n", furthest, end), text.rfind("\r", furthest, end))
        line = before + 1 if before >= 0 else furthest
        if (before < 0 and furthest > lowest) or not lead.line.fullmatch(text, line, end):
            return start
        start = line
    return start
