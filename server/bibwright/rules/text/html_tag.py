r"""A value is marked up with tags of HTML or of a publisher's XML.

Databases mark up titles for web pages. LaTeX prints the tags; of RIS some readers know a few of them, others print
them. In a .bib italics, bold, small capitals, sub- and superscripts have commands, and other tags can only go. Formulas
and what merely looks like a tag (`p < 0.05`, `a<b>c`) are left alone.

Bad::

    @book{smith2020,
      title = {The Genus <i>Quercus</i>}
    }

Good::

    @book{smith2020,
      title = {The Genus \emph{Quercus}}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from bibwright.analysis.diagnostics import Fix, Severity, safe_fix, unsafe_fix
from bibwright.analysis.rule import SAFE, UNSAFE, Context, Report, fields, rule
from bibwright.formats.bibtex.latex import is_balanced
from bibwright.rules.quoting import quoted
from bibwright.rules.text.fields import is_verbatim
from bibwright.rules.text.values import has_no_signs, masked_text, text_pieces
from bibwright.syntax.nodes import Entry, Field, Piece, field_name
from bibwright.text.spans import Edit, Span

_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>(?:jats:|mml:|ns\d:)?(?:i|b|u|p|a|em|strong|sub|sup|scp|sc|inf|tt|italic|bold|span|br|div|font|"
    r"small|title|sec|list|list-item|math|ol|ul|li|h[1-6]|roman|fm|"
    r"m(?:row|i|o|n|text|sub|sup|subsup|frac|sqrt|style|over|under|space|fenced|table|tr|td)))"
    r"(?:\s[^<>]{0,300})?(?P<empty>/?)>",
    re.IGNORECASE,
)
#: Tags of one letter may be signs between variables: they count only with the tag that closes them.
_SHORT = frozenset("ibupa")
_COMMANDS = {
    **dict.fromkeys(("i", "em", "italic"), "emph"),
    **dict.fromkeys(("b", "strong", "bold"), "textbf"),
    **dict.fromkeys(("sub", "inf"), "textsubscript"),
    "sup": "textsuperscript",
    **dict.fromkeys(("scp", "sc"), "textsc"),
    "u": "underline",
    "tt": "texttt",
}
#: Reference managers write whole notes in HTML, and read them so.
_NOTES = ("n1", "rn", "annote", "annotation", "comment", "review")
_SUBSCRIPTS = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
_SUPERSCRIPTS = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
#: Longer text between two tags is not looked at: tags can be nested thousands deep.
_LONGEST = 2000
_INDEX = re.compile(r"[0-9+-]+")


class _Tag(NamedTuple):
    span: Span
    name: str
    is_closing: bool
    is_empty: bool


@rule("T603", "html-tag", Severity.INFORMATION, watches=fields(unless=has_no_signs), needs="<", fixes=(SAFE, UNSAFE))
def html_tag(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """Of a pair of tags the first is reported; a formula in MathML is one finding."""
    text = context.text
    if "<" not in text[field.value.start : field.value.end]:
        return
    name = field_name(text, field).lower()
    if name in _NOTES or is_verbatim(name):
        return
    for piece in text_pieces(field):
        content = piece.content
        if "<" not in text[content.start : content.end]:
            continue
        value = masked_text(context, piece) if context.format == "bibtex" else text[content.start : content.end]
        tags = []
        for is_formula, tag in _tags(value):
            if not is_formula:
                tags.append(tag)
                continue
            span = _moved(tag.span, content.start)
            edits = [Edit(*_moved(Span(*match.span()), content.start), "") for match in _TAG.finditer(value, *tag.span)]
            fixes = () if context.is_cut(entry) else (unsafe_fix("Delete the tags of the formula", *edits),)
            yield Report(Span(span.start, span.start + 5), "a formula is written in MathML", fixes)
        yield from _report(context, entry, piece, tags)


def _tags(value: str) -> Iterator[tuple[bool, _Tag]]:
    """The tags of a value, and each formula in MathML as a whole."""
    at = 0
    may_close = True
    while (match := _TAG.search(value, at)) is not None:
        name = match["name"].lower()
        name = name.rpartition(":")[2]
        at = match.end()
        if name == "math" and not match["close"] and may_close:
            close = f"</{match['name']}>"
            end = value.find(close, at)
            may_close = end >= 0
            if may_close:
                at = end + len(close)
                yield True, _Tag(Span(match.start(), at), name, is_closing=False, is_empty=False)
                continue
        yield False, _Tag(Span(*match.span()), name, bool(match["close"]), bool(match["empty"]) or name == "br")


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def _report(context: Context, entry: Entry, piece: Piece, tags: list[_Tag]) -> Iterator[Report]:
    start = piece.content.start
    pairs = _pairs(tags)
    closing = set(pairs.values())
    for number, tag in enumerate(tags):
        if number in closing:
            continue
        partner = pairs.get(number)
        if partner is None and (tag.name in _SHORT or (tag.is_closing and len(tags) == 1)):
            continue
        span = _moved(tag.span, start)
        fixes: tuple[Fix, ...] = ()
        if not context.is_cut(entry):
            last = None if partner is None else _moved(tags[partner].span, start)
            fixes = (_fix(context, tag.name, span, last),)
        yield Report(span, f"{quoted(span.of(context.text))} is a tag of HTML or XML", fixes)


def _pairs(tags: list[_Tag]) -> dict[int, int]:
    """The number of the closing tag by that of the opening one; tags that are nested wrongly have no partner."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    names: dict[str, int] = {}
    for number, tag in enumerate(tags):
        if tag.is_empty:
            continue
        if not tag.is_closing:
            opened.append(number)
            names[tag.name] = names.get(tag.name, 0) + 1
        elif names.get(tag.name):
            while (first := opened.pop()) >= 0:
                names[tags[first].name] -= 1
                if tags[first].name == tag.name:
                    pairs[first] = number
                    break
    return pairs


def _fix(context: Context, name: str, first: Span, last: Span | None) -> Fix:
    text = context.text
    if last is None:
        return unsafe_fix("Delete the tag", Edit(*first, " " if name == "br" else ""))
    inside = text[first.end : last.start]
    command = _COMMANDS.get(name)
    if context.format == "bibtex" and command is not None and len(inside) < _LONGEST and is_balanced(inside):
        return safe_fix(f"Write \\{command}", Edit(*first, f"\\{command}{{"), Edit(*last, "}"))
    if name in ("sub", "inf", "sup") and context.format == "ris":
        if not _INDEX.fullmatch(inside):
            return unsafe_fix("Delete the tags", Edit(*first, ""), Edit(*last, ""))
        written = inside.translate(_SUPERSCRIPTS if name == "sup" else _SUBSCRIPTS)
        return unsafe_fix(f"Write {written}", Edit(first.start, last.end, written))
    return unsafe_fix("Delete the tags", Edit(*first, ""), Edit(*last, ""))
