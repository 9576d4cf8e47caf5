"""Conversion of a text, a document or single entries to another format, with a report of what became of each field.

Every entry goes through the record on its own: one that fails is reported and the others are converted all the same.
What stands outside the entries (comments, prose) goes along within a language and is reported where it cannot.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from string import ascii_lowercase
from typing import NamedTuple

from bibwright.analysis.linter import Linter
from bibwright.analysis.project import Project
from bibwright.analysis.resolver import DocumentResolver
from bibwright.analysis.workspace import OpenDocument
from bibwright.features.conversion import Conversion, EntryReport, Failure, counted, shortened
from bibwright.features.encodings import find_declared_codec
from bibwright.features.keep import write_as, write_home, write_keeping
from bibwright.features.linters import open_text
from bibwright.features.steps import take_all
from bibwright.formats import AnyFormat, find_any_format
from bibwright.formats.bibtex.facts import stated_dialect
from bibwright.formats.bibtex.keys import DEFAULT_PATTERN, make_key, valid_key
from bibwright.formats.bibtex.suppressions import comment_directive
from bibwright.formats.csl_data import CSL_DATA
from bibwright.formats.exchange import ExchangeFormat, Unreadable
from bibwright.formats.format import Format
from bibwright.formats.hayagriva import HAYAGRIVA
from bibwright.model.losses import key_field
from bibwright.model.record import Loss, Record, Written
from bibwright.syntax.nodes import Comment, Entry, Node, Preamble, StringMacro, Text
from bibwright.text.blocklist import Block
from bibwright.text.columns import first_line_end
from bibwright.text.spans import Span

#: Entry types that only biblatex resolves: what they say is in the entries that name them, or nowhere.
_BIBLATEX_ONLY = frozenset(("xdata", "set", "bibnote"))
#: What is looked up in other blocks by its citation key, and what by its name.
_LINK = re.compile("crossref|xdata", re.IGNORECASE)
_STRING = re.compile(r"@\s*string", re.IGNORECASE)
_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")


class PlacedNode(NamedTuple):
    """A node, its block, and where the block begins in the document."""

    block: Block
    node: Node
    start: int


@dataclass(frozen=True, slots=True)
class ConversionOptions:
    """What is asked for beside the format. With `keep_unmapped` what the target cannot hold travels in its note."""

    keep_unmapped: bool = False


def convert_text(
    text: str,
    source: AnyFormat,
    target: AnyFormat,
    keys: Keys | None = None,
    options: ConversionOptions | None = None,
    *,
    project: Project | None = None,
    path: str = "",
) -> Conversion:
    """The whole text in another format, with the line ends that it has.

    `keys` are those of other texts that go into the same file: no key is given twice. In a project the text is that of
    the file `path`, and string macros may be defined in others.
    """
    options = options or ConversionOptions()
    if isinstance(source, ExchangeFormat):
        return take_all(_convert_file(text, source, target, keys or Keys(), options))
    document = open_text(text, source, linter=Linter((), source.language_id), project=project, path=path)
    if options.keep_unmapped or _LINK.search(text):
        document.state_all_facts()
    else:
        # Nothing but string macros is asked for, and all other blocks need not be parsed twice.
        document.state_facts(block for block in document.blocks if _STRING.search(block.text))
    return take_all(convert_document(document, target, keys, options))


def convert_document(
    document: OpenDocument, target: AnyFormat, keys: Keys | None = None, options: ConversionOptions | None = None
) -> Generator[None, None, Conversion]:
    """A document whose facts are known in another format: one step an entry, and the conversion as the last value.

    One that holds nothing but another format than its name says is read as that.
    """
    blocks = list(document.blocks)
    other = _find_other_format(document, blocks)
    if isinstance(other, ExchangeFormat):
        text = "".join(block.text for block in blocks)
        return _convert_file(text, other, target, keys or Keys(), options or ConversionOptions())
    if other is not None:
        document = open_text("".join(block.text for block in blocks), other)
        document.state_all_facts()
        blocks = list(document.blocks)
    line_end = first_line_end(next((block.text for block in blocks if block.line_ends), ""))
    nodes = _placed_nodes(document, blocks)
    return _convert_nodes(document, nodes, target, line_end, keys or Keys(), options or ConversionOptions())


def _find_other_format(document: OpenDocument, blocks: Sequence[Block]) -> AnyFormat | None:
    """What a document is if not what its name says; None where there is no doubt."""
    if not any(isinstance(node, Text) and node.foreign for node in document.tree(blocks[0]).nodes):
        return None
    found = find_any_format("any" + document.format.suffix, "".join(block.text for block in blocks))
    return None if found is None or found.language_id == document.format.language_id else found


def convert_entries(
    document: OpenDocument, chosen: Span, target: AnyFormat, keys: Keys, options: ConversionOptions
) -> Generator[None, None, Conversion]:
    """The entries of a document that touch a span of it: one step an entry, and the conversion as the last value."""
    blocks = list(document.blocks)
    nodes = [
        placed
        for placed in _placed_nodes(document, blocks, chosen)
        if isinstance(placed.node, Entry) and _touches(chosen, _placed(placed.node, placed.start))
    ]
    line_end = first_line_end(nodes[0].block.text) if nodes else "\n"
    return (yield from _convert_nodes(document, nodes, target, line_end, keys, options))


def _placed_nodes(document: OpenDocument, blocks: Iterable[Block], chosen: Span | None = None) -> Iterator[PlacedNode]:
    """The nodes of these blocks, which are all of the document; only of the blocks that touch `chosen`."""
    start = 0
    for block in blocks:
        if chosen is None or _touches(chosen, Span(start, start + len(block.text))):
            for node in document.tree(block).nodes:
                yield PlacedNode(block, node, start)
        start += len(block.text)


def _touches(chosen: Span, span: Span) -> bool:
    """Whether two spans have a character in common, or one begins where the other ends."""
    return span.start <= chosen.end and chosen.start <= span.end


def _convert_nodes(
    document: OpenDocument,
    nodes: Iterable[PlacedNode],
    target: AnyFormat,
    line_end: str,
    keys: Keys,
    options: ConversionOptions,
) -> Generator[None, None, Conversion]:
    result = _Result(document.format, target, line_end, keys, _home_of(document) if options.keep_unmapped else "")
    left_out = _LeftOut(document)
    for block, node, start in nodes:
        if isinstance(node, Entry):
            _convert_entry(document, block, node, start, result, left_out, options)
        else:
            text, losses = _convert_outside(block.text, node, document.format, target, line_end)
            result.add_other("", text, _placed(node, start), losses)
        yield
    return result.conversion()


def _convert_entry(
    document: OpenDocument,
    block: Block,
    entry: Entry,
    start: int,
    result: _Result,
    left_out: _LeftOut,
    options: ConversionOptions,
) -> None:
    span, text = _placed(entry, start), block.text
    key = entry.key.of(text).strip() if entry.key else ""
    loss = None if options.keep_unmapped else _unresolved(text, entry, document.format, result.target)
    if loss is not None:
        result.add_other(key, "", span, (loss,))
        return
    try:
        record = document.format.read_entry(text, entry, DocumentResolver(document, block))
    except Exception as error:  # a fault of ours in one entry must not cost the user all the others
        result.add_failure(key, span, f"{type(error).__name__}: {error}")
    else:
        result.add_record(record, key, span, start, tuple(left_out.losses(block, entry)))


def _placed(node: Node, start: int) -> Span:
    return Span(start + node.span.start, start + node.span.end)


def _convert_file(
    text: str, source: ExchangeFormat, target: AnyFormat, keys: Keys, options: ConversionOptions
) -> Generator[None, None, Conversion]:
    result = _Result(source, target, first_line_end(text), keys, source.id if options.keep_unmapped else "")
    for found in source.read(text):
        if isinstance(found, Unreadable):
            result.add_failure("", found.span, found.reason)
        else:
            result.add_record(found.record, found.record.key, found.span, 0, ())
        yield
    return result.conversion()


def _home_of(document: OpenDocument) -> str:
    """The format that the records of a document would come back to: in a .bib it is that of its dialect."""
    if document.format.language_id != "bibtex":
        return document.format.id
    return stated_dialect(document.states) or "bibtex"


class _Result:
    """The conversion as far as it has come. `home` is where what is kept of a record comes back to, or empty."""

    def __init__(self, source: AnyFormat, target: AnyFormat, line_end: str, keys: Keys, home: str) -> None:
        self.source = source
        self.target = target
        self.line_end = line_end
        self.texts: list[str] = []
        self.entries: list[EntryReport] = []
        self.failures: list[Failure] = []
        self.records = 0
        self.keys = keys
        self.home = home

    def add_record(self, record: Record, key: str, span: Span, start: int, losses: tuple[Loss, ...]) -> None:
        """Write a record that stands at `span`; the places of its fields count from `start`."""
        fields = tuple((field.name, _moved(field.span, start)) for field in record.fields)
        source, target = self.source, self.target
        try:
            renamed, key_losses = _with_unique_key(record, source, target, self.keys)
            written = self.write(renamed)
            damage = tuple(damage_losses(renamed, written.text))
        except Exception as error:  # a fault of ours in one entry must not cost the user all the others
            self.add_failure(key, span, f"{type(error).__name__}: {error}")
            return
        found = (*key_losses, *written.losses, *damage, *losses)
        self.entries.append(EntryReport(renamed.key or key, span, fields, found))
        self.texts.append(written.text)
        self.records += 1

    def write(self, record: Record) -> Written:
        """A record in the target's format: where it comes from, if it carries what brings it back there."""
        returned = write_home(record, self.source, self.target, self.line_end)
        if returned is not None:
            return returned
        if self.home:
            return write_keeping(record, self.source, self.target, self.line_end, self.home)
        return write_as(record, self.source, self.target, self.line_end)

    def add_other(self, key: str, text: str, span: Span, losses: tuple[Loss, ...]) -> None:
        """What became of something that is no record."""
        if text:
            self.texts.append(text)
        if losses:
            self.entries.append(EntryReport(key, span, (), losses))

    def add_failure(self, key: str, span: Span, reason: str) -> None:
        """An entry that could not be converted."""
        self.failures.append(Failure(key, span, reason))

    def conversion(self) -> Conversion:
        """The whole of it."""
        parts, entries, failures = tuple(self.texts), tuple(self.entries), tuple(self.failures)
        return Conversion(self.target, self.line_end, parts, self.records, entries, failures)


