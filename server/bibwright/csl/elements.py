"""The rendering elements of CSL, compiled: each becomes a function from the context to pieces.

Compiling walks the style once, follows macros, and decides everything that does not depend on the record.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import quote

from bibwright.csl.affixes import Dress, compile_dress
from bibwright.csl.citation_label import citation_label
from bibwright.csl.cite_form import suffix_text
from bibwright.csl.conditions import compile_condition
from bibwright.csl.context import MAX_CALLS, Context
from bibwright.csl.dates import compile_date, year_suffix
from bibwright.csl.errors import StyleError
from bibwright.csl.names import Element, NamesParts, compile_names
from bibwright.csl.numbers import format_number, is_numeric, is_several
from bibwright.csl.pages import format_pages
from bibwright.csl.pieces import CITATION_NUMBER, Piece, Pieces, join_parts
from bibwright.csl.quotes import has_quotes, smarten
from bibwright.csl.xml_tree import without

if TYPE_CHECKING:
    from bibwright.csl.locale import Locale
    from bibwright.csl.name_options import NameOptions
    from bibwright.csl.xml_tree import Node
    from bibwright.model.richtext import RichText

#: Several parts, each of which the delimiter of the enclosing group sets apart.
Parts = Callable[[Context], list[Pieces]]

MAX_NESTING = 100

_SHORT = {
    "title": ("title-short", "shortTitle"),
    "container-title": ("container-title-short", "journalAbbreviation"),
}
_LINKS = {
    "DOI": "https://doi.org/",
    "PMID": "https://www.ncbi.nlm.nih.gov/pubmed/",
    "PMCID": "https://www.ncbi.nlm.nih.gov/pmc/articles/",
}
_PAGES = frozenset(("page", "locator"))
_NUMBERS = frozenset(
    ("chapter-number", "collection-number", "edition", "issue", "number", "part-number", "section", "volume")
)
_COUNTS = frozenset(("number-of-pages", "number-of-volumes"))
#: `page-first` and others have no word of their own.
_LABEL_TERMS = {"page-first": "page", "number-of-pages": "page", "number-of-volumes": "volume"}


class Compiler:
    """Compiles one area of a style (its citations or its bibliography) with the name options of that area."""

    def __init__(self, name: str, macros: dict[str, Node], locale: Locale, options: NameOptions) -> None:
        self.name = name
        self.macros = macros
        self.locale = locale
        self.options = options
        #: The style says where the year suffix stands.
        self.places_suffix = False
        #: It keeps something for items that are not told apart otherwise.
        self.has_more_to_tell = False
        self._compiled: dict[str, Parts] = {}
        self._open: list[str] = []
        # How deep the compiler stands, how deep it has been, and how deep each macro goes.
        self._depth = 0
        self._deepest = 0
        self._heights: dict[str, int] = {}

    def parts(self, nodes: list[Node], outer: NamesParts | None = None) -> Parts:
        """The elements in a row. A `choose` among them gives as many parts as it prints elements."""
        compiled = [self._part(node, outer) for node in nodes]
        elements = [element for element, _ in compiled]
        if all(several is None for _, several in compiled):
            plain = [element for element in elements if element]
            return lambda ctx: [pieces for element in plain if (pieces := element(ctx))]

        def render(ctx: Context) -> list[Pieces]:
            parts: list[Pieces] = []
            for element, several in compiled:
                if several:
                    parts += several(ctx)
                elif element and (pieces := element(ctx)):
                    parts.append(pieces)
            return parts

        return render

    def element(self, node: Node, outer: NamesParts | None = None) -> Element:
        """One element by itself. Raises `StyleError` for what CSL does not know."""
        element, several = self._part(node, outer)
        if element:
            return element
        assert several
        return lambda ctx: join_parts(several(ctx), "")

    def substitute(self, node: Node, outer: NamesParts) -> Element:
        """One element of a `substitute`; of several in a `choose` only the first that prints does."""
        if node.tag != "choose":
            return self.element(node, outer)
        branches = [
            (
                compile_condition(child) if child.tag in ("if", "else-if") else None,
                [self.substitute(element, outer) for element in child.children],
            )
            for child in node.children
        ]

        def render(ctx: Context) -> Pieces:
            for condition, elements in branches:
                if condition is None or condition(ctx):
                    return next((pieces for element in elements if (pieces := element(ctx))), [])
            return []

        return render

    def macro(self, name: str, node: Node) -> Parts:
        """The macro called `name`, for the element `node`. A macro that comes back to itself is an error."""
        if name in self._compiled:
            self._descend(node, self._heights[name])
            return self._compiled[name]
        macro = self.macros.get(name)
        if macro is None:
            raise self.error(node, f'no macro has the name "{name}"')
        if name in self._open:
            circle = " > ".join([*self._open[self._open.index(name) :], name])
            raise self.error(node, f"the macro calls itself: {circle}")
        self._open.append(name)
        deepest, self._deepest = self._deepest, self._depth
        parts = self._compiled[name] = self.parts(macro.children)
        self._heights[name] = self._deepest - self._depth
        self._deepest = max(deepest, self._deepest)
        self._open.pop()
        return parts

    def error(self, node: Node, reason: str) -> StyleError:
        """What is wrong with `node`."""
        return StyleError(self.name, f"line {node.line}, <{node.tag}>", reason)

    def _descend(self, node: Node, levels: int) -> None:
        """Note that the style goes `levels` further down here; Python's stack has to hold all of them."""
        self._deepest = max(self._deepest, self._depth + levels)
        if self._deepest > MAX_NESTING:
            raise self.error(node, f"elements and macros are nested more than {MAX_NESTING} deep")

    def _part(self, node: Node, outer: NamesParts | None) -> tuple[Element | None, Parts | None]:
        self._descend(node, 1)
        self._depth += 1
        compiled = self._compile(node, outer)
        self._depth -= 1
        return compiled

    def _compile(self, node: Node, outer: NamesParts | None) -> tuple[Element | None, Parts | None]:
        match node.tag:
            case "text":
                return _noting(self._text(node)), None
            case "group":
                return self._group(node, outer), None
            case "names":
                return compile_names(node, self.options, outer, self.substitute), None
            case "date":
                return _noting(compile_date(node, self.locale)), None
            case "number":
                return _noting(self._number(node)), None
            case "label":
                return _noting(self._label(node)), None
            case "choose":
                return None, self._choose(node, outer)
            case _:
                raise self.error(node, "not an element that prints")

    def _text(self, node: Node) -> Element:
        get = node.get
        if name := get("macro"):
            return self._macro_text(node, name)
        if variable := get("variable"):
            return self._variable_text(node, variable)
        dress = compile_dress(node)
        if term := get("term"):
            word = self.locale.term(term, get("form", "long"), plural=get("plural") == "true")
            if not word:
                # A term that the style has emptied is a substitute that prints nothing.
                empty = [Piece("")] if word == "" else []
                return lambda ctx: empty if ctx.taken is not None else []
            if not self.locale.straight_quotes:
                word = word.replace("'", "’")
            printed = _term(word, dress)
            return (lambda ctx: _stand_in(ctx, printed(ctx))) if term == "no date" else printed
        if value := get("value"):
            fixed = [Piece(value)] if self.locale.straight_quotes else smarten([Piece(value)])
            return lambda ctx: dress(ctx, fixed)
        if "value" in node.attributes:
            return lambda ctx: []
        raise self.error(node, "has none of variable, macro, term and value")

    def _macro_text(self, node: Node, name: str) -> Element:
        parts = self.macro(name, node)
        # As in citeproc-js, the case of text is for the elements inside to say.
        dress = compile_dress(without(node, "text-case"))

        def render(ctx: Context) -> Pieces:
            ctx.calls += 1
            if ctx.calls > MAX_CALLS:
                return []
            called, printed, begun = ctx.called, ctx.printed, ctx.begun
            pieces = join_parts(parts(ctx), "")
            if not pieces or (ctx.called > called and ctx.printed == printed):
                ctx.begun = begun
                return []
            # A macro is a group, and to the group about it one that printed is a variable that had a value.
            ctx.called += 1
            ctx.printed += 1
            return dress(ctx, pieces)

        return render

    def _variable_text(self, node: Node, variable: str) -> Element:
        dress = compile_dress(node)
        if variable == "year-suffix":
            self.places_suffix = True
            return lambda ctx: _year_suffix(ctx, dress)
        if variable == "citation-label":
            self.places_suffix = True
            return lambda ctx: _citation_label(ctx, dress)
        if variable == "citation-number":
            return lambda ctx: _citation_number(ctx, dress)
        if variable in ("title-short", "container-title-short"):
            variables: tuple[str, ...] = (variable, *_SHORT[variable.removesuffix("-short")])
        elif node.get("form") == "short":
            variables = (*_SHORT.get(variable, ()), f"{variable}-short", variable)
        else:
            variables = (variable,)
        is_paged = variable in _PAGES
        is_number = variable in _NUMBERS
        links = variable in _LINKS or variable == "URL"
        smart = not self.locale.straight_quotes and not links

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
            if is_paged:
                return dress(ctx, [Piece(_pages(ctx, variable))])
            if is_number and is_several(text := ctx.plain(name)) and is_numeric(text):
                return dress(ctx, [Piece(format_number(text, "numeric", ctx.locale))])
            pieces = _field_pieces(value)
            if links:
                text = ctx.plain(name)
                return dress(ctx, [Piece(text, link=_link(variable, text))])
            if smart and any(has_quotes(piece.text) for piece in pieces):
                pieces = smarten(pieces)
            return dress(ctx, pieces)

        return render

    def _number(self, node: Node) -> Element:
        variable, form = node.get("variable"), node.get("form", "numeric")
        dress = compile_dress(node)
        if variable == "citation-number" and form == "numeric":
            return lambda ctx: _citation_number(ctx, dress)
        word = self.locale.find_term(variable)
        gender = word.gender if word else ""

        def render(ctx: Context) -> Pieces:
            ctx.called += 1
            text = ctx.plain(variable)
            if not text:
                return []
            ctx.count(variable)
            if variable in _PAGES and form == "numeric":
                text = _pages(ctx, variable)
            elif is_numeric(text) and len(ctx.text(variable)) == 1:
                text = format_number(text, form, ctx.locale, gender)
            else:
                return dress(ctx, _field_pieces(ctx.text(variable)))
            return dress(ctx, [Piece(text)])

        return render

    def _label(self, node: Node) -> Element:
        variable, form = node.get("variable"), node.get("form", "long")
        plural = node.get("plural", "contextual")
        dress = compile_dress(node)

        def render(ctx: Context) -> Pieces:
            # Without a value it is a term like any other: the group about it decides whether it stays.
            text = ctx.plain(variable)
            name = ctx.locator_label if variable == "locator" else variable
            is_plural = text.strip() not in ("0", "1") if variable in _COUNTS else is_several(text)
            many = plural == "always" or (plural == "contextual" and is_plural)
            word = ctx.locale.term(name, form, plural=many)
            if word is None and name in _LABEL_TERMS:
                word = ctx.locale.term(_LABEL_TERMS[name], form, plural=many)
            return dress(ctx, [Piece(word)]) if word else []

        return render

    def _group(self, node: Node, outer: NamesParts | None) -> Element:
        parts = self.parts(node.children, outer)
        delimiter = node.get("delimiter")
        dress = compile_dress(node)

        def render(ctx: Context) -> Pieces:
            called, printed, begun = ctx.called, ctx.printed, ctx.begun
            rendered = parts(ctx)
            if not rendered or (ctx.called > called and ctx.printed == printed):
                ctx.begun = begun
                return []
            # To the group about it, a group that printed is a variable that had a value.
            ctx.called += 1
            ctx.printed += 1
            return dress(ctx, join_parts(rendered, delimiter))

        return render

    def _choose(self, node: Node, outer: NamesParts | None) -> Parts:
        branches: list[tuple[Callable[[Context], bool], Parts]] = []
        otherwise: Parts | None = None
        for child in node.children:
            self.has_more_to_tell = self.has_more_to_tell or bool(child.get("disambiguate"))
            if child.tag in ("if", "else-if"):
                branches.append((compile_condition(child), self.parts(child.children, outer)))
            elif child.tag == "else":
                otherwise = self.parts(child.children, outer)
            else:
                raise self.error(child, "expected <if>, <else-if> or <else>")

        def render(ctx: Context) -> list[Pieces]:
            for condition, parts in branches:
                if condition(ctx):
                    return parts(ctx)
            return otherwise(ctx) if otherwise else []

        return render


