"""The words around a cite (`see`, `and elsewhere`), which users type with or without the blank beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bibwright.csl.pieces import HELD, Piece, Pieces, text_of
from bibwright.csl.quotes import smarten

if TYPE_CHECKING:
    from bibwright.csl.style import Style
    from bibwright.model.richtext import RichText

_CLOSING = "\"'”’» \u00a0\u202f"
_SENTENCE_ENDS = ":.;!?"


def prefix_pieces(style: Style, prefix: RichText) -> Pieces:
    """The words before a cite, a blank after them where one belongs."""
    pieces = _pieces(style, prefix)
    text = text_of([Piece(run.text) for run in prefix])
    ending = text.rstrip(_CLOSING)[-1:]
    if ending and not text[-1].isspace() and (ending.isalnum() or ending in _SENTENCE_ENDS or ending in ")],"):
        pieces.append(Piece(" "))
    return pieces


def suffix_pieces(style: Style, suffix: RichText) -> Pieces:
    """The words after a cite, a blank before them where one belongs."""
    pieces = _pieces(style, suffix)
    beginning = suffix[0].text[:1] if suffix else ""
    if beginning and (beginning.isalnum() or beginning in "[("):
        return [Piece(" "), *pieces]
    # Its punctuation does not slip into the quotation marks of the cite.
    return [Piece("", mark=HELD), *pieces] if pieces else pieces


def begins_sentence(prefix: str) -> bool:
    """Whether what follows `prefix` begins a sentence; one word before a full stop is an abbreviation."""
    return prefix.rstrip(_CLOSING)[-1:] in tuple(_SENTENCE_ENDS) and " " in prefix.strip()


def _pieces(style: Style, text: RichText) -> Pieces:
    pieces = [Piece(run.text, markup=run.style.value) for run in text]
    return pieces if style.locale.straight_quotes else smarten(pieces)
