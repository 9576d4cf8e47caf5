from __future__ import annotations

from typing import TYPE_CHECKING

from bibwright.csl.bibliography import render_bibliography
from bibwright.csl.citation import Cite
from bibwright.csl.document import render_citation
from bibwright.csl.output import to_html, to_plain
from bibwright.csl.styles import load_style
from bibwright.model.dates import Date, DateParts
from bibwright.model.record import Record
from tests.csl.samples import person, record, style_of, year

if TYPE_CHECKING:
    from bibwright.csl.style import Style

BY_AUTHOR_AND_YEAR = (
    '<sort><key variable="author"/><key variable="issued" sort="descending"/></sort>',
    '<text variable="citation-number" suffix=". "/><names variable="author"/>'
    '<date variable="issued" prefix=" "><date-part name="year"/></date>',
)


def _style(options: str = "") -> Style:
    sort, layout = BY_AUTHOR_AND_YEAR
    return style_of(f"{layout}</layout>{sort}<layout>", options=options)


def _lines(style: Style, *records: Record) -> list[str]:
    return [to_plain(entry.formatted) for entry in render_bibliography(style, records)]


AALTO, OSTERBERG, ZIMMER = person("A.", "Aalto"), person("O.", "Österberg"), person("Z.", "Zimmer")


def test_entries_are_sorted_and_numbered() -> None:
    records = (
        record(author=ZIMMER, issued=year(2001)),
        record(author=OSTERBERG, issued=year(2001)),
        record(author=AALTO, issued=year(2001)),
        record(author=AALTO, issued=year(2002)),
        record(issued=year(1999)),
    )

    assert _lines(_style(), *records) == [
        "1. A. Aalto 2002",
        "2. A. Aalto 2001",
        "3. O. Österberg 2001",
        "4. Z. Zimmer 2001",
        "5. 1999",
    ]


def test_a_repeated_author_is_replaced() -> None:
    records = [record(author=AALTO, issued=year(number)) for number in (2001, 2002)]

    assert _lines(_style('subsequent-author-substitute="———"'), *records) == ["1. A. Aalto 2002", "2. ——— 2001"]


def test_entries_know_the_place_of_their_record() -> None:
    entries = render_bibliography(load_style("kci-apa"), [Record("misc"), record(title="A")])

    assert [entry.place for entry in entries] == [1]


def test_a_citation_joins_its_cites() -> None:
    cites = [Cite(record(author=AALTO, issued=year(2001))), Cite(record(author=ZIMMER, issued=year(2002)))]

    assert to_plain(render_citation(load_style("kci-apa"), cites)) == "(A. Aalto, 2001; Z. Zimmer, 2002)"


def test_the_first_field_stands_in_the_margin_where_a_style_aligns_the_second() -> None:
    layout = '<text variable="citation-number"/><text variable="title"/>'
    style = style_of(layout, options='second-field-align="flush"')
    (entry,) = render_bibliography(style, [record(title="A")])

    assert to_html(entry.formatted) == '<div class="csl-left-margin">1</div><div class="csl-right-inline">A</div>'


def test_years_before_christ_sort_by_time() -> None:
    style = style_of('<date variable="issued" form="text"/></layout><sort><key variable="issued"/></sort><layout>')

    assert _lines(style, *[record(issued=year(number)) for number in (5, -43, 1999, -99)]) == [
        "100 BC",
        "44 BC",
        "5 AD",
        "1999",
    ]


def test_a_sort_macro_sees_only_the_parts_of_a_date_that_it_names() -> None:
    style = style_of(
        '<text variable="title"/></layout><sort><key macro="year"/></sort><layout>',
        before='<macro name="year"><date variable="issued"><date-part name="year"/></date></macro>',
    )
    records = [record(title=title, issued=Date(DateParts(2000, month))) for title, month in (("A", 9), ("B", 1))]

    assert _lines(style, *records) == ["A", "B"]


def test_the_end_of_a_layout_stands_in_its_last_block() -> None:
    style = style_of(
        '<text variable="citation-number" display="left-margin"/><text variable="title" display="right-inline"/>',
        suffix=".",
    )

    assert _lines(style, record(title="A")) == ["1 A."]
