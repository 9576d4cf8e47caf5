r"""The text of a value that TeX sets as text: all else is masked, and every character keeps its place.

Masked are formulas, commands and their arguments (but the arguments of commands that set text, as `\emph`, are text
too), environments, escaped characters and web addresses.
"""

from __future__ import annotations

import re
from typing import Final

from bibwright.formats.bibtex.latex_tables import (
    ACCENTS,
    CAPITALS,
    DISCARDED,
    STYLE_COMMANDS,
    STYLE_SWITCHES,
    SYMBOLS,
    TRANSPARENT,
)

#: What stands for every masked character: no rule looks for it.
MASK: Final = "\x00"

_TEXT_COMMANDS = frozenset(
    {*ACCENTS, *CAPITALS, *DISCARDED, *STYLE_COMMANDS, *STYLE_SWITCHES, *SYMBOLS, *TRANSPARENT}
    | {"enquote", "mkbibquote", "footnote", "textcolor", "MakeLowercase", "lowercase", "textls", "foreignlanguage"}
)
_TOKEN = re.compile(
    r"\\(?P<command>[A-Za-z]+)\*?[ \t]*|\\(?P<sign>.)|(?P<math>\$\$?)|(?P<address>(?:https?|ftp)://[^\s{}]+|www\.[^\s{}]+)",
    re.DOTALL,
)
_SPECIAL = re.compile(r"[\\$]|://|www\.")
_BRACE = re.compile("[{}]")
_OPTION = re.compile(r"\[[^\[\]{}]*\]")


def mask_latex(value: str) -> str:
    """The value with what is no text masked; behind a `$` without partner nothing is certain, and all is masked."""
    if not _SPECIAL.search(value):
        return value
    out: list[str] = []
    pairs: dict[int, int] | None = None
    kept = at = 0
    while (match := _TOKEN.search(value, at)) is not None:
        start, end = match.span()
        match match.lastgroup:
            case "math":
                close = _closing_dollar(value, end, match.group())
                end = len(value) if close < 0 else close + len(match.group())
            case "sign" if match["sign"] in "([":
                close = value.find(r"\)" if match["sign"] == "(" else r"\]", end)
                end = end if close < 0 else close + 2
            case "command" if (name := match["command"]) == "begin":
                close = value.find(r"\end{", end)
                end = len(value) if close < 0 else value.find("}", close) + 1 or len(value)
            case "command" if name == "verb" and end < len(value):
                close = value.find(value[end], end + 1)
                end = len(value) if close < 0 else close + 1
            case "command" if name not in _TEXT_COMMANDS:
                pairs = _brace_pairs(value) if pairs is None else pairs
                end = _arguments_end(value, end, pairs, most=1 if name == "href" else len(value))
        out += (value[kept:start], MASK * (end - start))
        kept = at = end
    out.append(value[kept:])
    return "".join(out)


def _closing_dollar(value: str, at: int, delimiter: str) -> int:
    """Where the next unescaped delimiter stands, or -1."""
    while (found := value.find(delimiter, at)) >= 0:
        if value[found - 1] != "\\" or value[found - 2 : found] == "\\\\":
            return found
        at = found + 1
    return -1


def _brace_pairs(value: str) -> dict[int, int]:
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for match in _BRACE.finditer(value):
        if match.group() == "{":
            opened.append(match.start())
        elif opened:
            pairs[opened.pop()] = match.end()
    return pairs


def _arguments_end(value: str, at: int, pairs: dict[int, int], *, most: int) -> int:
    while most > 0:
        if value.startswith("{", at):
            at = pairs.get(at, len(value))
            most -= 1
        elif (option := _OPTION.match(value, at)) is not None:
            at = option.end()
        else:
            break
    return at
