"""The formatted citations of a document: each of its entries in each of the styles asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from bibwright.analysis.workspace import OpenDocument
from bibwright.csl.output import to_plain
from bibwright.csl.render import render_bibliography_entry
from bibwright.csl.style import Style
from bibwright.features.records import read_records


class Citation(NamedTuple):
    """One entry in one style, as plain text on one line; `text` is empty when nothing of the entry prints.

    `line` is the line (from 0) on which the entry begins.
    """

    key: str
    style: str
    text: str
    line: int


def cite_document(
    document: OpenDocument, styles: Mapping[str, Style], keys: Collection[str] = ()
) -> Iterator[Citation]:
    """The entries in document order, or those with one of `keys`; for each one citation per style, in their order.

    Entries are numbered, for styles that print a number, in the order in which they come.
    """
    number = 0
    for placed in read_records(document):
        record = placed.record
        if keys and record.key not in keys:
            continue
        number += 1
        for name, style in styles.items():
            text = to_plain(render_bibliography_entry(style, record, number=number))
            yield Citation(record.key, name, " ".join(text.split("\n")), placed.line)


def find_unknown_keys(document: OpenDocument, keys: Collection[str]) -> list[str]:
    """Those of `keys` that no entry of the document has."""
    if not keys:
        return []
    known = {placed.record.key for placed in read_records(document)}
    return [key for key in keys if key not in known]
