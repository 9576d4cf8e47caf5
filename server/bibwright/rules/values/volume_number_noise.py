"""A volume or number has its label in the field.

The style puts "vol." or "no." before the number, so that it is printed twice. The number of a report is left alone:
styles print what kind of report it is, and the label with it.

Bad::

    @article{smith2020,
      volume = {Vol. 12}
    }

Good::

    @article{smith2020,
      volume = {12}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity
from bibwright.analysis.rule import SAFE, UNSAFE, Context, Report, fields, rule
from bibwright.rules.quoting import quoted
from bibwright.rules.values.plain import make_fix, plain_span
from bibwright.rules.words import word_set
from bibwright.syntax.nodes import Entry, Field
from bibwright.text.spans import Edit, Span

_USUAL = re.compile(r'[{"]?\d')
#: What may stand behind the label: numbers, with letters or in a range. A label before words is part of them.
_NUMBER = r"\d{1,6}[A-Za-z]?(?:\s?(?:[-–/]|--)\s?\d{1,6}[A-Za-z]?)?"
_VOLUME = re.compile(rf"((?:volumes?|vols?\.?|v\.?)\s*)(?={_NUMBER}\Z)", re.IGNORECASE)
_ISSUE = re.compile(rf"((?:numbers?|num\.?|nos?\.?|nr\.?|issues?|iss\.?|n\.?º?|№|\#)\s*)(?={_NUMBER}\Z)", re.IGNORECASE)
#: Types whose number is a name with a label of its own.
_NAMED = word_set("techreport report standard patent misc online software dataset RPRT STAND PAT GEN COMP LEGAL STAT")


@rule(
    "V416",
    "volume-number-noise",
    Severity.INFORMATION,
    watches=fields("volume", "number", "issue", "vl", "is"),
    fixes=(SAFE, UNSAFE),
)
def volume_number_noise(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """A value that begins with a digit is done at once."""
    text = context.text
    if _USUAL.match(text, *field.value):
        return
    span = plain_span(context, field, longest=60)
    if span is None:
        return
    name = field.name.of(text).lower()
    is_volume = name in ("volume", "vl")
    match = (_VOLUME if is_volume else _ISSUE).match(text, *span)
    if match is None:
        return
    entry_type = entry.type.of(text) if entry.type is not None else ""
    if not is_volume and (entry_type.lower() in _NAMED or entry_type.upper() in _NAMED):
        return
    label = Span(*match.span(1))
    fix = make_fix(context, entry, "Delete the label", Edit(*label, ""))
    yield Report(label, f"there is {quoted(label.of(text))} before the number, which the style adds", (fix,))
