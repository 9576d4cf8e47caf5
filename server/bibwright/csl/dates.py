"""Dates: a date's parts in the order and form of the style or the locale, and ranges that repeat nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bibwright.csl.affixes import Dress, compile_dress
from bibwright.csl.cite_form import suffix_text
from bibwright.csl.numbers import ordinal
from bibwright.csl.pieces import YEAR_SUFFIX, Piece, Pieces, join_parts
from bibwright.csl.xml_tree import Node, without

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from bibwright.csl.context import Context
    from bibwright.csl.locale import Locale
    from bibwright.model.dates import Date, DateParts

#: Beyond it a number is a mistake, and the longest cannot even be printed.
_LAST_YEAR = 10**9
#: Earlier years say their era; the specification has it below 1000, citeproc-js below 500.
_COMMON_ERA_IS_CLEAR = 500
_RANKS = {"year": 0, "month": 1, "day": 2}
#: In a localized date, a style may change how a part looks, but not its affixes.
_LOCALE_OWNS = frozenset(("prefix", "suffix", "name"))


class _Part(NamedTuple):
    rank: int
    form: str
    range_delimiter: str
    prefix: str
    suffix: str
    dress: Dress


def compile_date(node: Node, locale: Locale) -> Callable[[Context], Pieces]:
    """The `date` element: the named form of the locale, or the parts that the style lists."""
    variable = node.get("variable")
    form = node.get("form")
    delimiter = node.get("delimiter")
    # As in citeproc-js, the case of text is for the parts to say.
    dress = compile_dress(without(node, "text-case"))
    own_parts = [child for child in node.children if child.tag == "date-part"]
    wanted = node.get("date-parts", "year-month-day").split("-")
    if form:
        parts, delimiter = _localized(locale, form, own_parts, wanted)
    else:
        parts = [_compile_part(child) for child in own_parts]
    ranks = frozenset(part.rank for part in parts)

    def render(ctx: Context) -> Pieces:
        ctx.called += 1
        date = ctx.date(variable)
        if date is None:
            return []
        if ctx.sorting:
            ctx.count(variable)
            return [Piece(sort_text(date, ranks))]
        if not date.start and date.literal:
            # A text stands where the year would.
            if 0 not in ranks:
                return []
            ctx.count(variable)
            return dress(ctx, [Piece(date.literal)])
        pieces = _render_date(ctx, date, parts, delimiter)
        if not pieces:
            return []
        ctx.count(variable)
        return dress(ctx, pieces)

    return render


def sort_text(date: Date, ranks: Collection[int] = (0, 1, 2)) -> str:
    """The date as a number that sorts by time, a range after its first day; `ranks` are the parts that count."""
    if not date.start:
        return date.literal
    start = _sort_number(date.start, ranks)
    end = _sort_number(date.end, ranks) if date.end else 0
    number = start * 10**14 + max(end, 0)
    return str(number) if number < 0 else f"{number:028}"


def _sort_number(parts: DateParts, ranks: Collection[int]) -> int:
    year, month, day = parts
    year = max(-_LAST_YEAR, min(year, _LAST_YEAR))
    # Seasons stand where their first month would.
    month = {21: 3, 22: 6, 23: 9, 24: 12}.get(month or 0, month or 0) if 1 in ranks else 0
    day = (day or 0) if 2 in ranks else 0
    return year * 10_000 + min(max(month, 0), 99) * 100 + min(max(day, 0), 99)


def _localized(locale: Locale, form: str, own: list[Node], wanted: list[str]) -> tuple[list[_Part], str]:
    node = locale.dates.get(form) or locale.dates.get("text")
    if node is None:
        return [], ""
    changes = {child.get("name"): child for child in own}
    parts: list[_Part] = []
    for child in node.children:
        name = child.get("name")
        if child.tag != "date-part" or name not in wanted:
            continue
        merged = Node("date-part", child.line, dict(child.attributes))
        if name in changes:
            extra = changes[name].attributes
            merged.attributes |= {key: value for key, value in extra.items() if key not in _LOCALE_OWNS}
        parts.append(_compile_part(merged))
    return parts, node.get("delimiter")


def _compile_part(node: Node) -> _Part:
    return _Part(
        _RANKS.get(node.get("name"), 0),
        node.get("form"),
        node.get("range-delimiter", "–"),
        node.get("prefix"),
        node.get("suffix"),
        compile_dress(without(node, "prefix", "suffix")),
    )


def _render_date(ctx: Context, date: Date, parts: list[_Part], delimiter: str) -> Pieces:
    start, end = date.start, date.end
    if start is None:
        start, end = end, None
    if start is None:
        return []
    if end is None or end == start:
        pieces = join_parts(_render_parts(ctx, start, parts, with_suffix=True), delimiter)
        if date.open_end and pieces:
            year = next((part for part in parts if part.rank == 0), None)
            pieces = [*pieces, Piece(year.range_delimiter if year else "–")]
        return pieces
    return _render_range(ctx, start, end, parts, delimiter)


def _render_range(ctx: Context, start: DateParts, end: DateParts, parts: list[_Part], delimiter: str) -> Pieces:
    """The parts that differ twice, those that are shared once: `May 5–July 7, 2008`."""
    ranks = sorted({part.rank for part in parts})
    differs = next((rank for rank in ranks if start[rank] != end[rank]), None)
    inside = [at for at, part in enumerate(parts) if differs is not None and part.rank >= differs]
    if not inside:
        return join_parts(_render_parts(ctx, start, parts, with_suffix=True), delimiter)
    first, last = inside[0], inside[-1]
    between = next(parts[at].range_delimiter for at in inside if parts[at].rank == differs)
    middle = parts[first : last + 1]
    # Two years of one era say it once: `450–400 BC`.
    shares_era = (start.year <= 0) == (end.year <= 0)
    opening = join_parts(
        _render_parts(ctx, start, middle, drop_last_suffix=True, with_era=not shares_era or start.year == end.year),
        delimiter,
    )
    closing = join_parts(_render_parts(ctx, end, middle, drop_first_prefix=True, with_suffix=True), delimiter)
    segments = _render_parts(ctx, start, parts[:first], with_suffix=True)
    segments.append([*opening, Piece(between), *closing])
    segments += _render_parts(ctx, end, parts[last + 1 :], with_suffix=True)
    return join_parts(segments, delimiter)


def _render_parts(
    ctx: Context,
    date: DateParts,
    parts: list[_Part],
    *,
    drop_first_prefix: bool = False,
    drop_last_suffix: bool = False,
    with_suffix: bool = False,
    with_era: bool = True,
) -> list[Pieces]:
    shown = [(part, text) for part in parts if (text := _part_text(ctx, date, part, with_era=with_era))]
    rendered: list[Pieces] = []
    for at, (part, text) in enumerate(shown):
        pieces = [Piece(text)]
        if part.rank == 0:
            pieces = _with_year_suffix(ctx, text, with_suffix=with_suffix)
            if not pieces:
                continue
        pieces = part.dress(ctx, pieces)
        if part.prefix and not (drop_first_prefix and at == 0):
            pieces = [Piece(part.prefix), *pieces]
        if part.suffix and not (drop_last_suffix and at == len(shown) - 1):
            pieces = [*pieces, Piece(part.suffix)]
        rendered.append(pieces)
    return rendered


def _with_year_suffix(ctx: Context, year: str, *, with_suffix: bool) -> Pieces:
    """The year and, if it is the first, the suffix that tells the item from others of that year.

    In a collapsed citation a year that is that of the cite before stays away.
    """
    at = len(ctx.years)
    ctx.years.append(year)
    is_hidden = at < len(ctx.hidden_years) and ctx.hidden_years[at] == year
    pieces = [] if is_hidden else [Piece(year)]
    if with_suffix and ctx.form.suffix and not ctx.explicit_suffix and not ctx.suffix_done:
        ctx.suffix_done = True
        pieces.append(year_suffix(ctx.form.suffix))
    return pieces


def year_suffix(number: int) -> Piece:
    """The year suffix with this number."""
    return Piece(suffix_text(number), role=YEAR_SUFFIX, number=number)


def _part_text(ctx: Context, date: DateParts, part: _Part, *, with_era: bool) -> str:
    if part.rank == 0:
        era = _era(ctx, date.year) if with_era else ""
        return _year_text(date.year, part.form) + era if abs(date.year) <= _LAST_YEAR else ""
    if part.rank == 1:
        return _month_text(ctx, date.month, part.form) if date.month else ""
    return _day_text(ctx, date, part.form) if date.day else ""


def _year_text(year: int, form: str) -> str:
    if year <= 0:
        # Before the year 1 is the year 0, which people call 1 BC.
        return str(1 - year)
    return f"{year % 100:02}" if form == "short" and year >= 1000 else str(year)


def _era(ctx: Context, year: int) -> str:
    if year <= 0:
        return ctx.locale.term("bc") or ""
    return ctx.locale.term("ad") or "" if year < _COMMON_ERA_IS_CLEAR else ""


def _month_text(ctx: Context, month: int, form: str) -> str:
    if 21 <= month <= 24:
        return ctx.locale.term(f"season-{month - 20:02}") or ""
    if not 1 <= month <= 12:
        return ""
    match form:
        case "numeric":
            return str(month)
        case "numeric-leading-zeros":
            return f"{month:02}"
        case _:
            return ctx.locale.term(f"month-{month:02}", form or "long") or str(month)


def _day_text(ctx: Context, date: DateParts, form: str) -> str:
    day = date.day or 0
    match form:
        case "numeric-leading-zeros":
            return f"{day:02}"
        case "ordinal" if day == 1 or not ctx.locale.limit_day_ordinals:
            # The month is the noun: `1er octobre`.
            month = ctx.locale.find_term(f"month-{date.month or 0:02}")
            return ordinal(day, ctx.locale, month.gender if month else "")
        case _:
            return str(day)
