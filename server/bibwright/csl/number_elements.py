"""`number` and `label` elements, and what `text` prints of a variable that holds a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bibwright.csl.affixes import compile_dress
from bibwright.csl.number_fields import NumberPart, is_numeric_field, split_labels
from bibwright.csl.numbers import format_number, is_numeric, is_several
from bibwright.csl.pages import format_pages
from bibwright.csl.pieces import CITATION_NUMBER, Element, Piece, Pieces, field_pieces

if TYPE_CHECKING:
    from bibwright.csl.affixes import Dress
    from bibwright.csl.context import Context
    from bibwright.csl.locale import Locale
    from bibwright.csl.xml_tree import Node

_PAGES = frozenset(("page", "locator"))
_NUMBERS = frozenset(
    ("chapter-number", "collection-number", "edition", "issue", "number", "part-number", "section", "volume")
)
_COUNTS = frozenset(("number-of-pages", "number-of-volumes"))
#: `page-first` and others have no word of their own.
_LABEL_TERMS = {"page-first": "page", "number-of-pages": "page", "number-of-volumes": "volume"}


def compile_number(node: Node, locale: Locale) -> Element:
    """The `number` element."""
    variable, form = node.get("variable"), node.get("form", "numeric")
    dress = compile_dress(node)
    if variable == "citation-number" and form == "numeric":
        return lambda ctx: citation_number(ctx, dress)
    word = locale.find_term(variable)
    gender = word.gender if word else ""

    def render(ctx: Context) -> Pieces:
        ctx.called += 1
        value = ctx.text(variable)
        if not value:
            return []
        ctx.count(variable)
        if len(value) > 1:
            return dress(ctx, field_pieces(value))
        return dress(ctx, [Piece(_formatted(ctx, variable, value[0].text, form, gender))])

    return render


def compile_label(node: Node) -> Element:
    """The `label` element for a variable that is no name list."""
    variable, form = node.get("variable"), node.get("form", "long")
    plural = node.get("plural", "contextual")
    dress = compile_dress(node)

    def render(ctx: Context) -> Pieces:
        # Without a value it is a term like any other: the group about it decides whether it stays.
        name = ctx.locator_label if variable == "locator" else variable
        text = ctx.plain(variable)
        if text and variable not in _COUNTS:
            first = split_labels(text, name)[0]
            name, text = first.label, first.text
        is_plural = text.strip() not in ("", "0", "1") if variable in _COUNTS else _is_plural(ctx, variable, text)
        many = plural == "always" or (plural == "contextual" and is_plural)
        word = _word(ctx, name, form, plural=many)
        return dress(ctx, [Piece(word)]) if word else []

    return render


def number_text(ctx: Context, variable: str, text: str) -> str | None:
    """How the text of a number variable is printed; None for a variable that holds none, or no number."""
    if variable in _PAGES or (variable in _NUMBERS and is_numeric_field(text, variable)):
        return _formatted(ctx, variable, text, "numeric", "")
    return None


def citation_number(ctx: Context, dress: Dress) -> Pieces:
    """The number of the item in the bibliography."""
    ctx.called += 1
    text = ctx.given.get("citation-number")
    if not text or "citation-number" in ctx.suppressed:
        return []
    ctx.count("citation-number")
    return dress(ctx, [Piece(text, role=CITATION_NUMBER, number=int(text))])


def _formatted(ctx: Context, variable: str, text: str, form: str, gender: str) -> str:
    """The numbers of a field in `form`; those that stand behind a label of their own keep it, and their form."""
    own = ctx.locator_label if variable == "locator" else variable
    first, *others = split_labels(text, own)
    printed = _one(ctx, variable, first, form, gender)
    for part in others:
        word = _word(ctx, part.label, "short", plural=_is_plural(ctx, part.label, part.text))
        printed += f"{part.joiner}{word} {_one(ctx, part.label, part, 'numeric', '')}"
    return printed


def _one(ctx: Context, variable: str, part: NumberPart, form: str, gender: str) -> str:
    text = part.text
    if form == "numeric" and (part.label == "page" or variable == "page"):
        return format_pages(text, ctx.page_range_format, ctx.locale.term("page-range-delimiter") or "–")
    if not is_numeric(text) or _is_docket(ctx, variable):
        return text
    return format_number(text, form, ctx.locale, gender)


def _is_plural(ctx: Context, variable: str, text: str) -> bool:
    return is_several(text) and not _is_docket(ctx, variable)


def _is_docket(ctx: Context, variable: str) -> bool:
    """The number of a legal case (`99-1234`) is a name and no range."""
    return variable == "number" and ctx.record.type == "legal_case"


def _word(ctx: Context, name: str, form: str, *, plural: bool) -> str:
    word = ctx.locale.term(name, form, plural=plural)
    if word is None and name in _LABEL_TERMS:
        word = ctx.locale.term(_LABEL_TERMS[name], form, plural=plural)
    return word or ""
