"""The pieces of a value that hold text, and the place of an offset in a value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from bibwright.analysis.rule import Context
from bibwright.rules.places import entry_at, field_at
from bibwright.rules.text.masking import mask_latex
from bibwright.syntax.nodes import Entry, Field, Piece, PieceKind
from bibwright.text.spans import Span

#: What TeX, HTML and programs take for more than a character.
_SIGN = re.compile("[&%#_<$]")
_TEXT_KINDS = (PieceKind.BRACED, PieceKind.QUOTED, PieceKind.LINE)


def has_no_signs(context: Context, field: Field) -> bool:
    """Whether a value has none of the signs with a meaning of their own that a rule which names this looks for."""
    start, end = field.value
    return _SIGN.search(context.text, start, end) is None


def text_pieces(field: Field) -> Iterator[Piece]:
    """The pieces that hold text; of a value without its closing delimiter nothing, since its end is a guess."""
    return (piece for piece in field.pieces if piece.closed and piece.kind in _TEXT_KINDS)


def masked_text(context: Context, piece: Piece) -> str:
    """The content of a piece of a .bib value with all masked that is no text, worked out once for all rules."""
    masked: str | None = context.shared.get(("masked", piece.start))
    if masked is None:
        content = piece.content
        masked = context.shared["masked", piece.start] = mask_latex(context.text[content.start : content.end])
    return masked


class Place(NamedTuple):
    """Where an offset stands: the entry, the field and the piece of its value."""

    entry: Entry
    field: Field
    piece: Piece


def place_in_value(context: Context, span: Span) -> Place | None:
    """The value that holds a span of the block; None outside of values."""
    entry = entry_at(context.tree, span.start)
    field = field_at(entry, span.start) if entry is not None else None
    if entry is None or field is None:
        return None
    for piece in text_pieces(field):
        if piece.content.start <= span.start and span.end <= piece.content.end:
            return Place(entry, field, piece)
    return None
