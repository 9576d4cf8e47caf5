"""An ISSN has a wrong check digit, or stands without its hyphen.

The last of the eight characters is computed from the others, so that a mistyped number shows. Programs that look a
journal up by its ISSN find nothing, or another journal. Several numbers in one field are checked one by one; notes in
parentheses (`(print)`) are left alone. In RIS, `SN` is checked where the reference type makes it an ISSN or ISBN.

Bad::

    @article{smith2020,
      issn = {1598317X}
    }

Good::

    @article{smith2020,
      issn = {1598-317X}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity
from bibwright.analysis.rule import SAFE, Context, Report, fields, rule
from bibwright.rules.placeholders import is_placeholder_value
from bibwright.rules.quoting import quoted
from bibwright.rules.values.numbers import (
    Number,
    expected_number,
    is_isbn_shape,
    is_issn_shape,
    is_valid_isbn,
    is_valid_issn,
    numbers_in,
)
from bibwright.rules.values.plain import make_fix, plain_span
from bibwright.syntax.nodes import Entry, Field, field_name
from bibwright.text.spans import Edit

_USUAL = re.compile(r'[{"]?(\d{4})-(\d{3}[\dX])[}"]?')


@rule(
    "V404",
    "issn-invalid",
    Severity.WARNING,
    watches=fields("issn", "eissn", "e-issn", "issn-l", "issnl", "sn", "ei"),
    fixes=(SAFE,),
)
def issn_invalid(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """Each number on its own. What is no ISSN by its shape is reported only where nothing else is expected."""
    text = context.text
    usual = _USUAL.fullmatch(text, *field.value)
    if usual is not None and is_valid_issn(usual[1] + usual[2]):
        return
    span = plain_span(context, field)
    if span is None:
        return
    name = field_name(text, field)
    expected = expected_number(context, entry, name.lower())
    if not expected or is_placeholder_value(span.of(text)):
        return
    strict = expected == "ISSN" and "\\" not in span.of(text)
    for number in numbers_in(text, span):
        if is_issn_shape(number.text):
            yield from _check(context, entry, number, sure=expected == "ISSN" or "-" in number.text)
        elif strict:
            yield from _no_issn(context, number, name)


def _check(context: Context, entry: Entry, number: Number, *, sure: bool) -> Iterator[Report]:
    if not is_valid_issn(number.compact):
        if sure:
            yield Report(number.span, f"the check digit of the ISSN {quoted(number.text)} is wrong")
    elif number.text[4] != "-" or len(number.text) != 9:
        hyphenated = f"{number.compact[:4]}-{number.compact[4:]}"
        fix = make_fix(context, entry, f"Write {hyphenated}", Edit(*number.span, hyphenated))
        # Databases leave it out in every record of an export, and programs that read RIS put up with that.
        severity = Severity.HINT if context.format == "ris" else Severity.INFORMATION
        yield Report(
            number.span, f"the ISSN {quoted(number.text)} is not written with a hyphen", (fix,), severity=severity
        )


def _no_issn(context: Context, number: Number, name: str) -> Iterator[Report]:
    if is_isbn_shape(number.compact) and is_valid_isbn(number.compact):
        if context.format == "bibtex":
            yield Report(number.span, f"{quoted(number.text)} in {name} is an ISBN")
    elif number.text[0] in "EePp" and is_issn_shape(number.text[1:]) and is_valid_issn(number.compact[1:]):
        return  # Ovid marks the number of the electronic or printed edition so.
    elif context.format == "bibtex" or any(map(str.isdigit, number.text)):
        yield Report(number.span, f"{quoted(number.text)} is no ISSN")
