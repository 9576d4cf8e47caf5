"""What a reader left out: words of a field's source that are in none of the values that the field filled.

A record that was read is all that a writer knows of, so what the reader does not give on is in no other format, and no
writer can report it. This looks at the source's own letters and digits, and knows of formats no more than how LaTeX is
decoded.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from bibwright.formats.bibtex.latex import decode_plain
from bibwright.model.dates import Date
from bibwright.model.names import Name
from bibwright.model.record import Record, SourceField
from bibwright.model.richtext import RichText, plain_text
from bibwright.model.vocabulary import DATE_VARIABLES
from tests.support.same_meaning import SPELLINGS, values_of

_WORD = re.compile(r"[^\W_]+")
#: Words of notations, which say what a value is, and of databases that a variable is named after.
_NOTATION = """
and url http https www dx doi acm org issn isbn pissn eissn print electronic online linking others et al family given
middle prefix suffix useprefix true false pubmed medline pmid compiler director organizer composer
"""
_OF_NOTATION = frozenset(_NOTATION.split())
_OF_DATES = frozenset(
    ("y", "spring", "summer", "autumn", "fall", "winter", "ca", "circa", "c", "about", "bc", "bce", "ad")
)
_MONTHS = frozenset(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"))
#: `\noopsort{1973b}` prints nothing, and a resolver's host is not part of the DOI.
_SORT_KEY = re.compile(r"\\noopsort\s*\{[^{}]*\}")
_HOST = re.compile(r"https?://[^/\s]+")
_DAY = re.compile(r"(?<![\w-])(\d{4})(\d\d)(\d\d)(?!\d)")
_MARKUP = re.compile(r"</?(?:i|b|sc|sub|sup|span)\b[^<>]*>")


def unread_words(record: Record, field: SourceField) -> set[str]:
    """The words of a field that its variables do not hold; empty for what fills none, or is data and no text."""
    if not field.variables or field.notation or field.macros or field.variables[0] in ("id", "type"):
        return set()
    text = raw = field.text
    if record.source_format in ("bibtex", "biblatex"):
        text = decode_plain(_SORT_KEY.sub("", text))
    elif record.source_format.startswith("csl"):
        text = _MARKUP.sub("", text)
    said = {word for variable in field.variables for value in values_of(record, variable) for word in _said(value)}
    if any(variable in SPELLINGS and variable in record.texts for variable in field.variables):
        return set()  # a table says it in other words
    if DATE_VARIABLES.intersection(field.variables):
        return {word for word in set(_words(_DAY.sub(r"\1 \2 \3", text))) - said if not _is_of_date(word, said)}
    if "DOI" in field.variables:
        text = raw = _HOST.sub("", text)
    # An initial stands for a name that another field spells out, as the end of a page range does (`454-81`). What is
    # verbatim is kept with its TeX.
    unread = {word for word in set(_words(text)) - said - _OF_NOTATION if not _stands_for(word, said)}
    return unread and {word for word in set(_words(raw)) - said - _OF_NOTATION if not _stands_for(word, said)}


def _is_of_date(word: str, said: set[str]) -> bool:
    """Whether a word is a number that the date has (`05`, `98`), or says a month, a season, or how sure the date is."""
    if word.isdecimal():
        word = str(int(word)).zfill(len(word))  # in the digits that the date has
        return word.lstrip("0") in {"", *said} or any(other.endswith(word) for other in said if len(other) == 4)
    if (number := re.match(r"[cy]?(\d+)(?:st|nd|rd|th)?\Z", word)) is not None:
        return number[1].lstrip("0") in said
    return word[:3] in _MONTHS or word in _OF_DATES


def _stands_for(word: str, said: set[str]) -> bool:
    if word.isdecimal():
        return any(other.isdecimal() and other.endswith(word) for other in said)
    return len(word) < 4 and all(any(other.startswith(letter) for other in said) for letter in word)


def _words(text: str) -> Iterator[str]:
    yield from _WORD.findall(unicodedata.normalize("NFC", text).lower())


def _said(value: Name | Date | RichText | str) -> Iterator[str]:
    match value:
        case Name():
            parts = (value.family, value.given, value.dropping_particle, value.non_dropping_particle, value.suffix)
            for part in (*parts, value.literal):
                yield from _words(part)
        case Date():
            for parts in (value.start, value.end):
                yield from (str(abs(part)) for part in parts or () if part is not None)
            if value.start is not None and value.start.year <= 0:
                yield str(1 - value.start.year)
            yield from _words(value.literal)
        case str():
            yield from _words(value)
        case _:
            yield from _words(plain_text(value))
