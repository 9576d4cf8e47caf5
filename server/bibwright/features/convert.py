"""Conversion of a text, a document or single entries to another format, with a report of what was lost.

Every entry goes through the record on its own: one that fails is reported and the others are converted all the same.
What stands outside the entries (comments, prose) goes along within a language and is reported where it cannot.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from bibwright.analysis.resolver import DocumentResolver
from bibwright.analysis.workspace import OpenDocument
from bibwright.features.encodings import find_declared_codec
from bibwright.features.linters import open_text
from bibwright.features.locate import entries_between
from bibwright.features.steps import take_all
from bibwright.formats.bibtex.keys import citation_key
from bibwright.formats.bibtex.suppressions import comment_directive
from bibwright.formats.format import Format
from bibwright.formats.ris.leaving import leave_ris
from bibwright.model.losses import macro_losses
from bibwright.model.record import Loss, Record
from bibwright.syntax.document import Position
from bibwright.syntax.nodes import Comment, Entry, Node, Preamble, StringMacro, Text
from bibwright.text.blocklist import Block
from bibwright.text.columns import PositionEncoding, first_line_end
from bibwright.text.spans import Span

#: Entry types that only biblatex resolves: what they say is in the entries that name them, or nowhere.
_BIBLATEX_ONLY = frozenset(("xdata", "set", "bibnote"))
_MOST_LINES = 20
_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")


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


class _Keys:
    """The citation keys of a conversion. A counter for each wanted key keeps many equal ones from being slow."""

    def __init__(self) -> None:
        self.taken: set[str] = set()
        self.counts: Counter[str] = Counter()

    def make_unique(self, wanted: str) -> str:
        """The wanted key, with a number behind it if it is taken already."""
        key = wanted
        while key.lower() in self.taken:
            self.counts[wanted.lower()] += 1
            key = f"{wanted}-{self.counts[wanted.lower()] + 1}"
        self.taken.add(key.lower())
        return key


def convert_text(text: str, source: Format, target: Format) -> Conversion:
    """The whole text in another format, with the line ends that it has."""
    document = open_text(text, source)
    document.state_all_facts()
    return take_all(convert_document(document, target))


def convert_document(document: OpenDocument, target: Format) -> Generator[None, None, Conversion]:
    """A document whose facts are known in another format: one step an entry, and the conversion as the last value."""
    blocks = list(document.blocks)
    line_end = first_line_end(next((block.text for block in blocks if block.line_ends), ""))
    nodes = ((block, node) for block in blocks for node in document.tree(block).nodes)
    return _convert(document, nodes, target, line_end)


def convert_entry_at(
    document: OpenDocument, start: Position, end: Position, target: Format, encoding: PositionEncoding
) -> Conversion:
    """The entries that a range of a document touches, in another format."""
    found = list(entries_between(document, start, end, encoding))
    line_end = first_line_end(found[0].block.text) if found else "\n"
    return take_all(_convert(document, ((at.block, at.entry) for at in found), target, line_end))


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
    document: OpenDocument, nodes: Iterable[tuple[Block, Node]], target: Format, line_end: str
) -> Generator[None, None, Conversion]:
    texts: list[str] = []
    losses: list[EntryLosses] = []
    failures: list[Failure] = []
    records = 0
    keys = _Keys()
    left_out = _LeftOut(document)
    for block, node in nodes:
        if isinstance(node, Entry):
            part = _convert_entry(document, block, node, target, line_end, keys)
            part = part._replace(losses=(*part.losses, *left_out.losses(block, node)))
        else:
            part = _convert_outside(block.text, node, document.format, target, line_end)
        texts.append(part.text)
        records += part.is_record
        if part.losses:
            losses.append(EntryLosses(part.key, part.losses))
        if part.failure:
            failures.append(Failure(part.key, part.failure))
        yield
    # Entries stand apart by a blank line; the last one ends the file.
    result = "".join(texts).removesuffix(line_end)
    return Conversion(result, records, tuple(losses), tuple(failures))


def _convert_entry(
    document: OpenDocument, block: Block, entry: Entry, target: Format, line_end: str, keys: _Keys
) -> _Part:
    text, source = block.text, document.format
    key = entry.key.of(text).strip() if entry.key else ""
    entry_type = entry.type.of(text).lower() if entry.type else ""
    if entry_type in _BIBLATEX_ONLY and source.language_id == "bibtex" and target.id != "biblatex":
        message = f"{target.title} has nothing like @{entry_type}"
        severity = "information" if entry_type == "xdata" else "warning"
        return _Part("", key, (Loss("L02", "@" + entry_type, message, severity),))
    try:
        record = source.read_entry(text, entry, DocumentResolver(document, block))
        record, left = leave_ris(record) if source.id == "ris" and target.id != "ris" else (record, ())
        renamed, key_losses = _with_unique_key(record, source, target, keys)
        written = target.write_record(renamed, line_end)
        damage = _damage(renamed, written.text)
        macros = () if source.language_id == target.language_id else tuple(macro_losses(record))
    except Exception as error:  # a fault of ours in one entry must not cost the user all the others
        return _Part("", key, failure=f"{type(error).__name__}: {error}")
    return _Part(
        written.text, renamed.key or key, (*key_losses, *left, *macros, *written.losses, *damage), is_record=True
    )


class _LeftOut:
    """What stands inside an entry and belongs to no field: comments, and words that the parser stepped over."""

    def __init__(self, document: OpenDocument) -> None:
        self._document = document
        self._block: Block | None = None
        self._spans: list[Span] = []

    def losses(self, block: Block, entry: Entry) -> Iterator[Loss]:
        """One loss for each such stretch of an entry; entries are asked for block by block."""
        if block is not self._block:
            faults = self._document.tree(block).faults
            left = (f.span for f in faults if f.code == "S116" or (f.code, f.detail) == ("S103", "garbage"))
            self._block, self._spans = block, sorted(left)
        first = bisect_left(self._spans, entry.span.start, key=lambda span: span.start)
        for place in range(first, len(self._spans)):
            span = self._spans[place]
            if span.start >= entry.span.end:
                break
            shown = _shortened(" ".join(span.of(block.text).split()))
            yield Loss("L01", "text", f"text inside the entry is left out: {shown}")


def _damage(record: Record, written: str) -> Iterator[Loss]:
    """Bytes that mean nothing in the source's encoding: written as UTF-8, they are no longer what they were."""
    if written.isascii() or not (total := len(_LONE_SURROGATE.findall(written))):
        return
    for field in record.fields:
        if count := len(_LONE_SURROGATE.findall(field.text)):
            total -= count
            yield Loss("L13", field.name, f"{_count(count, 'damaged byte')} became U+FFFD")
    if total > 0:
        yield Loss("L13", "text", f"{_count(total, 'damaged byte')} became U+FFFD")


