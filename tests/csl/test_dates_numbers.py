from __future__ import annotations

import pytest

from bibwright.csl.locale import load_locale
from bibwright.csl.numbers import format_number, is_numeric, is_several
from bibwright.csl.pages import first_page, format_pages
from bibwright.model.dates import Date, DateParts
from tests.csl.samples import record, render, style_of

MAY_5 = DateParts(2008, 5, 5)


def _date(date: Date, attributes: str = 'form="text"') -> str:
    return render(style_of(f'<date variable="issued" {attributes}/>'), record(issued=date))


def test_the_dates_of_the_locale() -> None:
    assert _date(Date(MAY_5)) == "May 5, 2008"
    assert _date(Date(MAY_5), 'form="numeric"') == "05/05/2008"
    assert _date(Date(MAY_5), 'form="text" date-parts="year-month"') == "May 2008"
    assert _date(Date(DateParts(2008, 5))) == "May 2008"
    assert _date(Date(DateParts(2008))) == "2008"


def test_a_range_repeats_nothing() -> None:
    assert _date(Date(MAY_5, DateParts(2008, 5, 9))) == "May 5–9, 2008"
    assert _date(Date(MAY_5, DateParts(2008, 7, 1))) == "May 5–July 1, 2008"
    assert _date(Date(MAY_5, DateParts(2009, 1, 2))) == "May 5, 2008–January 2, 2009"
    assert _date(Date(DateParts(2008), DateParts(2010))) == "2008–2010"
    assert _date(Date(DateParts(2008), open_end=True)) == "2008–"


def test_seasons_eras_and_literals() -> None:
    assert _date(Date(DateParts(2008, 21))) == "Spring 2008"
    assert _date(Date(DateParts(-43))) == "44 BC"
    assert _date(Date(DateParts(79))) == "79 AD"
    assert _date(Date(literal="in press")) == "in press"
    assert _date(Date(DateParts(2008, 99, 5))) == "5, 2008"


def test_a_date_without_anything_is_none() -> None:
    assert _date(Date()) == ""


def test_the_parts_that_a_style_lists() -> None:
    style = style_of(
        '<date variable="issued" delimiter=" "><date-part name="year" form="short"/>'
        '<date-part name="month" form="short" strip-periods="true"/><date-part name="day" form="ordinal"/></date>'
    )

    assert render(style, record(issued=Date(DateParts(2008, 12, 22)))) == "08 Dec 22nd"


@pytest.mark.parametrize(
    ("number", "form", "expected"),
    [
        ("1", "ordinal", "1st"),
        ("2", "ordinal", "2nd"),
        ("11", "ordinal", "11th"),
        ("112", "ordinal", "112th"),
        ("23", "ordinal", "23rd"),
        ("3", "long-ordinal", "third"),
        ("12", "long-ordinal", "12th"),
        ("14", "roman", "xiv"),
        ("2-4", "numeric", "2–4"),
        ("2 , 4", "numeric", "2, 4"),
        ("1-3", "ordinal", "1st–3rd"),
        ("2, 3, and 4", "ordinal", "2nd, 3rd, and 4th"),
        ("2a", "ordinal", "2a"),
        ("007", "ordinal", "007"),
        ("iv-vi", "numeric", "iv–vi"),
        ("3-5", "roman", "iii–v"),
        ("9" * 5000, "ordinal", "9" * 5000),
    ],
)
def test_forms_of_numbers(number: str, form: str, expected: str) -> None:
    assert format_number(number, form, load_locale("en-US")) == expected


def test_what_is_a_number() -> None:
    assert [text for text in ("2", "2nd", "D2", "1, 2 & 3", "1-4") if is_numeric(text)] == [
        "2",
        "2nd",
        "D2",
        "1, 2 & 3",
        "1-4",
    ]
    assert not any(is_numeric(text) for text in ("", "second", "1 bis", "Vol. 3"))


def test_several_numbers_take_a_plural_label() -> None:
    style = style_of('<label variable="page" form="short" suffix=" "/><text variable="page"/>')

    assert render(style, record(page="5")) == "p. 5"
    assert render(style, record(page="1-54")) == "pp. 1–54"
    assert is_several("3, 7")


@pytest.mark.parametrize(
    ("pages", "range_format", "expected"),
    [
        ("1-54", "", "1-54"),
        ("1-54", "minimal", "1-54"),
        ("321-328", "minimal", "321-8"),
        ("321-328", "minimal-two", "321-28"),
        ("321-8", "expanded", "321-328"),
        ("N110-N5", "expanded", "N110-N115"),
        ("101-108", "chicago", "101-8"),
        ("1496-1504", "chicago", "1496-1504"),
        ("1496-1504", "chicago-16", "1496-504"),
        ("100-104", "chicago", "100-104"),
        ("S1-S8", "expanded", "S1-S8"),
        ("S1-S8", "minimal", "S1-8"),
        ("S16-S19", "minimal", "S16-9"),
        ("S16-S20", "chicago", "S16-20"),
        ("110-K", "expanded", "110-K"),
        ("1-2-3", "expanded", "1-2-3"),
        ("12-5", "expanded", "12-15"),
        ("iv--xii", "minimal", "iv-xii"),
        ("1–4, 7--9", "", "1-4, 7-9"),
    ],
)
def test_page_ranges(pages: str, range_format: str, expected: str) -> None:
    assert format_pages(pages, range_format, "-") == expected


def test_the_first_page() -> None:
    assert [first_page(pages) for pages in ("1-54", "S12--S15", "e103", "", "–")] == ["1", "S12", "e103", "", ""]
