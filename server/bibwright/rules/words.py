"""Sets of words, written in one string as one reads them."""

from __future__ import annotations


def word_set(words: str) -> frozenset[str]:
    """The words between the blanks and line ends."""
    return frozenset(words.split())
