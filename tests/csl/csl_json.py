"""CSL-JSON items as records, as far as the fixtures of the official test suite need it."""

from __future__ import annotations

import re
from typing import Any

from bibwright.formats.csl_data.markup import read_markup
from bibwright.model.dates import Date, DateParts
from bibwright.model.names import Name
from bibwright.model.record import Record
from bibwright.model.richtext import RichText

_SPELLINGS = {
    "journalAbbreviation": "container-title-short",
    "shortTitle": "title-short",
    "event": "event-title",
}


def read_item(item: dict[str, Any]) -> Record:
    names: dict[str, tuple[Name, ...]] = {}
    dates: dict[str, Date] = {}
    texts: dict[str, tuple[RichText, ...]] = {}
    for key, value in item.items():
        if key in ("id", "type"):
            continue
        if isinstance(value, list) and all(isinstance(entry, dict) for entry in value):
            names[key] = tuple(_read_name(entry) for entry in value)
        elif isinstance(value, dict) and value.keys() & {"date-parts", "literal", "raw", "season"}:
            dates[key] = _read_date(value)
        elif isinstance(value, str | int | float) and str(value):
            texts[_SPELLINGS.get(key, key)] = (read_markup(str(value)),)
    return Record(item.get("type", ""), str(item.get("id", "")), names, dates, texts)


def _read_name(entry: dict[str, Any]) -> Name:
    if entry.get("literal"):
        return Name(literal=str(entry["literal"]))
    family, given = str(entry.get("family", "")), str(entry.get("given", ""))
    if entry.get("isInstitution") in (1, True, "true") or not (family or given):
        return Name(literal=family or given)
    return Name(
        family=family,
        given=given,
        dropping_particle=entry.get("dropping-particle", ""),
        non_dropping_particle=entry.get("non-dropping-particle", ""),
        suffix=entry.get("suffix", ""),
        comma_suffix=_is_set(entry.get("comma-suffix")),
        static_ordering=_is_set(entry.get("static-ordering")),
    )


def _is_set(value: Any) -> bool:
    return value in (True, 1, "1", "true")


def _read_date(value: dict[str, Any]) -> Date:
    circa = bool(value.get("circa"))
    parts = [_read_parts(part) for part in value.get("date-parts", [])]
    found = [part for part in parts if part]
    is_open = len(parts) > 1 and parts[1] is None
    if not found:
        raw = str(value.get("literal") or value.get("raw") or "")
        return _read_raw(raw, circa)
    start, end = found[0], found[1] if len(found) > 1 else None
    season = str(value.get("season", ""))
    if season.isdigit() and start.month is None:
        start = start._replace(month=20 + int(season))
    return Date(start=start, end=end, open_end=is_open, circa=circa)


def _read_raw(raw: str, circa: bool) -> Date:
    parts = []
    for text in raw.split("/", 1) if re.fullmatch(r"[\d-]+(/[\d-]+)?", raw) else []:
        numbers = [int(number) for number in text.split("-") if number]
        parts.append(_read_parts(numbers))
    start = parts[0] if parts else None
    if start:
        return Date(start=start, end=parts[1] if len(parts) > 1 else None, circa=circa)
    return Date(literal=raw, circa=circa)


def _read_parts(part: list[Any]) -> DateParts | None:
    numbers = [int(number) for number in part if str(number).strip("-").isdigit()]
    if not numbers or not numbers[0]:
        return None
    year, month, day = (*numbers, 0, 0)[:3]
    if 13 <= month <= 20:
        month += 8 if month <= 16 else 4
    # The model counts as EDTF does, with a year 0.
    return DateParts(year + 1 if year < 0 else year, month or None, day or None)
