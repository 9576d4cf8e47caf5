"""Between BibTeX and biblatex within a .bib: edits of the names and values that differ, and of nothing else.

Comments, string macros, the order of fields, delimiters, indentation and line ends stay as they are. What becomes of
each field is decided where entries are printed anew, too (`formats/bibtex/dialects.py`).
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile

from bibwright.analysis.resolver import DocumentResolver
from bibwright.analysis.workspace import OpenDocument
from bibwright.features.conversion import Conversion, EntryReport, Failure
from bibwright.features.convert import damage_losses, declares_other_encoding
from bibwright.features.linters import open_text
from bibwright.features.steps import take_all
from bibwright.formats import AnyFormat
from bibwright.formats.bibtex.dialects import Translated, is_overruled, translate_each, translate_type
from bibwright.formats.bibtex.schema import Dialect, canonical_field
from bibwright.formats.format import Format, Resolver
from bibwright.model.record import Loss, Record, SourceField
from bibwright.syntax.nodes import Comment, Entry, Field, PieceKind, field_name
from bibwright.text.blocklist import Block
from bibwright.text.columns import first_line_end
from bibwright.text.spans import Edit, Span, apply_edits

#: Entry types that BibTeX knows nothing of, and that are no works; they stay where they are.
_ONLY_BIBLATEX = ("xdata", "set", "bibnote")


@dataclass(frozen=True, slots=True)
class DialectEdits:
    """The edits of a document, in order and in code points from its beginning, and what became of each entry."""

    edits: tuple[Edit, ...]
    entries: tuple[EntryReport, ...]
    failures: tuple[Failure, ...]
    records: int


def convert_dialect_text(text: str, source: Format, target: AnyFormat) -> Conversion:
    """The text of a .bib in the other dialect. It will be in UTF-8: a comment that says otherwise is taken out."""
    document = open_text(text, source)
    document.state_all_facts()
    return take_all(convert_dialect_document(document, target))


def convert_dialect_document(document: OpenDocument, target: AnyFormat) -> Generator[None, None, Conversion]:
    """The same of a document whose facts are known: one step an entry."""
    text, declarations = document.blocks.text(), tuple(_declarations(document))
    found = yield from find_dialect_edits(document, target)
    line_end = first_line_end(text)
    converted = apply_edits(text, (*found.edits, *declarations))
    # Parts end with the blank line before the next one.
    parts = (converted + line_end,)
    return Conversion(target, line_end, parts, found.records, found.entries, found.failures)


def find_dialect_edits(
    document: OpenDocument, target: AnyFormat, chosen: Span | None = None
) -> Generator[None, None, DialectEdits]:
    """The edits that bring a .bib into a dialect: one step an entry. The facts of the document must be known.

    With `chosen`, in code points, only of the entries that touch it.
    """
    dialect = Dialect(target.id)
    edits: list[Edit] = []
    entries: list[EntryReport] = []
    failures: list[Failure] = []
    records = start = 0
    for block in document.blocks:
        # The end of a block may be the beginning of the next one's first entry.
        is_chosen = chosen is None or (start <= chosen.end and chosen.start <= start + len(block.text))
        for entry in document.tree(block).entries if is_chosen else ():
            span = Span(start + entry.span.start, start + entry.span.end)
            if chosen is not None and not (span.start <= chosen.end and chosen.start <= span.end):
                continue
            key = entry.key.of(block.text).strip() if entry.key else ""
            try:
                found, report = _edit_entry(document, block, entry, dialect)
            except Exception as error:  # a fault of ours in one entry must not cost the user all the others
                failures.append(Failure(key, span, f"{type(error).__name__}: {error}"))
                continue
            if found and _is_broken(entry):
                failures.append(Failure(key, span, "the entry is broken, so it is left as it is"))
                continue
            records += 1
            edits += (Edit(start + edit.start, start + edit.end, edit.new_text) for edit in found)
            fields = tuple((field.name, Span(start + field.span[0], start + field.span[1])) for field in report.fields)
            entries.append(EntryReport(key, span, fields, report.losses))
            yield
        start += len(block.text)
    edits.sort(key=lambda edit: (edit.start, edit.end))
    return DialectEdits(tuple(edits), tuple(entries), tuple(failures), records)


def is_edited(document: OpenDocument, block: Block, entry: Entry, target: AnyFormat) -> bool:
    """Whether bringing an entry into a dialect changes anything in it."""
    try:
        edits, _ = _edit_entry(document, block, entry, Dialect(target.id))
    except Exception:  # a fault of ours: converting will report it
        return False
    return bool(edits) and not _is_broken(entry)


@dataclass(frozen=True, slots=True)
class _Report:
    fields: tuple[SourceField, ...]
    losses: tuple[Loss, ...]


def _edit_entry(document: OpenDocument, block: Block, entry: Entry, dialect: Dialect) -> tuple[list[Edit], _Report]:
    text = block.text
    resolver = DocumentResolver(document, block)
    record = document.format.read_entry(text, entry, resolver)
    own = tuple(field for field in record.fields if field.span != (0, 0))
    damage = damage_losses(record, entry.span.of(text))
    written_type = record.source_type.lower()
    if written_type in _ONLY_BIBLATEX:
        message = f"BibTeX has nothing like @{written_type}: it is left as it is"
        unknown = [Loss("L02", "@" + written_type, message, "information")] if dialect is Dialect.BIBTEX else []
        return [], _Report(own, (*unknown, *damage))
    found: list[Loss] = []
    new_type = translate_type(record, dialect, found)
    translated = list(translate_each(record, dialect, found))
    if dialect is Dialect.BIBTEX and not any(field.name.lower() == "date" for field in record.fields):
        translated = list(_with_date_as_written(translated))
    inherited = _inherited_by_bibtex(text, entry, resolver)
    added = [field for field in translated if field.source is None or _is_lacking(field, inherited)]
    edits = list(_edit_fields(text, entry, record, translated, added))
    if entry.type is not None and new_type != written_type:
        edits.append(Edit(entry.type.start, entry.type.end, _in_case_of(record.source_type, new_type)))
    # What BibTeX would pass over stays in the source all the same, and so does the link between two entries.
    kept = {field.name for field in own if canonical_field(field.name) == "crossref"}
    losses = [loss for loss in dict.fromkeys(found) if loss.code != "L07" and loss.field not in kept]
    return edits, _Report(own, (*losses, *damage))


def _with_date_as_written(translated: Iterable[Translated]) -> Iterator[Translated]:
    """Year and month as they are: BibTeX prints whatever stands there."""
    for field in translated:
        if field.name not in ("year", "month"):
            yield field
        elif field.source is not None:
            yield field._replace(is_as_written=True)


def _edit_fields(
    text: str, entry: Entry, record: Record, translated: list[Translated], added: list[Translated]
) -> Iterator[Edit]:
    fields = {(field.name.start, field.end): field for field in entry.fields}
    by_source = {field.source.span: field for field in translated if field.source is not None and not field.repeats}
    deleted = [
        field
        for span, field in fields.items()
        if span not in by_source and _is_left_out(span, field, text, record, translated)
    ]
    kept = [field for field in entry.fields if field not in deleted]
    for span, field in fields.items():
        if span in by_source:
            yield from _edit_field(text, field, by_source[span])
    yield from _delete(text, entry.fields, deleted)
    if not added or not kept:
        return
    # The month goes behind its year, everything else to the end.
    year = next((fields[span] for span, field in by_source.items() if field.name == "year" and span in fields), None)
    at_end = []
    for new in added:
        if new.name == "month" and year is not None:
            yield Edit(year.value.end, year.value.end, _new_field(text, year, new))
        else:
            at_end.append(_new_field(text, kept[-1], new))
    if at_end:
        yield Edit(kept[-1].value.end, kept[-1].value.end, "".join(at_end))


def _is_left_out(span: tuple[int, int], field: Field, text: str, record: Record, translated: list[Translated]) -> bool:
    """Whether a field that the dialect has nothing for is to go: a link, a second field and a placeholder may stay."""
    name = canonical_field(field_name(text, field))
    if name == "crossref":
        return False
    if name in ("year", "month", "day") and any(one.name == "date" and one.is_as_written for one in translated):
        return False  # biblatex passes over them where there is a date
    if name == "day" and any(one.name == "year" and one.is_as_written for one in translated):
        return False
    if any(one.source is not None and one.source.span == span for one in translated):
        return False
    source = next((one for one in record.fields if one.span == span), None)
    if source is None:
        return False
    return bool(source.variables) or is_overruled(record, source) or canonical_field(source.name) in ("xdata", "type")


def _edit_field(text: str, field: Field, new: Translated) -> Iterator[Edit]:
    if new.name != _lower_name(text, field):
        yield Edit(field.name.start, field.name.end, _in_case_of(field_name(text, field), new.name))
    if not new.is_as_written:
        value = new.value
        if field.pieces and field.pieces[0].kind is PieceKind.QUOTED and value.startswith("{") and '"' not in value:
            value = f'"{value[1:-1]}"'
        yield Edit(field.value.start, field.value.end, value)


def _in_case_of(written: str, new: str) -> str:
    """The new name with the capitals that the old one has."""
    if written.isupper() and len(written) > 1:
        return new.upper()
    return new.capitalize() if written[:1].isupper() else new


def _lower_name(text: str, field: Field) -> str:
    """The name of a field in lower case."""
    return field_name(text, field).lower()


def _new_field(text: str, model: Field, new: Translated) -> str:
    """A field to be put behind another one, whose layout it takes over."""
    before = text[: model.name.start]
    line = before[max(before.rfind("\n"), before.rfind("\r")) + 1 :]
    gap = (first_line_end(text) + line) if not line.strip() else " "
    padding = text[model.name.end : model.separator.start]
    if len(padding) > 1:
        # Equals signs stand below one another.
        width = model.name.end - model.name.start + len(padding)
        padding = " " * max(width - len(new.name), 1)
    name = _in_case_of(field_name(text, model), new.name)
    behind = text[model.separator.end : model.value.start]
    return f",{gap}{name}{padding}={behind}{new.value}"


def _delete(text: str, fields: Iterable[Field], deleted: list[Field]) -> Iterator[Edit]:
    fields = tuple(fields)
    last = _last_run(fields, deleted)
    comma = fields[-len(last) - 1].comma if 0 < len(last) < len(fields) else None
    if last and last[-1].comma is None and comma is not None and _only_blanks_between(text, comma.end, last):
        # The last ones of an entry take the comma before them along.
        yield Edit(comma.start, last[-1].end, "")
    else:
        last = ()
    for field in deleted:
        if field in last:
            continue
        start, end = field.name.start, field.end
        line_start = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
        behind = end + len(text[end:]) - len(text[end:].lstrip(" \t"))
        if not text[line_start:start].strip() and text[behind : behind + 1] in ("\r", "\n"):
            length = 2 if text.startswith("\r\n", behind) else 1
            yield Edit(line_start, behind + length, "")
        else:
            yield Edit(start, behind, "")


def _last_run(fields: tuple[Field, ...], deleted: list[Field]) -> tuple[Field, ...]:
    """The fields at the end of an entry that are all deleted."""
    return tuple(takewhile(lambda field: field in deleted, reversed(fields)))[::-1]


def _only_blanks_between(text: str, start: int, fields: Iterable[Field]) -> bool:
    """Whether nothing but blanks stands from `start` to the first of these fields, and between them."""
    for field in fields:
        if text[start : field.name.start].strip():
            return False
        start = field.end
    return True


def _inherited_by_bibtex(text: str, entry: Entry, resolver: Resolver) -> frozenset[str]:
    """The fields that BibTeX takes over from the parent itself: those that both call the same."""
    for field in entry.fields:
        if _lower_name(text, field) != "crossref" or not field.pieces:
            continue
        found = resolver.find_entry(field.pieces[0].content.of(text).strip())
        if found is not None:
            parent_text, parent = found
            return frozenset(canonical_field(field_name(parent_text, one)) for one in parent.fields)
    return frozenset()


def _is_lacking(field: Translated, inherited: frozenset[str]) -> bool:
    """Whether an inherited field must be written into the entry."""
    source = field.source
    if source is None or source.span != (0, 0) or field.repeats:
        return False
    names = {canonical_field(source.name), canonical_field(field.name)}
    if names & {"date", "year", "month"}:
        names |= {"date", "year"}
    # A title that the entry's own subtitle was joined to is no longer that of the parent.
    return not names & inherited or (field.name.endswith("title") and not field.is_as_written)


def _is_broken(entry: Entry) -> bool:
    """Whether the parser had to guess where a value or the entry ends."""
    return entry.closing is None or any(not piece.closed for field in entry.fields for piece in field.pieces)


def _declarations(document: OpenDocument) -> Iterator[Edit]:
    start = 0
    for block in document.blocks:
        for node in document.tree(block).nodes:
            if isinstance(node, Comment) and declares_other_encoding(node.span.of(block.text)):
                end = node.span.end
                rest = block.text[end:]
                end += len(rest) - len(rest.lstrip("\r\n"))
                yield Edit(start + node.span.start, start + end, "")
        start += len(block.text)
