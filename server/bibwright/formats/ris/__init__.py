"""RIS, in both its generations and as databases really export it."""

from __future__ import annotations

from bibwright.formats.format import Format, Resolver
from bibwright.formats.ris.facts import find_facts
from bibwright.formats.ris.parser import parse
from bibwright.formats.ris.splitter import split
from bibwright.formats.ris.suppressions import find_suppressions
from bibwright.model.record import Record, Written
from bibwright.syntax.nodes import Entry


def _read_entry(text: str, entry: Entry, resolver: Resolver) -> Record:
    from bibwright.formats.ris.reader import read_entry

    return read_entry(text, entry, resolver)


def _write_record(record: Record, line_end: str) -> Written:
    from bibwright.formats.ris.writer import write_record

    return write_record(record, line_end)


def _write_text(record: Record, line_end: str) -> str:
    from bibwright.formats.ris.writer import write_text

    return write_text(record, line_end)


def _describe(name: str, reference_type: str) -> str | None:
    from bibwright.formats.ris.schema import describe_tag

    return describe_tag(name, reference_type)


RIS = Format(
    id="ris",
    title="RIS",
    language_id="ris",
    suffix=".ris",
    split=split,
    parse=parse,
    find_facts=find_facts,
    read_entry=_read_entry,
    write_record=_write_record,
    describe=_describe,
    find_suppressions=find_suppressions,
    write_text=_write_text,
)
