"""The records of a document: each entry read, with the macros and parents that other blocks hold.

A text of a format that is only converted has records too.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bibwright.analysis.linter import Linter
from bibwright.analysis.project import Project
from bibwright.analysis.resolver import DocumentResolver
from bibwright.analysis.workspace import OpenDocument
from bibwright.features.linters import open_text
from bibwright.formats import AnyFormat
from bibwright.formats.exchange import ExchangeFormat, Unreadable
from bibwright.model.record import Record
from bibwright.syntax.nodes import Entry
from bibwright.text.blocklist import Block
from bibwright.text.columns import count_line_ends


class PlacedRecord(NamedTuple):
    """A record, the entry it was read from, its block and the line (from 0) on which the entry begins."""

    record: Record
    entry: Entry
    block: Block
    line: int


class CitedRecord(NamedTuple):
    """A record of whatever format, and the line (from 0) on which it begins."""

    record: Record
    line: int


def read_any_records(
    text: str, format: AnyFormat, *, project: Project | None = None, path: str = ""
) -> Iterator[CitedRecord | Unreadable]:
    """The records of a text of any format in order, and what of an exchange format is none.

    In a project the text is that of the file `path`, and string macros may be defined in others.
    """
    if not isinstance(format, ExchangeFormat):
        document = open_text(text, format, linter=Linter((), format.language_id), project=project, path=path)
        yield from (CitedRecord(placed.record, placed.line) for placed in read_records(document))
        return
    line = counted = 0
    for found in format.read(text):
        if isinstance(found, Unreadable):
            yield found
            continue
        if found.span.start > counted:
            line += count_line_ends(text[counted : found.span.start])
            counted = found.span.start
        yield CitedRecord(found.record, line)


def read_records(document: OpenDocument) -> Iterator[PlacedRecord]:
    """Every entry of a document as a record, in document order."""
    document.state_all_facts()
    line = 0
    for block in document.blocks:
        text = block.text
        resolver = DocumentResolver(document, block)
        for entry in document.tree(block).entries:
            at = line + count_line_ends(text[: entry.span.start])
            yield PlacedRecord(document.format.read_entry(text, entry, resolver), entry, block, at)
        line += block.line_ends
