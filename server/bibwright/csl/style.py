"""A citation style: CSL text compiled to closures, once.

The citations and the bibliography of a style are two areas that share macros but not the options of name
lists, so each is compiled for itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bibwright.csl.affixes import Dress, compile_dress
from bibwright.csl.elements import Compiler, Parts
from bibwright.csl.errors import StyleError
from bibwright.csl.fallback import plain_citation_text
from bibwright.csl.limits import MAX_SORT_KEYS, MAX_STEPS, TooMuchWorkError
from bibwright.csl.locale import Locale, style_locale
from bibwright.csl.locale_source import DEFAULT_LANGUAGE, LocaleSource, packaged_locales
from bibwright.csl.name_options import NameOptions, inherit_options, sort_key_options
from bibwright.csl.pieces import Piece, Pieces
from bibwright.csl.xml_tree import Node, parse_xml
from bibwright.model.vocabulary import NAME_VARIABLES

if TYPE_CHECKING:
    from bibwright.csl.context import Context


@dataclass(frozen=True, slots=True)
class SortKey:
    """A key that entries are sorted by: a variable, or the text of a macro."""

    variable: str
    macro: Parts | None
    descending: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout: what an item prints, how that is dressed, and what stands between two items of a citation."""

    parts: Parts
    delimiter: str
    dress: Dress


@dataclass(frozen=True, slots=True)
class Area:
    """`citation` or `bibliography`: its layout, its sort keys and its other attributes.

    `asks_of_record`: it prints more than numbers of the list.
    """

    layout: Layout
    sort_keys: tuple[SortKey, ...]
    attributes: dict[str, str]
    #: It says where the year suffix stands; it keeps something for items that are not told apart otherwise.
    places_suffix: bool
    has_more_to_tell: bool
    asks_of_record: bool


@dataclass(frozen=True, slots=True)
class Style:
    """A compiled citation style. `bibliography` is None for a style that has none (a note style may not)."""

    name: str
    title: str
    locale: Locale
    page_range_format: str
    citation: Area | None
    bibliography: Area | None
    #: The style's `class`: `in-text` or `note`.
    kind: str = "in-text"
    #: The style says where the year suffix stands.
    places_suffix: bool = False


def parse_style(
    xml: str, name: str, *, lang: str = "", own_lang: str = "", locales: LocaleSource = packaged_locales
) -> Style:
    """The style that `xml` (the text of a .csl file) describes. Raises `StyleError`.

    It speaks `own_lang`, which a style that depends on it may have, else its default language, else `lang`, else
    American English.
    """
    root = parse_xml(xml, name)
    if root.tag != "style":
        raise StyleError(name, f"line {root.line}", f"expected <style>, found <{root.tag}>")
    info = root.find("info")
    title_node = info.find("title") if info else None
    title = " ".join(title_node.text.split()) if title_node else name
    if info and any(child.tag == "link" and child.get("rel") == "independent-parent" for child in info.children):
        raise StyleError(name, f"line {root.line}", "the style only points to another one; open that one")
    locale = style_locale(root, own_lang or root.get("default-locale") or lang or DEFAULT_LANGUAGE, locales)
    macros = {child.get("name"): child for child in root.children if child.tag == "macro"}
    options = inherit_options(NameOptions(), root)
    citation, bibliography = root.find("citation"), root.find("bibliography")
    if citation is None and bibliography is None:
        raise StyleError(name, f"line {root.line}", "has neither <citation> nor <bibliography>")
    citation_area = _compile_area(name, citation, macros, locale, options)
    bibliography_area = _compile_area(name, bibliography, macros, locale, options)
    return Style(
        name=name,
        title=title,
        locale=locale,
        page_range_format=root.get("page-range-format"),
        citation=citation_area,
        bibliography=bibliography_area,
        kind=root.get("class", "in-text"),
        places_suffix=any(area.places_suffix for area in (citation_area, bibliography_area) if area),
    )


def _compile_area(
    name: str, node: Node | None, macros: dict[str, Node], locale: Locale, options: NameOptions
) -> Area | None:
    if node is None:
        return None
    options = inherit_options(options, node)
    compiler = Compiler(name, macros, locale, options)
    layout = node.find("layout")
    if layout is None:
        raise compiler.error(node, "has no <layout>")
    sort = node.find("sort")
    if sort and len(sort.children) > MAX_SORT_KEYS:
        raise compiler.error(sort, f"has {len(sort.children)} keys, more than {MAX_SORT_KEYS}")
    keys = tuple(_compile_key(compiler, key) for key in sort.children) if sort else ()
    return Area(
        Layout(
            _bounded(name, compiler.parts(layout.children)),
            layout.get("delimiter"),
            compile_dress(layout, affixes_inside=True),
        ),
        keys,
        dict(node.attributes),
        compiler.places_suffix,
        compiler.has_more_to_tell,
        compiler.asks_of_record,
    )


def _compile_key(compiler: Compiler, node: Node) -> SortKey:
    descending = node.get("sort") == "descending"
    macro, variable = node.get("macro"), node.get("variable")
    options = sort_key_options(replace(compiler.options, name_as_sort_order="all"), node)
    own = Compiler(compiler.name, compiler.macros, compiler.locale, options)
    if variable in NAME_VARIABLES:
        names = Node("names", node.line, {"variable": variable}, [Node("name", node.line, {"form": "long"})])
        return SortKey(variable, _bounded(compiler.name, own.parts([names])), descending)
    if not macro:
        return SortKey(variable, None, descending)
    return SortKey("", _bounded(compiler.name, own.macro(macro, node)), descending)


def _bounded(name: str, parts: Parts) -> Parts:
    """`parts`, in whose place a plain citation stands that says so where they make too many steps."""

    def render(ctx: Context) -> list[Pieces]:
        try:
            return parts(ctx)
        except TooMuchWorkError as error:
            where = f"{name}, line {error.line}" if error.line else name
            note = f" [{where}: stopped after {MAX_STEPS:,} steps]"
            ctx.taken = None
            ctx.used.add("title")
            pieces = [Piece(plain_citation_text(ctx.record)), Piece("" if ctx.sorting else note)]
            ctx.author_pieces = pieces
            return [pieces]

    return render
