"""Dates as CSL data has them: `date-parts`, an EDTF string, raw text, or the `year`, `month`, `day` of old YAML.

`date-parts` count years as historians do (-44 is 44 BC, and no year is 0), EDTF as astronomers do.
"""

from __future__ import annotations

import re
from typing import Any

from bibwright.model.dates import Date, DateParts

_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
#: A day, month or year, and a range of them: the part of EDTF that stands in `raw` and in plain strings.
_RAW = re.compile(r"(-?\d{4}|[yY]-?\d{5,9})(?:-(\d{2})(?:-(\d{2}))?)?([~?%]?)\Z")
_YEAR = re.compile(r"-?\d{1,9}\Z")


def read_date(value: Any) -> Date | None:
    """The date of a value; None for what is empty or no date at all."""
    match value:
        case bool() | None:
            return None
        case int():
            return Date(start=_from_csl(value)) if value else None
        case str():
            return _read_raw(value.strip(), circa=False)
        case [dict(), *_] if "year" in value[0]:
            return _read_years(value)
        case dict() if "year" in value:
            return _read_years([value])
        case dict():
            return _read_object(value)
    return None


def _read_object(value: dict[str, Any]) -> Date | None:
    circa = _is_set(value.get("circa"))
    given = value.get("date-parts")
    parts = [_read_parts(part) for part in given] if isinstance(given, list) else []
    if not parts or parts[0] is None:
        text = value.get("literal") or value.get("raw") or value.get("edtf") or ""
        return _read_raw(str(text).strip(), circa=circa)
    start = _with_season(parts[0], value.get("season"))
    end = parts[1] if len(parts) > 1 else None
    return Date(start, end, open_end=len(parts) > 1 and end is None, circa=circa)


def _read_years(values: list[Any]) -> Date | None:
    """Objects with `year`, `month`, `day`, `season` and `circa`, as pandoc read them before it read EDTF."""
    parts = [
        _with_season(found, value.get("season"))
        for value in values
        if isinstance(value, dict)
        and (found := _read_parts([value.get(name) for name in ("year", "month", "day")])) is not None
    ]
    if not parts:
        return None
    circa = any(_is_set(value.get("circa")) for value in values if isinstance(value, dict))
    return Date(parts[0], parts[1] if len(parts) > 1 else None, circa=circa)


def _is_set(value: Any) -> bool:
    return value not in (None, False, 0, "", "0", "false")


def _read_raw(text: str, *, circa: bool) -> Date | None:
    if not text:
        return None
    first, slash, last = text.partition("/")
    start, end = _RAW.match(first), _RAW.match(last) if slash else None
    parts, end_parts = _numbers(start), _numbers(end)
    if parts is None or (slash and end_parts is None and last not in ("", "..")):
        return Date(literal=text, circa=circa)
    marks = (start[4] if start else "") + (end[4] if end else "")
    return Date(
        parts,
        end_parts,
        open_end=bool(slash) and end is None,
        circa=circa or "~" in marks or "%" in marks,
        uncertain="?" in marks or "%" in marks,
    )


def _numbers(match: re.Match[str] | None) -> DateParts | None:
    if match is None:
        return None
    year = int(match[1].lstrip("yY"))
    month, day = (int(number) if number else None for number in match.group(2, 3))
    if month is not None and not (1 <= month <= 12 or 21 <= month <= 24):
        return None
    return DateParts(year, month, day) if day is None or 1 <= day <= 31 else None


def _read_parts(part: Any) -> DateParts | None:
    numbers: list[int] = []
    for number in part if isinstance(part, list) else [part]:
        text = str(number).strip()
        if not _YEAR.match(text):
            break
        numbers.append(int(text))
    if not numbers or not numbers[0]:
        return None
    year, month, day = (*numbers, 0, 0)[:3]
    if 13 <= month <= 20:
        # Seasons as months, in the two ways that processors read.
        month += 8 if month <= 16 else 4
    if not 1 <= month <= 24:
        return _from_csl(year)
    return _from_csl(year, month, day if 1 <= day <= 31 else None)


def _from_csl(year: int, month: int | None = None, day: int | None = None) -> DateParts:
    return DateParts(year + 1 if year < 0 else year, month, day)


def _with_season(start: DateParts, season: Any) -> DateParts:
    text = str(season or "").strip().lower()
    number = 20 + int(text) if text in ("1", "2", "3", "4") else _SEASONS.get(text)
    return start._replace(month=number) if number is not None and start.month is None else start


def write_date(date: Date) -> dict[str, Any]:
    """A date object."""
    if date.start is None:
        return _with_circa({"literal": date.literal}, date)
    start, end = date.start, date.end
    # A range has one `season` for both ends: months from 13 on say it of each.
    is_range_of_seasons = end is not None and (_is_season(start) or _is_season(end))
    parts = [_write_parts(start, months_are_seasons=is_range_of_seasons)]
    if end is not None:
        parts.append(_write_parts(end, months_are_seasons=is_range_of_seasons))
    elif date.open_end:
        parts.append([0])
    result: dict[str, Any] = {"date-parts": parts}
    if start.month is not None and _is_season(start) and not is_range_of_seasons:
        result["season"] = start.month - 20
    return _with_circa(result, date)


def _with_circa(result: dict[str, Any], date: Date) -> dict[str, Any]:
    return {**result, "circa": True} if date.circa or date.uncertain else result


def _is_season(parts: DateParts) -> bool:
    return parts.month is not None and parts.month > 12


def _write_parts(parts: DateParts, *, months_are_seasons: bool) -> list[int]:
    year = parts.year if parts.year > 0 else parts.year - 1
    if parts.month is None:
        return [year]
    if parts.month > 12:
        return [year, parts.month - 8] if months_are_seasons else [year]
    return [year, parts.month] if parts.day is None else [year, parts.month, parts.day]


def write_short_date(date: Date) -> Any:
    """The date as EDTF where pandoc reads it so: a date that may be uncertain, or a range that is not."""
    start, end = date.start, date.end
    is_range = end is not None or date.open_end
    if start is None or (date.uncertain and date.circa) or (is_range and (date.uncertain or date.circa)):
        return write_date(date)
    ends = [start] if end is None else [start, end]
    if any(abs(parts.year) > 9999 for parts in ends):
        return write_date(date)
    text = "/".join(map(_write_edtf_part, ends)) + ("/" if date.open_end and end is None else "")
    return text + ("~" if date.circa else "?" if date.uncertain else "")


def _write_edtf_part(parts: DateParts) -> str:
    text = f"{parts.year:04d}" if parts.year >= 0 else f"-{-parts.year:04d}"
    for number in parts[1:]:
        if number is None:
            break
        text += f"-{number:02d}"
    return text
