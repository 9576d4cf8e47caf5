"""A citation in the text: one or several items in the style's citation layout.

Only what each item prints and how the items are joined; telling authors apart and collapsing lists need the
whole document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bibwright.csl.finish import finish
from bibwright.csl.pieces import Piece, Pieces, join_parts
from bibwright.csl.quotes import smarten
from bibwright.csl.render import new_context
from bibwright.csl.sort import sort_records

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bibwright.csl.output import Formatted
    from bibwright.csl.style import Style
    from bibwright.model.record import Record
    from bibwright.model.richtext import RichText


class Cite(NamedTuple):
    """An item of a citation: a record, the place in it (`locator`, of kind `label`), and affixes.

    `position` holds the conditions that are true of it (`first`, `subsequent`, `ibid`, ...).
    """

    record: Record
    number: int = 1
    locator: str = ""
    label: str = "page"
    prefix: RichText = ()
    suffix: RichText = ()
    position: frozenset[str] = frozenset(("first",))


def render_citation(style: Style, cites: Sequence[Cite]) -> Formatted:
    """The cites as one citation; the empty tuple when nothing of them prints. Never raises."""
    area = style.citation
    if area is None:
        return ()
    rendered: list[Pieces] = []
    ctx = None
    for index in sort_records(style, area, [cite.record for cite in cites]):
        cite = cites[index]
        ctx = new_context(style, cite.record)
        ctx.given["citation-number"] = str(cite.number)
        if cite.locator:
            ctx.given["locator"] = cite.locator
            ctx.locator_label = cite.label
        ctx.position = cite.position
        if pieces := join_parts(area.layout.parts(ctx), ""):
            rendered.append([*_affix(style, cite.prefix), *pieces, *_affix(style, cite.suffix)])
    if ctx is None or not rendered:
        return ()
    return finish(area.layout.dress(ctx, join_parts(rendered, area.layout.delimiter)), style.locale)


def _affix(style: Style, text: RichText) -> Pieces:
    pieces = [Piece(run.text, markup=run.style.value) for run in text]
    return pieces if style.locale.straight_quotes else smarten(pieces)
