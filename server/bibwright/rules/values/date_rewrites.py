"""Dates written in other ways than a format asks for, read where only one date can be meant."""

from __future__ import annotations

import re

from bibwright.formats.bibtex.dates import is_edtf, write_edtf
from bibwright.formats.ris.dates import read_date
from bibwright.model.dates import Date, DateParts

#: Year first: what follows is month and day, in this order, whatever the separator.
_YEAR_FIRST = re.compile(r"(\d{4})([-/.\s‐‑–—])\s?(\d{1,2})(?:\2\s?(\d{1,2}))?[./]?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})|(\d{4})-(\d{2})(\d{2})")
#: Day first, which with full stops is certain, and with other separators where the first number is no month.
_DAY_FIRST = re.compile(r"(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4})")
_YEARS = re.compile(r"(\d{4})\s*(?:-{1,3}|[‐‑–—])\s*(\d{4})|(\d{4})\s+/\s*(\d{4})|(\d{4})\s*/\s+(\d{4})")
_CIRCA = re.compile(r"(?:c\.|ca\.?|circa)\s*(\d{4})", re.IGNORECASE)
#: How a work is described that has no date yet, or none at all.
UNDATED = re.compile(
    r"[\[({]*(?:in[ -]?press|forthcoming|to appear|submitted|in preparation|accepted|under review|n\.?\s?d\.?|no date|"
    r"s\.?\s?[ad]\.?|undated|ahead of print|in review)[\])}.]*",
    re.IGNORECASE,
)


def date_meant(text: str) -> str | None:
    """The date in EDTF that a text means beyond doubt; None where it is none, or could be several."""
    inner = text.strip().strip("{}").strip()
    if is_edtf(inner):
        return inner
    found = _numbers_meant(inner) or _years_meant(inner)
    if found is None and any(map(str.isalpha, inner)):
        found = _words_meant(inner)
    return found if found is not None and is_edtf(found) else None


def _numbers_meant(text: str) -> str | None:
    if (match := _YEAR_FIRST.fullmatch(text)) is not None:
        if (match[4] is None and match[2] not in "-‐‑–—.") or (match[4] is None and len(match[3]) == 2):
            return None  # `1999/00` and `1999-00` may be two years
        return _iso(match[1], match[3], match[4])
    if (match := _COMPACT.fullmatch(text)) is not None:
        year, month, day = (match[number] or match[number + 3] for number in (1, 2, 3))
        return _iso(year, month, day)
    if (match := _DAY_FIRST.fullmatch(text)) is not None and (match[2] == "." or int(match[1]) > 12):
        return _iso(match[4], match[3], match[1])
    return None


def _years_meant(text: str) -> str | None:
    if (match := _YEARS.fullmatch(text)) is not None:
        first, last = (part for part in match.groups() if part is not None)
        return f"{first}/{last}" if first < last else None
    match = _CIRCA.fullmatch(text)
    return f"{match[1]}~" if match is not None else None


def _words_meant(text: str) -> str | None:
    date = read_date(text)
    return None if date.start is None or date.start.year < 1000 else write_edtf(date)


def _iso(year: str, month: str, day: str | None) -> str:
    return f"{year}-{int(month):02d}" + (f"-{int(day):02d}" if day else "")


def is_possible(date: Date) -> bool:
    """Whether the calendar has the days of a date."""
    return all(map(_is_possible, (parts for parts in (date.start, date.end) if parts is not None)))


def _is_possible(parts: DateParts) -> bool:
    if parts.month is None or parts.day is None:
        return True
    return is_edtf(f"{parts.year % 10000:04d}-{parts.month:02d}-{parts.day:02d}")
