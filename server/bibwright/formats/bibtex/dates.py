"""Dates of BibTeX (`year`, `month`, `day`) and biblatex (EDTF in `date`), read and written.

What is no date of either kind stays as text (`in press`): it is printed, and nothing is guessed.
"""

from __future__ import annotations

import re
from calendar import monthrange

from bibwright.model.dates import Date, DateParts

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAMES = {
    **{name: number for number, name in enumerate(MONTHS, 1)},
    "sept": 9,
    **{
        name: number
        for number, name in enumerate(
            [
                "january",
                "february",
                "march",
                "april",
                "may",
                "june",
                "july",
                "august",
                "september",
                "october",
                "november",
                "december",
            ],
            1,
        )
    },
    **{name: number for number, name in enumerate(["januar", "februar", "märz", "april", "mai", "juni", "juli"], 1)},
    "oktober": 10,
    "dezember": 12,
    "spring": 21,
    "summer": 22,
    "autumn": 23,
    "fall": 23,
    "winter": 24,
}
_EDTF = re.compile(r"(-?\d{4}|Y-?\d{5,})(?:-(\d\d))?(?:-(\d\d))?(?:T[\d:.Z+-]*)?([~?%]?)")
#: What biber takes for one end of a date, its day apart; the times only with a day.
_EDTF_PART = re.compile(
    r"""
    (-?\d{4}|Y-?\d{5,})
    (?:-(\d\d))?
    (?:(?<=\d-\d\d)-(\d\d)
       (?:T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?
    )?
    [~?%]?
    """,
    re.VERBOSE,
)
_UNSPECIFIED = re.compile(r"-?\d{1,3}X{1,3}|-?\d{4}-(?:XX|\d\d-XX|XX-XX)|-?\d{2,4}X{1,3}-XX-XX")
_YEAR = re.compile(r"(-?\d{1,4})")
_YEARS = re.compile(r"(\d{4})\s*(?:-{1,3}|–|/)\s*(\d{4})")
_YEAR_SORTED = re.compile(r"\\noopsort\b.*?(\d{4})\W*\Z", re.DOTALL)
_MONTH_AND_DAY = re.compile(
    r"([^\W\d]+)\.?(?:[\s~,]+(\d{1,2})(?:\.|st|nd|rd|th)?)?|(\d{1,2})(?:\.|st|nd|rd|th)?[\s~]+([^\W\d]+)\.?"
)
_MONTH_RANGE = re.compile(r"([^\W\d]+)\.?\s*(?:/|-{1,3}|–)\s*([^\W\d]+)\.?")


def read_edtf(text: str) -> Date:
    """A date in EDTF level 1, or the text as a literal."""
    text = text.strip()
    start, slash, end = text.partition("/")
    first = _EDTF.fullmatch(start.strip())
    last = _EDTF.fullmatch(end.strip())
    if first is None or (slash and last is None and end.strip() not in ("", "..")):
        return Date(literal=text)
    sign = first[4] + (last[4] if last else "")
    parts, end_parts = _parts(first), _parts(last) if last else None
    if parts is None or (last is not None and end_parts is None):
        return Date(literal=text)
    return Date(
        start=parts,
        end=end_parts,
        open_end=bool(slash) and last is None,
        circa="~" in sign or "%" in sign,
        uncertain="?" in sign or "%" in sign,
    )


def is_edtf(text: str) -> bool:
    """Whether biber reads a text as a date: EDTF level 1, with days that the calendar has.

    Tried on biber 2.18, which loses any other value: `2020-1-2`, `2020-02-30`, `900`.
    """
    start, slash, end = text.partition("/")
    if not slash:
        return start == ".." or _is_edtf_part(start)
    dated = [part for part in (start, end) if part not in ("", "..")]
    return bool(dated) and all(map(_is_edtf_part, dated))


def _is_edtf_part(text: str) -> bool:
    match = _EDTF_PART.fullmatch(text)
    if match is None:
        return _UNSPECIFIED.fullmatch(text) is not None
    year, month, day = int(match[1].lstrip("Y")), int(match[2] or 1), int(match[3] or 1)
    if match[3] is None:
        return 1 <= month <= 12 or 21 <= month <= 41
    # Every four hundred years are alike, and `monthrange` knows only four digits.
    return 1 <= month <= 12 and 1 <= day <= monthrange(2000 + year % 400, month)[1]


def says_more(text: str) -> bool:
    """Whether a date in EDTF says what `Date` does not hold: a time, or a certainty for one of its ends alone."""
    ends = [match for end in text.strip().split("/") if (match := _EDTF.fullmatch(end.strip())) is not None]
    return any("T" in match[0] for match in ends) or len({match[4] for match in ends}) > 1


