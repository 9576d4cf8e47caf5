"""Page ranges: finding them in a value and shortening them as a style asks (CSL 1.0.2, appendix V)."""

from __future__ import annotations

import re

#: A page has few characters; the bound keeps hostile values from costing more than their length.
_SIDE = r"[^\W_]{1,20}"
_RANGE = re.compile(rf"(?<![\w-])({_SIDE})(\s*)(-{{1,3}}|[‐‒–—])\s*({_SIDE})(?![\w-])")
_NUMBERED = re.compile(r"(.*?)(\d+)")
_ROMAN = re.compile(r"[ivxlcdm]+|[IVXLCDM]+")
_FIRST = re.compile(r"^\s*(\w+)")


def first_page(pages: str) -> str:
    """The page that a page value begins with; the empty string when it names none."""
    found = _FIRST.match(pages)
    return found[1] if found else ""


def format_pages(pages: str, range_format: str, delimiter: str) -> str:
    """`pages` with each range written with `delimiter` and shortened by `range_format` (empty: as it is).

    Only two numbers with the same prefix are a range: `110-K`, `S1-T2` and `1-2-3` keep their text.
    """

    def write(found: re.Match[str]) -> str:
        start, _, dash, end = found.groups()
        first, last = _NUMBERED.fullmatch(start), _NUMBERED.fullmatch(end)
        if not first or not last:
            is_roman = _ROMAN.fullmatch(start) and _ROMAN.fullmatch(end)
            return f"{start}{delimiter if is_roman else dash}{end}"
        prefix, low = first.groups()
        if last[1] != prefix:
            return f"{start}{dash}{end}"
        if not range_format:
            return f"{start}{delimiter}{end}"
        high = _expand(low, last[2])
        if (len(high), high) < (len(low), low):
            return f"{start}{dash}{end}"
        if range_format == "expanded" or high == low:
            return f"{start}{delimiter}{prefix}{high}"
        shown = _shorten(low, high, range_format)
        return f"{start}{delimiter}{shown}"

    return _RANGE.sub(write, pages)


def _expand(start: str, end: str) -> str:
    """`end` with the digits it leaves to `start`: 321, 28 gives 328."""
    return start[: len(start) - len(end)] + end if len(end) < len(start) else end


def _shorten(start: str, end: str, range_format: str) -> str:
    match range_format:
        case "minimal":
            return _drop_shared(start, end, 1)
        case "minimal-two":
            return _drop_shared(start, end, 2)
        case "chicago" | "chicago-15" | "chicago-16":
            return _chicago(start, end, sixteenth=range_format == "chicago-16")
        case _:
            return end


def _drop_shared(start: str, end: str, keep: int) -> str:
    if len(start) != len(end):
        return end
    shared = 0
    while shared < len(end) - keep and start[shared] == end[shared]:
        shared += 1
    return end[shared:]


def _chicago(start: str, end: str, *, sixteenth: bool) -> str:
    """The Chicago rule: hundreds in full, 101-108 as 101-8, else two digits or more."""
    tail = start[-2:]
    if len(start) < 3 or tail == "00" or len(start) != len(end):
        return end
    if tail[0] == "0":
        return _drop_shared(start, end, 1)
    shortened = _drop_shared(start, end, 2)
    if not sixteenth and len(start) == 4 and len(shortened) >= 3:
        return end
    return shortened
