"""CSL-JSON text as items whose every key has a place in the text.

The standard library's decoder reads the values, so what is valid is decided there; the walk around it keeps the places
and reads on behind an item that is damaged. Files hold an array of items, a single one, an object with the array under
`items` or `references`, or one item a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from json import JSONDecodeError, JSONDecoder
from json.decoder import scanstring  # type: ignore[attr-defined]

from bibwright.formats.csl_data.items import Item, Member
from bibwright.formats.exchange import Unreadable
from bibwright.text.spans import Span

_SPACE = re.compile(r"[\s\ufeff]*")
_ITEMS = ("items", "references")
#: Where an array goes on behind an item that cannot be read: at the next object that begins a line.
_NEXT_ITEM = re.compile(r"^[ \t]*\{", re.MULTILINE)
#: Digits of a number; Python refuses to read and to write integers of some thousand.
_LONGEST_NUMBER = 1000


def _whole_number(digits: str) -> int | str:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else digits


_DECODER = JSONDecoder(strict=False, parse_int=_whole_number)


def find_items(text: str) -> Iterator[Item | Unreadable]:
    """The items of a text in order; what is no item is given as such, and what is behind it is read all the same."""
    at = _skip(text, 0)
    if at >= len(text):
        return
    if text[at] == "[":
        yield from _array(text, at)
        return
    at, item = _item(text, at)
    wrapped = next((m for m in item.members if m.key in _ITEMS), None) if isinstance(item, Item) else None
    if wrapped is not None and isinstance(wrapped.value, list):
        yield from _array(text, text.index("[", wrapped.span.start + len(wrapped.key)))
        return
    yield item
    while (at := _skip(text, at)) < len(text):
        at, item = _item(text, at)
        yield item


def _array(text: str, opening: int) -> Iterator[Item | Unreadable]:
    at = _skip(text, opening + 1)
    while at < len(text) and text[at] != "]":
        at, item = _item(text, at)
        yield item
        at = _skip(text, at)
        if text[at : at + 1] == ",":
            at = _skip(text, at + 1)
        elif at < len(text) and text[at] not in "]{":
            end = _resume(text, at)
            yield Unreadable("a comma or the end of the array was expected", Span(at, end))
            at = end


def _item(text: str, start: int) -> tuple[int, Item | Unreadable]:
    if text[start] != "{":
        try:
            _, end = _DECODER.raw_decode(text, start)
            return end, Unreadable("an object was expected", Span(start, end))
        except (JSONDecodeError, RecursionError):
            end = _resume(text, start + 1)
            return end, Unreadable("an object was expected", Span(start, end))
    members: list[Member] = []
    try:
        at = _skip(text, start + 1)
        while text[at : at + 1] != "}":
            begin = at
            if text[at : at + 1] != '"':
                raise JSONDecodeError("a key in double quotes was expected", text, at)
            key, at = scanstring(text, at + 1, False)
            at = _skip(text, at)
            if text[at : at + 1] != ":":
                raise JSONDecodeError("a colon was expected", text, at)
            value, at = _DECODER.raw_decode(text, _skip(text, at + 1))
            members.append(Member(key, value, Span(begin, at)))
            at = _skip(text, at)
            if text[at : at + 1] == ",":
                at = _skip(text, at + 1)
            elif text[at : at + 1] != "}":
                raise JSONDecodeError("a comma or the end of the item was expected", text, at)
    except (JSONDecodeError, RecursionError) as error:
        end = _resume(text, start + 1)
        reason = error.msg if isinstance(error, JSONDecodeError) else "nested too deeply"
        return end, Unreadable(reason[:1].lower() + reason[1:], Span(start, end))
    return at + 1, Item(tuple(members), Span(start, at + 1))


def _skip(text: str, at: int) -> int:
    return _SPACE.match(text, at).end()  # type: ignore[union-attr]


def _resume(text: str, at: int) -> int:
    match = _NEXT_ITEM.search(text, at)
    return match.end() - 1 if match is not None else len(text)