def read_year_month(year: str, month: str = "", day: str = "") -> tuple[Date, bool]:
    """A date from BibTeX's fields, and whether the month could be used.

    The year may be a range (`1999--2001`); the month a number, a name, a macro's name, with a day (`mar~10`).
    """
    year = year.strip()
    if (sorted_year := _YEAR_SORTED.search(year)) is not None:
        year = sorted_year[1]
    if (years := _YEARS.fullmatch(year)) is not None:
        return Date(start=DateParts(int(years[1])), end=DateParts(int(years[2]))), not month
    if _YEAR.fullmatch(year) is None:
        return read_edtf(year), not month
    number = int(year)
    last, (first, found_day) = read_months(month)
    if day.strip().isdecimal() and first is not None:
        found_day = int(day)
    if found_day is not None and not 1 <= found_day <= 31:
        found_day = None
    date = Date(
        start=DateParts(number, first, found_day),
        end=DateParts(number, last) if last is not None else None,
    )
    return date, first is not None or not month.strip()


def read_months(text: str) -> tuple[int | None, tuple[int | None, int | None]]:
    """The month that ends a range, if any, and the first month with its day; None where there is none."""
    text = text.strip().lower()
    if text.isdecimal():
        number = int(text)
        return None, (number if 1 <= number <= 12 or 21 <= number <= 24 else None, None)
    if (pair := _MONTH_RANGE.fullmatch(text)) is not None:
        first, last = _MONTH_NAMES.get(pair[1]), _MONTH_NAMES.get(pair[2])
        return (last, (first, None)) if first and last else (None, (None, None))
    if (match := _MONTH_AND_DAY.fullmatch(text)) is not None:
        day = match[2] or match[3]
        return None, (_MONTH_NAMES.get(match[1] or match[4]), int(day) if day else None)
    return None, (None, None)


def write_edtf(date: Date) -> str:
    """A date for `date` in biblatex; a literal as it stands."""
    if date.start is None:
        return date.literal
    sign = "%" if date.circa and date.uncertain else "~" if date.circa else "?" if date.uncertain else ""
    text = _write_parts(date.start) + sign
    if date.end is not None:
        return f"{text}/{_write_parts(date.end)}{sign}"
    return text + "/" if date.open_end else text


def write_year_month(date: Date) -> tuple[str, str]:
    """`year` and `month` for BibTeX: the month as an expression of macros (`mar # "~10"`), or empty."""
    if date.start is None:
        return date.literal, ""
    start, end = date.start, date.end
    year = f"c. {start.year}" if date.circa else str(start.year)
    month = _write_month(start)
    if date.open_end:
        return f"{year}--", month
    if end is not None and end.year != start.year:
        return f"{year}--{end.year}", ""
    if end is not None and (start.day or end.day):
        return year, MONTHS[start.month - 1] if start.month and start.month <= 12 else ""
    if end is not None and end.month is not None and 1 <= end.month <= 12:
        return year, f'{month} # "/" # {MONTHS[end.month - 1]}' if month else ""
    return year, month


def fits_year_month(date: Date) -> bool:
    """Whether BibTeX's fields can say all of a date."""
    if date.start is None:
        return True
    start, end = date.start, date.end
    if date.open_end or date.circa or date.uncertain or abs(start.year) > 9999:
        return False
    if end is None:
        return start.month is None or start.month <= 12 or start.day is None
    if start.year != end.year:
        return start.month is None and end.month is None
    return start.day is None and end.day is None and (start.month or 99) <= 12 and (end.month or 99) <= 12


def _write_month(parts: DateParts) -> str:
    if parts.month is None:
        return ""
    if parts.month > 20:
        return "{" + ("Spring", "Summer", "Autumn", "Winter")[parts.month - 21] + "}"
    macro = MONTHS[parts.month - 1]
    return f'{macro} # "~{parts.day}"' if parts.day else macro


def _parts(match: re.Match[str]) -> DateParts | None:
    year = int(match[1].removeprefix("Y"))
    month = int(match[2]) if match[2] else None
    day = int(match[3]) if match[3] else None
    if month is not None and not (1 <= month <= 12 or 21 <= month <= 24):
        return None
    return DateParts(year, month, day) if day is None or 1 <= day <= 31 else None


def _write_parts(parts: DateParts) -> str:
    year = f"{parts.year:04d}" if parts.year >= 0 else f"-{-parts.year:04d}"
    if abs(parts.year) > 9999:
        year = f"Y{parts.year}"
    month = f"-{parts.month:02d}" if parts.month else ""
    return f"{year}{month}" + (f"-{parts.day:02d}" if parts.day and parts.month else "")
