"""BibTeX and biblatex: one syntax, one reader, a writer for each dialect.

Reading and writing are imported when they are first needed: they load bibtexparser and pylatexenc, and a server that
has only been opened needs neither.
"""

from __future__ import annotations

from dataclasses import replace

from bibwright.formats.bibtex.facts import find_facts
from bibwright.formats.bibtex.parser import parse
from bibwright.formats.bibtex.splitter import split
from bibwright.formats.bibtex.suppressions import find_suppressions
from bibwright.formats.format import Format, Resolver
from bibwright.model.record import Record, Written
from bibwright.syntax.nodes import Entry


def _read_entry(text: str, entry: Entry, resolver: Resolver) -> Record:
    from bibwright.formats.bibtex.reader import read_entry

    return read_entry(text, entry, resolver)


def _write_bibtex(record: Record, line_end: str) -> Written:
    from bibwright.formats.bibtex.writer import write_bibtex

    return write_bibtex(record, line_end)


def _write_biblatex(record: Record, line_end: str) -> Written:
    from bibwright.formats.bibtex.writer import write_biblatex

    return write_biblatex(record, line_end)


def _write_bibtex_text(record: Record, line_end: str) -> str:
    from bibwright.formats.bibtex.schema import Dialect
    from bibwright.formats.bibtex.writer import write_text

    return write_text(record, line_end, Dialect.BIBTEX)


def _write_biblatex_text(record: Record, line_end: str) -> str:
    from bibwright.formats.bibtex.schema import Dialect
    from bibwright.formats.bibtex.writer import write_text

    return write_text(record, line_end, Dialect.BIBLATEX)


def _describe(name: str, entry_type: str) -> str | None:
    from bibwright.formats.bibtex.schema import describe_field

    return describe_field(name, entry_type)


BIBTEX = Format(
    id="bibtex",
    title="BibTeX",
    language_id="bibtex",
    suffix=".bib",
    split=split,
    parse=parse,
    find_facts=find_facts,
    read_entry=_read_entry,
    write_record=_write_bibtex,
    describe=_describe,
    find_suppressions=find_suppressions,
    write_text=_write_bibtex_text,
)

BIBLATEX = replace(
    BIBTEX, id="biblatex", title="biblatex", write_record=_write_biblatex, write_text=_write_biblatex_text
)
