"""EndNote XML text as records whose every value has a place in the text.

The text is walked once, tag by tag, and nothing is looked up or expanded: a document type and its entities are stepped
over, so neither an external entity nor one that grows a billionfold can do harm, and the depth of elements costs
nothing. What no parser of XML would go on behind (a tag that is not closed, a bare `<` or `&`) is reported and read on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.entities import html5
from typing import NamedTuple

from bibwright.formats.exchange import Unreadable
from bibwright.model.richtext import RichText, Run, Style, join_runs
from bibwright.text.spans import Span

_TAG = re.compile(r"<(/?)([A-Za-z_][\w.:-]*+)((?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+)>")
_ATTRIBUTE = re.compile(r"([A-Za-z_][\w.:-]*+)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)')")
_ENTITY = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9A-Fa-f]{1,6})|([A-Za-z][A-Za-z0-9]{1,31}));")
_LITERAL_LINE_END = re.compile(r"\r\n?|\n")
_FACES = {
    "italic": Style.ITALIC,
    "bold": Style.BOLD,
    "superscript": Style.SUPERSCRIPT,
    "subscript": Style.SUBSCRIPT,
    "underline": Style.UNDERLINE,
}
#: Deeper elements are no fields of a record.
_DEEPEST = 12


class XmlValue(NamedTuple):
    """A value: the elements that it stands in and perhaps an attribute (`foreign-keys/key/@app`), and its place.

    In `text` a line feed is one that was written as a character reference, a carriage return a line end of the file.
    """

    path: str
    text: RichText
    span: Span


class XmlRecord(NamedTuple):
    """A record: its values in order, and its place."""

    values: tuple[XmlValue, ...]
    span: Span


@dataclass(slots=True)
class _Element:
    name: str
    start: int
    runs: list[Run] = field(default_factory=list)


class _Piece(NamedTuple):
    """Text, or a tag: `opening` and `closing` are both true for an element that is closed at once."""

    start: int
    end: int
    text: str = ""
    name: str = ""
    attributes: str = ""
    opening: bool = False
    closing: bool = False
    fault: str = ""


def find_records(text: str) -> Iterator[XmlRecord | Unreadable]:
    """The records of a text in order, and what could not be understood, behind the record that it stands in."""
    walk = _Walk()
    for piece in _pieces(text):
        yield from walk.take(piece)
    yield from walk.finish(len(text))
    if not walk.found and text.strip("\ufeff \t\r\n"):
        yield Unreadable("there is no record of EndNote XML", Span(0, len(text)))


class _Walk:
    """The way through a text: the elements that are open, and the record being read."""

    def __init__(self) -> None:
        self.open: list[_Element] = []
        self.styles: list[Style] = []
        self.begin = -1
        self.values: list[XmlValue] = []
        self.faults: list[Unreadable] = []
        self.found = False
        self.last_end = 0

    def take(self, piece: _Piece) -> Iterator[XmlRecord | Unreadable]:
        if piece.fault:
            self.faults.append(Unreadable(piece.fault, Span(piece.start, piece.end)))
        if piece.opening and piece.name == "record":
            yield from self.end_record(piece.start, whole=False)
            self.begin = piece.start
            self.found = True
            if piece.closing:
                yield from self.end_record(piece.end, whole=True)
        elif piece.closing and piece.name == "record":
            if self.begin < 0:
                self.faults.append(Unreadable("the record has no beginning", Span(self.last_end, piece.end)))
            yield from self.end_record(piece.end, whole=True)
        elif self.begin >= 0:
            self.take_inside(piece)
        if self.begin < 0:
            yield from self.faults
            self.faults = []

    def take_inside(self, piece: _Piece) -> None:
        if not piece.name:
            if self.open and piece.text:
                self.open[-1].runs.append(Run(piece.text, self.styles[-1] if self.styles else Style.NONE))
            elif piece.text.strip():
                self.faults.append(Unreadable("the text is in no field", Span(piece.start, piece.end)))
        elif piece.name == "style":
            self.take_style(piece)
        elif piece.opening:
            self.open_element(piece)
            if piece.closing:
                self.close_element(piece.end)
        else:
            self.close_named(piece)

    def take_style(self, piece: _Piece) -> None:
        if piece.opening and not piece.closing:
            face = dict(_attributes(piece.attributes)).get("face", "")
            style = self.styles[-1] if self.styles else Style.NONE
            for word in face.lower().split():
                style |= _FACES.get(word, Style.NONE)
            self.styles.append(style)
        elif piece.closing and not piece.opening and self.styles:
            self.styles.pop()

    def open_element(self, piece: _Piece) -> None:
        self.open.append(_Element(piece.name, piece.start))
        self.styles.clear()
        if piece.attributes and len(self.open) <= _DEEPEST:
            path = self.path()
            for name, value in _attributes(piece.attributes):
                text = join_runs([Run(value)])
                self.values.append(XmlValue(f"{path}/@{name}", text, Span(piece.start, piece.end)))

    def close_named(self, piece: _Piece) -> None:
        if self.open and self.open[-1].name == piece.name:
            self.close_element(piece.end)
            return
        # Looking for it further down costs at most what may be open in a field.
        names = [element.name for element in self.open[-_DEEPEST:]]
        if piece.name not in names:
            self.faults.append(Unreadable(f"</{piece.name}> closes nothing", Span(piece.start, piece.end)))
            return
        while self.open[-1].name != piece.name:
            self.close_damaged(piece.start)
        self.close_element(piece.end)

    def close_damaged(self, end: int) -> None:
        element = self.open[-1]
        shown = Span(element.start, min(end, element.start + len(element.name) + 1))
        self.faults.append(Unreadable(f"<{element.name}> is not closed", shown))
        self.close_element(end)

    def close_element(self, end: int) -> None:
        path = self.path() if len(self.open) <= _DEEPEST else ""
        element = self.open.pop()
        self.styles.clear()
        runs = join_runs(element.runs)
        if any(run.text.strip() for run in runs):
            if path:
                self.values.append(XmlValue(path, runs, Span(element.start, end)))
            else:
                self.faults.append(Unreadable("the elements are nested too deeply", Span(element.start, end)))

    def end_record(self, end: int, *, whole: bool) -> Iterator[XmlRecord | Unreadable]:
        """The record that is open, if any; a damaged one with all that was understood of it."""
        if self.begin < 0:
            return
        if not whole:
            self.faults.append(Unreadable("<record> is not closed", Span(self.begin, self.begin + len("<record"))))
        while self.open:
            self.close_damaged(end)
        yield XmlRecord(tuple(self.values), Span(self.begin, end))
        yield from self.faults
        self.values, self.faults, self.begin, self.last_end = [], [], -1, end
        self.styles.clear()

    def finish(self, end: int) -> Iterator[XmlRecord | Unreadable]:
        yield from self.end_record(end, whole=False)
        yield from self.faults
        self.faults = []

    def path(self) -> str:
        return "/".join(element.name for element in self.open)


def _pieces(text: str) -> Iterator[_Piece]:
    """Text and tags in turn; comments, processing instructions and the document type are stepped over."""
    at = 0
    #: Ends that were looked for in vain, so that they are looked for once.
    missing: set[str] = set()
    while at < len(text):
        opening = text.find("<", at)
        if opening < 0:
            opening = len(text)
        if opening > at:
            yield _text_piece(text, at, opening)
        if opening == len(text):
            return
        at = opening
        match = _TAG.match(text, at)
        if match is not None:
            closing, name, attributes = match.groups()
            empty = not closing and attributes.endswith("/")
            yield _Piece(at, match.end(), "", name, attributes, opening=not closing, closing=bool(closing) or empty)
            at = match.end()
            continue
        end, piece = _other_piece(text, at, missing)
        if piece is not None:
            yield piece
        at = end


def _other_piece(text: str, at: int, missing: set[str]) -> tuple[int, _Piece | None]:
    """What begins with `<` and is no tag, and where it ends."""
    for begin, end in (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">")):
        if not text.startswith(begin, at) or end in missing:
            continue
        if begin == "<!" and (bracket := text.find("[", at, at + 500)) >= 0 and ">" not in text[at:bracket]:
            end = "]>"
            if end in missing:
                break
        found = text.find(end, at + len(begin))
        if found < 0:
            missing.add(end)
            break
        if begin == "<![CDATA[":
            value = _LITERAL_LINE_END.sub("\r", text[at + len(begin) : found])
            return found + len(end), _Piece(at, found + len(end), value)
        return found + len(end), None
    return at + 1, _Piece(at, at + 1, "<", fault="the < begins no tag")


def _text_piece(text: str, start: int, end: int) -> _Piece:
    value = text[start:end]
    if "\r" in value or "\n" in value:
        value = _LITERAL_LINE_END.sub("\r", value)
    if "&" not in value:
        return _Piece(start, end, value)
    value = _ENTITY.sub(_character, value)
    return _Piece(start, end, value)


def _character(match: re.Match[str]) -> str:
    """The character of a reference; what is none stays as written. A line end that was meant is a line feed."""
    if match[3]:
        return html5.get(f"{match[3]};", match[0])
    code = int(match[1]) if match[1] else int(match[2], 16)
    if code in (0x0A, 0x0D):
        return "\n"
    allowed = code == 0x09 or 0x20 <= code < 0xD800 or 0xE000 <= code <= 0x10FFFF
    return chr(code) if allowed else match[0]


def _attributes(text: str) -> Iterator[tuple[str, str]]:
    for match in _ATTRIBUTE.finditer(text):
        yield match[1], _ENTITY.sub(_character, match[2] if match[2] is not None else match[3])
