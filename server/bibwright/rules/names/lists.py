"""The name list of a field, split once for all rules that look at names."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from bibwright.analysis.rule import Context
from bibwright.formats.bibtex.name_lists import split_names
from bibwright.rules.names.organisations import may_hold_organisation
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


#: What rules on names look for at the beginning of a word.
_LOOKED_FOR = r"Prof|Dr\b|Dipl|Ph\.?\s?D|D\.Phil|M\.Sc|Esq|[JS]r\b|II|IV|Inc|LLC|Ltd|GmbH|Corp|[eE][tT]\b"
_CAPITALS = re.compile("[A-Z\u00c0-\u00de]{4}")
#: Latin, Greek, Cyrillic, Chinese, Japanese and Korean letters, and what stands in names beside them.
_LETTERS = "[A-Za-z.'’\u00c0-\u024f\u0370-\u052f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af-]++"
_SIGN = r"""\\["'`^~.](?:[A-Za-z]|\\[ij]|\{\\?[A-Za-z]\})"""
_ACCENT = rf"{_SIGN}|\{{(?:{_SIGN}|\\(?:[A-Za-z]{{1,2}}|[cvuHkr](?: [A-Za-z]|\{{[A-Za-z]\}})))\}}"
_GROUP = rf"\{{(?:(?!{_LOOKED_FOR})[A-Za-z.'-]++ ?+)++\}}"
_WORD = rf"(?!{_LOOKED_FOR}|[aA][nN][dD](?![^ \t\r\n}}\"]))(?:{_LETTERS}|{_ACCENT}|{_GROUP})++"
_BLANKS = r"[ \t\r\n]++"
#: Each pattern has a word as seldom as can be, since it takes long to compile.
_WORDS = rf"(?:{_WORD}(?:{_BLANKS}|(?=[,}}\"]|\Z)))++"
_FAMILY_FIRST = rf"{_WORDS},{_BLANKS}{_WORDS}"
_AND_OR_END = rf"(?:and{_BLANKS}(?![}}\"])|(?=[}}\"]))"
_FAMILIES_FIRST = re.compile(rf"[{{\"](?:{_FAMILY_FIRST}{_AND_OR_END})++(?P<others>others)?[}}\"]")
_GIVEN_FIRST = re.compile(rf"[{{\"](?P<given>(?:{_WORDS}{_AND_OR_END})++)[}}\"]")
_ONE_NAME = re.compile(_FAMILY_FIRST)


def are_ordinary(context: Context, field: Field) -> bool:
    """Whether a value holds nothing but names of persons as most are written, all in the same way.

    No rule that names this has anything to say about such a value.
    """
    start, end = field.value
    value = context.text[start:end]
    if _CAPITALS.search(value):
        return False
    if context.format == "ris":
        return _ONE_NAME.fullmatch(value) is not None
    match = (_FAMILIES_FIRST if "," in value else _GIVEN_FIRST).fullmatch(value)
    # Where all have commas there is no organisation.
    return match is not None and (match.lastgroup is None or not may_hold_organisation(value[1:-1]))


def is_braced(value: str, name: Span) -> bool:
    """Whether a name seems to be one brace group, which is one piece whatever it holds."""
    return value.startswith("{", name.start) and value.endswith("}", name.start, name.end)


def is_extended(name: str) -> bool:
    """Whether a name is in biblatex's form of pairs (`family=Doe, given=Jane`), the name of any part first."""
    return "=" in name and _PAIR.match(name) is not None
