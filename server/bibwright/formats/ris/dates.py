"""Dates of RIS, `YYYY/MM/DD/other information` with any part missing, and the other forms that databases write."""

from __future__ import annotations

import re
from dataclasses import replace

from bibwright.model.dates import Date, DateParts
from bibwright.model.placeholders import is_placeholder

_SLASHED = re.compile(r"(-?\d{1,4})(?:/(\d{0,2})(?:/(\d{0,2})(?:/(.*))?)?)?", re.DOTALL)
_NAMED_MONTH = re.compile(r"(\d{4})/([^\W\d]{3,})\.?(?=/|\Z)")
_ISO = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?(?:T.*)?")
_DOTTED = re.compile(
    r"(\d{4})\. ?(\d{1,2})\.?(?: ?(\d{1,2})\.?)?|(\d{4})[년年] ?(?:(\d{1,2})[월月] ?(?:(\d{1,2})[일日])?)?"
)
_WORDS = re.compile(r"(?:(\d{4})[ ,]+)?(?:(\d{1,2})\.?[ ]+)?([^\W\d]{3,})\.?(?:[ ]+(\d{1,2}),?)?(?:[ ,]+(\d{4}))?")
_YEARS = re.compile(r"(\d{4})\s*[-–/]\s*(\d{4})")
#: The end of a range behind the third slash, as `write_date` puts it there.
_END = re.compile(r"to (?:(-?\d{4})(?:-(\d{2})(?:-(\d{2}))?)?|present)", re.IGNORECASE)
#: Whole words: `Marathon 2015` is not in March.
_MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "jan january januar janvier enero",
            "feb febr february februar febrero",
            "mar march märz mars marzo",
            "apr april avril abril",
            "may mai mayo",
            "jun june juni juin junio",
            "jul july juli juillet julio",
            "aug august août agosto",
            "sep sept september septembre septiembre",
            "oct okt october oktober octobre octubre",
            "nov november novembre noviembre",
            "dec dez december dezember diciembre",
        ),
        1,
    )
    for word in words.split()
}
SEASONS = ("Spring", "Summer", "Autumn", "Winter")
_SEASON_NUMBERS = {**{season.lower(): 21 + at for at, season in enumerate(SEASONS)}, "fall": 23}


def read_date(text: str, *, year: int | None = None) -> Date:
    """The date of a tag, else its text as a literal. `year` completes a text that has none (`Mar 10`)."""
    text = "/".join("" if is_placeholder(part) else part for part in text.strip().split("/"))
    if (match := _NAMED_MONTH.match(text)) is not None and (number := _MONTHS.get(match[2].lower())) is not None:
        text = f"{match[1]}/{number:02d}{text[match.end() :]}"
    if (match := _SLASHED.fullmatch(text)) is not None:
        end = _END.fullmatch((match[4] or "").strip(" /"))
        date = _date(match[1], match[2], match[3], _season(match[4] or "", match[1]))
        if date is None or end is None:
            return date or Date(literal=text)
        if end[1] is None:
            return replace(date, open_end=True)
        last = _date(end[1], end[2], end[3])
        return replace(date, end=last.start) if last is not None else date
    if (match := _ISO.fullmatch(text)) is not None:
        return _date(match[1], match[2], match[3]) or Date(literal=text)
    if (match := _DOTTED.fullmatch(text)) is not None:
        return _date(match[1] or match[4], match[2] or match[5], match[3] or match[6]) or Date(literal=text)
    if (match := _YEARS.fullmatch(text)) is not None:
        return Date(start=DateParts(int(match[1])), end=DateParts(int(match[2])))
    if (match := _WORDS.fullmatch(text)) is not None:
        found_year = match[1] or match[5] or (str(year) if year is not None else None)
        season = _SEASON_NUMBERS.get(match[3].lower())
        month = str(_MONTHS.get(match[3].lower()) or "")
        if found_year is not None and (month or season):
            return _date(found_year, month, match[2] or match[4], season) or Date(literal=text)
    return Date(literal=text)


def other_information(text: str) -> str:
    """What a date says behind its third slash that `read_date` does not make a season or the end of a range."""
    match = _SLASHED.fullmatch(text.strip())
    other = (match[4] or "").strip(" /") if match else ""
    if match is None or is_placeholder(other) or _END.fullmatch(other):
        return ""
    has_month = (match[2] or "").strip("0") != ""
    return "" if not has_month and _season(other, match[1]) is not None else other


def _season(other: str, year: str) -> int | None:
    """The season that other information names, alone or beside the year of the date (`Spring 2015`)."""
    words = [word for word in re.split(r"[ ,/]+", other.lower()) if word and word != year]
    return _SEASON_NUMBERS.get(words[0]) if len(words) == 1 else None


def write_date(date: Date) -> str:
    """`YYYY/MM/DD/` with what is known, the end of a range behind it; a literal as it stands."""
    start = date.start
    if start is None:
        return date.literal
    end = f"to {_iso(date.end)}" if date.end is not None else "to present" if date.open_end else ""
    if start.month is not None and start.month > 20:
        return f"{_year(start)}///{end or SEASONS[start.month - 21]}"
    month = f"{start.month:02d}" if start.month else ""
    day = f"{start.day:02d}" if start.day and month else ""
    return f"{_year(start)}/{month}/{day}/{end}"


def _iso(parts: DateParts) -> str:
    month = f"-{parts.month:02d}" if parts.month is not None and parts.month <= 12 else ""
    day = f"-{parts.day:02d}" if parts.day is not None and month else ""
    return f"{_year(parts)}{month}{day}"


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