def _noting(element: Element) -> Element:
    """`element`, which notes that something has printed."""

    def render(ctx: Context) -> Pieces:
        pieces = element(ctx)
        if pieces:
            ctx.begun = True
        return pieces

    return render


def _term(word: str, dress: Dress) -> Element:
    """A term; the one that a note or an entry of a bibliography begins with has a capital."""
    pieces = [Piece(word)]
    large = [Piece(word[:1].upper() + word[1:])]
    return lambda ctx: dress(ctx, large if ctx.terms_begin_large and not ctx.begun else pieces)


def _citation_number(ctx: Context, dress: Dress) -> Pieces:
    ctx.called += 1
    text = ctx.given.get("citation-number")
    if not text or "citation-number" in ctx.suppressed:
        return []
    ctx.count("citation-number")
    return dress(ctx, [Piece(text, role=CITATION_NUMBER, number=int(text))])


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


def _field_pieces(value: RichText) -> Pieces:
    """A field's runs as pieces; an entry is one paragraph, so the line feeds of an abstract become blanks."""
    return [Piece(run.text.replace("\n", " "), markup=run.style.value) for run in value]


def _stand_in(ctx: Context, pieces: Pieces) -> Pieces:
    """Pieces that stand for a missing value, so that the groups about them do not vanish."""
    ctx.called += 1
    ctx.printed += 1
    return pieces


def _pages(ctx: Context, variable: str) -> str:
    if variable == "locator" and ctx.locator_label != "page":
        text = ctx.plain(variable)
        return format_number(text, "numeric", ctx.locale) if is_numeric(text) else text
    return format_pages(ctx.plain(variable), ctx.page_range_format, ctx.locale.term("page-range-delimiter") or "–")


def _link(variable: str, text: str) -> str:
    """The address that an identifier leads to; empty when the text is not one."""
    if text.startswith(("https://", "http://")):
        return text
    if variable == "URL":
        return ""
    return _LINKS[variable] + quote(text.removeprefix("doi:").strip(), safe="/:;.()-_~!$&'*+,=@", errors="replace")
