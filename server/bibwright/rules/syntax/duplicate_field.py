"""An entry has the same field twice.

BibTeX keeps the first value, other programs the last, without a message; pybtex stops.

Bad::

    @misc{smith2020,
      title = {On Trees},
      year = {2020},
      year = {2020}
    }

Good::

    @misc{smith2020,
      title = {On Trees},
      year = {2020},
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from bibwright.analysis.diagnostics import Related, Severity, safe_fix, unsafe_fix
from bibwright.analysis.rule import ENTRIES, SAFE, UNSAFE, Context, Report, rule
from bibwright.rules.places import delete_field
from bibwright.rules.quoting import quoted
from bibwright.syntax.nodes import Entry, Field, PieceKind, field_name, value_text

#: Reference managers and databases repeat these on purpose.
_REPEATED_ON_PURPOSE = ("sentelink", "bdsk-file-", "bdsk-url-", "keywords", "funding_")


@rule("S112", "duplicate-field", Severity.WARNING, watches=ENTRIES, formats=("bibtex",), fixes=(SAFE, UNSAFE))
def duplicate_field(context: Context, entry: Entry) -> Iterator[Report]:
    """Reported at the later field; an error when the values differ, for then one of them is lost."""
    first = context.fields_by_name(entry)
    if len(first) == len(entry.fields):
        return
    text = context.text
    for field in entry.fields:
        name = field_name(text, field).lower()
        earlier = first[name]
        if earlier is field:
            continue
        equal = _value(text, earlier) == _value(text, field)
        if name.startswith(_REPEATED_ON_PURPOSE) and not equal:
            continue
        shown = quoted(field_name(text, field))
        related = (Related("the first one", earlier.name),)
        if equal:
            fix = safe_fix("Delete the second one", delete_field(text, field))
            yield Report(field.name, f"the field {shown} is here twice with the same value", (fix,), related)
        else:
            fix = unsafe_fix("Delete the second one", delete_field(text, field))
            message = f"the field {shown} is here twice, first as {quoted(value_text(text, earlier))}"
            yield Report(field.name, message, (fix,), related, Severity.ERROR)


def _value(text: str, field: Field) -> tuple[tuple[bool, str], ...]:
    """What the value says, whatever delimits it; a macro is never equal to the same letters in braces."""
    return tuple((piece.kind is PieceKind.MACRO, " ".join(piece.content.of(text).split())) for piece in field.pieces)
