"""The name list of a field, split once for all rules that look at names."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from bibwright.analysis.rule import Context
from bibwright.formats.bibtex.name_lists import split_names
from bibwright.syntax.nodes import Field, PieceKind
from bibwright.text.spans import Span

#: The fields of a .bib that hold name lists.
NAME_FIELDS: Final = (
    *("author", "editor", "editora", "editorb", "editorc", "translator", "bookauthor", "holder", "annotator"),
    *("commentator", "introduction", "foreword", "afterword", "shortauthor", "shorteditor"),
)
#: The tags of RIS that hold one name a line.
NAME_TAGS: Final = ("au", "a1", "a2", "a3", "a4", "ed", "ta")


class NameList(NamedTuple):
    """The names of a value, and how many commas each has (those in braces too); spans count from the value's start.

    `start` is where the value begins in the block.
    """

    value: str
    start: int
    names: list[Span]
    commas: list[int]

    def span(self, start: int, end: int) -> Span:
        """A stretch of the value as a span of the block."""
        return Span(self.start + start, self.start + end)


_PAIR = re.compile(r"\"?[A-Za-z-]+\s*=")
_NONE = NameList("", 0, [], [])


def name_list(context: Context, field: Field) -> NameList:
    """The names of a field; none where the value is put together of pieces, or its end is a guess."""
    if len(field.pieces) != 1:
        return _NONE
    piece = field.pieces[0]
    found: NameList | None = context.shared.get(("names", piece.start))
    if found is None:
        found = _NONE
        if piece.closed and piece.kind in (PieceKind.BRACED, PieceKind.QUOTED):
            value = context.text[piece.start + 1 : piece.end - 1]
            # Escape characters are the sign of an encoding that was taken for another.
            if value and not value.isspace() and "\x1b" not in value:
                names = split_names(value)
                found = NameList(value, piece.start + 1, names, [value.count(",", *name) for name in names])
        context.shared["names", piece.start] = found
    return found


def is_braced(value: str, name: Span) -> bool:
    """Whether a name seems to be one brace group, which is one piece whatever it holds."""
    return value.startswith("{", name.start) and value.endswith("}", name.start, name.end)


def is_extended(name: str) -> bool:
    """Whether a name is in biblatex's form of pairs (`family=Doe, given=Jane`), the name of any part first."""
    return "=" in name and _PAIR.match(name) is not None
