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
from bibwright.rules.placeholders import is_placeholder_value
from bibwright.rules.quoting import quoted
from bibwright.rules.values.date_rewrites import UNDATED, date_meant, is_possible
from bibwright.rules.values.plain import make_fix, plain_span, plain_value
from bibwright.syntax.nodes import Entry, Field, field_name
from bibwright.text.spans import Edit, Span

_USUAL = re.compile(r'[{"]?\d{4}[}"]?|\d{4}/(?:(?:0[1-9]|1[0-2])?/(?:(?:[01][1-9]|[12]0|2[1-8])?/)?)?')
_YEAR = re.compile(r"\d{4}")
_DATES = frozenset({"date", "urldate", "eventdate", "origdate"})
#: What EDTF knows at level 2 and biber passes over in silence.
_LEVEL_2 = re.compile(r"[\dX]{4}(?:-[\dX]{2}){0,2}")
#: More digits than a year, and no date either.
_LONG_NUMBER = re.compile(r"\d{5,}")
#: Letters and signs of scripts whose calendars this rule does not know.
_FOREIGN = re.compile(r"[^\x00-\u024f\u2000-\u206f]")
_REGULAR = re.compile(r"-?\d{4}(?:/(\d\d)?(?:/(\d\d)?(?:/.*)?)?)?", re.DOTALL)
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
    value = span.of(context.text)
    if "\\" in value or (is_edtf(value) and "/" not in value and value.count("-") < 1 + value.startswith("-")):
        return
    if (value.isdecimal() and len(value) == 3) or _FOREIGN.search(value) is not None:
        return  # of the first millennium, or of another calendar
    meant = date_meant(value)
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
    if meant is not None and free and context.dialect == "biblatex":
        fixes = (unsafe_fix("Rename the field to date", Edit(*field.name, "date"), Edit(*span, meant)),)
    elif meant is not None and full and "/" not in meant:
        fixes = (unsafe_fix(f"Write {meant[:4]}", Edit(*span, meant[:4])),)
    yield Report(span, message, fixes, severity=Severity.WARNING if wrong else Severity.INFORMATION)


def _in_ris(context: Context, entry: Entry, span: Span, name: str, value: str) -> Iterator[Report]:
    numbered = _NUMBERED.match(value)
    if _REGULAR.fullmatch(value) or not value.strip("/ "):
        if numbered is None or "00" in numbered.groups() or is_edtf("-".join((value[:4], *numbered.groups()))):
            month = value[5:7]
            if not month.isdecimal() or int(month) <= 12:
                return
        yield Report(span, f"{quoted(value)} in {name} is no date of the calendar")
        return
    date = read_date(value)
    if date.start is None:
        date = read_date(value.strip("/ ").replace("/", " "))
    if date.start is None and (meant := date_meant(value.strip("/ "))) is not None:
        date = read_date(meant)
    expected = "YYYY/MM/DD/ or parts of it"
    if date.start is not None and is_possible(date):
        written = write_date(date)
        certain = date.end is None and not date.open_end and 1000 <= date.start.year <= 9999
        fixes: tuple[Fix, ...] = (
            (make_fix(context, entry, f"Write {written}", Edit(*span, written)),) if certain else ()
        )
        message = f"{quoted(value)} in {name} is not written as RIS has it, expected {expected}"
        yield Report(span, message, fixes, severity=Severity.INFORMATION)
        return
    message = f"{quoted(value)} in {name} is no date, expected {expected}"
    year = plain_value(context, context.field_of(entry, "py", "y1")) if name == "DA" else ""
    dated = _YEAR.match(year) is not None
    fixes = ()
    if dated and (date := read_date(value, year=int(year[:4]))).start is not None and is_possible(date):
        written = write_date(date)
        fixes = (make_fix(context, entry, f"Write {written}", Edit(*span, written)),)
    lesser = dated or name == "Y2" or UNDATED.fullmatch(value) is not None
    yield Report(span, message, fixes, severity=Severity.INFORMATION if lesser else Severity.WARNING)
