"""Pieces: what the compiled elements of a style print before the whole entry is put together.

A piece is text with the font style decided so far. Quotation marks stay marks until the end, because only the
whole entry tells which of them are inner ones and where a full stop goes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from bibwright.model.richtext import Style as FontStyle

if TYPE_CHECKING:
    from bibwright.csl.context import Context
    from bibwright.csl.output import Block
    from bibwright.model.richtext import RichText

ITALIC = FontStyle.ITALIC.value
BOLD = FontStyle.BOLD.value
SMALL_CAPS = FontStyle.SMALL_CAPS.value
SUPERSCRIPT = FontStyle.SUPERSCRIPT.value
SUBSCRIPT = FontStyle.SUBSCRIPT.value
UNDERLINE = FontStyle.UNDERLINE.value
NOCASE = FontStyle.NOCASE.value
VERBATIM = FontStyle.VERBATIM.value
NODECOR = FontStyle.NODECOR.value

#: Text of a style's prefix or suffix.
AFFIX = FontStyle.NODECOR.value << 8

#: What a piece is; after a `HELD` one, which prints nothing, punctuation stays where it stands.
TEXT, OPEN_QUOTE, CLOSE_QUOTE, HELD = 0, 1, 2, 3
#: Numbers that a list of citations may write as a range.
CITATION_NUMBER, YEAR_SUFFIX = 1, 2


class Piece(NamedTuple):
    """A stretch of text, or a quotation mark.

    `style` are the bits that the style's elements switched on among those they decided (`decided`); `markup`
    are those of the field's own markup, which turns round what stands about it (italics in italics stand up).
    `role` says that the text is the citation number or the year suffix `number`.
    """

    text: str
    style: int = 0
    decided: int = 0
    markup: int = 0
    link: str = ""
    mark: int = TEXT
    block: Block | None = None
    role: int = 0
    number: int = 0


Pieces = list[Piece]
#: A compiled element of a style.
Element = Callable[["Context"], Pieces]

OPENING = Piece("", mark=OPEN_QUOTE)
CLOSING = Piece("", mark=CLOSE_QUOTE)


def text_of(pieces: Pieces) -> str:
    """The characters of the pieces, quotation marks left out."""
    return "".join(piece.text for piece in pieces)


def join_parts(parts: list[Pieces], delimiter: str) -> Pieces:
    """The parts in a row, the delimiter between them."""
    if len(parts) == 1:
        return parts[0]
    joined: Pieces = []
    between = Piece(delimiter)
    for part in parts:
        if joined and delimiter:
            joined.append(between)
        joined += part
    return joined


def with_font(pieces: Pieces, style: int, decided: int) -> Pieces:
    """The pieces in a font style; what an inner element has decided stands."""
    return [
        piece._replace(style=piece.style | (style & ~piece.decided), decided=piece.decided | decided)
        for piece in pieces
    ]


def field_pieces(value: RichText) -> Pieces:
    """A field's runs as pieces; an entry is one paragraph, so the line feeds of an abstract become blanks."""
    return [Piece(run.text.replace("\n", " "), markup=run.style.value) for run in value]
