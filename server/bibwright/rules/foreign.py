"""What the rules about other formats in a file share: what stands there, and the same in the format of the file."""

from __future__ import annotations

from collections.abc import Iterator

from bibwright.analysis.rule import Context
from bibwright.formats import ALL_FORMATS, FORMATS
from bibwright.formats.exchange import ExchangeFormat, ReadRecord
from bibwright.formats.format import Fact, NoResolver
from bibwright.model.record import Record
from bibwright.syntax.nodes import Entry, Text, Tree

#: An entry without a key states this; those with one state that.
_ENTRY = "entry without a key"
#: What a block in the format of the file states, if it holds anything.
_KINDS = ("key", "macro", _ENTRY)
#: Formats that are recognised, and not read.
_UNREAD = {"wos": "Web of Science's plain text"}
#: Code points. What is longer is not converted while it is checked.
_LONGEST = 300_000


def foreign_title(node: Text) -> str:
    """The name of the format of a foreign block."""
    return _UNREAD.get(node.foreign) or ALL_FORMATS[node.foreign].title


def is_read(node: Text) -> bool:
    """Whether the format of a foreign block can be converted."""
    return node.foreign not in _UNREAD


def entry_facts(text: str, tree: Tree) -> Iterator[Fact]:
    """What tells, beside keys and macros, that a block holds something in the format of the file."""
    if tree.entries and not any(entry.key for entry in tree.entries):
        yield Fact(_ENTRY, "", "", tree.entries[0].span)


def is_all(context: Context) -> bool:
    """Whether a document holds nothing in its own format; for a rule that has `entry_facts`."""
    return not context.tree.entries and not any(context.states_any(kind) for kind in _KINDS)


def foreign_entries(context: Context, node: Text) -> list[tuple[str, Entry]]:
    """The entries of a foreign block, each with the text that its spans refer to.

    None when there is more than entries, or when the format is one that is only converted.
    """
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


def converted(context: Context, node: Text) -> str:
    """A foreign block in the format of the file; nothing when it cannot be read as a whole."""
    if not is_read(node) or len(node.span.of(context.text)) > _LONGEST:
        return ""
    write = FORMATS[context.format].write_record
    written = (write(record, context.line_end).text for record in _records(context, node))
    return (context.line_end * 2).join(text.rstrip("\r\n") for text in written)


def _records(context: Context, node: Text) -> Iterator[Record]:
    other = ALL_FORMATS[node.foreign]
    if isinstance(other, ExchangeFormat):
        found = list(other.read(node.span.of(context.text)))
        if all(isinstance(one, ReadRecord) for one in found):
            yield from (one.record for one in found if isinstance(one, ReadRecord))
        return
    for piece, entry in foreign_entries(context, node):
        yield other.read_entry(piece, entry, NoResolver())
