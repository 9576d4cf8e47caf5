"""Markup in names: `Center <sup>for</sup> History`.

Names of the record model are plain text, but CSL data may hold the tags of CSL's rich text anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from bibwright.csl import pieces as p
from bibwright.csl.pieces import Piece, Pieces

_TAG = re.compile(r"<(/?)(i|b|sup|sub|sc)>")
_STYLES = {"i": p.ITALIC, "b": p.BOLD, "sup": p.SUPERSCRIPT, "sub": p.SUBSCRIPT, "sc": p.SMALL_CAPS}
_CORE = re.compile(r"([\s-]*)(.*?)([\s-]*)", re.DOTALL)


def name_pieces(text: str) -> Pieces:
    """The part of a name as pieces, its tags as font styles."""
    if "<" not in text:
        return [Piece(text)]
    pieces: Pieces = []
    markup = at = 0
    for tag in _TAG.finditer(text):
        pieces.append(Piece(text[at : tag.start()], markup=markup))
        style = _STYLES[tag[2]]
        markup = markup & ~style if tag[1] else markup | style
        at = tag.end()
    pieces.append(Piece(text[at:], markup=markup))
    return [piece for piece in pieces if piece.text]


def change_between_tags(text: str, change: Callable[[str], str]) -> str:
    """The part of a name with `change` done to what stands between its tags."""
    if "<" not in text:
        return change(text)
    parts: list[str] = []
    at = 0
    for tag in _TAG.finditer(text):
        parts += [_change_core(text[at : tag.start()], change), tag[0]]
        at = tag.end()
    parts.append(_change_core(text[at:], change))
    return "".join(parts)


def _change_core(text: str, change: Callable[[str], str]) -> str:
    found = _CORE.fullmatch(text)
    return f"{found[1]}{change(found[2])}{found[3]}" if found and found[2] else text
