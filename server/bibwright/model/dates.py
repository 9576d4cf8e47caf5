"""Dates as EDTF level 1 knows them: parts may be missing, ends open, certainty stated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class DateParts(NamedTuple):
    """A day, month, season or year. `month` 21 to 24 is a season (spring to winter), as in EDTF.

    Years count as in EDTF too: 0 is 1 BC, -43 is 44 BC.
    """

    year: int
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class Date:
    """A date, a range (`end` set, or `open_end`), or, when `literal` is set, only text (`in press`)."""

    start: DateParts | None = None
    end: DateParts | None = None
    open_end: bool = False
    circa: bool = False
    uncertain: bool = False
    literal: str = ""
