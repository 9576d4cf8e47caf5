"""Habits of the databases that write RIS."""

from __future__ import annotations

import pytest

from bibwright.formats.ris.dates import read_date
from bibwright.model.dates import Date, DateParts
from tests.support.records import converted, read_one


def test_scopus_has_the_pubmed_id_where_endnote_has_that_of_pubmed_central() -> None:
    record = read_one("TY  - JOUR\nC2  - 32741292\nER  - \n", "ris")

    assert (record.text("PMID"), record.text("PMCID")) == ("32741292", "")
    assert read_one("TY  - JOUR\nC2  - PMC4756000\nER  - \n", "ris").text("PMCID") == "PMC4756000"


def test_a_month_may_be_spelled_out() -> None:
    assert read_date("2015/october") == Date(DateParts(2015, 10))
    assert read_date("2015/Oct/12/") == Date(DateParts(2015, 10, 12))
    assert read_date("2015/soon") == Date(literal="2015/soon")


def test_addresses_and_references_in_m1_are_no_number_of_an_issue() -> None:
    for text in ("(Boisvert C.) Brigham Young University, Provo, UT, United States", "Journal Article"):
        record = read_one(f"TY  - JOUR\nM1  - {text}\nER  - \n", "ris")
        assert record.texts == {}
        assert record.fields[0].variables == ()

    for text in ("3", "Suppl. 2", "Spring"):
        assert read_one(f"TY  - JOUR\nM1  - {text}\nER  - \n", "ris").text("issue") == text


@pytest.mark.parametrize("text", ["English", "eng", "en"])
def test_languages_in_words_are_tags_elsewhere_and_stay_words_in_ris(text: str) -> None:
    ris = f"TY  - BOOK\nLA  - {text}\nER  - \n\n"

    assert read_one(ris, "ris").text("language") == "en"
    assert "langid = {english}" in converted(ris, "ris", "biblatex")
    assert converted(ris, "ris", "ris") == ris.removesuffix("\n")


def test_several_tags_on_one_line() -> None:
    record = read_one("TY  - JOUR\nDO  - 10.1000/x     LK  - https://example.org/x\nTI  - A   B - C\nER  - \n", "ris")

    assert [(field.name, field.text) for field in record.fields] == [
        ("DO", "10.1000/x"),
        ("LK", "https://example.org/x"),
        ("TI", "A B - C"),
    ]
    assert {variable: record.text(variable) for variable in record.texts} == {
        "title": "A B - C",
        "DOI": "10.1000/x",
        "URL": "https://example.org/x",
    }
