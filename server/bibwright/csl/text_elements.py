"""`text` elements that print a variable, a term or a fixed text."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from bibwright.csl.affixes import compile_dress
from bibwright.csl.citation_label import citation_label
from bibwright.csl.cite_form import suffix_text
from bibwright.csl.dates import year_suffix
from bibwright.csl.number_elements import citation_number, number_text
from bibwright.csl.pieces import Element, Piece, Pieces, field_pieces
from bibwright.csl.quotes import has_quotes, smarten
from bibwright.model.richtext import plain_text

if TYPE_CHECKING:
    from bibwright.csl.affixes import Dress
    from bibwright.csl.context import Context
    from bibwright.csl.locale import Locale
    from bibwright.csl.xml_tree import Node

#: The variables that bring the year suffix with them.
SUFFIXED = frozenset(("year-suffix", "citation-label"))
_SHORT = {
    "title": ("title-short", "shortTitle"),
    "container-title": ("container-title-short", "journalAbbreviation"),
}
_LINKS = {
    "DOI": "https://doi.org/",
    "PMID": "https://www.ncbi.nlm.nih.gov/pubmed/",
    "PMCID": "https://www.ncbi.nlm.nih.gov/pmc/articles/",
}


def compile_variable(node: Node, variable: str, locale: Locale) -> Element:
    """A `text` element with a `variable`."""
    dress = compile_dress(node)
    match variable:
        case "year-suffix":
            return lambda ctx: _year_suffix(ctx, dress)
        case "citation-label":
            return lambda ctx: _citation_label(ctx, dress)
        case "citation-number":
            return lambda ctx: citation_number(ctx, dress)
    if variable in ("title-short", "container-title-short"):
        variables: tuple[str, ...] = (variable, *_SHORT[variable.removesuffix("-short")])
    elif node.get("form") == "short":
        variables = (*_SHORT.get(variable, ()), f"{variable}-short", variable)
    else:
        variables = (variable,)
    links = variable in _LINKS or variable == "URL"
    smart = not locale.straight_quotes and not links

    def render(ctx: Context) -> Pieces:
        ctx.called += 1
        for name in variables:
            if value := ctx.text(name):
                break
        else:
            return []
        ctx.count(name)
        if name != variable:
            ctx.count(variable)
        if len(value) == 1 and (number := number_text(ctx, name, value[0].text)) is not None:
            return dress(ctx, [Piece(number)])
        pieces = field_pieces(value)
        if links:
            text = plain_text(value)
            return dress(ctx, [Piece(text, link=_link(variable, text))])
        if smart and any(has_quotes(piece.text) for piece in pieces):
            pieces = smarten(pieces)
        return dress(ctx, pieces)

    return render


def compile_term(node: Node, term: str, locale: Locale) -> Element:
    """A `text` element with a `term`."""
    dress = compile_dress(node)
    word = locale.term(term, node.get("form", "long"), plural=node.get("plural") == "true")
    if not word:
        # A term that the style has emptied is a substitute that prints nothing.
        empty = [Piece("")] if word == "" else []
        return lambda ctx: empty if ctx.taken is not None else []
    if not locale.straight_quotes:
        word = word.replace("'", "’")
    pieces = [Piece(word)]
    # The one that a note or an entry of a bibliography begins with has a capital.
    large = [Piece(word[:1].upper() + word[1:])]

    def render(ctx: Context) -> Pieces:
        if term == "no date":
            # It stands for a missing value, so that the groups about it do not vanish.
            ctx.called += 1
            ctx.printed += 1
        return dress(ctx, large if ctx.terms_begin_large and not ctx.begun else pieces)

    return render


def compile_value(node: Node, value: str, locale: Locale) -> Element:
    """A `text` element with a `value`."""
    if not value:
        return lambda ctx: []
    dress = compile_dress(node)
    fixed = [Piece(value)] if locale.straight_quotes else smarten([Piece(value)])
    return lambda ctx: dress(ctx, fixed)


def _citation_label(ctx: Context, dress: Dress) -> Pieces:
    ctx.called += 1
    label = citation_label(ctx.record)
    if not label:
        return []
    ctx.count("citation-label")
    ctx.suffix_done = True
    return dress(ctx, [Piece(label + suffix_text(ctx.form.suffix))])


def _year_suffix(ctx: Context, dress: Dress) -> Pieces:
    ctx.called += 1
    if not ctx.form.suffix or ctx.sorting:
        return []
    ctx.count("year-suffix")
    ctx.suffix_done = True
    return dress(ctx, [year_suffix(ctx.form.suffix)])


def _link(variable: str, text: str) -> str:
    """The address that an identifier leads to; empty when the text is not one."""
    if text.startswith(("https://", "http://")):
        return text
    if variable == "URL":
        return ""
    return _LINKS[variable] + quote(text.removeprefix("doi:").strip(), safe="/:;.()-_~!$&'*+,=@", errors="replace")
