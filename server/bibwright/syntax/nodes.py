"""The nodes that every format is parsed into. All spans are relative to the block, in code points.

A tree keeps every position and interprets nothing: what a value means is the reader's business.
"""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from bibwright.text.spans import Span


class PieceKind(Enum):
    """What delimits a piece of a value."""

    BRACED = "braced"
    QUOTED = "quoted"
    NUMBER = "number"
    MACRO = "macro"
    #: Text without the delimiters that it needs (`title = Foo bar`).
    BARE = "bare"
    #: A line of a RIS value.
    LINE = "line"


class Piece(NamedTuple):
    """One operand of a BibTeX `#` concatenation, delimiters included, or one line of a RIS value.

    `closed` is false when the closing delimiter is missing: then `end` is where the parser thinks it belongs.
    """

    start: int
    end: int
    kind: PieceKind
    closed: bool = True

    @property
    def content(self) -> Span:
        """The text between the delimiters."""
        if self.kind in (PieceKind.BRACED, PieceKind.QUOTED):
            return Span(self.start + 1, self.end - 1 if self.closed else self.end)
        return Span(self.start, self.end)


class Field(NamedTuple):
    """A field (`name = value`) or a RIS tag line with its continuation lines.

    `separator` is the `=`, or in RIS what stands between tag and value (`  - `); an empty span when there is
    none. `value` goes from the first to the last piece; an empty span when the value is missing. In RIS the
    pieces are the lines of the value, without their line ends and outer blanks; the first is the tag's own.
    `comma` is the comma after the field, where there is one.
    """

    name: Span
    separator: Span
    value: Span
    pieces: tuple[Piece, ...]
    comma: Span | None = None

    @property
    def end(self) -> int:
        """The end of the field, its comma included."""
        return self.comma.end if self.comma else max(self.value.end, self.separator.end, self.name.end)


class Entry(NamedTuple):
    """An entry: `@type{key, fields}`, or a RIS record from its `TY` to its `ER` line.

    `type` and `key` are None when they are missing (in RIS the key is the value of `ID`). `opening` is the
    brace or parenthesis, in RIS the `TY` tag; `closing` the one that ends it, in RIS the `ER` line without its
    line end; None when it is missing. The fields of a RIS entry are all its tag lines, `TY` and `ER` included.
    """

    span: Span
    type: Span | None
    key: Span | None
    opening: Span | None
    closing: Span | None
    fields: tuple[Field, ...]


class StringMacro(NamedTuple):
    """`@string{name = value}`; `field` is None when nothing of the kind stands there."""

    span: Span
    field: Field | None


class Preamble(NamedTuple):
    """`@preamble{...}`."""

    span: Span
    value: Span


class Comment(NamedTuple):
    """`@comment{...}`, or a line that begins with `%` outside an entry."""

    span: Span


class Text(NamedTuple):
    """Text outside every entry: from its first to its last character that is not white space.

    `foreign` is the id of the format that the text seems to be written in (`ris` in a .bib; `wos`, which nothing here
    reads), else empty.
    """

    span: Span
    foreign: str = ""


Node: TypeAlias = Entry | StringMacro | Preamble | Comment | Text


class Fault(NamedTuple):
    """Something the parser had to step over. `code` is that of the rule which reports it.

    `detail` tells the variants of one code apart, `spans` are further places that the rule's fix needs; both
    are described where the parser makes the fault.
    """

    code: str
    span: Span
    detail: str = ""
    spans: tuple[Span, ...] = ()


class Tree(NamedTuple):
    """A parsed block: its nodes in order, and the faults in the order in which they were met."""

    nodes: tuple[Node, ...]
    faults: tuple[Fault, ...] = ()

    @property
    def entries(self) -> list[Entry]:
        """The entries alone, in order."""
        return [node for node in self.nodes if isinstance(node, Entry)]


def field_name(text: str, field: Field) -> str:
    """The field's name as written."""
    return text[field.name.start : field.name.end]


def lower_names(text: str, entry: Entry) -> tuple[str, ...]:
    """The names of an entry's fields in lower case, in order."""
    global _last
    known_text, known_entry, lowered = _last
    if known_entry is not entry or known_text is not text:
        names = tuple([text[start:end] for (start, end), _, _, _, _ in entry.fields])
        lowered = _lower_few(names) if len(names) <= _FEW else tuple([name.lower() for name in names])
        _last = text, entry, lowered
    return lowered


#: The last answer, since the facts of an entry, its rules and their look-ups ask for the same one after another.
_last: tuple[str, Entry | None, tuple[str, ...]] = "", None, ()
#: A library has few different sets of fields, unless an entry has very many.
_FEW = 64


@lru_cache(maxsize=2048)
def _lower_few(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple([name.lower() for name in names])


def find_field(text: str, entry: Entry, *names: str) -> Field | None:
    """The first field of the entry with one of these names (lower case), in the order of `names`."""
    for name in names:
        for field in entry.fields:
            if field_name(text, field).lower() == name:
                return field
    return None


def value_text(text: str, field: Field) -> str:
    """The value without delimiters, macros unresolved: pieces joined, in RIS by line feeds."""
    if len(field.pieces) == 1:
        return field.pieces[0].content.of(text)
    joiner = "\n" if field.pieces and field.pieces[0].kind is PieceKind.LINE else ""
    return joiner.join(piece.content.of(text) for piece in field.pieces)
