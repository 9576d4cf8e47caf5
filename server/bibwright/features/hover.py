"""Hover: what a field or tag means, and anywhere else in an entry its citation in the chosen styles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import quote

from bibwright.analysis.resolver import DocumentResolver
from bibwright.analysis.workspace import OpenDocument
from bibwright.csl.errors import StyleError
from bibwright.csl.output import to_markdown
from bibwright.csl.render import render_bibliography_entry
from bibwright.csl.styles import list_styles, load_style
from bibwright.features.locate import EntryAt, find_entry_at, find_named_field
from bibwright.model.record import Record
from bibwright.syntax.document import Position
from bibwright.syntax.nodes import field_name
from bibwright.text.blocklist import Place
from bibwright.text.columns import PositionEncoding
from bibwright.text.spans import Span


class Hover(NamedTuple):
    """Markdown, and the span in the block at `place` that it is about."""

    markdown: str
    place: Place
    span: Span


def hover(
    document: OpenDocument, position: Position, styles: Sequence[str], encoding: PositionEncoding
) -> Hover | None:
    """What to show at a position; None outside every entry, and where there is nothing to say."""
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
    markdown = citations_markdown(read_record(document, found), styles)
    return Hover(markdown, found.place, found.entry.span) if markdown else None


def read_record(document: OpenDocument, found: EntryAt) -> Record:
    """The record of an entry, what it names elsewhere in the document taken in."""
    return document.format.read_entry(found.block.text, found.entry, DocumentResolver(document, found.block))


def citations_markdown(record: Record, styles: Sequence[str]) -> str:
    """The record's citation in each style, one under another, each under its style's title; then the DOI as a link."""
    titles = {style.id: style.title for style in list_styles()}
    sections = []
    for style_id in styles:
        try:
            formatted = render_bibliography_entry(load_style(style_id), record)
        except StyleError as error:
            sections.append(f"**{style_id}**\n\n{error.reason}")
            continue
        citation = to_markdown(formatted) or "*nothing of this entry is printed*"
        sections.append(f"**{titles.get(style_id, style_id)}**\n\n{citation}")
    doi = record.text("DOI")
    if doi:
        sections.append(f"[{doi}](https://doi.org/{quote(doi, safe='/:;')})")
    return "\n\n".join(sections)
