r"""A date is not written as its format asks for, or is no date of the calendar.

biblatex reads `date`, `urldate`, `eventdate` and `origdate` as EDTF (`2020-05-01`, `1999/2001`, `1850~`), and biber
loses every other value. `year` is for a year alone. RIS writes `2020/05/01/`, with any part missing, and what else is
to be said behind the third slash.

What is no date, such as "in press" or "n.d.", belongs in `pubstate` or `note`, and is only an information in `year`
and `PY`: there it is printed as it stands. Years before 1000 and before our era are dates like others, and so are
years with an era or calendar of their own.

Bad::

    @book{smith2020,
      date = {2020/05/01},
      doi = {10.1000/1}
    }

Good::

    @book{smith2020,
      date = {2020-05-01},
      doi = {10.1000/1}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Fix, Severity, unsafe_fix
from bibwright.analysis.rule import SAFE, UNSAFE, Context, Report, fields, rule
from bibwright.formats.bibtex.dates import is_edtf
from bibwright.formats.ris.dates import read_date, write_date
from bibwright.model.dates import Date
from bibwright.rules.placeholders import is_placeholder_value
from bibwright.rules.quoting import quoted
from bibwright.rules.values.date_rewrites import UNDATED, date_meant, is_possible
from bibwright.rules.values.plain import make_fix, plain_span, plain_value
from bibwright.syntax.nodes import Entry, Field, field_name
from bibwright.text.spans import Edit, Span

_USUAL = re.compile(r'[{"]?\d{4}[}"]?|\d{4}/(?:(?:0[1-9]|1[0-2])?/(?:(?:[01][1-9]|[12]0|2[1-8])?/)?)?')
_YEAR = re.compile(r"\d{4}")
#: As Web of Science writes all values; BibTeX prints it well.
_BRACED_YEAR = re.compile(r"\{\d{4}\}")
_DATES = frozenset({"date", "urldate", "eventdate", "origdate"})
#: What EDTF knows at level 2 and biber passes over in silence.
_LEVEL_2 = re.compile(r"[\dX]{4}(?:-[\dX]{2}){0,2}")
#: More digits than a year, and no date either.
_LONG_NUMBER = re.compile(r"\d{5,}")
#: Of the first millennium, or before our era.
_OLD_YEAR = re.compile(r"\d{3}|-\d{1,4}")
#: Letters and signs of scripts whose calendars this rule does not know.
_FOREIGN = re.compile(r"[^\x00-\u024f\u2000-\u206f]")
_REGULAR = re.compile(r"-?\d{4}(?:/(\d\d)?(?:/(\d\d)?(?:/.*)?)?)?", re.DOTALL)
#: Scopus has the days of a conference where the day of access belongs.
_OF_EVENT = re.compile(r"\d{4} through \d")
#: Tags of which another tag says the year too, as in what IEEE Xplore exports.
_BESIDE_A_YEAR = {"DA": ("py", "y1"), "Y1": ("py",)}
_NUMBERED = re.compile(r"\d{4}/(\d\d)/(\d\d)(?!\d)")


@rule(
    "V406",
    "date-format",
    Severity.WARNING,
    watches=fields("date", "urldate", "eventdate", "origdate", "year", "py", "y1", "da", "y2"),
    fixes=(SAFE, UNSAFE),
)
def date_format(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """A year of four digits is right everywhere."""
    text = context.text
    if _USUAL.fullmatch(text, *field.value):
        return
    span = plain_span(context, field)
    if span is None or _YEAR.fullmatch(text, *span):
        return
    value = span.of(text)
    if is_placeholder_value(value):
        return
    name = field_name(text, field)
    if context.format == "ris":
        yield from _in_ris(context, entry, span, name.upper(), value)
    elif name.lower() in _DATES:
        yield from _in_date(context, entry, span, name, value)
    else:
        yield from _in_year(context, entry, field, span)


def _in_date(context: Context, entry: Entry, span: Span, name: str, value: str) -> Iterator[Report]:
    dialect = context.dialect
    if is_edtf(value) or dialect == "bibtex":
        return
    message = f"{quoted(value)} in {name} is no date, expected YYYY-MM-DD or parts of it"
    fixes: tuple[Fix, ...] = ()
    if (meant := date_meant(value)) is not None:
        message = f"the date {quoted(value)} in {name} is not written as biblatex reads it, expected {quoted(meant)}"
        fixes = (make_fix(context, entry, f"Write {meant}", Edit(*span, meant)),)
    severity = Severity.ERROR
    if dialect != "biblatex":
        # Styles for BibTeX print a date of access as it stands; the other fields none of them knows.
        severity = Severity.INFORMATION if name.lower() == "urldate" else Severity.WARNING
    elif _LEVEL_2.fullmatch(value) and "X" in value:
        severity = Severity.WARNING
    yield Report(span, message, fixes, severity=severity)


def _in_year(context: Context, entry: Entry, field: Field, span: Span) -> Iterator[Report]:
    value, biblatex = span.of(context.text), context.dialect == "biblatex"
    if "\\" in value or _OLD_YEAR.fullmatch(value) or _FOREIGN.search(value) is not None:
        return
    if _BRACED_YEAR.fullmatch(value) is not None:
        if biblatex:
            edits = Edit(span.start, span.start + 1, ""), Edit(span.end - 1, span.end, "")
            fix = make_fix(context, entry, "Delete the inner braces", *edits)
            message = f"{quoted(value)} in year has braces of its own, so that biber takes it for no number"
            yield Report(span, message, (fix,), severity=Severity.INFORMATION)
        return
    meant = date_meant(value)
    if meant is not None and _next_year(meant):
        meant = None
    if meant == value and len(value) <= 6 and "/" not in value and not biblatex:
        return  # `1850~`: BibTeX prints it as it stands
    full = meant is not None and "-" in meant[1:]
    wrong = full or _LONG_NUMBER.fullmatch(value) is not None
    undated = UNDATED.fullmatch(value) is not None
    if wrong:
        message = f"{quoted(value)} in year is a whole date" if full else f"{quoted(value)} in year is no year"
    elif undated:
        message = f"{quoted(value)} in year is no year; what state a work is in is for pubstate or note"
    else:
        message = f"{quoted(value)} in year is not a year of four digits"
    free = context.field_of(entry, "date", "month", "day") is None
    fixes: tuple[Fix, ...] = ()
    if meant is not None and free and biblatex:
        fixes = (unsafe_fix("Rename the field to date", Edit(*field.name, "date"), Edit(*span, meant)),)
    elif meant is not None and full and "/" not in meant:
        fixes = (unsafe_fix(f"Write {meant[:4]}", Edit(*span, meant[:4])),)
    yield Report(span, message, fixes, severity=Severity.WARNING if wrong else Severity.INFORMATION)


def _next_year(date: str) -> bool:
    """Whether a year and month may be two years as well: `2003-04`."""
    return len(date) == 7 and date[4] == "-" and date[5:] == f"{(int(date[2:4]) + 1) % 100:02d}"


def _in_ris(context: Context, entry: Entry, span: Span, name: str, value: str) -> Iterator[Report]:
    if _REGULAR.fullmatch(value) or not value.strip("/ "):
        if not _is_in_calendar(value):
            yield Report(span, f"{quoted(value)} in {name} is no date of the calendar")
        return
    year = ""
    if name in _BESIDE_A_YEAR:
        year = plain_value(context, context.field_of(entry, *_BESIDE_A_YEAR[name]))
    stated_year = int(year[:4]) if _YEAR.match(year) else None
    expected = "YYYY/MM/DD/ or parts of it"
    severity = Severity.INFORMATION
    if (date := _read(value)) is not None:
        message = f"{quoted(value)} in {name} is not written as RIS has it, expected {expected}"
    else:
        date = _read(value, stated_year)
        message = f"{quoted(value)} in {name} is no date, expected {expected}"
        if stated_year is None and name != "Y2" and UNDATED.fullmatch(value) is None:
            severity = Severity.WARNING
        elif name == "Y2" and _OF_EVENT.search(value) is not None:
            severity = Severity.HINT
    fixes: tuple[Fix, ...] = ()
    if date is not None and date.start is not None and date.start.year >= 1000 and not (date.end or date.open_end):
        written = write_date(date)
        fixes = (make_fix(context, entry, f"Write {written}", Edit(*span, written)),)
    yield Report(span, message, fixes, severity=severity)


def _is_in_calendar(value: str) -> bool:
    """Whether month and day of a regular date can be right; a program that knows neither writes 00."""
    numbered = _NUMBERED.match(value)
    if numbered is not None and "00" not in numbered.groups():
        return is_edtf("-".join((value[:4], *numbered.groups())))
    month = value[5:7]
    return not month.isdecimal() or int(month) <= 12


def _read(value: str, year: int | None = None) -> Date | None:
    """The date that programs may find in a value; None where it is no date of the calendar."""
    bare = value.strip("/ ")
    for form in (value, bare.replace("/", " "), date_meant(bare) or ""):
        date = read_date(form, year=year)
        if date.start is not None:
            return date if is_possible(date) else None
    return None
