"""What stands for authors in a bibliography that repeat those of the entry before (`———`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bibwright.csl.pieces import Piece, Pieces, text_of

if TYPE_CHECKING:
    from bibwright.csl.context import Context


def substitute_authors(ctx: Context, rendered: list[Pieces]) -> tuple[list[Pieces], bool]:
    """The first name list of an entry, what it shares with the entry before replaced as the style asks.

    Also whether one text now stands for the list as a whole.
    """
    ctx.first_names = tuple(text_of(pieces) for pieces in rendered)
    if not ctx.author_substitute:
        return rendered, False
    text, rule = ctx.author_substitute
    pairs = zip(ctx.first_names, ctx.previous_names, strict=False)
    same = next((at for at, (name, before) in enumerate(pairs) if name != before), None)
    if same is None:
        same = min(len(ctx.first_names), len(ctx.previous_names))
    is_complete = ctx.first_names == ctx.previous_names
    match rule:
        case "complete-each" if is_complete:
            return [[Piece(text)] for _ in rendered], False
        case "partial-each":
            return [[Piece(text)]] * same + rendered[same:], False
        case "partial-first" if same:
            return [[Piece(text)], *rendered[1:]], False
        case "complete-all" if is_complete:
            return [[Piece(text)]], True
        case _:
            return rendered, False