def _moved(span: tuple[int, int], by: int) -> Span | None:
    return None if span == (0, 0) else Span(span[0] + by, span[1] + by)


def _unresolved(text: str, entry: Entry, source: AnyFormat, target: AnyFormat) -> Loss | None:
    """The loss of an entry that is no record: what it says is in those that name it."""
    entry_type = entry.type.of(text).lower() if entry.type else ""
    if entry_type not in _BIBLATEX_ONLY or source.language_id != "bibtex" or target.id == "biblatex":
        return None
    message = f"{target.title} has nothing like @{entry_type}"
    return Loss("L02", "@" + entry_type, message, "information" if entry_type == "xdata" else "warning")


class Keys:
    """The citation keys of a conversion: what is made for records without one, and none of them twice.

    With a `pattern` the key of every record is made by it. `is_taken` tells of a key in lower case whether somebody
    else has it. A counter for each wanted key keeps many equal ones from being slow.
    """

    def __init__(self, pattern: str = "", is_taken: Callable[[str], bool] = lambda _: False) -> None:
        self.pattern = pattern
        self.is_taken = is_taken
        self.taken: set[str] = set()
        self.counts: Counter[str] = Counter()

    def key_for(self, record: Record) -> str:
        """A record's own key made valid, with a number behind it if it is taken; or one that is made, with a letter."""
        own = "" if self.pattern else valid_key(record.key)
        if own:
            return self._make_unique(own, lambda count: f"{own}-{count + 1}")
        made = make_key(record, self.pattern or DEFAULT_PATTERN)
        return self._make_unique(made, lambda count: made + _letters(count))

    def unique_key_for(self, record: Record) -> str:
        """As `key_for`, where a key may be any text: one that is its own is only changed when it is taken."""
        own = "" if self.pattern else record.key.strip()
        return self._make_unique(own, lambda count: f"{own}-{count + 1}") if own else self.key_for(record)

    def _make_unique(self, wanted: str, change: Callable[[int], str]) -> str:
        key = wanted
        while key.lower() in self.taken or self.is_taken(key.lower()):
            self.counts[wanted.lower()] += 1
            key = change(self.counts[wanted.lower()])
        self.taken.add(key.lower())
        return key


