"""Where the names of a name list stand: `A and {B and C} and others` has three.

As in BibTeX a name ends at ` and ` outside braces, in capitals too, and a brace counts even behind a backslash. Only
the places are found here, in one pass over the value; what the parts of a name are `names.py` tells.
"""

from __future__ import annotations

import re

from bibwright.text.spans import Span, trim

_AND = re.compile(r"[ \t\r\n][aA][nN][dD](?=[ \t\r\n])")
_AND_OR_BRACE = re.compile(r"[{}]|[ \t\r\n][aA][nN][dD](?=[ \t\r\n])")
_BLANKS = " \t\r\n"
_COMMA_OR_BRACE = re.compile("[{},]")
#: With a capital at either end of the list it is a name (Metin And).
_FIRST_AND = re.compile(r"\s*and(?=\s|\Z)")
_LONGEST_END = 50
_LAST_AND = re.compile(r"\sand\s*\Z")


def split_names(value: str) -> list[Span]:
    """The spans of the names, without outer blanks; an empty one where a name is missing."""
    if (simple := _split_simple(value)) is not None:
        return simple
    start, end = 0, len(value)
    first = _FIRST_AND.match(value)
    last = _LAST_AND.search(value, max(end - _LONGEST_END, 0))
    spans = []
    if first is not None:
        spans.append(Span(first.end() - 3, first.end() - 3))
        start = first.end()
    if last is not None and last.start() >= start:
        end = last.start()
    for at, behind in _separators(value, start, end):
        spans.append(_trimmed(value, start, at))
        start = behind
    spans.append(_trimmed(value, start, end))
    if end < len(value):
        spans.append(Span(len(value), len(value)))
    return spans


def _split_simple(value: str) -> list[Span] | None:
    """The common case in a fraction of the time: no braces, single blanks on one line, a small `and` between names."""
    if "{" in value or "  " in value or "\n" in value or "\r" in value or "\t" in value:
        return None
    if value[:1] == " " or value[-1:] == " " or value.startswith("and ") or value.endswith(" and") or value == "and":
        return None
    if value.lower().count(" and ") != value.count(" and ") or " and and " in value:
        return None
    spans = []
    start = 0
    for name in value.split(" and "):
        end = start + len(name)
        spans.append(Span(start, end))
        start = end + 5
    return spans


def _trimmed(value: str, start: int, end: int) -> Span:
    # Hardly ever are there more blanks than one.
    if start < end and value[start] in _BLANKS:
        start += 1
    return Span(start, end) if value[start:end].strip(_BLANKS) == value[start:end] else trim(value, start, end)


def _separators(value: str, start: int, end: int) -> list[tuple[int, int]]:
    if "{" not in value:
        return [match.span() for match in _AND.finditer(value, start, end)]
    return _outside_braces(_AND_OR_BRACE, value, start, end)


def outer_commas(value: str, name: Span) -> list[int]:
    """The commas of a name that stand outside braces."""
    return [start for start, _ in _outside_braces(_COMMA_OR_BRACE, value, *name)]


def _outside_braces(sign_or_brace: re.Pattern[str], value: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where the signs stand that no brace around them hides."""
    depth = 0
    found = []
    for match in sign_or_brace.finditer(value, start, end):
        match match.group():
            case "{":
                depth += 1
            case "}":
                depth -= 1
            case _ if depth == 0:
                found.append(match.span())
    return found
