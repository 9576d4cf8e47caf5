"""Dates in words: each form that databases write, both ways, and what is no date."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibwright.model.dates import Date, DateParts
from bibwright.model.written_dates import find_date, write_month_and_day, write_year


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2020", Date(DateParts(2020))),
        ("2020 Mar", Date(DateParts(2020, 3))),
        ("2019 Dec 31", Date(DateParts(2019, 12, 31))),
        ("31 December 2019", Date(DateParts(2019, 12, 31))),
        ("December 31, 2019", Date(DateParts(2019, 12, 31))),
        ("2020 Mar-Apr", Date(DateParts(2020, 3), DateParts(2020, 4))),
        ("2020 Spring", Date(DateParts(2020, 21))),
        ("Fall 2020", Date(DateParts(2020, 23))),
        ("2009 Dec 29-2010 Jan 4", Date(DateParts(2009, 12, 29), DateParts(2010, 1, 4))),
        ("2019 Dec-2020 Jan", Date(DateParts(2019, 12), DateParts(2020, 1))),
        ("3-5 March 2015", Date(DateParts(2015, 3, 3), DateParts(2015, 3, 5))),
        ("2015 Mar 3-5", Date(DateParts(2015, 3, 3), DateParts(2015, 3, 5))),
        ("1998-1999", Date(DateParts(1998), DateParts(1999))),
        ("1998-99", Date(DateParts(1998), DateParts(1999))),
        ("1998-", Date(DateParts(1998), open_end=True)),
        ("2013 06 10", Date(DateParts(2013, 6, 10))),
        ("2013-06-10", Date(DateParts(2013, 6, 10))),
        ("20130610", Date(DateParts(2013, 6, 10))),
        ("20131399", None),
        ("2013/6", Date(DateParts(2013, 6))),
        ("c. 1850", Date(DateParts(1850), circa=True)),
        ("1850?", Date(DateParts(1850), uncertain=True)),
        ("-0043", Date(DateParts(-43))),
        ("in press", None),
        ("Marathon 2015", None),
        ("03/04/2015", None),
        ("2015 Feb 32", None),
        ("2020 2021", None),
        ("2020-2019", None),
        ("Mar 3", None),
        ("2015-2015 Mar", Date(DateParts(2015), DateParts(2015, 3))),
        ("", None),
        ("-", None),
        ("1" * 100, None),
    ],
)
def test_forms(text: str, expected: Date | None) -> None:
    assert find_date(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mar 3", Date(DateParts(2015, 3, 3))),
        ("Mar-Apr", Date(DateParts(2015, 3), DateParts(2015, 4))),
        ("Winter", Date(DateParts(2015, 24))),
        ("2014 Dec", Date(DateParts(2014, 12))),
        ("3", None),
    ],
)
def test_a_year_from_elsewhere_completes_a_text_without_one(text: str, expected: Date | None) -> None:
    assert find_date(text, year=2015) == expected


_PARTS = st.builds(
    lambda year, month, day: DateParts(year, month, day if month is not None and month < 13 else None),
    st.integers(1, 9999),
    st.one_of(st.none(), st.integers(1, 12), st.integers(21, 24)),
    st.one_of(st.none(), st.integers(1, 28)),
)


@given(_PARTS, st.booleans(), st.booleans())
def test_what_is_written_is_read_again(start: DateParts, circa: bool, uncertain: bool) -> None:
    date = Date(start, circa=circa, uncertain=uncertain)
    year = find_date(write_year(date))
    assert year is not None
    assert year.start is not None

    whole = find_date(write_month_and_day(date) or write_year(date), year=year.start.year)

    assert whole is not None
    assert (whole.start, year.circa, year.uncertain) == (start, circa, uncertain)
