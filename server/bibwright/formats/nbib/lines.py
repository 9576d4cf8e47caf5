"""MEDLINE text as records of tag lines, each with its place.

A tag is padded to four characters, a hyphen and a blank follow, and further lines of a value are indented. Blank lines
separate records; where one is missing, the next `PMID` begins a record. Files that went through other programs have the
hyphen in other places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from bibwright.formats.exchange import Unreadable
from bibwright.formats.nbib.schema import schema
from bibwright.text.columns import placed_lines
from bibwright.text.spans import Span

_TAG = re.compile(r"([A-Z][A-Z0-9]{1,3})[ ]{0,2}-[ ]*")
_BLANKS = re.compile(r"[\t-\r\x1c-\x20\x85\u2028\u2029]+")


class TagLine(NamedTuple):
    """A tag, its value on one line, and the place of both together."""

    tag: str
    text: str
    span: Span


class Lines(NamedTuple):
    """A record: its tag lines in order, and its place."""

    fields: tuple[TagLine, ...]
    span: Span


class _Open(NamedTuple):
    """A tag whose value may go on, with the pieces of the value."""

    tag: str
    start: int
    pieces: list[str]


def find_records(text: str) -> Iterator[Lines | Unreadable]:
    """The records of a text in order, and the lines that belong to none."""
    fields: list[TagLine] = []
    last: _Open | None = None
    end = 0
    stray: Span | None = None
    for start, line in placed_lines(text):
        content = line.rstrip("\r\n")
        tag = _find_tag(content)
        indented = content[:1] in (" ", "\t") and bool(content.strip())
        continues = last is not None and indented
        if not continues and last is not None:
            fields.append(_closed(last, end))
            last = None
        begins = tag is not None and tag[1] == "PMID" and any(field.tag == "PMID" for field in fields)
        if fields and (begins or not content.strip()):
            yield _record(fields)
            fields = []
        if stray is not None and (tag is not None or continues or not content.strip()):
            yield Unreadable("the line has no tag", stray)
            stray = None
        if tag is not None:
            last = _Open(tag[1], start, [content[tag.end() :]])
        elif last is not None and indented:
            last.pieces.append(content)
        elif content.strip(" \t\ufeff"):
            stray = Span(stray.start if stray is not None else start, start + len(content.rstrip()))
        end = start + len(content.rstrip())
    if last is not None:
        fields.append(_closed(last, end))
    if fields:
        yield _record(fields)
    if stray is not None:
        yield Unreadable("the line has no tag", stray)


def _find_tag(line: str) -> re.Match[str] | None:
    """The tag that a line begins with; `RNA-binding` is one neither by its place nor by its name."""
    match = _TAG.match(line)
    if match is None or line[4:5] == "-" or match[1] in schema().tags:
        return match
    return None


def _closed(tag: _Open, end: int) -> TagLine:
    value = _BLANKS.sub(" ", " ".join(tag.pieces)).strip(" ")
    return TagLine(tag.tag, value, Span(tag.start, max(end, tag.start)))


def _record(fields: list[TagLine]) -> Lines:
    return Lines(tuple(fields), Span(fields[0].span.start, fields[-1].span.end))
