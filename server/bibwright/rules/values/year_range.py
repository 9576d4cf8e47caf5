"""A year lies in the future, or before books were printed.

Mostly two digits are swapped, or one is missing. Two years ahead are allowed for works that are to appear. Years that
are written as those of old works are (`0900`, `-0300`, `1034~`) are taken to be meant.

Bad::

    @book{smith2020,
      year = {1220}
    }

Good::

    @book{smith2020,
      year = {2020}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity
from bibwright.analysis.rule import Context, Report, fields, rule
from bibwright.rules.quoting import quoted
from bibwright.rules.values.plain import plain_span
from bibwright.syntax.nodes import Entry, Field
from bibwright.text.spans import Span

_YEAR = re.compile(r"([1-9]\d{3})(?![\d~?%X])")
#: Of the centuries of print, and past for certain.
_USUAL = re.compile(r'[{"]?(?:1[4-9]|20[01])\d')
_EARLIEST = 1400
_YEARS_AHEAD = 2


@rule("V418", "year-range", Severity.WARNING, watches=fields("year", "date", "py", "y1"))
def year_range(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """Only the year that the value begins with; its end is later anyway."""
    if _USUAL.match(context.text, *field.value):
        return
    span = plain_span(context, field)
    match = _YEAR.match(context.text, *span) if span is not None else None
    if match is None:
        return
    year, this_year = int(match[1]), context.options.this_year
    if year < _EARLIEST:
        # A date in EDTF is written with care; the year of a medieval work is rather meant there.
        severity = Severity.INFORMATION if field.name.of(context.text).lower() == "date" else Severity.WARNING
        yield Report(Span(*match.span(1)), f"the year {quoted(match[1])} is before {_EARLIEST}", severity=severity)
    elif this_year and year > this_year + _YEARS_AHEAD:
        yield Report(Span(*match.span(1)), f"the year {quoted(match[1])} is in the future")
