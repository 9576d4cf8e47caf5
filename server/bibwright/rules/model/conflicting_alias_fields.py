"""An entry has two fields that are one to biblatex: the value of one of them is ignored.

`year` and `month` say what `date` says, and `journal`, `address` or `school` are other names for `journaltitle`,
`location` and `institution`. biber takes one of them, with a warning. Where both say the same, nothing is lost; only
where biblatex is declared the older one is said to be superfluous. In a file for BibTeX nothing is said, since its
styles do not know the newer names.

Bad::

    @misc{smith2020,
      author = {Smith, Ann},
      title = {On Trees},
      date = {2020-05},
      year = {2019}
    }

Good::

    @misc{smith2020,
      author = {Smith, Ann},
      title = {On Trees},
      date = {2020-05},
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Related, Severity, unsafe_fix
from bibwright.analysis.rule import SAFE, UNSAFE, Context, Report, fields, rule
from bibwright.formats.bibtex.dates import MONTHS
from bibwright.formats.bibtex.schema import canonical_field
from bibwright.rules.quoting import quoted
from bibwright.rules.values.plain import delete_fix, plain_span
from bibwright.syntax.nodes import Entry, Field, value_text
from bibwright.text.spans import Edit

_MONTH_OF_DATE = re.compile(r"\d{4}-(\d\d)")
_YEAR = re.compile(r"\d{4}")


@rule(
    "M308",
    "conflicting-alias-fields",
    Severity.WARNING,
    watches=fields(
        "year", "month", "journal", "address", "school", "annote", "archiveprefix", "primaryclass", "hyphenation", "key"
    ),
    formats=("bibtex",),
    fixes=(SAFE, UNSAFE),
)
def conflicting_alias_fields(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """Reported at the field that loses; information where both say the same."""
    name = field.name.of(context.text).lower()
    winner_name = "date" if name in ("year", "month") else canonical_field(name)
    winner = context.field_of(entry, winner_name)
    if winner is None or winner.value.start == winner.value.end or context.dialect == "bibtex":
        return
    kept, lost = value_text(context.text, winner).strip(), value_text(context.text, field).strip()
    if not kept or not lost:
        return
    equal = _say_the_same(name, kept, lost)
    # For BibTeX `date` and `location` are no fields: who writes both with one value writes for both dialects.
    if equal and not _is_for_biblatex_alone(context):
        return
    if context.dialect != "biblatex" and (name != "year" or not _are_years(kept, lost)):
        return
    written = field.name.of(context.text)
    related = (Related(f"the {winner_name} that wins", winner.name),)
    if equal:
        message = f"{written} repeats what {winner_name} says, which wins"
        fixes = delete_fix(context, entry, field, safe=True)
        yield Report(field.name, message, fixes, related, Severity.INFORMATION)
        return
    fixes = delete_fix(context, entry, field, safe=False)
    if name == "month" and fixes and (edit := _month_for_date(context, winner, lost)) is not None:
        fixes = (unsafe_fix("Move the month to the date", edit, *fixes[0].edits),)
    message = f"{winner_name} wins over {written}, so that {quoted(lost)} is ignored"
    yield Report(field.name, message, fixes, related)


def _is_for_biblatex_alone(context: Context) -> bool:
    """Whether somebody said so: that a file has what only biblatex reads does not mean that BibTeX never reads it."""
    return context.options.dialect == "biblatex" or context.states("declared dialect", "biblatex")


def _say_the_same(name: str, kept: str, lost: str) -> bool:
    if name == "year":
        return kept[:4] == lost
    if name == "month":
        month = _MONTH_OF_DATE.match(kept)
        return month is not None and int(month.group(1)) == _month_number(lost)
    return " ".join(kept.split()).lower() == " ".join(lost.split()).lower()


def _are_years(kept: str, lost: str) -> bool:
    return _YEAR.match(kept) is not None and _YEAR.fullmatch(lost) is not None and lost not in kept


def _month_number(written: str) -> int:
    """The number of a month by macro, English name or number; 0 when it is none of these."""
    lower = written.lower().rstrip(".")
    if lower.isdecimal() and len(lower) <= 2:
        return int(lower)
    return MONTHS.index(lower[:3]) + 1 if lower[:3] in MONTHS and lower.isalpha() else 0


def _month_for_date(context: Context, date: Field, month: str) -> Edit | None:
    span, number = plain_span(context, date), _month_number(month)
    if span is None or not 1 <= number <= 12 or _YEAR.fullmatch(span.of(context.text)) is None:
        return None
    return Edit(span.end, span.end, f"-{number:02}")
