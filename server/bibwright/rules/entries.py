"""New fields for an entry of a .bib file, in its own style."""

from __future__ import annotations

from bibwright.analysis.rule import Context
from bibwright.rules.places import line_start
from bibwright.syntax.nodes import Entry, Field, PieceKind
from bibwright.text.spans import Edit


def insert_field_behind(context: Context, entry: Entry, field: Field, name: str, content: str) -> Edit | None:
    """Write `name = {content}` behind a field, indented and delimited as that one.

    None when the field is not followed by a comma or the entry's end, so that nobody knows where the value ends.
    """
    text = context.text
    gap = new_line_before(context, field)
    equals = text[field.name.end : field.value.start]
    if equals.strip() != "=" or "\n" in equals or "\r" in equals:
        equals = " = "
    quoted = field.pieces[0].kind is PieceKind.QUOTED and '"' not in content
    value = f'"{content}"' if quoted else f"{{{content}}}"
    written = f"{gap}{name}{equals}{value}"
    if field.comma is not None:
        return Edit(field.comma.end, field.comma.end, f"{written},")
    if entry.closing is not None and not text[field.end : entry.closing.start].strip():
        return Edit(field.end, field.end, f",{written}")
    return None


def new_line_before(context: Context, field: Field) -> str:
    """What to put between a field and one behind it: a line end and the field's indentation, or a blank."""
    before = context.text[line_start(context.text, field.name.start) : field.name.start]
    return " " if before.strip() else context.line_end + before
