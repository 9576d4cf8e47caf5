"""Texts to records in one step, for tests of readers and writers."""

from __future__ import annotations

from bibwright.features.convert import convert_text
from bibwright.formats import FORMATS
from bibwright.formats.format import NoResolver
from bibwright.model.record import Record
from tests.support.shared import SHARED


def read_records(text: str, format_id: str) -> list[Record]:
    """The records of a text, each read on its own."""
    source = FORMATS[format_id]
    return [
        source.read_entry(block, entry, NoResolver())
        for block in source.split(text)
        for entry in source.parse(block).entries
    ]


def read_one(text: str, format_id: str = "bibtex") -> Record:
    """The only record of a text."""
    (record,) = read_records(text, format_id)
    return record


def converted(text: str, source: str, target: str) -> str:
    """The text in another format."""
    return convert_text(text, FORMATS[source], FORMATS[target]).text


def seed(format_id: str) -> str:
    """The page of the Korea Citation Index that the project began with: its .bib or its .ris part, faults and all."""
    lines = (SHARED / "seed" / "kci-export.txt").read_text(encoding="utf-8").splitlines(keepends=True)
    return "".join(lines[9:27] if format_id == "ris" else lines[:9])