def _letters(number: int) -> str:
    """`a` to `z`, then `aa` and so on."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = ascii_lowercase[rest] + letters
    return letters


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
            shown = shortened(" ".join(span.of(block.text).split()))
            yield Loss("L01", "text", f"text inside the entry is left out: {shown}")


def damage_losses(record: Record, written: str) -> Iterator[Loss]:
    """Bytes that mean nothing in the source's encoding: written as UTF-8, they are no longer what they were."""
    if written.isascii() or not (total := len(_LONE_SURROGATE.findall(written))):
        return
    for field in record.fields:
        if count := len(_LONE_SURROGATE.findall(field.text)):
            total -= count
            yield Loss("L13", field.name, f"{counted(count, 'damaged byte')} became U+FFFD")
    if total > 0:
        yield Loss("L13", "text", f"{counted(total, 'damaged byte')} became U+FFFD")


def _with_unique_key(
    record: Record, source: AnyFormat, target: AnyFormat, keys: Keys
) -> tuple[Record, tuple[Loss, ...]]:
    """The record with a key that no other one of this conversion has. A .bib keeps its keys: documents cite them."""
    if target is HAYAGRIVA or (target.id in CSL_DATA and not {source.language_id, source.id} & {"bibtex", *CSL_DATA}):
        # Its entries are a mapping: of two with one key, or without, Typst would refuse both; items of CSL data
        # are cited by their ids.
        key = keys.unique_key_for(record)
    elif target.language_id != "bibtex" or source.language_id == "bibtex":
        return record, ()
    else:
        key = keys.key_for(record)
    if not record.key or key == record.key:
        return replace(record, key=key), ()
    message = f"the citation key {record.key!r} became {key!r}"
    return replace(record, key=key), (Loss("L11", key_field(record), message, "information"),)


