"""A block of another format stands between the entries.

A page that offers several formats was pasted as a whole. Programs skip the block or reject the file; none reads it.

Bad::

    @misc{smith2020,
      title = {On Trees}
    }
    TY  - JOUR
    TI  - On Leaves
    ER  -

Good::

    @misc{smith2020,
      title = {On Trees}
    }
    @article{leaves,
      title = {On Leaves},
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Fix, Severity, unsafe_fix
from bibwright.analysis.rule import TEXTS, UNSAFE, Context, Report, rule
from bibwright.formats import FORMATS
from bibwright.formats.format import NoResolver
from bibwright.rules.places import delete_stretch
from bibwright.syntax.nodes import Entry, Text, find_field, value_text
from bibwright.text.spans import Edit

#: Names of the formats that are recognised but not read.
_UNREAD = {"enw": "EndNote", "nbib": "MEDLINE", "csl-json": "CSL-JSON"}
_DOI_FIELDS = ("doi", "do", "di")
_BLANKS = re.compile(r"[ \t]*")
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")


@rule("S111", "foreign-format-block", Severity.WARNING, watches=TEXTS, fixes=(UNSAFE,))
def foreign_format_block(context: Context, node: Text) -> Iterator[Report]:
    """The block is reported as a whole, and nothing else in it."""
    if not node.foreign:
        return
    text = context.text
    foreign = FORMATS.get(node.foreign)
    title = foreign.title if foreign else _UNREAD[node.foreign]
    here = FORMATS[context.format]
    converted = _converted(context, node)
    fixes: list[Fix] = []
    if converted:
        # The blank behind `ER  -` is not part of the block, and would be left behind.
        end = node.span.end + len(_BLANKS.match(text, node.span.end)[0])  # type: ignore[index]
        fixes.append(unsafe_fix(f"Convert the block to {here.title}", Edit(node.span.start, end, converted)))
    dois = _dois(context, node)
    repeats = bool(dois) and not dois.isdisjoint(_dois_before(context, node))
    delete = "Delete the block, which repeats the entry above" if repeats else "Delete the block"
    fixes.append(unsafe_fix(delete, delete_stretch(text, node.span)))
    yield Report(node.span, f"this block is {title}, which no program reads in a {here.title} file", tuple(fixes))


def _foreign_entries(context: Context, node: Text) -> list[tuple[str, Entry]]:
    """The entries of the block, each with the text that its spans refer to; none when there is more than entries."""
    foreign = FORMATS.get(node.foreign)
    if foreign is None:
        return []
    found: list[tuple[str, Entry]] = []
    for piece in foreign.split(node.span.of(context.text)):
        for inner in foreign.parse(piece).nodes:
            if isinstance(inner, Text):
                return []
            if isinstance(inner, Entry):
                found.append((piece, inner))
    return found


def _converted(context: Context, node: Text) -> str:
    """The entries of the block in the format of the file; nothing when they cannot be read."""
    entries = _foreign_entries(context, node)
    if not entries:
        return ""
    read, write = FORMATS[node.foreign].read_entry, FORMATS[context.format].write_record
    written = (write(read(piece, entry, NoResolver()), context.line_end).text for piece, entry in entries)
    return (context.line_end * 2).join(text.rstrip("\r\n") for text in written)


def _dois(context: Context, node: Text) -> set[str]:
    return {doi for piece, entry in _foreign_entries(context, node) if (doi := _doi(piece, entry))}


def _dois_before(context: Context, node: Text) -> set[str]:
    before = (entry for entry in context.tree.entries if entry.span.end <= node.span.start)
    return {doi for entry in before if (doi := _doi(context.text, entry))}


def _doi(text: str, entry: Entry) -> str:
    field = find_field(text, entry, *_DOI_FIELDS)
    match = _DOI.search(value_text(text, field)) if field else None
    return match.group().lower() if match else ""
