"""The citation keys that a field names."""

from __future__ import annotations

from collections.abc import Iterator

from bibwright.analysis.rule import Context
from bibwright.formats.bibtex.facts import listed_keys
from bibwright.syntax.nodes import Field, PieceKind, field_name
from bibwright.text.spans import Span, trim

#: Fields that name one entry; all others name any number, commas between.
_NAME_ONE = frozenset(("crossref", "xref"))


def named_keys(context: Context, field: Field) -> Iterator[tuple[str, Span]]:
    """Each key and where it stands; none where a string macro has a part in the value."""
    text = context.text
    if field_name(text, field).lower() not in _NAME_ONE:
        yield from listed_keys(text, field)
    elif len(field.pieces) == 1 and field.pieces[0].kind in (PieceKind.BRACED, PieceKind.QUOTED):
        span = trim(text, *field.pieces[0].content)
        if span.end > span.start:
            yield span.of(text), span
