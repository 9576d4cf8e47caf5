"""An ISBN has a wrong check digit, or not as many digits as it must have.

The last character of the 10 or 13 is computed from the others, so that a mistyped number shows; a shop or a catalogue
finds nothing by it. Recomputing it is right only when the check digit itself was mistyped, which is why somebody has
to look. Several numbers in one field are checked one by one; notes in parentheses (`(pbk.)`), the nine digits of the
older SBN and the ISMN of printed music are left alone.

Bad::

    @book{smith2020,
      isbn = {978-3-16-148410-1}
    }

Good::

    @book{smith2020,
      isbn = {978-3-16-148410-0}
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from bibwright.analysis.diagnostics import Fix, Severity, unsafe_fix
from bibwright.analysis.rule import UNSAFE, Context, Report, fields, rule
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
from bibwright.rules.values.plain import plain_span
from bibwright.syntax.nodes import Entry, Field, field_name
from bibwright.text.spans import Edit

#: Shorter than this it is no mistyped ISBN, but a number of another kind.
_FEWEST_DIGITS = 8


@rule(
    "V405",
    "isbn-invalid",
    Severity.WARNING,
    watches=fields("isbn", "isbn13", "isbn-13", "isbn10", "isbn-10", "eisbn", "sn"),
    fixes=(UNSAFE,),
)
def isbn_invalid(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """Each number on its own."""
    text = context.text
    if context.format == "ris" and is_issn_shape(field.value.of(text)):
        return  # as most of them are
    span = plain_span(context, field)
    if span is None:
        return
    value = span.of(text)
    compact = value.replace("-", "")
    if is_isbn_shape(compact) and is_valid_isbn(compact):
        return
    name = field_name(text, field)
    expected = expected_number(context, entry, name.lower())
    if not expected or "\\" in value or is_placeholder_value(value):
        return
    for number in numbers_in(text, span):
        if is_isbn_shape(number.compact):
            if not is_valid_isbn(number.compact):
                message = f"the check digit of the ISBN {quoted(number.text)} is wrong"
                yield Report(number.span, message, _recompute(number))
        elif expected == "ISBN":
            yield from _other(context, entry, field, number, name)


def _recompute(number: Number) -> tuple[Fix, ...]:
    body, end = number.compact[:-1], number.span.end
    digit = next((digit for digit in "0123456789X" if is_valid_isbn(body + digit)), None)
    if digit is None:
        return ()
    return (unsafe_fix(f"Write the check digit {digit}", Edit(end - 1, end, digit)),)


def _other(context: Context, entry: Entry, field: Field, number: Number, name: str) -> Iterator[Report]:
    compact = number.compact
    if is_issn_shape(number.text) and is_valid_issn(compact):
        if context.format == "bibtex":
            alone = field.pieces[0].content == number.span and context.field_of(entry, "issn") is None
            fixes = (unsafe_fix("Rename the field to issn", Edit(*field.name, "issn")),) if alone else ()
            yield Report(number.span, f"{quoted(number.text)} in {name} is an ISSN", fixes)
    elif len(compact) == 9 and is_valid_isbn(compact):
        return
    elif sum(map(str.isdigit, compact)) >= _FEWEST_DIGITS and compact.isalnum() and not is_issn_shape(number.text):
        yield Report(number.span, f"{quoted(number.text)} is no ISBN: it has {len(compact)} digits, expected 10 or 13")
    elif context.format == "bibtex" and number.span == field.pieces[0].content:
        yield Report(number.span, f"{quoted(number.text)} is no ISBN")
