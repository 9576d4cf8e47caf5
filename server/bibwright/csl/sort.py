"""Sorting the items of a bibliography or of a citation by a style's keys."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from bibwright.csl.dates import sort_text
from bibwright.csl.pieces import join_parts, text_of
from bibwright.csl.render import new_context

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bibwright.csl.context import Context
    from bibwright.csl.style import Area, SortKey, Style
    from bibwright.model.record import Record

#: Numbers first by size, then texts without regard to case and accents, then as they stand.
_Key = tuple[int, int, str, str]
_UNSORTED = '"“”‘«»[]()'
_NOTHING: _Key = (0, 0, "", "")


def sort_records(style: Style, area: Area, records: Sequence[Record]) -> list[int]:
    """The places of the records in the order of the area's keys; input order where they are equal.

    A record without a value comes last under either direction (CSL 1.0.2, Sorting).
    """
    order = list(range(len(records)))
    for key in reversed(area.sort_keys):
        values = {index: _value(style, key, records[index], index + 1) for index in order}
        filled = [index for index in order if values[index] is not None]
        empty = [index for index in order if values[index] is None]
        # `reverse` keeps equal ones in their order, so that less important keys still count.
        filled.sort(key=lambda index: values[index] or _NOTHING, reverse=key.descending)
        order = filled + empty
    return order


def _value(style: Style, key: SortKey, record: Record, number: int) -> _Key | None:
    ctx = new_context(style, record)
    ctx.sorting = True
    ctx.given["citation-number"] = str(number)
    text = text_of(join_parts(key.macro(ctx), "")) if key.macro else _variable_text(ctx, key.variable)
    return _collate(text)


def _variable_text(ctx: Context, variable: str) -> str:
    if date := ctx.date(variable):
        return sort_text(date)
    return ctx.plain(variable)


def _collate(text: str) -> _Key | None:
    """A key in which `Émile` stands beside `Emile`, and 9 before 10; None for no text.

    Apostrophes count only inside, before all letters: `d'Wander` stands before `de' Frinkle`.
    """
    stripped = text.strip()
    if not stripped:
        return None
    if len(stripped) < 40 and stripped.removeprefix("-").isdecimal():
        return (0, int(stripped), "", "")
    folded = unicodedata.normalize("NFD", stripped.casefold()).replace("’", "'")
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter) and letter not in _UNSORTED)
    return (1, 0, plain.strip("' "), stripped)
