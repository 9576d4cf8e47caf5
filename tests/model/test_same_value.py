"""When two values say the same: each case of the list, and what is near it and different."""

from __future__ import annotations

import pytest

from bibwright.model.dates import Date, DateParts
from bibwright.model.names import OTHERS, Name
from bibwright.model.record import Record
from bibwright.model.richtext import Run, Style, rich_text
from bibwright.model.same_value import is_said, is_same_name


@pytest.mark.parametrize(
    ("variable", "before", "after", "same"),
    [
        ("title", "A  title\nof\ntwo", "A title\nof\n two", True),
        ("title", "A\nB", "A B", False),
        ("title", "a--b ``c''", "a–b “c”", True),
        ("title", "A", "a", False),
        ("URL", "http://a.b/c--d", "http://a.b/c–d", False),
        ("URL", " http://a.b/c--d", "http://a.b/c--d", True),
        ("DOI", "10.1000/c--d", "10.1000/c–d", False),
        ("title", "e\u0301", "\xe9", True),
        ("page", "12--34", "12-34", True),
        ("page", "12-34", "12", False),
        ("DOI", "https://doi.org/10.1000/AB", "10.1000/ab", True),
        ("ISSN", "1234-567x, 0000-0000", "1234-567X 0000-0000", True),
        ("edition", "2nd", "2", True),
        ("edition", "2", "3", False),
        ("language", "Ger", "ger", False),
    ],
)
def test_texts(variable: str, before: str, after: str, *, same: bool) -> None:
    one, other = (Record("book", texts={variable: (rich_text(text),)}) for text in (before, after))

    assert is_said(variable, one, other) is same


def test_spellings_of_a_table_are_one() -> None:
    one, other = (Record("book", texts={"language": (rich_text(text),)}) for text in ("Ger", "de"))

    assert is_said("language", one, other, {"language": {"ger": "de"}})


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        (Name("Plato"), Name(literal="Plato", unsure=True), True),
        (Name("van Gogh", "V."), Name("Gogh", "V.", dropping_particle="van"), True),
        (Name("Gogh", "V.", dropping_particle="van"), Name("van Gogh", "V."), False),
        (Name("Gogh", "V.", non_dropping_particle="van"), Name("Gogh", "V.", dropping_particle="van"), False),
        (Name("May", suffix="Jr."), Name("May"), False),
        (OTHERS, Name("others"), False),
    ],
)
def test_names(before: Name, after: Name, *, same: bool) -> None:
    assert is_same_name(before, after) is same


def test_a_name_that_is_left_out_is_missed_and_one_more_is_not() -> None:
    one = Record("book", names={"author": (Name("A"), Name("B"))})
    other = Record("book", names={"author": (Name("A"), Name("C"), Name("B"))})

    assert is_said("author", one, other)
    assert not is_said("author", other, one)


def test_addresses_of_the_doi_short_titles_and_keys_say_nothing_more() -> None:
    texts = {"DOI": "10.1000/1", "container-title": "J", "citation-key": "k"}
    more = {"URL": "https://doi.org/10.1000/1", "container-title-short": "J"}
    other = Record("book", "k", texts={name: (rich_text(text),) for name, text in texts.items()})
    one = Record("book", "k", texts={**other.texts, **{name: (rich_text(text),) for name, text in more.items()}})

    assert all(is_said(variable, one, other) for variable in one.texts)


def test_dates_and_styles() -> None:
    year, month = (Record("book", dates={"issued": Date(DateParts(2000, part))}) for part in (None, 2))
    plain, italic = (Record("book", texts={"title": ((Run("T", style),),)}) for style in (Style.NONE, Style.ITALIC))

    assert not is_said("issued", month, year)
    assert not is_said("title", italic, plain)