def _convert_outside(
    text: str, node: Node, source: Format, target: AnyFormat, line_end: str
) -> tuple[str, tuple[Loss, ...]]:
    """Comments and prose go along within a language; elsewhere they are a loss."""
    match node:
        case StringMacro():
            return "", (Loss("L01", "@string", "string macros are replaced by their values", "information"),)
        case Text(foreign=foreign) if foreign:
            return "", (Loss("L01", "text", f"text that looks like {foreign} is left out"),)
        case Comment() if declares_other_encoding(comment := node.span.of(text)):
            message = f"the result is in UTF-8, so this declaration is left out: {shortened(comment)}"
            return "", (Loss("L01", "text", message, "information"),)
        case Comment() if (directive := comment_directive(text, node.span)) is not None:
            # Nothing of the source, but a word to us about it; it goes along where it stays before its entry.
            if source.language_id != "bibtex" or target.language_id != "bibtex":
                return "", ()
            return node.span.of(text) + line_end * (2 if directive.whole_file else 1), ()
        case Comment() | Preamble() | Text() if source.language_id == target.language_id == "bibtex":
            return node.span.of(text) + line_end * 2, ()
        case Preamble():
            return "", (Loss("L01", "@preamble", "the preamble is left out"),)
        case _:
            shown = shortened(" ".join(node.span.of(text).split()))
            return "", (Loss("L01", "text", f"text outside the entries is left out: {shown}"),)


def declares_other_encoding(comment: str) -> bool:
    """Whether a comment says that the file is in an encoding that the result will not be in."""
    if "coding" not in comment.lower():
        return False
    return find_declared_codec(comment.encode("utf-8", "surrogatepass")) not in (None, "utf-8")
