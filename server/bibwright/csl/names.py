"""Name lists: joining names, shortening them to `et al.`, labels, and what stands in for a missing list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from bibwright.csl.affixes import Dress, compile_affixes, compile_dress
from bibwright.csl.cite_form import NO_GIVEN, NameList
from bibwright.csl.context import Context
from bibwright.csl.name_form import FAMILY_AFFIXES, is_joined_script, render_name
from bibwright.csl.name_options import NameOptions, level_of, name_options, options_at
from bibwright.csl.pieces import Element, Piece, Pieces, join_parts, text_of
from bibwright.csl.repeated_authors import substitute_authors
from bibwright.csl.xml_tree import Node, without
from bibwright.model.names import OTHERS, Name

_SPACE = Piece(" ")


class _Label(NamedTuple):
    form: str
    plural: str
    dress: Dress
    before: bool


@dataclass(frozen=True, slots=True)
class NamesParts:
    """The children of a `names` element that a `names` inside its `substitute` inherits."""

    options: NameOptions
    #: The font of each name, and the affixes of each person's.
    name_dress: Dress
    affixes: Dress | None = None
    part_dress: dict[str, Dress] = field(default_factory=dict)
    et_al_term: str = "et-al"
    et_al_dress: Dress | None = None
    label: _Label | None = None
    #: The attributes of the element itself.
    attributes: dict[str, str] = field(default_factory=dict)

    def render(self, ctx: Context, name: Name, options: NameOptions, *, inverted: bool) -> Pieces:
        """One name of a list."""
        pieces = self.name_dress(ctx, render_name(ctx, name, options, self.part_dress, inverted=inverted))
        return self.affixes(ctx, pieces) if self.affixes and pieces and not name.literal else pieces


def compile_names(
    node: Node,
    options: NameOptions,
    outer: NamesParts | None,
    compile_substitute: Callable[[Node, NamesParts], Element],
) -> Element:
    """The `names` element. `outer` are the parts of the `names` in whose substitute it stands."""
    if outer and not node.children:
        # A bare `names` in a substitute is the one about it with other variables.
        node = replace(node, attributes={**node.attributes, **outer.attributes, "variable": node.get("variable")})
    parts = _compile_parts(node, options, outer)
    variables = node.get("variable").split()
    delimiter = node.get("delimiter", parts.options.names_delimiter)
    dress = compile_dress(node)
    substitute = node.find("substitute")
    substitutes = [compile_substitute(child, parts) for child in substitute.children] if substitute else []

    def render(ctx: Context) -> Pieces:
        is_first = ctx.authors is None and ctx.in_citation and ctx.taken is None
        pieces = render_lists(ctx)
        if is_first and pieces:
            if ctx.hides_authors:
                ctx.authors = ctx.authors or ""
                return []
            ctx.authors = ctx.authors or ""
            ctx.author_pieces = pieces
        ctx.begun = ctx.begun or bool(pieces)
        return pieces

    def render_lists(ctx: Context) -> Pieces:
        lists = [(variable, names) for variable in variables if (names := ctx.names(variable))]
        ctx.called += 1
        if not lists:
            return _first_substitute(ctx, substitutes)
        if _are_same_people(lists) and ctx.locale.term("editortranslator"):
            ctx.count("translator")
            ctx.count("editor")
            lists = [("editortranslator", lists[0][1])]
        if parts.options.form == "count":
            return _count_names(ctx, lists, parts, dress)
        rendered: list[Pieces] = []
        for variable, names in lists:
            ctx.count(variable)
            rendered.append(_render_labelled(ctx, variable, names, parts))
        if ctx.taken is not None:
            # In a substitute even the names themselves print only once.
            ctx.suppressed.update(variable for variable, _ in lists)
        pieces = dress(ctx, join_parts([part for part in rendered if part], delimiter))
        if ctx.authors is None:
            ctx.authors = text_of(pieces)
        return pieces

    return render


def _are_same_people(lists: list[tuple[str, tuple[Name, ...]]]) -> bool:
    """Editors who are the translators, too: they are listed once."""
    return {variable for variable, _ in lists} == {"editor", "translator"} and lists[0][1] == lists[1][1]


def _compile_parts(node: Node, options: NameOptions, outer: NamesParts | None) -> NamesParts:
    """The children of `node`; those that it lacks are those of the `names` in whose substitute it stands."""
    name, et_al, label = node.find("name"), node.find("et-al"), node.find("label")
    parts = outer or NamesParts(options, compile_dress(Node("name", node.line)))
    parts = replace(parts, attributes=node.attributes)
    if name:
        parts = replace(
            parts,
            options=name_options(options, name),
            name_dress=compile_dress(without(name, "prefix", "suffix")),
            affixes=compile_affixes(name),
            part_dress=_part_dress(name),
        )
    if et_al:
        parts = replace(parts, et_al_term=et_al.get("term", "et-al"), et_al_dress=compile_dress(et_al))
    if label:
        form, plural = label.get("form", "long"), label.get("plural", "contextual")
        before = name is not None and node.children.index(label) < node.children.index(name)
        parts = replace(parts, label=_Label(form, plural, compile_dress(label), before))
    return parts


def _part_dress(name: Node) -> dict[str, Dress]:
    dress: dict[str, Dress] = {}
    for part in name.children:
        if part.tag != "name-part":
            continue
        if part.get("name") == "family" and (affixes := compile_affixes(part)):
            dress[FAMILY_AFFIXES] = affixes
            part = without(part, "prefix", "suffix")
        dress[part.get("name")] = compile_dress(part)
    return dress


def _first_substitute(ctx: Context, substitutes: list[Element]) -> Pieces:
    """The first substitute that prints; its variables print nowhere else in the entry."""
    for element in substitutes:
        ctx.spend(1)
        outer_taken = ctx.taken
        ctx.taken = set()
        pieces = element(ctx)
        taken, ctx.taken = ctx.taken, outer_taken
        if pieces:
            # The list that it stands for counts as printed.
            ctx.called += 1
            ctx.printed += 1
            ctx.suppressed |= taken
            if outer_taken is not None:
                outer_taken |= taken
            if ctx.first_names is None:
                ctx.first_names = (text_of(pieces),)
                if ctx.author_substitute and ctx.first_names == ctx.previous_names:
                    return [Piece(ctx.author_substitute[0])]
            return pieces if text_of(pieces) else []
    return []


def _count_names(ctx: Context, lists: list[tuple[str, tuple[Name, ...]]], parts: NamesParts, dress: Dress) -> Pieces:
    total = 0
    for variable, names in lists:
        ctx.count(variable)
        shown, _, _ = _cut(ctx, names, parts.options)
        total += len(shown)
    return dress(ctx, [Piece(f"{total:04}" if ctx.sorting else str(total))])


def _render_labelled(ctx: Context, variable: str, names: tuple[Name, ...], parts: NamesParts) -> Pieces:
    pieces = _render_list(ctx, names, parts)
    label = parts.label
    if label is None or not pieces or ctx.sorting:
        return pieces
    many = label.plural == "always" or (label.plural == "contextual" and len(names) > 1)
    term = ctx.locale.term(variable, label.form, plural=many)
    if not term:
        return pieces
    text = label.dress(ctx, [Piece(term)])
    return text + pieces if label.before else pieces + text


def _cut(
    ctx: Context, names: tuple[Name, ...], options: NameOptions, least: int = 0
) -> tuple[tuple[Name, ...], Name | None, bool]:
    """The names before `et al.`, the one to print after an ellipsis, and whether any are left out.

    `least` names show in any case, so that the item is told from others.
    """
    others = names[-1] == OTHERS
    known = names[:-1] if others else names
    minimum, first = options.et_al_min, options.et_al_use_first
    if "subsequent" in ctx.position:
        minimum = options.et_al_subsequent_min or minimum
        first = options.et_al_subsequent_use_first or first
    if minimum and first and len(known) >= minimum:
        shown = known[: max(first, least)]
        if len(shown) < len(known):
            last = known[-1] if options.et_al_use_last and len(known) >= len(shown) + 2 and not others else None
            return shown, last, True
    return known, None, others


def _render_list(ctx: Context, names: tuple[Name, ...], parts: NamesParts) -> Pieces:
    options = parts.options
    number = len(ctx.name_lists)
    shown, last, is_cut = _cut(ctx, names, options, ctx.form.names_of(number))
    base = level_of(options)
    ctx.name_lists.append(NameList(names, len(shown), base))
    ctx.spend(len(shown))
    rendered: list[Pieces] = []
    for at, name in enumerate(shown):
        inverted = options.name_as_sort_order == "all" or (options.name_as_sort_order == "first" and at == 0)
        level = max(base, ctx.form.given_of(number, at), ctx.name_levels.of(name, at) if ctx.name_levels else NO_GIVEN)
        own = options_at(options, level) if level > base else options
        rendered.append(parts.render(ctx, name, own, inverted=inverted or ctx.sorting))
    if not rendered:
        return []
    if ctx.first_names is None:
        rendered, is_whole = substitute_authors(ctx, rendered)
        if is_whole:
            return rendered[0]
    before_last = len(shown) - (1 if is_cut else 2)
    ends_inverted = (
        before_last >= 0
        and not shown[before_last].literal
        and (options.name_as_sort_order == "all" or (options.name_as_sort_order == "first" and before_last == 0))
    )
    if last is not None:
        inverted = options.name_as_sort_order == "all" or ctx.sorting
        ending = parts.render(ctx, last, options, inverted=inverted)
        return [*join_parts(rendered, options.delimiter), Piece(options.delimiter), Piece("… "), *ending]
    if is_cut:
        return _with_et_al(ctx, rendered, parts, after_inverted=ends_inverted)
    if len(rendered) == 1:
        return rendered[0]
    return _joined(ctx, rendered, options, after_inverted=ends_inverted, ends_in_literal=bool(shown[-1].literal))


def _joined(
    ctx: Context, rendered: list[Pieces], options: NameOptions, *, after_inverted: bool, ends_in_literal: bool
) -> Pieces:
    if not options.and_ or ctx.sorting:
        return join_parts(rendered, options.delimiter)
    word = "&" if options.and_ == "symbol" else ctx.locale.term("and") or "and"
    delimited = _is_delimited(
        options.delimiter_precedes_last, contextual=len(rendered) > 2, after_inverted=after_inverted
    )
    if len(rendered) == 2 and ends_in_literal:
        # As in citeproc-js, a person or an organisation and an organisation take the word alone.
        delimited = False
    # A style may use a semicolon for the word.
    blank = "" if word[:1] in (",", ";") else " "
    between = f"{options.delimiter.rstrip()}{blank}{word} " if delimited else f"{blank}{word} "
    return [*join_parts(rendered[:-1], options.delimiter), Piece(between), *rendered[-1]]


def _is_delimited(precedes: str, *, contextual: bool, after_inverted: bool) -> bool:
    """Whether a delimiter stands there, by one of the `delimiter-precedes-...` options; `contextual` is its default."""
    match precedes:
        case "always":
            return True
        case "never":
            return False
        case "after-inverted-name":
            return after_inverted
        case _:
            return contextual


def _with_et_al(ctx: Context, rendered: list[Pieces], parts: NamesParts, *, after_inverted: bool) -> Pieces:
    pieces = join_parts(rendered, parts.options.delimiter)
    term = ctx.locale.term(parts.et_al_term) or ""
    if not term or ctx.sorting:
        return pieces
    precedes = parts.options.delimiter_precedes_et_al
    delimited = _is_delimited(precedes, contextual=len(rendered) > 1, after_inverted=after_inverted)
    # In Chinese and Japanese the term follows without a blank.
    blank = [] if is_joined_script(term) else [_SPACE]
    between = [Piece(parts.options.delimiter)] if delimited else blank
    text = parts.et_al_dress(ctx, [Piece(term)]) if parts.et_al_dress else [Piece(term)]
    return [*pieces, *parts.name_dress(ctx, [*between, *text])]
