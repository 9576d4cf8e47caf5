"""The plain citation that stands in where a style cannot be used, or gives up on a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bibwright.csl.limits import within_limits
from bibwright.csl.output import FormattedRun
from bibwright.model.names import OTHERS
from bibwright.model.placeholders import is_placeholder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bibwright.csl.output import Formatted
    from bibwright.model.names import Name
    from bibwright.model.record import Record

#: What is shown of a long value: nobody reads more of it, and the whole may be what was too much.
_LONGEST = 500
_MOST_NAMES = 7


def plain_citation(record: Record) -> Formatted:
    """Names, year, title, what it is part of, volume, pages and DOI, without any style; empty when it has none."""
    text = plain_citation_text(record)
    return (FormattedRun(text),) if text else ()


def plain_citation_text(record: Record) -> str:
    """The same as text."""
    record = within_limits(record)
    return " ".join(part if part[-1] in ".?!" else f"{part}." for part in _parts(record))


def _parts(record: Record) -> Iterator[str]:
    names = next((names for names in map(record.names.get, ("author", "editor", "translator")) if names), ())
    if written := "; ".join(_written_names(names)):
        yield written
    if year := _year(record):
        yield year
    for variable in ("title", "container-title"):
        if text := _text(record, variable):
            yield text
    volume, pages = _text(record, "volume"), _text(record, "page")
    if number := ", ".join(filter(None, (volume, pages))):
        yield number
    if publisher := _text(record, "publisher"):
        yield publisher
    if doi := _text(record, "DOI"):
        yield f"doi:{doi}"


def _written_names(names: tuple[Name, ...]) -> Iterator[str]:
    for name in names[:_MOST_NAMES]:
        if name == OTHERS:
            break
        if written := name.literal or ", ".join(filter(None, (f"{name.particle} {name.family}".strip(), name.given))):
            yield _shortened(written)
    if len(names) > _MOST_NAMES or OTHERS in names:
        yield "et al"


def _year(record: Record) -> str:
    date = record.dates.get("issued")
    if date is None:
        return ""
    return str(date.start.year) if date.start else _shortened(date.literal)


def _text(record: Record, variable: str) -> str:
    text = _shortened(" ".join(record.text(variable).split()))
    return "" if is_placeholder(text) else text


def _shortened(text: str) -> str:
    return text[:_LONGEST] + "…" if len(text) > _LONGEST else text
