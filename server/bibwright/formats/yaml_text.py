"""Values as YAML in block style: one line a value, quotation marks only where YAML asks for them, nothing folded.

What YAML 1.1 or 1.2 would take for something other than text (`no`, `1e3`, `2020-01-01`) stands in quotation marks.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

_PLAIN_START = re.compile(r"[^\W_]|[(_/.+$;=^~]|-(?=[^\s-])")
_NOT_PLAIN = re.compile(r": |:\Z| #|[^\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]|[ \xa0]\Z")
_OTHER_THAN_TEXT = re.compile(
    r"""
    (?:y|n|yes|no|on|off|true|false|null|none|~|=|<<|\.{3}|---)
    | [-+]?\.(?:inf|nan)
    | [-+.]?\d[\d_,.:]*(?:e[-+]?\d+)?\.?
    | [-+]?0[xob][\da-f_]+
    | \d{4}-\d\d?(?:-\d\d?)?(?:[t ].*)?
    """,
    re.IGNORECASE | re.VERBOSE | re.ASCII,
)
#: What JSON leaves as it is and YAML does not allow, or takes for a line end.
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_SIGNS = r"\x21-\x7e\xa1-\u1fff\u200b-\u2027\u202a-\u2fff\u3001-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff"
_BLOCK_LINE = re.compile(rf"(?:[{_SIGNS}](?:[{_SIGNS}\x20\xa0\u2000-\u200a\u3000]*[{_SIGNS}])?)?")
_KEY = re.compile(r"[A-Za-z_][\w./+-]*", re.ASCII)


def write_mapping(mapping: dict[str, Any], indent: int = 0) -> Iterator[str]:
    """The lines of a mapping, without line ends."""
    margin = " " * indent
    for key, value in mapping.items():
        name = write_key(key)
        match value:
            case dict() if value:
                yield f"{margin}{name}:"
                yield from write_mapping(value, indent + 2)
            case list() if value and not _is_flat(value):
                yield f"{margin}{name}:"
                yield from write_sequence(value, indent)
            case str() if _is_block(value):
                yield f"{margin}{name}: |-"
                yield from (f"{margin}  {line}" if line else "" for line in value.split("\n"))
            case _:
                yield f"{margin}{name}: {write_scalar(value)}"


def write_sequence(values: list[Any], indent: int = 0) -> Iterator[str]:
    """The lines of a sequence, each value behind a dash."""
    margin = " " * indent
    for value in values:
        match value:
            case dict() if value:
                lines = write_mapping(value, indent + 2)
                yield f"{margin}- {next(lines)[indent + 2 :]}"
                yield from lines
            case list() if value and not _is_flat(value):
                lines = write_sequence(value, indent + 2)
                yield f"{margin}- {next(lines)[indent + 2 :]}"
                yield from lines
            case _:
                yield f"{margin}- {write_scalar(value)}"


def write_key(key: str) -> str:
    """A key, in quotation marks where it is more than a word."""
    return key if _KEY.fullmatch(key) and not _OTHER_THAN_TEXT.fullmatch(key) else _quoted(key)


def write_scalar(value: Any) -> str:
    """A value on one line."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return value if is_plain(value) else _quoted(value)
        case list():
            return f"[{', '.join(map(_write_in_flow, value))}]"
        case dict():
            return "{}"
    return json.dumps(value)


def is_plain(text: str) -> bool:
    """Whether a text needs no quotation marks in block style, and stays a text without."""
    return (
        _PLAIN_START.match(text) is not None
        and _NOT_PLAIN.search(text) is None
        and _OTHER_THAN_TEXT.fullmatch(text) is None
    )


def _quoted(text: str) -> str:
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(text, ensure_ascii=False))


def _is_flat(values: list[Any]) -> bool:
    """Whether a list is one of numbers, or of lists of those (`date-parts`): it stands on one line."""
    return all(isinstance(value, int) or (isinstance(value, list) and _is_flat(value)) for value in values)


def _write_in_flow(value: Any) -> str:
    return write_scalar(value) if isinstance(value, list) else json.dumps(value)


def _is_block(text: str) -> bool:
    """Whether a text of several lines can stand as it is: no line begins or ends with a blank."""
    lines = text.split("\n")
    return len(lines) > 1 and bool(lines[0] and lines[-1]) and all(map(_BLOCK_LINE.fullmatch, lines))
