"""Conversion of a text, a document or single entries to another format, with a report of what was lost.

Every entry goes through the record on its own: one that fails is reported and the others are converted all the same.
What stands outside the entries (comments, prose) goes along within a language and is reported where it cannot.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from bibwright.analysis.resolver import DocumentResolver
from bibwright.analysis.workspace import OpenDocument
from bibwright.features.locate import entries_between
from bibwright.formats.bibtex.keys import citation_key
from bibwright.formats.format import Format, Resolver
from bibwright.model.record import Loss, Record, Written
from bibwright.syntax.document import Position
from bibwright.syntax.nodes import (
    Comment,
    Entry,
    Field,
    Node,
    PieceKind,
    Preamble,
    StringMacro,
    Text,
    Tree,
    field_name,
)
from bibwright.text.columns import PositionEncoding, first_line_end

#: Entry types that only biblatex resolves: what they say is in the entries that name them, or nowhere.
_BIBLATEX_ONLY = frozenset(("xdata", "set", "bibnote"))
_MOST_LINES = 20


class EntryLosses(NamedTuple):
    """What one entry lost; `key` is empty for what stands outside every entry."""

    key: str
    losses: tuple[Loss, ...]


class Failure(NamedTuple):
    """An entry that was not converted, and why."""

    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class Conversion:
    """The converted text, how many records it holds, and what did not arrive."""

    text: str
    records: int
    losses: tuple[EntryLosses, ...] = ()
    failures: tuple[Failure, ...] = ()


class _Part(NamedTuple):
    """What one node became; `is_record` is false for what stands outside the entries."""

    text: str
    key: str
    losses: tuple[Loss, ...] = ()
    failure: str = ""
    is_record: bool = False


def convert_text(text: str, source: Format, target: Format, *, line_end: str | None = None) -> Conversion:
    """The whole text in another format. Line ends are those of the source, unless others are asked for."""
    blocks = [(block, source.parse(block)) for block in source.split(text)]
    steps = _convert(blocks, _TextResolver(blocks), source, target, line_end or first_line_end(text))
    return _run(steps)


def convert_document(document: OpenDocument, target: Format) -> Generator[None, None, Conversion]:
    """An open document in another format: one step an entry, and the conversion as the value of the last."""
    blocks = list(document.blocks)
    first = next((block.text for block in blocks if block.line_ends), "")
    trees = ((block.text, document.tree(block)) for block in blocks)
    return _convert(trees, DocumentResolver(document), document.format, target, first_line_end(first))


def convert_entry_at(
    document: OpenDocument, start: Position, end: Position, target: Format, encoding: PositionEncoding
) -> Conversion:
    """The entries that a range of a document touches, in another format."""
    found = list(entries_between(document, start, end, encoding))
    line_end = first_line_end(found[0].block.text) if found else "\n"
    trees = ((at.block.text, Tree((at.entry,))) for at in found)
    return _run(_convert(trees, DocumentResolver(document), document.format, target, line_end))


def convert_entry(
    text: str, entry: Entry, source: Format, target: Format, resolver: Resolver, *, line_end: str = "\n"
) -> Written:
    """One entry of the block `text` in another format."""
    return target.write_record(source.read_entry(text, entry, resolver), line_end)


def summarise(conversion: Conversion) -> list[str]:
    """Short lines for a person: how many records, how many losses, and of what kind they are."""
    losses = [loss for entry in conversion.losses for loss in entry.losses]
    lost = sum(loss.severity == "warning" for loss in losses)
    head = f"{_count(conversion.records, 'record')} converted"
    if conversion.failures:
        head += f"; {_count(len(conversion.failures), 'record')} not converted"
    head += f"; {_count(lost, 'field')} lost" if lost else "; nothing lost"
    if lost < len(losses):
        head += f"; {_count(len(losses) - lost, 'field')} changed"
    lines = [head]
    lines += [
        f"not converted: {failure.key or 'an entry without key'}: {failure.reason}" for failure in conversion.failures
    ]
    lines += _kinds_of_loss(conversion)
    if len(lines) > _MOST_LINES:
        lines[_MOST_LINES:] = [f"... and {len(lines) - _MOST_LINES} more"]
    return lines


def _kinds_of_loss(conversion: Conversion) -> Iterator[str]:
    """One line for each code and field, the losses before the changes, with an example."""
    counts: Counter[tuple[str, str, str]] = Counter()
    examples: dict[tuple[str, str, str], str] = {}
    for entry in conversion.losses:
        for loss in entry.losses:
            kind = (loss.severity, loss.code, loss.field)
            counts[kind] += 1
            examples.setdefault(kind, f"{entry.key}: {loss.message}" if entry.key else loss.message)
    for kind in sorted(counts, key=lambda kind: (kind[0] != "warning", -counts[kind])):
        severity, code, field = kind
        word = "lost" if severity == "warning" else "changed"
        times = f" ({counts[kind]} times)" if counts[kind] > 1 else ""
        yield f"{word}: {field}{times}: {_shortened(examples[kind])} [{code}]"


def _convert(
    blocks: Iterable[tuple[str, Tree]], resolver: Resolver, source: Format, target: Format, line_end: str
) -> Generator[None, None, Conversion]:
    texts: list[str] = []
    losses: list[EntryLosses] = []
    failures: list[Failure] = []
    records = 0
    keys: set[str] = set()
    for text, tree in blocks:
        for node in tree.nodes:
            if isinstance(node, StringMacro) and isinstance(resolver, _TextResolver):
                resolver.define(text, node)
            part = _convert_node(text, node, resolver, source, target, line_end, keys)
            texts.append(part.text)
            records += part.is_record
            if part.losses:
                losses.append(EntryLosses(part.key, part.losses))
            if part.failure:
                failures.append(Failure(part.key, part.failure))
        yield
    result = "".join(texts)
    if target.language_id == "bibtex":
        result = result.removesuffix(line_end)  # entries stand apart by a blank line, the last one ends the file
    return Conversion(result, records, tuple(losses), tuple(failures))


def _convert_node(
    text: str, node: Node, resolver: Resolver, source: Format, target: Format, line_end: str, keys: set[str]
) -> _Part:
    if not isinstance(node, Entry):
        return _convert_outside(text, node, source, target, line_end)
    key = node.key.of(text).strip() if node.key else ""
    entry_type = node.type.of(text).lower() if node.type else ""
    if entry_type in _BIBLATEX_ONLY and source.language_id == "bibtex" and target.id != "biblatex":
        message = f"{target.title} has nothing like @{entry_type}"
        severity = "information" if entry_type == "xdata" else "warning"
        return _Part("", key, (Loss("L02", "@" + entry_type, message, severity),))
    try:
        record = source.read_entry(text, node, resolver)
        renamed, key_losses = _with_unique_key(record, source, target, keys)
        written = target.write_record(renamed, line_end)
    except Exception as error:  # a fault of ours in one entry must not cost the user all the others
        return _Part("", key, failure=f"{type(error).__name__}: {error}")
    return _Part(written.text, renamed.key or key, (*key_losses, *written.losses), is_record=True)


def _with_unique_key(record: Record, source: Format, target: Format, keys: set[str]) -> tuple[Record, tuple[Loss, ...]]:
    """The record with a key that no other one of this conversion has, where a key must be made or made valid."""
    if target.language_id != "bibtex" or source.language_id == "bibtex":
        return record, ()
    wanted = citation_key(record)
    key, number = wanted, 0
    while key.lower() in keys:
        number += 1
        key = f"{wanted}-{number + 1}"
    keys.add(key.lower())
    if not record.key or key == record.key:
        return replace(record, key=key), ()
    message = f"the citation key {record.key!r} became {key!r}"
    return replace(record, key=key), (Loss("L11", "ID", message, "information"),)


def _convert_outside(text: str, node: Node, source: Format, target: Format, line_end: str) -> _Part:
    """Comments and prose go along within a language; elsewhere they are a loss."""
    match node:
        case StringMacro():
            return _Part("", "", (Loss("L01", "@string", "string macros are replaced by their values", "information"),))
        case Text(foreign=foreign) if foreign:
            return _Part("", "", (Loss("L01", "text", f"text that looks like {foreign} is left out"),))
        case Comment() | Preamble() | Text() if source.language_id == target.language_id == "bibtex":
            return _Part(node.span.of(text) + line_end * 2, "")
        case Preamble():
            return _Part("", "", (Loss("L01", "@preamble", "the preamble is left out"),))
        case _:
            shown = _shortened(" ".join(node.span.of(text).split()))
            return _Part("", "", (Loss("L01", "text", f"text outside the entries is left out: {shown}"),))


class _TextResolver:
    """Looks up macros and entries of one text; a macro has the value that was given to it last."""

    def __init__(self, blocks: list[tuple[str, Tree]]) -> None:
        self.entries: dict[str, tuple[str, Entry]] = {}
        self.macros: dict[str, str] = {}
        for text, tree in blocks:
            for node in tree.nodes:
                if isinstance(node, Entry) and node.key is not None:
                    self.entries.setdefault(node.key.of(text).lower(), (text, node))
                # Known from the start, for an entry that stands before the definition.
                elif isinstance(node, StringMacro) and node.field is not None and not self.has(text, node.field):
                    self.define(text, node)

    def has(self, text: str, field: Field) -> bool:
        """Whether a macro of this name is known."""
        return field_name(text, field).lower() in self.macros

    def define(self, text: str, node: StringMacro) -> None:
        """Give a macro its value as of this place of the text."""
        if node.field is None:
            return
        self.macros[field_name(text, node.field).lower()] = "".join(
            self.macros.get(content.lower(), content) if piece.kind is PieceKind.MACRO else content
            for piece in node.field.pieces
            for content in (piece.content.of(text),)
        )

    def find_macro(self, name: str) -> str | None:
        """The value that the macro has at this place."""
        return self.macros.get(name.lower())

    def find_entry(self, key: str) -> tuple[str, Entry] | None:
        """The first entry with this key."""
        return self.entries.get(key.lower())


def _run(steps: Generator[None, None, Conversion]) -> Conversion:
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: Conversion = end.value
            return result


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _shortened(text: str) -> str:
    return text if len(text) <= 100 else text[:97] + "..."
