"""Values that a rule can look at as they stand: one piece, closed, and no macro.

Most values are right. A rule tells that by one pattern over the value with its delimiters, before it takes it apart.
"""

from __future__ import annotations

from bibwright.analysis.diagnostics import Fix, safe_fix, unsafe_fix
from bibwright.analysis.rule import Context
from bibwright.rules.places import delete_field, delete_lines, tag_span
from bibwright.syntax.nodes import Entry, Field, PieceKind
from bibwright.text.spans import Edit, Span, trim

#: Longer than this no identifier, date, number or edition is: what is longer is not looked at.
LONGEST = 500


def plain_span(context: Context, field: Field, longest: int = LONGEST) -> Span | None:
    """Where the value stands without delimiters and outer blanks; None when it is empty, composed, cut or too long."""
    if len(field.pieces) != 1:
        return None
    start, end, kind, closed = field.pieces[0]
    if not closed or kind is PieceKind.MACRO or kind is PieceKind.BARE:
        return None
    if kind is PieceKind.BRACED or kind is PieceKind.QUOTED:
        start, end = start + 1, end - 1
    if not 0 < end - start <= longest:
        return None
    text = context.text
    if text[start].isspace() or text[end - 1].isspace():
        span = trim(text, start, end)
        return span if span.start < span.end else None
    return Span(start, end)


def plain_value(context: Context, field: Field | None) -> str:
    """The text at `plain_span`; empty where there is none."""
    span = plain_span(context, field) if field is not None else None
    return span.of(context.text) if span is not None else ""


def make_fix(context: Context, entry: Entry, title: str, *edits: Edit, safe: bool = True) -> Fix:
    """A fix; where a value of the entry lacks its end, what stands in it is a guess and somebody has to look."""
    return safe_fix(title, *edits) if safe and not context.is_cut(entry) else unsafe_fix(title, *edits)


def delete_fix(context: Context, entry: Entry, field: Field, *, safe: bool) -> tuple[Fix, ...]:
    """Delete a field or a tag; nothing where something else than a comma is behind the value, which would be left."""
    if context.format == "ris":
        return (make_fix(context, entry, "Delete the tag", delete_lines(context.text, tag_span(field)), safe=safe),)
    if not _ends_well(context.text, entry, field):
        return ()
    return (make_fix(context, entry, "Delete the field", delete_field(context.text, field), safe=safe),)


def _ends_well(text: str, entry: Entry, field: Field) -> bool:
    if field.comma is not None:
        return True
    if entry.closing is None:
        return False
    behind = text[field.end : entry.closing.start]
    return not behind or behind.isspace()
