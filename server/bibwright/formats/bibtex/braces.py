"""Which brace closes which, worked out once for a block, so that a value without an end costs no second look.

Braces count as BibTeX itself counts them: a backslash protects nothing.
"""

from __future__ import annotations

from typing import NamedTuple


class Braces(NamedTuple):
    """`pairs` leads from an opening brace to its closing one; `stray` are the closing ones without a partner.

    An opening brace without a partner is in neither.
    """

    pairs: dict[int, int]
    stray: list[int]


def pair_braces(text: str) -> Braces:
    """The braces of a text, by offset."""
    return _pair(text, "{", "}")


def pair_parentheses(text: str) -> dict[int, int]:
    """From the opening parentheses of a text to their closing ones, whatever braces stand between."""
    return _pair(text, "(", ")").pairs


def _pair(text: str, opening: str, closing: str) -> Braces:
    pairs: dict[int, int] = {}
    stray: list[int] = []
    stack: list[int] = []
    # Looking for each of the two by itself takes half the time that a pattern for both takes.
    opened, closed = text.find(opening), text.find(closing)
    while closed >= 0:
        if 0 <= opened < closed:
            stack.append(opened)
            opened = text.find(opening, opened + 1)
        else:
            if stack:
                pairs[stack.pop()] = closed
            else:
                stray.append(closed)
            closed = text.find(closing, closed + 1)
    return Braces(pairs, stray)
