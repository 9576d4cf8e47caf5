"""Dates of RIS, `YYYY/MM/DD/other information` with any part missing, and the other forms that databases write."""

from __future__ import annotations

import re

from bibwright.model.dates import Date, DateParts
from bibwright.model.placeholders import is_placeholder

_SLASHED = re.compile(r"(-?\d{1,4})(?:/(\d{0,2})(?:/(\d{0,2})(?:/(.*))?)?)?", re.DOTALL)
_ISO = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?(?:T.*)?")
_WORDS = re.compile(r"(?:(\d{4})[ ,]+)?(?:(\d{1,2})\.?[ ]+)?([^\W\d]{3,})\.?(?:[ ]+(\d{1,2}),?)?(?:[ ,]+(\d{4}))?")
_YEARS = re.compile(r"(\d{4})\s*[-–/]\s*(\d{4})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
SEASONS = ("Spring", "Summer", "Autumn", "Winter")
_SEASON_NUMBERS = {**{season.lower(): 21 + at for at, season in enumerate(SEASONS)}, "fall": 23}


def read_date(text: str, *, year: int | None = None) -> Date:
    """The date of a tag, else its text as a literal. `year` completes a text that has none (`Mar 10`)."""
    text = "/".join("" if is_placeholder(part) else part for part in text.strip().split("/"))
    if (match := _SLASHED.fullmatch(text)) is not None:
        other = (match[4] or "").strip()
        return _date(match[1], match[2], match[3], _SEASON_NUMBERS.get(other.lower())) or Date(literal=text)
    if (match := _ISO.fullmatch(text)) is not None:
        return _date(match[1], match[2], match[3]) or Date(literal=text)
    if (match := _YEARS.fullmatch(text)) is not None:
        return Date(start=DateParts(int(match[1])), end=DateParts(int(match[2])))
    if (match := _WORDS.fullmatch(text)) is not None:
        found_year = match[1] or match[5] or (str(year) if year is not None else None)
        season = _SEASON_NUMBERS.get(match[3].lower())
        month = next((str(at) for at, name in enumerate(_MONTHS, 1) if match[3].lower().startswith(name)), None)
        if found_year is not None and (month or season):
            return _date(found_year, month, match[2] or match[4], season) or Date(literal=text)
    return Date(literal=text)


def other_information(text: str) -> str:
    """What a date says behind its third slash, if that is not a season."""
    match = _SLASHED.fullmatch(text.strip())
    other = (match[4] or "").strip(" /") if match else ""
    return "" if other.lower() in _SEASON_NUMBERS else other


def write_date(date: Date) -> str:
    """`YYYY/MM/DD/` with what is known; a literal as it stands."""
    start = date.start
    if start is None:
        return date.literal
    if start.month is not None and start.month > 20:
        return f"{_year(start)}///{SEASONS[start.month - 21]}"
    month = f"{start.month:02d}" if start.month else ""
    day = f"{start.day:02d}" if start.day and month else ""
    return f"{_year(start)}/{month}/{day}/"


def write_year(date: Date) -> str:
    """The year alone; a literal as it stands."""
    return _year(date.start) if date.start is not None else date.literal


def _year(parts: DateParts) -> str:
    return f"{parts.year:04d}" if parts.year >= 0 else str(parts.year)


def _date(year: str, month: str | None, day: str | None, season: int | None = None) -> Date | None:
    month_number = int(month) if month else None
    day_number = int(day) if day else None
    if month_number == 0:
        month_number = day_number = None
    if day_number == 0:
        day_number = None
    if (month_number is not None and month_number > 12) or (day_number is not None and day_number > 31):
        return None
    if month_number is None:
        return Date(start=DateParts(int(year), season))
    return Date(start=DateParts(int(year), month_number, day_number))
