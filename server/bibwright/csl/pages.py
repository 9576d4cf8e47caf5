"""Page ranges: finding them in a value and shortening them as a style asks (CSL 1.0.2, appendix V)."""

from __future__ import annotations

import re

_DASH = r"\s*(?:-{1,3}|[‐‑‒–—])\s*"
_RANGE = re.compile(rf"(?<![\w-])([A-Za-z]*)(\d+)([A-Za-z]?){_DASH}([A-Za-z]*)(\d+)([A-Za-z]?)(?![\w-])")
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
        prefix, start, start_tail, end_prefix, end, end_tail = found.groups()
        if end_prefix not in ("", prefix):
            return f"{prefix}{start}{start_tail}{delimiter}{end_prefix}{end}{end_tail}"
        if start_tail or end_tail or not range_format:
            return f"{prefix}{start}{start_tail}{delimiter}{end_prefix}{end}{end_tail}"
        full = _expand(start, end)
        if int(full) < int(start):
            return f"{prefix}{start}{delimiter}{end_prefix}{end}"
        shown = _shorten(start, full, range_format)
        kept_prefix = prefix if shown == full or range_format == "expanded" else ""
        return f"{prefix}{start}{delimiter}{kept_prefix}{shown}"

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
    number = int(start)
    if number < 100 or number % 100 == 0 or len(start) != len(end):
        return end
    if number % 100 < 10:
        return _drop_shared(start, end, 1)
    shortened = _drop_shared(start, end, 2)
    if not sixteenth and len(start) == 4 and len(shortened) >= 3:
        return end
    return shortened
