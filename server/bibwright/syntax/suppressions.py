"""Comments by which a user has rules ignored: `bibwright: ignore[S101, V408] reason` and the like.

`ignore` stands directly before an entry and is about that entry, `ignore-file` anywhere and is about the whole file.
Without codes all rules are meant. Codes may be names of rules too. How a comment looks each format says; what stands
in it is the same everywhere.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from bibwright.text.spans import Span, trim

#: What every such comment holds: texts without it need not be looked through.
SIGN = "bibwright:"

# A bracket that is not closed on its line is no list: "all rules" would be more than the user meant.
_DIRECTIVE = re.compile(r"[ \t]*bibwright:[ \t]*(ignore-file|ignore)(?![\w-])[ \t]*(?:\[([^\[\]\r\n]*)\]|(?!\[))")


class Directive(NamedTuple):
    """What a comment asks for. `codes` are the places of the codes and names, None when all rules are meant."""

    keyword: Span
    codes: tuple[Span, ...] | None
    whole_file: bool


class Suppression(NamedTuple):
    """A directive in its block. `span` is the whole comment, `scope` the entry it is about.

    The scope is None where no entry stands directly behind it, and for the whole file.
    """

    span: Span
    directive: Directive
    scope: Span | None = None


def find_directive(text: str, start: int, end: int) -> Directive | None:
    """The directive in a comment whose content is `text[start:end]`."""
    match = _DIRECTIVE.match(text, start, end)
    if match is None:
        return None
    codes = None if match[2] is None else tuple(_codes(text, *match.span(2)))
    return Directive(Span(*match.span(1)), codes, match[1] == "ignore-file")


def _codes(text: str, start: int, end: int) -> list[Span]:
    found = []
    while start <= end:
        comma = text.find(",", start, end)
        stop = end if comma < 0 else comma
        code = trim(text, start, stop)
        if code.end > code.start:
            found.append(code)
        start = stop + 1
    return found
