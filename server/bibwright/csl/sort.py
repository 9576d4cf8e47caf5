"""Sorting the items of a bibliography or of a citation by a style's keys."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from bibwright.csl.citation_label import citation_label
from bibwright.csl.dates import sort_text
from bibwright.csl.pieces import join_parts, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bibwright.csl.context import Context
    from bibwright.csl.style import Area, SortKey

#: Numbers first by size, then texts without regard to case and accents, then as they stand.
SortValue = tuple[int, int, str, str]
_DIGITS = re.compile(r"[0-9]+")
_NOTHING: SortValue = (0, 0, "", "")


def sort_items(area: Area, contexts: Sequence[Context]) -> list[int]:
    """The places of the items in the order of the area's keys; input order where they are equal.

    An item without a value comes last under either direction (CSL 1.0.2, Sorting).
    """
    order = list(range(len(contexts)))
    for number in range(len(area.sort_keys) - 1, -1, -1):
        key = area.sort_keys[number]
        order = sort_by(order, [sort_value(key, ctx) for ctx in contexts], descending=key.descending)
    return order


def sort_by(order: list[int], values: Sequence[SortValue | None], *, descending: bool) -> list[int]:
    """`order` by `values`, those without a value last; equal ones keep their order, so that lesser keys still count."""
    filled = [index for index in order if values[index] is not None]
    empty = [index for index in order if values[index] is None]
    filled.sort(key=lambda index: values[index] or _NOTHING, reverse=descending)
    return filled + empty


def sort_value(key: SortKey, ctx: Context) -> SortValue | None:
    """What the item is sorted by; None when it has no value. Spends `ctx`."""
    ctx.sorting = True
    ctx.called = ctx.printed = 0
    ctx.suppressed = set()
    text = text_of(join_parts(key.macro(ctx), "")) if key.macro else _variable_text(ctx, key.variable)
    return _collate(text)


def _variable_text(ctx: Context, variable: str) -> str:
    if date := ctx.date(variable):
        return sort_text(date)
    if variable == "citation-label":
        return citation_label(ctx.record)
    return ctx.plain(variable)


def _collate(text: str) -> SortValue | None:
    """A key in which `Émile` stands beside `Emile`, and `Vol. 9` before `Vol. 10`; None for no text.

    Punctuation does not count, but for apostrophes inside, before all letters: `d'Wander` stands before `de' Frinkle`.
    """
    stripped = text.strip()
    if not stripped:
        return None
    if len(stripped) < 40 and stripped.removeprefix("-").isdecimal():
        return (0, int(stripped), "", "")
    folded = unicodedata.normalize("NFKD", stripped.casefold()).replace("’", "'")
    plain = "".join(letter for letter in folded if letter == "'" or unicodedata.category(letter)[0] not in "MPC")
    return (1, 0, _DIGITS.sub(_padded, plain.strip("' ")), "")


def _padded(digits: re.Match[str]) -> str:
    """Digits that sort by size: as many as there are go before them."""
    significant = digits[0].lstrip("0")
    return f"{len(significant):05}{significant}"
