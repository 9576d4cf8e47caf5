"""Cutting a text where lines begin that a pattern knows."""

from __future__ import annotations

import re


def split_at_lines(text: str, boundary: re.Pattern[str]) -> list[str]:
    """The text in pieces, each but the first from a line that is `boundary` behind its blanks; never empty.

    The pattern should begin with a literal, so that the regex engine skips from one to the next; that only blanks
    stand before it on its line is checked here.
    """
    starts = [0]
    for match in boundary.finditer(text):
        start = match.start()
        while start and text[start - 1] in " \t":
            start -= 1
        if start > starts[-1] and text[start - 1] in "\n\r":
            starts.append(start)
    return [text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
