"""Which brace closes which, worked out once for a block, so that a value without an end costs no second look.

Braces count as BibTeX itself counts them: a backslash protects nothing.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_BRACE = re.compile(r"[{}]")
_PARENTHESIS = re.compile(r"[()]")


class Braces(NamedTuple):
    """`pairs` leads from an opening brace to its closing one; `stray` are the closing ones without a partner.

    An opening brace without a partner is in neither.
    """

    pairs: dict[int, int]
    stray: list[int]


def pair_braces(text: str) -> Braces:
    """The braces of a text, by offset."""
    return _pair(text, _BRACE, "{")


def pair_parentheses(text: str) -> dict[int, int]:
    """From the opening parentheses of a text to their closing ones, whatever braces stand between."""
    return _pair(text, _PARENTHESIS, "(").pairs


def _pair(text: str, sign: re.Pattern[str], opening: str) -> Braces:
    pairs: dict[int, int] = {}
    stray: list[int] = []
    stack: list[int] = []
    for match in sign.finditer(text):
        at = match.start()
        if text[at] == opening:
            stack.append(at)
        elif stack:
            pairs[stack.pop()] = at
        else:
            stray.append(at)
    return Braces(pairs, stray)
