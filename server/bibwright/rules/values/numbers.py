"""Standard numbers of publications in a value: which stand there, and which of them can be right.

A field may have several, with notes in parentheses and between any separators. Check digits are python-stdnum's
business.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from bibwright.analysis.rule import Context
from bibwright.formats.ris.schema import meaning_of
from bibwright.syntax.nodes import Entry
from bibwright.text.spans import Span

_DASHES = "-‐‑‒–—−"
#: What separates numbers: marks, line ends, words and everything in parentheses.
_SEPARATOR = re.compile(
    r"""
    \([^()]{0,80}\) | \[[^][]{0,80}\] | [;,/|\r\n]+ | \band\b
    | (?<!\w)(?:e|p)?-?(?:ISSN|ISBN)(?:-?L\b|-?1[03]\b)?:?
    """,
    re.VERBOSE,
)
_ISSN_SHAPE = re.compile(rf"\d{{4}}[{_DASHES}]{{0,2}}\d{{3}}[\dXx]")
_SIGNS = re.compile(rf"[{_DASHES}\s~.]")
#: At the ends of a number these are not part of it.
_AROUND = " \t~.:{}\"'"


class Number(NamedTuple):
    """A number as it stands, and without its hyphens and blanks (an X as a capital)."""

    span: Span
    text: str
    compact: str


def numbers_in(text: str, span: Span) -> Iterator[Number]:
    """The numbers of a value. Blanks may be part of one (`978 3 16 148410 0`) or separate two."""
    at = span.start
    for separator in (*_SEPARATOR.finditer(text, *span), None):
        end = separator.start() if separator else span.end
        yield from _split(text, at, end)
        at = separator.end() if separator else end


def _split(text: str, start: int, end: int) -> Iterator[Number]:
    whole = _number(text, start, end)
    if whole is None:
        return
    words = whole.text.split()
    if len(words) == 1 or is_isbn_shape(whole.compact):
        yield whole
        return
    at = whole.span.start
    for word in words:
        at = text.index(word, at)
        number = _number(text, at, at + len(word))
        at += len(word)
        if number is not None and any(map(str.isdigit, number.text)):
            yield number


def _number(text: str, start: int, end: int) -> Number | None:
    while start < end and text[start] in _AROUND:
        start += 1
    while end > start and text[end - 1] in _AROUND:
        end -= 1
    if start == end:
        return None
    written = text[start:end]
    return Number(Span(start, end), written, _SIGNS.sub("", written).upper())


def is_issn_shape(written: str) -> bool:
    """Whether it is written like an ISSN, with or without the hyphen."""
    return _ISSN_SHAPE.fullmatch(written) is not None


def is_isbn_shape(compact: str) -> bool:
    """Whether it has as many digits as an ISBN."""
    return len(compact) in (10, 13) and compact[:-1].isdecimal() and (compact[-1].isdecimal() or compact[-1] == "X")


@lru_cache(maxsize=4096)
def is_valid_issn(compact: str) -> bool:
    """Whether the check digit of an ISSN without hyphen is right. A file has the same few numbers again and again."""
    from stdnum import issn

    return bool(issn.is_valid(compact))


@lru_cache(maxsize=4096)
def is_valid_isbn(compact: str) -> bool:
    """Whether the check digit of an ISBN without hyphens is right; of the older SBN and of an ISMN too."""
    from stdnum import isbn, ismn

    if len(compact) == 9 and compact.isascii():
        return bool(isbn.is_valid(f"0{compact}"))
    return bool(isbn.is_valid(compact) or (compact.startswith("9790") and ismn.is_valid(compact)))


def expected_number(context: Context, entry: Entry, name: str) -> str:
    """What a field with this name (lower case) holds: `ISSN`, `ISBN`, or empty when it may be neither.

    In RIS that is a matter of the reference type: the number of a report is its own.
    """
    if context.format != "ris":
        return "ISBN" if "isbn" in name else "ISSN"
    if name == "ei":
        return "ISSN"
    reference_type = entry.type.of(context.text).upper() if entry.type is not None else ""
    meaning = meaning_of("SN", reference_type)
    return meaning.variable if meaning is not None and meaning.variable in ("ISSN", "ISBN") else ""
