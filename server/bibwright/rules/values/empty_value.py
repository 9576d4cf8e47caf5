"""A field has no value between its braces or quotes.

It says nothing, and some programs print the comma that belongs before it. Templates and reference managers leave such
fields behind. Fixing everything on save also deletes a field that is just being typed: the check cannot see the cursor.

In an entry with `crossref` or `xdata` an empty field may be there to keep out what the other entry would pass on, so
that deleting it is no safe fix.

Bad::

    @article{smith2020,
      title = {On Trees},
      volume = {}
    }

Good::

    @article{smith2020,
      title = {On Trees},
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity
from bibwright.analysis.rule import ENTRIES, SAFE, UNSAFE, Context, Report, rule
from bibwright.rules.values.plain import delete_fix
from bibwright.syntax.nodes import Entry, Field, PieceKind, field_name
from bibwright.text.spans import Span

_BLANKS = " \t\r\n\f\v"
_DELIMITED = (PieceKind.BRACED, PieceKind.QUOTED)


@rule(
    "V402",
    "empty-value",
    Severity.INFORMATION,
    watches=ENTRIES,
    formats=("bibtex",),
    fixes=(SAFE, UNSAFE),
)
def empty_value(context: Context, entry: Entry) -> Iterator[Report]:
    """Every field is asked, so the look at its length comes first."""
    text = context.text
    for field in entry.fields:
        start, end = field.value
        if end - start > 2 and not text[start + 1].isspace():
            continue
        if len(field.pieces) == 1 and _is_empty(text, field):
            inherits = context.field_of(entry, "crossref", "xdata") is not None
            fixes = delete_fix(context, entry, field, safe=not inherits)
            yield Report(Span(field.name.start, field.end), f"the field {field_name(text, field)} is empty", fixes)


def _is_empty(text: str, field: Field) -> bool:
    piece = field.pieces[0]
    if piece.kind not in _DELIMITED or not piece.closed:
        return False
    # An ideographic blank is a character like others to TeX.
    return not piece.content.of(text).strip(_BLANKS)
