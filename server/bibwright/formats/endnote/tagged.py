"""Tagged files of EndNote (`.enw`), which are those of refer: `%T The title`, one value a line, a blank line between.

A line without a tag goes on with the value above it: with the next paragraph or keyword, or where a program has broken
lines at some width with the same sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from bibwright.formats.endnote.reader import (
    LINE_FIELDS,
    PARAGRAPH_FIELDS,
    TypeName,
    Value,
    fold_blanks,
    is_wrapped,
    read_values,
)
from bibwright.formats.endnote.schema import find_type, schema
from bibwright.formats.endnote.writer import Syntax, write_values
from bibwright.formats.exchange import ReadRecord, Unreadable
from bibwright.model.losses import losses_of
from bibwright.model.record import Record, Written
from bibwright.model.richtext import plain_text, rich_text
from bibwright.text.columns import placed_lines
from bibwright.text.spans import Span

SYNTAX = Syntax("enw", "a tagged file", tagged=True)
#: EndNote leaves out the blank behind two tags, and writes `$]` for `%]`.
_TAG = re.compile(r"%([^\s%])(?:[ \t]|$)|%([(\[])|\$(\])(?=[ \t])")
#: The numbers of the types that a tag alone is the sign of.
_KINDS = (("J", "17"), ("B", "5"), ("I", "6"))
_PARTS = frozenset(("chapter", "paper-conference"))
_ORDER = "0ATEBJSYH?D8VNP&67!OQCIR@MLXKZ<9FUG>(*)+[=~W^f1234#$]"
_PLACES = {tag: at for at, tag in enumerate(_ORDER)}


class _Open(NamedTuple):
    """A value that may go on: its tag line, and where it ends so far."""

    tag: str
    start: int
    end: int
    pieces: list[str]


def read(text: str) -> Iterator[ReadRecord | Unreadable]:
    """The records of a text in order, and the lines that belong to none."""
    open_values: list[_Open] = []
    stray: Span | None = None
    after_blank = False
    for start, line in placed_lines(text):
        content = line.rstrip("\r\n")
        end = start + len(content.rstrip())
        tag = _TAG.match(content)
        if not content.strip(" \t\ufeff"):
            after_blank = True
            continue
        if tag is not None:
            name = tag[1] or tag[2] or tag[3]
            begins = name == "0" and any(value.tag != "0" for value in open_values[-2:])
            if open_values and (after_blank or begins):
                yield _record(open_values)
                open_values = []
            if stray is not None:
                yield Unreadable("the line has no tag", stray)
                stray = None
            open_values.append(_Open(name, start, max(end, start + tag.end()), [content[tag.end() :]]))
        elif open_values and stray is None and (not after_blank or _has_paragraphs(open_values[-1].tag)):
            last = open_values[-1]
            last.pieces.append(content)
            open_values[-1] = last._replace(end=end)
        else:
            stray = Span(stray.start if stray is not None else start, end)
            if open_values:
                yield _record(open_values)
                open_values = []
        after_blank = False
    if open_values:
        yield _record(open_values)
    if stray is not None:
        yield Unreadable("the line has no tag", stray)


def recognises(text: str) -> bool:
    """Whether a text begins with a reference type, or with two tag lines."""
    lines = [line.rstrip("\r\n") for _, line in placed_lines(text[:4000].lstrip("\ufeff \t\r\n"))][:2]
    if not lines or not _TAG.match(lines[0]):
        return False
    return lines[0].startswith("%0") or (len(lines) > 1 and _TAG.match(lines[1]) is not None)


def write_record(record: Record, line_end: str) -> Written:
    """The record as tag lines, and what they could not hold."""
    written = write_values(record, SYNTAX)
    lines = [("0", written.written_type)]
    for value in written.values:
        tag = value.name[1:] if value.name.startswith("%") else _tag_of(value.field, written.type.name)
        paragraphs = [fold_blanks(line) for line in plain_text(value.text).split("\n")]
        # A paragraph that looks like a tag line would begin another value.
        first, *rest = (" " + line if at and _TAG.match(line) else line for at, line in enumerate(paragraphs))
        lines.append((tag, line_end.join((first, *rest))))
    losses = list(written.losses)
    kind = TypeName(written.written_type, str(written.type.number))
    if _names_series_first(kind, {tag for tag, _ in lines}):
        for variable in ("collection-title", "collection-editor"):
            if variable in record.texts or variable in record.names:
                message = "without the title of a book, what is said of the series will be read as said of the book"
                losses += losses_of(record, variable, "L12", message, severity="information")
    lines.sort(key=lambda line: _PLACES.get(line[0], len(_PLACES)))
    # Of two types the last counts.
    types = [text for tag, text in lines if tag == "0"]
    texts = [f"%0 {text}" for text in (*types[1:], types[0])] + [f"%{tag} {text}" for tag, text in lines if tag != "0"]
    return Written(line_end.join(texts), tuple(dict.fromkeys(losses)))


def _tag_of(field: str, reference_type: str) -> str:
    if field == "secondary-title" and reference_type == "Journal Article":
        return "J"
    return schema().fields[field].tag


def _has_paragraphs(tag: str) -> bool:
    return schema().by_tag.get(tag) in PARAGRAPH_FIELDS


def _record(values: list[_Open]) -> ReadRecord:
    types = [at for at, value in enumerate(values) if value.tag == "0"]
    last = types[-1] if types else None
    written = fold_blanks(" ".join(values[last].pieces)) if last is not None else ""
    tags = {value.tag for value in values}
    # refer has no types: what a work is follows from what is said of it.
    kind = TypeName(written) if written else TypeName("", next((number for tag, number in _KINDS if tag in tags), ""))
    series_first = _names_series_first(kind, tags)
    found = [
        Value(
            "type" if at == last else _field_of(value.tag, series_first=series_first),
            f"%{value.tag}",
            rich_text(_text(value)),
            (value.start, value.end),
        )
        for at, value in enumerate(values)
    ]
    read_record = read_values(SYNTAX.format, kind, found)
    return ReadRecord(read_record, Span(values[0].start, values[-1].end))


def _names_series_first(kind: TypeName, tags: set[str]) -> bool:
    """Whether a part of a book has the title of the book where that of the series belongs, as bibutils writes it."""
    known = find_type(kind.name, kind.number)
    return known is not None and known.csl in _PARTS and "S" in tags and not tags & set("BJE3")


def _field_of(tag: str, *, series_first: bool) -> str:
    if series_first and tag in "SY":
        return "secondary-title" if tag == "S" else "secondary-authors"
    return schema().by_tag.get(tag, "")


def _text(value: _Open) -> str:
    lines = [line for piece in value.pieces if (line := fold_blanks(piece))]
    field = schema().by_tag.get(value.tag, "")
    is_list = field in LINE_FIELDS or field.endswith("authors")
    if is_list or (field in PARAGRAPH_FIELDS and not is_wrapped(lines)):
        return "\n".join(lines)
    return " ".join(lines)
