"""A field has biblatex's name in a file for BibTeX, whose styles do not know it.

The journal in `journaltitle` or the year in `date` is then missing in the bibliography. The other way round nothing is
lost: biblatex reads `journal`, `address` and `school` as other names for its own fields. Nothing is said where the
dialect is not known.

Bad::

    % !BIB program = bibtex

    @article{smith2020,
      author = {Smith, Ann},
      title = {On Trees},
      journaltitle = {Trees},
      year = {2020}
    }

Good::

    % !BIB program = bibtex

    @article{smith2020,
      author = {Smith, Ann},
      title = {On Trees},
      journal = {Trees},
      year = {2020}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Fix, Severity
from bibwright.analysis.rule import SAFE, UNSAFE, Context, Report, fields, rule
from bibwright.formats.bibtex.dates import MONTHS
from bibwright.formats.bibtex.schema import Dialect, canonical_type, field_name_in
from bibwright.rules.entries import new_line_before
from bibwright.rules.values.plain import make_fix, plain_span
from bibwright.syntax.nodes import Entry, Field
from bibwright.text.spans import Edit

_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2]))?(-\d\d)?")
#: Here the styles of the ACM know `location`, as the place of the conference.
_CONFERENCES = frozenset({"inproceedings", "proceedings"})


@rule(
    "M307",
    "wrong-dialect-field",
    Severity.INFORMATION,
    watches=fields("journaltitle", "location", "date", "institution", "eprinttype", "eprintclass", "annotation"),
    formats=("bibtex",),
    fixes=(SAFE, UNSAFE),
)
def wrong_dialect_field(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """Where the entry has BibTeX's own field as well, nothing is lost."""
    if entry.type is None or context.dialect != "bibtex":
        return
    text = context.text
    written = field.name.of(text)
    name, entry_type = written.lower(), canonical_type(entry.type.of(text))
    if name in context.options.fields or (name == "location" and entry_type in _CONFERENCES):
        return
    meant = "year" if name == "date" else field_name_in(name, entry_type, Dialect.BIBTEX)
    if meant == name or context.field_of(entry, meant, *(("month",) if name == "date" else ())) is not None:
        return
    if name == "date":
        fixes = _split_date(context, entry, field)
    else:
        fixes = (make_fix(context, entry, f"Write {meant}", Edit(*field.name, meant)),)
    yield Report(field.name, f"BibTeX's styles do not know {written}, only {meant}", fixes)


def _split_date(context: Context, entry: Entry, field: Field) -> tuple[Fix, ...]:
    """`year` and `month` for a date; a day has no place in BibTeX."""
    span = plain_span(context, field)
    date = _DATE.fullmatch(span.of(context.text)) if span is not None else None
    if span is None or date is None:
        return ()
    year, month, day = date.groups()
    rename = Edit(*field.name, "year")
    if month is None:
        return (make_fix(context, entry, "Write year", rename),)
    equals = context.text[field.name.end : field.value.start]
    insert = Edit(
        field.value.end, field.value.end, f",{new_line_before(context, field)}month{equals}{MONTHS[int(month) - 1]}"
    )
    keep = Edit(span.start, span.end, year)
    return (make_fix(context, entry, "Write year and month", rename, keep, insert, safe=day is None),)
