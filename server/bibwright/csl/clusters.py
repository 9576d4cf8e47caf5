"""Citations of several cites: each in the style's layout, those by the same authors drawn together, all joined."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from bibwright.csl.citation import AUTHOR_ONLY, SUPPRESS_AUTHOR, Cite
from bibwright.csl.cite_affixes import begins_sentence, prefix_pieces, suffix_pieces
from bibwright.csl.collapse import Part, join_cites, numbered_part, ranged_roles
from bibwright.csl.context import Context
from bibwright.csl.finish import finish
from bibwright.csl.pieces import Pieces, join_parts
from bibwright.csl.positions import Position
from bibwright.model.richtext import plain_text

if TYPE_CHECKING:
    from bibwright.csl.output import Formatted
    from bibwright.csl.style import Area, Style
    from bibwright.model.richtext import RichText

#: What a citation in the text joins the years of one author with, unless the style says.
_BETWEEN_YEARS = ", "
_ONLY_YEARS = frozenset(("issued", "year-suffix", "locator"))
_BY_AUTHOR = ("year", "year-suffix", "year-suffix-ranged")


class ClusterItem(NamedTuple):
    """A cite with the place of its item in the document, its position, and fresh rendering states for items."""

    cite: Cite
    item: int
    position: Position
    context: Callable[[int], Context]


class _Rendered(NamedTuple):
    """A cite as it prints.

    It `follows` one by the same authors, and `is_collapsed` when these stay away here.
    """

    item: ClusterItem
    ctx: Context
    pieces: Pieces
    follows: bool
    is_collapsed: bool


def render_cluster(
    style: Style, area: Area, items: Sequence[ClusterItem], prefix: RichText = (), suffix: RichText = ()
) -> Formatted:
    """The cites as one citation; the empty tuple when nothing of them prints."""
    if items and items[0].cite.mode == AUTHOR_ONLY:
        return _render_authors(style, area, items[0])
    rendered = _render_cites(style, area, items)
    if not rendered:
        return ()
    parts = _parts(style, area, rendered)
    range_delimiter = style.locale.term("citation-range-delimiter") or "–"
    joined = join_cites(parts, range_delimiter, ranged_roles(area.attributes.get("collapse", "")))
    pieces = area.layout.dress(rendered[-1].ctx, joined)
    return finish(
        [*prefix_pieces(style, prefix), *pieces, *suffix_pieces(style, suffix)],
        style.locale,
        nests_brackets=style.kind == "note",
    )


def _render_authors(style: Style, area: Area, item: ClusterItem) -> Formatted:
    ctx = _context(style, item, at=0)
    area.layout.parts(ctx)
    return finish(ctx.author_pieces, style.locale)


def _render_cites(style: Style, area: Area, items: Sequence[ClusterItem]) -> list[_Rendered]:
    collapse = area.attributes.get("collapse", "")
    rendered: list[_Rendered] = []
    authors: str | None = ""
    years: tuple[str, ...] = ()
    for at, item in enumerate(items):
        ctx = _context(style, item, at=at)
        ctx.hides_authors = item.cite.mode == SUPPRESS_AUTHOR
        pieces = join_parts(area.layout.parts(ctx), "")
        # Cites of a style that prints no names are drawn together by their years.
        is_nameless = ctx.authors is None and bool(ctx.years) and ctx.used <= _ONLY_YEARS
        follows = at > 0 and ctx.authors == authors and (bool(authors) or is_nameless)
        shown_years = tuple(ctx.years)
        is_collapsed = follows and collapse in _BY_AUTHOR
        if is_collapsed:
            ctx = _context(style, item, at=at)
            ctx.hides_authors = True
            if collapse != "year" and area.attributes.get("disambiguate-add-year-suffix") == "true":
                ctx.hidden_years = years
            pieces = join_parts(area.layout.parts(ctx), "")
        authors, years = ctx.authors, shown_years
        if pieces or item.cite.prefix or item.cite.suffix:
            rendered.append(_Rendered(item, ctx, pieces, follows, is_collapsed or collapse == "citation-number"))
    return rendered


def _context(style: Style, item: ClusterItem, *, at: int) -> Context:
    """The rendering state of the cite that stands at this place (from 0) of the citation."""
    cite = item.cite
    ctx = item.context(item.item)
    ctx.in_citation = True
    ctx.position = item.position.conditions if cite.position is None else cite.position
    if item.position.first_note:
        ctx.given["first-reference-note-number"] = str(item.position.first_note)
    if cite.locator:
        ctx.given["locator"] = cite.locator
        ctx.locator_label = cite.label
    if style.kind == "note":
        prefix = plain_text(cite.prefix)
        ctx.terms_begin_large = begins_sentence(prefix) if prefix else at == 0
    return ctx


def _parts(style: Style, area: Area, rendered: Sequence[_Rendered]) -> list[Part]:
    parts: list[Part] = []
    for at, cite in enumerate(rendered):
        given = cite.item.cite
        pieces = [*prefix_pieces(style, given.prefix), *cite.pieces, *suffix_pieces(style, given.suffix)]
        is_alone = not given.prefix and not given.suffix
        part = numbered_part(pieces, "", only_number=is_alone and cite.ctx.used == {"citation-number"})
        if at:
            before = rendered[at - 1]
            delimiter = _delimiter(style, area, before, cite)
            if cite.is_collapsed and part.is_bare and part.role:
                delimiter = _number_delimiter(area)
            part = part._replace(delimiter=_beside_affixes(delimiter, before.item.cite, given))
        parts.append(part)
    return parts


def _number_delimiter(area: Area) -> str:
    """What stands between two year suffixes, or two citation numbers."""
    get = area.attributes.get
    if get("collapse") == "citation-number":
        return area.layout.delimiter
    return get("cite-group-delimiter") or get("year-suffix-delimiter") or area.layout.delimiter


def _delimiter(style: Style, area: Area, before: _Rendered, cite: _Rendered) -> str:
    """What stands between two cites."""
    get = area.attributes.get
    collapse = get("collapse", "")
    after_collapse = get("after-collapse-delimiter")
    if collapse and after_collapse is not None:
        ends_group = not cite.is_collapsed and (before.is_collapsed or collapse != "year-suffix")
        return after_collapse if before.item.cite.locator or ends_group else area.layout.delimiter
    if cite.follows and cite.ctx.authors and "cite-group-delimiter" in area.attributes:
        return get("cite-group-delimiter", "")
    if cite.is_collapsed and collapse != "citation-number" and style.kind == "in-text":
        return _BETWEEN_YEARS
    return area.layout.delimiter


def _beside_affixes(delimiter: str, before: Cite, cite: Cite) -> str:
    """The delimiter where the words around the cites bring punctuation of their own."""
    ending, beginning = plain_text(before.suffix)[-1:], plain_text(cite.prefix)[:1]
    if not ending and beginning in (";", ".", ","):
        return ""
    if ending in (";", ".", ","):
        blank = delimiter.find(" ")
        return delimiter[blank:] if blank >= 0 else ""
    return delimiter
