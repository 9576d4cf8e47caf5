"""The entry point: a record and a style give a formatted bibliography entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bibwright.csl.context import Context
from bibwright.csl.eprints import with_eprint
from bibwright.csl.finish import finish
from bibwright.csl.limits import within_limits
from bibwright.csl.output import Block
from bibwright.csl.pieces import Pieces, join_parts

if TYPE_CHECKING:
    from bibwright.csl.output import Formatted
    from bibwright.csl.style import Area, Style
    from bibwright.model.record import Record

#: The blocks of `second-field-align`; those that a style numbers itself begin at 1.
_MARGIN, _BESIDE = Block(-1, "left-margin"), Block(0, "right-inline")

#: Variables that say where an item stands, and nothing of its record.
_OF_THE_PLACE = frozenset(("citation-number",))


def render_bibliography_entry(style: Style, record: Record, *, number: int = 1) -> Formatted:
    """`record` as an entry of a bibliography; the empty tuple when nothing of it prints. Never raises.

    `number` is the entry's place in the list, for styles that number their entries.
    """
    if style.bibliography is None:
        return ()
    ctx = new_context(style, record)
    ctx.given["citation-number"] = str(number)
    return render_area(style, style.bibliography, ctx)


def new_context(style: Style, record: Record) -> Context:
    """A fresh rendering state for `record`."""
    return Context(
        within_limits(with_eprint(record)),
        style.locale,
        language=(record.text("language") or style.locale.lang).lower(),
        page_range_format=style.page_range_format,
        places_suffix=style.places_suffix,
    )


def render_area(style: Style, area: Area, ctx: Context) -> Formatted:
    """The layout of `area` for one item."""
    ctx.terms_begin_large = True
    parts = area.layout.parts(ctx)
    if len(parts) > 1 and area.attributes.get("second-field-align"):
        ctx.blocks += 1
        parts = [_in_block(parts[0], _MARGIN), _in_block(join_parts(parts[1:], ""), _BESIDE)]
    # A number or a term alone is not an entry: something of the record has to print, where the style asks for that.
    if not parts or not ctx.used or (area.asks_of_record and ctx.used <= _OF_THE_PLACE):
        return ()
    return finish(area.layout.dress(ctx, join_parts(parts, "")), style.locale)


def _in_block(pieces: Pieces, block: Block) -> Pieces:
    return [piece if piece.block else piece._replace(block=block) for piece in pieces]
