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
from bibwright.rules.foreign import converted, entry_facts, foreign_entries, foreign_title, is_all
from bibwright.rules.places import delete_stretch
from bibwright.syntax.nodes import Entry, Text, find_field, value_text
from bibwright.text.spans import Edit

_DOI_FIELDS = ("doi", "do", "di")
_BLANKS = re.compile(r"[ \t]*")
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")


@rule("S111", "foreign-format-block", Severity.WARNING, watches=TEXTS, fixes=(UNSAFE,), facts=entry_facts)
def foreign_format_block(context: Context, node: Text) -> Iterator[Report]:
    """The block is reported as a whole, and nothing else in it; a file that is nothing but such a block by S123."""
    if not node.foreign or is_all(context):
        return
    text = context.text
    here = FORMATS[context.format]
    fixes: list[Fix] = []
    if new := converted(context, node):
        # The blank behind `ER  -` is not part of the block, and would be left behind.
        end = node.span.end + len(_BLANKS.match(text, node.span.end)[0])  # type: ignore[index]
        fixes.append(unsafe_fix(f"Convert the block to {here.title}", Edit(node.span.start, end, new)))
    dois = _dois(context, node)
    repeats = bool(dois) and not dois.isdisjoint(_dois_before(context, node))
    delete = "Delete the block, which repeats the entry above" if repeats else "Delete the block"
    fixes.append(unsafe_fix(delete, delete_stretch(text, node.span)))
    message = f"this block is {foreign_title(node)}, which no program reads in a {here.title} file"
    yield Report(node.span, message, tuple(fixes))


def _dois(context: Context, node: Text) -> set[str]:
    return {doi for piece, entry in foreign_entries(context, node) if (doi := _doi(piece, entry))}


def _dois_before(context: Context, node: Text) -> set[str]:
    before = (entry for entry in context.tree.entries if entry.span.end <= node.span.start)
    return {doi for entry in before if (doi := _doi(context.text, entry))}


def _doi(text: str, entry: Entry) -> str:
    field = find_field(text, entry, *_DOI_FIELDS)
    match = _DOI.search(value_text(text, field)) if field else None
    return match.group().lower() if match else ""
