"""Checks and fixes a whole text: what the command line prints, and the editor's "fix all".

Findings come with their places in the document, since what they are relative to (a block) is nobody's business
outside.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from bibwright.analysis.diagnostics import Diagnostic, Severity
from bibwright.analysis.workspace import OpenDocument
from bibwright.features.encodings import Encoding, Origin
from bibwright.features.fixing import Fixed, fix_document
from bibwright.features.linters import open_text
from bibwright.formats.format import Format
from bibwright.syntax.document import Position
from bibwright.text.blocklist import Block
from bibwright.text.columns import LINE_END, PositionEncoding, column_of, line_starts
from bibwright.text.spans import Span


class Range(NamedTuple):
    """From `start` to before `end`; lines from 0, characters in UTF-16 units from 0, as language servers count."""

    start: Position
    end: Position


class RelatedPlace(NamedTuple):
    """Another place that belongs to a finding."""

    message: str
    range: Range


@dataclass(frozen=True, slots=True)
class Finding:
    """A diagnostic and where it stands. The edits of its fixes are still relative to the block."""

    diagnostic: Diagnostic
    range: Range
    related: tuple[RelatedPlace, ...] = ()


def check_text(text: str, format: Format, stored: Encoding | None = None) -> list[Finding]:
    """All findings in a text, in document order; with `stored`, what is wrong with its encoding too."""
    document = open_text(text, format)
    document.check_all()
    return find_findings(document, text, stored)


def fix_text(text: str, format: Format, *, unsafe: bool) -> Fixed:
    """The text with its preferred fixes applied: the safe ones, or with `unsafe` all."""
    return fix_document(open_text(text, format), unsafe=unsafe)


def find_findings(document: OpenDocument, text: str, stored: Encoding | None = None) -> list[Finding]:
    """The findings of a document that has been checked and whose text is `text`, in document order."""
    found = list(_placed(document))
    encoding_finding = None if stored is None else find_encoding_fault(text, stored)
    if encoding_finding is not None:
        found.append(encoding_finding)
        found.sort(key=lambda finding: finding.range.start)
    return found


def find_encoding_fault(text: str, stored: Encoding) -> Finding | None:
    """E902 for a file that is not UTF-8, at the first character for which that makes a difference."""
    if stored.is_utf8 or stored.origin is Origin.GIVEN:
        return None
    wide = stored.codec.startswith("utf-")
    at = next((offset for offset, character in enumerate(text) if character > "\x7f"), 0)
    if not wide and text[at : at + 1].isascii():
        return None
    # A declared encoding is known to programs that read the declaration; no one reads UTF-16.
    severity = Severity.INFORMATION if stored.origin is Origin.DECLARED else Severity.WARNING
    message = f"the file is stored as {stored.label}, not as UTF-8"
    line_start = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
    line = sum(1 for _ in LINE_END.finditer(text, 0, line_start))
    start = column_of(text[line_start : at + 1], at - line_start, PositionEncoding.UTF16)
    end = column_of(text[line_start : at + 1], at + 1 - line_start, PositionEncoding.UTF16)
    diagnostic = Diagnostic("E902", "not-utf8", severity, message, Span(at, at + 1))
    return Finding(diagnostic, Range(Position(line, start), Position(line, end)))


# --- From blocks to the document


def _placed(document: OpenDocument) -> Iterator[Finding]:
    current: Block | None = None
    places = _Ranges("", 0)
    elsewhere = _Elsewhere(document)
    for at, block, diagnostic in document.placed_diagnostics():
        if block is not current:
            current, places = block, _Ranges(block.text, at.line)
        related = []
        for other in diagnostic.related:
            place = places.of(other.span or diagnostic.span) if other.fact is None else elsewhere.find(other.fact)
            if place is not None:
                related.append(RelatedPlace(other.message, place))
        yield Finding(diagnostic, places.of(diagnostic.span), tuple(related))


class _Elsewhere:
    """Where facts are first stated. Many findings may name the same one."""

    def __init__(self, document: OpenDocument) -> None:
        self._document = document
        self._known: dict[tuple[str, str], Range | None] = {}

    def find(self, fact: tuple[str, str]) -> Range | None:
        if fact not in self._known:
            holder = self._document.find_first(*fact)
            if holder is None:
                self._known[fact] = None
            else:
                line = self._document.place_of(holder.block).line
                self._known[fact] = _Ranges(holder.block.text, line).of(holder.fact.span)
        return self._known[fact]


class _Ranges:
    """Turns the spans of one block into ranges. A long line is not measured anew for each of them."""

    __slots__ = ("_column", "_is_ascii", "_line", "_offset", "_row", "_starts", "_text")

    def __init__(self, text: str, line: int) -> None:
        self._text = text
        self._line = line
        self._is_ascii = text.isascii()
        self._starts = line_starts(text)
        self._row = self._offset = self._column = 0

    def of(self, span: Span) -> Range:
        return Range(self._position(span.start), self._position(span.end))

    def _position(self, offset: int) -> Position:
        row = bisect_right(self._starts, offset) - 1
        start = self._starts[row]
        if self._is_ascii:
            return Position(self._line + row, offset - start)
        if row != self._row or offset < self._offset:
            self._row, self._offset, self._column = row, start, 0
        self._column += _utf16_length(self._text, self._offset, offset)
        self._offset = offset
        return Position(self._line + row, self._column)


def _utf16_length(text: str, start: int, end: int) -> int:
    """The UTF-16 units of `text[start:end]`."""
    return end - start + sum(character > "\uffff" for character in text[start:end])
