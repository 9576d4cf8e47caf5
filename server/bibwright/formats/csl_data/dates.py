"""Dates as CSL-JSON has them: `date-parts`, an EDTF string, or raw text."""

from __future__ import annotations

import re
from typing import Any

from bibwright.model.dates import Date, DateParts

_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
#: A day, month or year, and a range of them: the part of EDTF that stands in `raw` and in plain strings.
_RAW = re.compile(r"(-?\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([~?%]?)\Z")


def read_date(value: Any) -> Date | None:
    """The date of a value; None for what is empty or no date at all."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int):
        return Date(start=DateParts(value)) if value else None
    if isinstance(value, str):
        return _read_raw(value.strip(), circa=False)
    if not isinstance(value, dict):
        return None
    circa = value.get("circa") not in (None, False, 0, "", "0", "false")
    given = value.get("date-parts")
    parts = [_read_parts(part) for part in given] if isinstance(given, list) else []
    if not parts or parts[0] is None:
        text = value.get("literal") or value.get("raw") or value.get("edtf") or ""
        return _read_raw(str(text).strip(), circa=circa)
    start = _with_season(parts[0], value.get("season"))
    end = parts[1] if len(parts) > 1 else None
    return Date(start, end, open_end=len(parts) > 1 and end is None, circa=circa)


def _read_raw(text: str, *, circa: bool) -> Date | None:
    if not text:
        return None
    first, slash, last = text.partition("/")
    start, end = _RAW.match(first), _RAW.match(last) if slash else None
    if start is None or (slash and end is None and last not in ("", "..")):
        return Date(literal=text, circa=circa)
    marks = start[4] + (end[4] if end else "")
    return Date(
        _numbers(start),
        _numbers(end) if end else None,
        open_end=bool(slash) and end is None,
        circa=circa or "~" in marks or "%" in marks,
        uncertain="?" in marks or "%" in marks,
    )


def _numbers(match: re.Match[str]) -> DateParts:
    year, month, day = (int(number) if number else None for number in match.group(1, 2, 3))
    return DateParts(year or 0, month, day)


def _read_parts(part: Any) -> DateParts | None:
    numbers: list[int] = []
    for number in part if isinstance(part, list) else [part]:
        text = str(number).strip()
        if not re.fullmatch(r"-?\d{1,9}", text):
            break
        numbers.append(int(text))
    if not numbers or not numbers[0]:
        return None
    year, month, day = (*numbers, 0, 0)[:3]
    if 13 <= month <= 20:
        # Seasons as months, in the two ways that processors read.
        month += 8 if month <= 16 else 4
    return DateParts(year, month if 1 <= month <= 24 else None, day if 1 <= day <= 31 else None)


def _with_season(start: DateParts, season: Any) -> DateParts:
    text = str(season or "").strip().lower()
    number = 20 + int(text) if text in ("1", "2", "3", "4") else _SEASONS.get(text)
    return start._replace(month=number) if number is not None and start.month is None else start


def write_date(date: Date) -> dict[str, Any]:
    """A date object."""
    if date.start is None:
        return _with_circa({"literal": date.literal}, date)
    parts = [_write_parts(date.start)]
    if date.end is not None:
        parts.append(_write_parts(date.end))
    elif date.open_end:
        parts.append([0])
    result: dict[str, Any] = {"date-parts": parts}
    if date.start.month is not None and date.start.month > 12:
        result["season"] = date.start.month - 20
    return _with_circa(result, date)


def _with_circa(result: dict[str, Any], date: Date) -> dict[str, Any]:
    return {**result, "circa": True} if date.circa or date.uncertain else result


def _write_parts(parts: DateParts) -> list[int]:
    if parts.month is None or parts.month > 12:
        return [parts.year]
    return [parts.year, parts.month] if parts.day is None else [parts.year, parts.month, parts.day]
