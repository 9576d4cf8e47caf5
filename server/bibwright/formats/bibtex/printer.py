"""Entries as text, laid out by bibtexparser: one field a line, values in braces, macros bare."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from bibwright.formats.bibtex.latex import decode_plain, encode_plain, is_balanced

if TYPE_CHECKING:
    from bibtexparser.writer import BibtexFormat

_LINE_END = re.compile(r"\r\n?|\n")


class FieldText(NamedTuple):
    """A field to be written: its name in the dialect, and its value with delimiters, or a macro expression."""

    name: str
    value: str


def braced(value: str) -> str:
    """A value in braces."""
    return "{" + value + "}"


def braced_source(value: str) -> str:
    """A value taken from a source, in braces; one whose braces do not match is decoded and written anew."""
    value = value.strip()
    return braced(value if is_balanced(value) else encode_plain(decode_plain(value)))


def print_entry(entry_type: str, key: str, fields: list[FieldText], line_end: str) -> str:
    """The entry and a blank line."""
    from bibtexparser.entrypoint import write_string
    from bibtexparser.library import Library
    from bibtexparser.model import Entry, Field

    entry = Entry(entry_type, key, [Field(field.name, field.value) for field in fields])
    # Values carry their delimiters: no middleware may look at them again.
    text = write_string(Library([entry]), unparse_stack=[], bibtex_format=_layout())
    return _LINE_END.sub(line_end, text) + line_end


@cache
def _layout() -> BibtexFormat:
    from bibtexparser.writer import BibtexFormat

    layout: BibtexFormat = BibtexFormat()  # type: ignore[no-untyped-call]
    layout.indent = "  "
    layout.trailing_comma = True
    return layout
