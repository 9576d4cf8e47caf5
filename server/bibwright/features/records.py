"""The records of a document: each entry read, with the macros and parents that other blocks hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bibwright.analysis.resolver import DocumentResolver
from bibwright.analysis.workspace import OpenDocument
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
