"""Hover: what a field or tag means, and anywhere else in an entry its citation in the chosen styles.

Where something was found, and on a code in a comment that has rules ignored, the rules are explained below.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import quote

from bibwright.analysis.options import StyleInUse
from bibwright.analysis.resolver import DocumentResolver
from bibwright.analysis.rule import Rule
from bibwright.analysis.workspace import OpenDocument
from bibwright.csl.errors import StyleError
from bibwright.csl.fallback import plain_citation
from bibwright.csl.output import escape_markdown, to_markdown
from bibwright.csl.render import render_bibliography_entry
from bibwright.csl.single import render_single_citation
from bibwright.csl.style import Style
from bibwright.features.locate import EntryAt, find_entry_at, find_named_field
from bibwright.features.rule_docs import find_rule, page_path
from bibwright.features.styles import describe_style, resolve_style
from bibwright.model.record import Record
from bibwright.syntax.document import Position, locate
from bibwright.syntax.nodes import field_name
from bibwright.syntax.suppressions import SIGN
from bibwright.text.blocklist import Place
from bibwright.text.columns import PositionEncoding
from bibwright.text.spans import Span

#: How the documentation of rules writes what is code.
_LITERAL = re.compile(r"``(.+?)``")
#: More rules than these at one place are told by their diagnostics.
_MOST_RULES = 5


class Hover(NamedTuple):
    """Markdown, and the span in the block at `place` that it is about."""

    markdown: str
    place: Place
    span: Span


def hover(
    document: OpenDocument,
    position: Position,
    styles: Sequence[str],
    encoding: PositionEncoding,
    locale: str = "",
    *,
    project: StyleInUse | None = None,
) -> Hover | None:
    """What to show at a position, the style of the project first; None where there is nothing to say."""
    explained = _rules_at(document, position, encoding)
    shown = _hover_entry(document, position, styles, encoding, locale, project)
    if explained is None or shown is None:
        return shown or explained
    return shown._replace(markdown=f"{shown.markdown}\n\n---\n\n{explained.markdown}")


def _rules_at(document: OpenDocument, position: Position, encoding: PositionEncoding) -> Hover | None:
    """The rules that found something at a position, or that are named there to be ignored."""
    place, offset = locate(document.blocks, position, encoding)
    block = document.blocks.block(place)
    spans: dict[str, Span] = {}
    for diagnostic in document.findings.of(block):
        if diagnostic.span.start <= offset <= diagnostic.span.end:
            spans.setdefault(diagnostic.code, diagnostic.span)
    if SIGN in block.text:
        for suppression in document.format.find_suppressions(block.text, document.tree(block)):
            for code in suppression.directive.codes or ():
                rule = find_rule(code.of(block.text)) if code.start <= offset <= code.end else None
                if rule is not None:
                    spans.setdefault(rule.code, code)
    sections = [_explain(rule) for code in list(spans)[:_MOST_RULES] if (rule := find_rule(code)) is not None]
    if not sections:
        return None
    return Hover("\n\n".join(sections), place, next(iter(spans.values())))


def _explain(rule: Rule) -> str:
    page = page_path(rule.code)
    code = rule.code if page is None else f"[{rule.code}]({page.as_uri()})"
    summary = _LITERAL.sub(r"`\1`", rule.summary)
    return f"**{code}** {rule.name}: {summary}"


def _hover_entry(
    document: OpenDocument,
    position: Position,
    styles: Sequence[str],
    encoding: PositionEncoding,
    locale: str,
    project: StyleInUse | None,
) -> Hover | None:
    found = find_entry_at(document, position, encoding)
    if found is None:
        return None
    field = find_named_field(found)
    if field is not None:
        name = field_name(found.block.text, field)
        entry_type = found.entry.type.of(found.block.text) if found.entry.type else ""
        described = document.format.describe(name, entry_type)
        if described is not None:
            return Hover(described, found.place, field.name)
    markdown = citations_markdown(read_record(document, found), styles, locale, project)
    return Hover(markdown, found.place, found.entry.span) if markdown else None


def read_record(document: OpenDocument, found: EntryAt) -> Record:
    """The record of an entry, what it names elsewhere in the document taken in."""
    return document.format.read_entry(found.block.text, found.entry, DocumentResolver(document, found.block))


def citations_markdown(
    record: Record, styles: Sequence[str], locale: str = "", project: StyleInUse | None = None
) -> str:
    """The record in each style, one under another, each under its style's title; then the DOI as a link.

    Beside the title stands how the record is cited in the text; a note, which is long, stands below it. The style of
    the project comes first, with who says so; a plain citation stands in for one that cannot be used.
    """
    sections = []
    found = project.load() if project is not None else None
    if project is not None and found is not None:
        told_by = escape_markdown(f"({project.told_by})")
        sections.append(_section(f"**{escape_markdown(found.title)}** {told_by}", found, record))
    for style_id in styles:
        if found is not None and project is not None and style_id == project.name:
            continue
        info = describe_style(style_id)
        try:
            style = resolve_style(style_id, locale)
        except StyleError as error:
            where = f"{error.place}: {error.reason}" if error.place else error.reason
            plain = to_markdown(plain_citation(record))
            sections.append(f"**{escape_markdown(style_id)}**\n\n{escape_markdown(where)}\n\n{plain}".rstrip())
            continue
        sections.append(_section(f"**{escape_markdown(info.title if info else style.title)}**", style, record))
    doi = record.text("DOI")
    if doi:
        sections.append(f"[{escape_markdown(doi)}](https://doi.org/{quote(doi, safe='/:;')})")
    return "\n\n".join(sections)


def _section(title: str, style: Style, record: Record) -> str:
    in_text = to_markdown(render_single_citation(style, record))
    entry = to_markdown(render_bibliography_entry(style, record))
    if in_text and style.kind == "note":
        entry = f"{entry}\n\n*Note:* {in_text}" if entry else in_text
    elif in_text:
        title = f"{title} \u00b7 {in_text}"
    return f"{title}\n\n{entry or '*nothing of this entry is printed*'}"
