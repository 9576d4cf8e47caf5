"""Records for the tests of the engine, built in one line."""

from __future__ import annotations

from bibwright.csl.output import to_plain
from bibwright.csl.render import render_bibliography_entry
from bibwright.csl.style import Style, parse_style
from bibwright.model.dates import Date, DateParts
from bibwright.model.names import Name
from bibwright.model.record import Record
from bibwright.model.richtext import RichText, rich_text

_STYLE = """<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0" {attributes}>
{before}<bibliography {options}><layout suffix="{suffix}">{layout}</layout></bibliography></style>"""


def style_of(layout: str, *, attributes: str = "", options: str = "", before: str = "", suffix: str = "") -> Style:
    """A style with only this bibliography layout; `before` may hold macros and a locale."""
    return parse_style(
        _STYLE.format(layout=layout, suffix=suffix, attributes=attributes, options=options, before=before), "sample"
    )


def render(style: Style, record: Record) -> str:
    return to_plain(render_bibliography_entry(style, record))


def record(csl_type: str = "book", /, **values: str | RichText | Date | Name | tuple[Name, ...]) -> Record:
    """A record; `container_title` stands for `container-title`, and each value finds its class by its type."""
    names: dict[str, tuple[Name, ...]] = {}
    dates: dict[str, Date] = {}
    texts: dict[str, tuple[RichText, ...]] = {}
    for key, value in values.items():
        variable = key.replace("_", "-")
        if isinstance(value, Date):
            dates[variable] = value
        elif isinstance(value, Name):
            names[variable] = (value,)
        elif isinstance(value, str):
            texts[variable] = (rich_text(value),)
        elif value and all(isinstance(name, Name) for name in value):
            names[variable] = tuple(name for name in value if isinstance(name, Name))
        else:
            texts[variable] = (value,)  # type: ignore[assignment]
    return Record(csl_type, names=names, dates=dates, texts=texts)


def year(number: int) -> Date:
    return Date(DateParts(number))


def person(given: str, family: str) -> Name:
    return Name(family=family, given=given)
