"""Dates as people and databases write them: `2020 Mar-Apr`, `31 December 2019`, `Spring 2020`, `c. 1850`, `1998-1999`.

What is not certainly a date is none: nothing is guessed from `03/04/2015`, and a word that is neither month nor season
makes all of it text.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from bibwright.model.dates import Date, DateParts

#: Longer texts are no dates.
_LONGEST = 80
_TOKEN = re.compile(r"\d+|[^\W\d_]+|[-–—]|[ \t.,]+|.", re.DOTALL)
_ISO = re.compile(r"(-?\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
#: Without signs between, only what is plainly no other number.
_COMPACT = re.compile(r"((?:1[5-9]|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])", re.ASCII)
_SLASHED = re.compile(r"(\d{4})/(\d{1,2})(?:/(\d{1,2}))?")
_CIRCA = re.compile(r"(?:circa|ca?\.|ca|c)\s*(?=\d)", re.IGNORECASE)
_SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SEASONS = ("Spring", "Summer", "Autumn", "Winter")
_MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "jan january januar janvier enero gennaio",
            "feb febr february februar février febrero febbraio",
            "mar march märz mars marzo",
            "apr april avril abril aprile",
            "may mai mayo maggio",
            "jun june juni juin junio giugno",
            "jul july juli juillet julio luglio",
            "aug august août agosto",
            "sep sept september septembre septiembre settembre",
            "oct okt october oktober octobre octubre ottobre",
            "nov november novembre noviembre",
            "dec dez december dezember décembre diciembre dicembre",
        ),
        1,
    )
    for word in words.split()
}
_MONTHS |= {season.lower(): 21 + at for at, season in enumerate(SEASONS)} | {"fall": 23}


class _Side(NamedTuple):
    """What is said on one side of a dash."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    #: A number of one or two digits before anything that would say what it is.
    number: int | None = None


def find_date(text: str, *, year: int | None = None) -> Date | None:
    """The date that a whole text is; None when it is anything else. `year` completes a text that has none (`Mar 3`)."""
    text = text.strip()
    if not text or len(text) > _LONGEST:
        return None
    uncertain = text.endswith("?")
    text = text[:-1].rstrip() if uncertain else text
    circa = _CIRCA.match(text)
    if circa is not None:
        text = text[circa.end() :]
    found = _find_numbers(text) or _find_words(text, year)
    if found is None:
        return None
    start, end, open_end = found
    return Date(start, end, open_end=open_end, circa=circa is not None, uncertain=uncertain)


def read_written_date(text: str, *, year: int | None = None) -> Date:
    """As `find_date`; text that is no date is a literal."""
    return find_date(text, year=year) or Date(literal=text.strip())


def write_year(date: Date) -> str:
    """The year, or the years of a range, with the signs that `find_date` reads; a literal as it stands."""
    if date.start is None:
        return date.literal
    text = _year(date.start.year)
    if date.end is not None and (date.start.month is None or date.end.year != date.start.year):
        text += f"-{_year(date.end.year)}"
    elif date.open_end:
        text += "-"
    return f"{'c. ' if date.circa else ''}{text}{'?' if date.uncertain else ''}"


def write_month_and_day(date: Date) -> str:
    """What a date says beside its year (`Mar 3`, `Mar-Apr`, `Spring`), with years where a range has two; else empty."""
    start, end = date.start, date.end
    if start is None or start.month is None:
        return ""
    if end is None:
        return _month_and_day(start) + ("-" if date.open_end else "")
    if end.year != start.year:
        return f"{_year(start.year)} {_month_and_day(start)}-{_year(end.year)} {_month_and_day(end)}".rstrip()
    if end.month == start.month and start.day is not None and end.day is not None:
        return f"{_month_and_day(start)}-{end.day}"
    return f"{_month_and_day(start)}-{_month_and_day(end)}"


def _find_numbers(text: str) -> tuple[DateParts, DateParts | None, bool] | None:
    match = _ISO.fullmatch(text) or _SLASHED.fullmatch(text) or _COMPACT.fullmatch(text)
    if match is None:
        return None
    parts = _parts(*(int(part) if part else None for part in match.groups()))
    return (parts, None, False) if parts is not None else None


def _find_words(text: str, year: int | None) -> tuple[DateParts, DateParts | None, bool] | None:
    sides = [_Side()]
    for token in _TOKEN.findall(text):
        if token in "-–—":
            if len(sides) == 2:
                return None
            sides.append(_Side())
        elif not token.strip(" \t.,"):
            continue
        elif (side := _with_token(sides[-1], token)) is not None:
            sides[-1] = side
        else:
            return None
    if sides[0] == _Side():
        return None
    open_end = len(sides) == 2 and sides[1] == _Side()
    first = sides[0]
    if len(sides) == 1 or open_end:
        start = _side_parts(first, year)
        return (start, None, open_end) if start is not None else None
    start, end = _range(first, sides[1], year)
    if start is None or end is None or _order(end) < _order(start):
        return None
    return start, end, False


def _with_token(side: _Side, token: str) -> _Side | None:
    """What is said with one more word or number; None when it does not fit."""
    if not token.isdecimal():
        month = _MONTHS.get(token.lower())
        if month is None or side.month is not None:
            return None
        return side._replace(month=month, day=side.day or side.number, number=None)
    if not token.isascii():
        return None
    number = int(token)
    if len(token) == 4:
        return side._replace(year=number) if side.year is None else None
    if len(token) > 2:
        return None
    if side.month is None and side.number is None:
        # After a year, numbers are month and day (`2013 06 10`); before a month, the day.
        return side._replace(month=number) if side.year is not None else side._replace(number=number)
    if side.month is not None and side.day is None:
        return side._replace(day=number)
    return None


def _range(first: _Side, last: _Side, year: int | None) -> tuple[DateParts | None, DateParts | None]:
    """Both ends; what only one side says holds for both."""
    if first.year is not None and first.month is None and last.number is not None and last.year is None:
        # `1998-99`
        century = first.year - first.year % 100
        return DateParts(first.year), DateParts(century + last.number)
    if last.number is not None and last.month is None and first.day is not None:
        last = last._replace(month=first.month, day=last.number, number=None)
    if first.number is not None and first.month is None and last.day is not None:
        first = first._replace(month=last.month, day=first.number, number=None)
    first_year = first.year if first.year is not None else last.year
    last_year = last.year if last.year is not None else first.year
    return _side_parts(first._replace(year=first_year), year), _side_parts(last._replace(year=last_year), year)


def _side_parts(side: _Side, year: int | None) -> DateParts | None:
    year = side.year if side.year is not None else year
    if year is None or side.number is not None:
        return None
    return _parts(year, side.month, side.day)


def _parts(year: int | None, month: int | None, day: int | None) -> DateParts | None:
    if month == 0:
        month = day = None
    if day == 0:
        day = None
    if year is None or (month is not None and not (month <= 12 or 21 <= month <= 24)):
        return None
    if day is not None and (day > 31 or month is None or month > 12):
        return None
    return DateParts(year, month, day)


def _order(parts: DateParts) -> tuple[int, int, int]:
    return parts.year, parts.month or 0, parts.day or 0


def _year(year: int) -> str:
    return f"{year:04d}" if year >= 0 else f"-{-year:04d}"


def _month_and_day(parts: DateParts) -> str:
    if parts.month is None:
        return ""
    if parts.month > 20:
        return SEASONS[parts.month - 21]
    return f"{_SHORT_MONTHS[parts.month - 1]} {parts.day}" if parts.day is not None else _SHORT_MONTHS[parts.month - 1]
