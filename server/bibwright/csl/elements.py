"""The rendering elements of CSL, compiled: each becomes a function from the context to pieces.

Compiling walks the style once, follows macros, and decides everything that does not depend on the record.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from bibwright.csl.affixes import compile_dress
from bibwright.csl.conditions import compile_condition
from bibwright.csl.context import Context
from bibwright.csl.dates import compile_date
from bibwright.csl.errors import StyleError
from bibwright.csl.limits import CHARACTERS_A_STEP, MAX_ELEMENTS, PIECES_A_STEP
from bibwright.csl.names import NamesParts, compile_names
from bibwright.csl.number_elements import compile_label, compile_number
from bibwright.csl.pieces import Element, Pieces, join_parts
from bibwright.csl.text_elements import SUFFIXED, compile_term, compile_value, compile_variable
from bibwright.csl.xml_tree import without

if TYPE_CHECKING:
    from bibwright.csl.locale import Locale
    from bibwright.csl.name_options import NameOptions
    from bibwright.csl.xml_tree import Node

#: Several parts, each of which the delimiter of the enclosing group sets apart.
Parts = Callable[[Context], list[Pieces]]

MAX_NESTING = 100


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
        #: It prints variables that belong to the record, not to its place in the list.
        self.asks_of_record = False
        self._compiled: dict[str, Parts] = {}
        self._open: list[str] = []
        # How deep the compiler stands, how deep it has been, and how deep each macro goes.
        self._depth = 0
        self._deepest = 0
        self._count = 0
        self._heights: dict[str, int] = {}

    def parts(self, nodes: list[Node], outer: NamesParts | None = None) -> Parts:
        """The elements in a row. A `choose` among them gives as many parts as it prints elements."""
        compiled = [self._part(node, outer) for node in nodes]
        elements = [element for element, _ in compiled]
        steps, line = sum(map(_steps, nodes)), nodes[0].line if nodes else 0
        if all(several is None for _, several in compiled):
            plain = [element for element in elements if element]

            def render_plain(ctx: Context) -> list[Pieces]:
                ctx.left -= steps
                if ctx.left < 0:
                    ctx.fetch(line)
                return [pieces for element in plain if (pieces := element(ctx))]

            return render_plain

        def render(ctx: Context) -> list[Pieces]:
            ctx.left -= steps
            if ctx.left < 0:
                ctx.fetch(line)
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
        self._count += 1
        if self._count > MAX_ELEMENTS:
            raise self.error(
                node, f"the style has more than {MAX_ELEMENTS} elements, macros in sort keys counted again"
            )
        self._deepest = max(self._deepest, self._depth + levels)
        if self._deepest > MAX_NESTING:
            raise self.error(node, f"elements and macros are nested more than {MAX_NESTING} deep")

    def _part(self, node: Node, outer: NamesParts | None) -> tuple[Element | None, Parts | None]:
        self._descend(node, 1)
        self._depth += 1
        self.asks_of_record = self.asks_of_record or node.get("variable") not in ("", "citation-number")
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
                return _noting(compile_number(node, self.locale)), None
            case "label":
                return _noting(compile_label(node)), None
            case "choose":
                return None, self._choose(node, outer)
            case _:
                raise self.error(node, "not an element that prints")

    def _text(self, node: Node) -> Element:
        get = node.get
        if name := get("macro"):
            return self._macro_text(node, name)
        if variable := get("variable"):
            self.places_suffix = self.places_suffix or variable in SUFFIXED
            return compile_variable(node, variable, self.locale)
        if term := get("term"):
            return compile_term(node, term, self.locale)
        if "value" in node.attributes:
            return compile_value(node, get("value"), self.locale)
        raise self.error(node, "has none of variable, macro, term and value")

    def _macro_text(self, node: Node, name: str) -> Element:
        parts = self.macro(name, node)
        # As in citeproc-js, the case of text is for the elements inside to say.
        dress = compile_dress(without(node, "text-case"))

        def render(ctx: Context) -> Pieces:
            called, printed, begun = ctx.called, ctx.printed, ctx.begun
            pieces = join_parts(parts(ctx), "")
            if not pieces or (ctx.called > called and ctx.printed == printed):
                ctx.begun = begun
                return []
            # A macro is a group, and to the group about it one that printed is a variable that had a value.
            ctx.called += 1
            ctx.printed += 1
            if len(pieces) > PIECES_A_STEP:
                ctx.spend(len(pieces) // PIECES_A_STEP, node.line)
            return dress(ctx, pieces)

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
            pieces = join_parts(rendered, delimiter)
            if len(pieces) > PIECES_A_STEP:
                ctx.spend(len(pieces) // PIECES_A_STEP, node.line)
            return dress(ctx, pieces)

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


def _steps(node: Node) -> int:
    """What it costs to look at an element: its own texts count, and so do all tests of a `choose`."""
    texts = sum(map(len, node.attributes.values())) // CHARACTERS_A_STEP
    tests = sum(1 + sum(map(len, child.attributes.values())) // CHARACTERS_A_STEP for child in node.children)
    return 1 + texts + (tests if node.tag == "choose" else 0)


def _noting(element: Element) -> Element:
    """`element`, which notes that something has printed."""

    def render(ctx: Context) -> Pieces:
        pieces = element(ctx)
        if pieces:
            ctx.begun = True
        return pieces

    return render
