"""The attributes that dress any rendering element: affixes, fonts, quotes, text case, display."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from bibwright.csl import pieces as p
from bibwright.csl.context import Context
from bibwright.csl.output import Block
from bibwright.csl.pieces import CLOSING, OPENING, Piece, Pieces
from bibwright.csl.text_case import change_case

if TYPE_CHECKING:
    from bibwright.csl.xml_tree import Node

Dress = Callable[[Context, Pieces], Pieces]

_FONTS = {
    ("font-style", "normal"): (0, p.ITALIC),
    ("font-style", "italic"): (p.ITALIC, p.ITALIC),
    ("font-style", "oblique"): (p.ITALIC, p.ITALIC),
    ("font-weight", "normal"): (0, p.BOLD),
    ("font-weight", "light"): (0, p.BOLD),
    ("font-weight", "bold"): (p.BOLD, p.BOLD),
    ("font-variant", "normal"): (0, p.SMALL_CAPS),
    ("font-variant", "small-caps"): (p.SMALL_CAPS, p.SMALL_CAPS),
    ("text-decoration", "none"): (0, p.UNDERLINE),
    ("text-decoration", "underline"): (p.UNDERLINE, p.UNDERLINE),
    ("vertical-align", "baseline"): (0, p.SUPERSCRIPT | p.SUBSCRIPT),
    ("vertical-align", "sup"): (p.SUPERSCRIPT, p.SUPERSCRIPT | p.SUBSCRIPT),
    ("vertical-align", "sub"): (p.SUBSCRIPT, p.SUPERSCRIPT | p.SUBSCRIPT),
}
_AFFIXES = ("prefix", "suffix")
_REFERENCE = re.compile(r"&#[0-9]{1,6};")


def compile_dress(node: Node, *, affixes_inside: bool = False) -> Dress:
    """What the attributes of `node` do to the pieces it prints, innermost first.

    Affixes stand outside the font style and the quotes; a layout's stand inside (`affixes_inside`).
    """
    get = node.get
    steps: list[Dress] = []
    if get("strip-periods") == "true":
        steps.append(_strip_periods)
    if case := get("text-case"):
        if case == "title" and not (node.tag == "text" and get("variable")):
            # The language of the item is that of its own text, not of the words of the style.
            steps.append(lambda ctx, pieces: change_case(pieces, case, "en"))
        else:
            steps.append(lambda ctx, pieces: change_case(pieces, case, ctx.language))
    affixes = compile_affixes(node)
    if affixes_inside and affixes:
        steps.append(affixes)
    style = decided = 0
    for attribute, value in node.attributes.items():
        switched_on, settled = _FONTS.get((attribute, value), (0, 0))
        style |= switched_on
        decided |= settled
    if decided:
        steps.append(lambda ctx, pieces: p.with_font(pieces, style, decided))
    if get("quotes") == "true":
        steps.append(lambda ctx, pieces: [OPENING, *pieces, CLOSING])
    if not affixes_inside and affixes:
        steps.append(affixes)
    if kind := get("display"):
        steps.append(lambda ctx, pieces: _set_block(ctx, pieces, kind))
    return _chain(steps)


def compile_affixes(node: Node) -> Dress | None:
    """The prefix and suffix of `node`; None when it has none."""
    # Some styles have escaped what was escaped already (`&amp;#160;`).
    prefix, suffix = (_REFERENCE.sub(lambda found: html.unescape(found[0]), node.get(name)) for name in _AFFIXES)
    if not prefix and not suffix:
        return None
    before = [Piece(prefix, markup=p.AFFIX)] if prefix else []
    after = [Piece(suffix, markup=p.AFFIX)] if suffix else []
    # A link that the style spells out in front of a DOI belongs to it.
    reaches_out = prefix.endswith("doi.org/")

    def dress(ctx: Context, pieces: Pieces) -> Pieces:
        if reaches_out and pieces and pieces[0].link:
            return [Piece(prefix, link=pieces[0].link), *pieces, *after]
        if ctx.blocks and pieces:
            # What a layout ends with belongs to the last block, not under it.
            block = pieces[-1].block
            return [*before, *pieces, *(piece._replace(block=block) for piece in after)]
        return before + pieces + after

    return dress


def _chain(steps: list[Dress]) -> Dress:
    if not steps:
        return lambda ctx, pieces: pieces
    if len(steps) == 1:
        return steps[0]

    def dress(ctx: Context, pieces: Pieces) -> Pieces:
        for step in steps:
            pieces = step(ctx, pieces)
        return pieces

    return dress


def _strip_periods(ctx: Context, pieces: Pieces) -> Pieces:
    return [piece._replace(text=piece.text.replace(".", "")) if piece.text else piece for piece in pieces]


def _set_block(ctx: Context, pieces: Pieces, kind: str) -> Pieces:
    ctx.blocks += 1
    block = Block(ctx.blocks, kind)
    return [piece if piece.block else piece._replace(block=block) for piece in pieces]
