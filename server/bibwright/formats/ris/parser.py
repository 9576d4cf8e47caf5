"""RIS source to nodes: never fails, accepts tags with a malformed separator, keeps every line's position.

What a malformed line is cannot be told from the line alone: `AC - DC` may be a tag with one blank or a line of an
abstract. It is taken for a tag only if the record's `TY` line is malformed too and the tag is a known one, or if the
tag is known and the next line is a tag as well. Words such as `T1-weighted` and `L1-norm` begin with a tag and a sign:
a sign without blanks makes a tag line only where the `TY` line is written so.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from bibwright.formats.ris.outside import outside_nodes
from bibwright.formats.ris.schema import KNOWN_TAGS
from bibwright.syntax.nodes import Entry, Fault, Field, Node, Piece, PieceKind, Tree
from bibwright.text.columns import LINE_END
from bibwright.text.spans import Span, trim

_REGULAR = re.compile(r"[A-Z][A-Z0-9]  - (?=\S)")
_TAG = re.compile(r"([A-Z][A-Z0-9])(  - ?)")
_LOOSE_TAG = re.compile(r"[ \t\ufeff]*([A-Za-z][A-Za-z0-9])([ \t]*(?:-|\u2013|\u2014|:)[ \t]*)")
#: An `ER` line with anything or nothing for its separator, up to the line's end.
_LOOSE_END = re.compile(r"[ \t]*+(ER)([ \t]*+[-\u2013\u2014:][ \t]*+|)[ \t]*+(?=[\r\n]|\Z)")
#: What follows the first of two compounds that share their second part: `T1- and T2-weighted`.
_SHARED_COMPOUND = re.compile(r"(?:and|or|to|und|oder|bis|et|ou|y|o|e)\b")
#: The first line of a MEDLINE record. Some of its tags are known to RIS, but what follows is no RIS up to a `TY` line.
_MEDLINE_START = re.compile(r"PMID- ?\d")


def parse(text: str) -> Tree:
    """The nodes of a block or of any other stretch of RIS text."""
    return _Parser(text).parse()


class _TagLine(NamedTuple):
    """A line that begins with a tag: the spans of tag and separator, and where the line ends."""

    name: Span
    separator: Span
    end: int
    strict: bool


class _Parser:
    """One pass over the lines of one block."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.nodes: list[Node] = []
        self.faults: list[Fault] = []
        self.lines: list[tuple[int, int]] = []
        start = 0
        for match in LINE_END.finditer(text):
            self.lines.append((start, match.start()))
            start = match.end()
        self.lines.append((start, len(text)))

    def parse(self) -> Tree:
        outside_from = 0
        index = 0
        medline = False
        while index < len(self.lines):
            medline = medline or _MEDLINE_START.match(self.text, self.lines[index][0]) is not None
            line = self.opening_line(index)
            if line is None or (medline and line.name.of(self.text) != "TY"):
                index += 1
                continue
            self.outside(outside_from, self.lines[index][0])
            index = self.entry(index, line)
            medline = False
            outside_from = self.lines[index][0] if index < len(self.lines) else len(self.text)
        self.outside(outside_from, len(self.text))
        return Tree(tuple(self.nodes), tuple(self.faults))

    def outside(self, start: int, end: int) -> None:
        if end > start and not self.text[start:end].isspace():
            self.nodes.extend(outside_nodes(self.text, start, end))

    def opening_line(self, index: int) -> _TagLine | None:
        """The line if it begins a record: `TY` in any form, or, outside every record, a known tag in regular form."""
        line = self.tag_line(index)
        if line is None:
            return None
        tag = line.name.of(self.text).upper()
        if tag == "TY":
            return line
        return line if line.strict and tag in KNOWN_TAGS and tag != "ER" else None

    def tag_line(self, index: int) -> _TagLine | None:
        """The line if it has the shape of a tag line, regular or not."""
        start, end = self.lines[index]
        text = self.text
        if _REGULAR.match(text, start, end):
            return _TagLine(Span(start, start + 2), Span(start + 2, start + 6), end, strict=True)
        match = _TAG.match(text, start, end)
        if match is not None:
            separator = Span(match.start(2), match.end(2))
            regular = separator.end == end or text[separator.end - 1] == " "
            if text[separator.end : separator.end + 1] in (" ", "\t"):
                separator = Span(separator.start, _blanks_end(text, separator.end, end))
                regular = separator.end == end
            return _TagLine(Span(*match.span(1)), separator, end, regular)
        match = _LOOSE_TAG.match(text, start, end)
        if match is not None:
            return _TagLine(Span(*match.span(1)), Span(*match.span(2)), end, strict=False)
        return None

    def entry(self, index: int, first: _TagLine) -> int:
        """Parse the record that begins at this line; give the index of the line behind it."""
        text = self.text
        has_type = first.name.of(text).upper() == "TY"
        malformed = first if has_type and not first.strict else None
        fields: list[Field] = []
        closing: Span | None = None
        name, separator, pieces = first.name, first.separator, [self.piece(first.separator.end, first.end)]
        index += 1
        while index < len(self.lines) and closing is None:
            start, end = self.lines[index]
            if _REGULAR.match(text, start, end):
                tag = text[start : start + 2]
                line_name, line_separator = Span(start, start + 2), Span(start + 2, start + 6)
            elif (line := self.closing_line(index)) is not None:
                tag = "ER"
                line_name, line_separator = line.name, line.separator
            else:
                line = self.accepted_tag_line(index, malformed)
                if line is None:
                    content = self.piece(start, end)
                    if content.end > content.start:
                        pieces.append(content)
                    index += 1
                    continue
                tag = line.name.of(text).upper()
                line_name, line_separator = line.name, line.separator
            if tag == "TY":
                break
            fields.append(_field(name, separator, pieces))
            name, separator, pieces = line_name, line_separator, [self.piece(line_separator.end, end)]
            index += 1
            if tag == "ER":
                closing = trim(text, start, end)
        fields.append(_field(name, separator, pieces))
        entry = self.make_entry(fields, has_type, closing)
        self.nodes.append(entry)
        self.report(entry, has_type)
        return index

    def piece(self, start: int, end: int) -> Piece:
        """A line of a value, or what stands of it behind the tag, without the blanks around it."""
        if start < end and not self.text[end - 1].isspace() and not self.text[start].isspace():
            return Piece(start, end, PieceKind.LINE)
        return Piece(*trim(self.text, start, end), PieceKind.LINE)

    def closing_line(self, index: int) -> _TagLine | None:
        """The line if it is `ER` in any form, without a value."""
        start, end = self.lines[index]
        match = _LOOSE_END.match(self.text, start, end)
        if match is None or not self.closes_record(index):
            return None
        return _TagLine(Span(*match.span(1)), Span(*match.span(2)), end, strict=False)

    def closes_record(self, index: int) -> bool:
        """Whether a blank line, a `TY` line or nothing is behind this line. Else `ER` may be a word of an abstract."""
        if index + 1 == len(self.lines):
            return True
        start, end = self.lines[index + 1]
        if start == end or self.text[start:end].isspace():
            return True
        following = self.tag_line(index + 1)
        return following is not None and following.name.of(self.text).upper() == "TY"

    def accepted_tag_line(self, index: int, first: _TagLine | None) -> _TagLine | None:
        """The line if it is a tag line here; `first` is the record's `TY` line if that one is malformed."""
        line = self.tag_line(index)
        if line is None or line.strict:
            return line
        text = self.text
        tag = line.name.of(text)
        two_blanks = line.separator.of(text).startswith("  -")
        if tag.upper() not in KNOWN_TAGS:
            # A lower-case l is typed where a capital I is meant: `Tl  - Title`.
            return line if two_blanks and (tag.isupper() or tag.replace("l", "I") in KNOWN_TAGS) else None
        if two_blanks:
            return line
        if not self.is_separated(line, first):
            return None
        if first is not None and tag.isupper() == first.name.of(text).isupper():
            return line
        if not tag.isupper() or index + 1 == len(self.lines):
            return None
        if self.closing_line(index + 1) is not None:
            return line
        following = self.tag_line(index + 1)
        if following is None or following.name.of(text).upper() not in KNOWN_TAGS:
            return None
        return line if following.strict or self.is_separated(following, first) else None

    def is_separated(self, line: _TagLine, first: _TagLine | None) -> bool:
        """Whether there are blanks at the sign or nothing behind it, or the sign stands as in the `TY` line."""
        text = self.text
        separator = line.separator.of(text)
        if line.separator.end == line.end or (first is not None and separator == first.separator.of(text)):
            return True
        if separator[0].isspace():
            return True
        return separator[-1].isspace() and (
            separator[0] == ":" or not _SHARED_COMPOUND.match(text, line.separator.end, line.end)
        )

    def make_entry(self, fields: list[Field], has_type: bool, closing: Span | None) -> Entry:
        text = self.text
        entry_type = fields[0].value if has_type and fields[0].value.end > fields[0].value.start else None
        key = next((f.value for f in fields if f.name.of(text) == "ID" and f.value.end > f.value.start), None)
        opening = fields[0].name if has_type else None
        end = closing.end if closing else max(fields[-1].value.end, fields[-1].separator.end)
        return Entry(Span(fields[0].name.start, end), entry_type, key, opening, closing, tuple(fields))

    def report(self, entry: Entry, has_type: bool) -> None:
        """S202: the fault's second span is where the `ER` line belongs. S203: its span is the first tag.

        S210: a `TY` line alone, behind which another one follows or the file ends.
        """
        first = entry.fields[0]
        if not has_type:
            self.faults.append(Fault("S203", first.name))
        # Two `TY` lines in a row are an export with two types, not a record that nobody closed.
        two_types = len(entry.fields) == 1 and self.text[entry.span.end :] in ("\n", "\r\n", "\r")
        place = first.value if first.value.end > first.value.start else first.name
        if entry.closing is None and two_types:
            if has_type:
                self.faults.append(Fault("S210", place))
        elif entry.closing is None:
            self.faults.append(Fault("S202", place, "", (Span(entry.span.end, entry.span.end),)))


def _blanks_end(text: str, start: int, end: int) -> int:
    while start < end and text[start] in " \t":
        start += 1
    return start


def _field(name: Span, separator: Span, pieces: list[Piece]) -> Field:
    start, end = pieces[0].start, pieces[-1].end
    if start == end:
        return Field(name, separator, Span(separator.end, separator.end), ())
    return Field(name, separator, Span(start, end), tuple(pieces))