def _with_unique_key(record: Record, source: Format, target: Format, keys: _Keys) -> tuple[Record, tuple[Loss, ...]]:
    """The record with a key that no other one of this conversion has, where a key must be made or made valid."""
    if target.language_id != "bibtex" or source.language_id == "bibtex":
        return record, ()
    wanted = citation_key(record)
    key = keys.make_unique(wanted)
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
        case Comment() if _declares_other_encoding(comment := node.span.of(text)):
            message = f"the result is in UTF-8, so this declaration is left out: {_shortened(comment)}"
            return _Part("", "", (Loss("L01", "text", message, "information"),))
        case Comment() if (directive := comment_directive(text, node.span)) is not None:
            # Nothing of the source, but a word to us about it; it goes along where it stays before its entry.
            if source.language_id != "bibtex" or target.language_id != "bibtex":
                return _Part("", "")
            return _Part(node.span.of(text) + line_end * (2 if directive.whole_file else 1), "")
        case Comment() | Preamble() | Text() if source.language_id == target.language_id == "bibtex":
            return _Part(node.span.of(text) + line_end * 2, "")
        case Preamble():
            return _Part("", "", (Loss("L01", "@preamble", "the preamble is left out"),))
        case _:
            shown = _shortened(" ".join(node.span.of(text).split()))
            return _Part("", "", (Loss("L01", "text", f"text outside the entries is left out: {shown}"),))


def _declares_other_encoding(comment: str) -> bool:
    """Whether a comment says that the file is in an encoding that the result will not be in."""
    if "coding" not in comment.lower():
        return False
    return find_declared_codec(comment.encode("utf-8", "surrogatepass")) not in (None, "utf-8")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _shortened(text: str) -> str:
    return text if len(text) <= 100 else text[:97] + "..."
