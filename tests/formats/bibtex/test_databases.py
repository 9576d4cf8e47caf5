"""Fields and habits of the databases and publishers that write .bib files."""

from __future__ import annotations

import pytest

from bibwright.features.convert import convert_text
from bibwright.formats import FORMATS
from bibwright.model.dates import DateParts
from bibwright.model.names import Name
from bibwright.model.richtext import plain_text
from tests.support.records import converted, read_one


def test_scopus() -> None:
    record = read_one(
        "@ARTICLE{a,\n"
        "author_keywords={Pregnancy; PFAS},\n"
        "keywords={fluorocarbon;  human},\n"
        "art_number={111632},\n"
        "pubmed_id={31136156},\n"
        "abbrev_source_title={Environ. Res.},\n"
        "document_type={Review},\n"
        "}\n"
    )

    assert list(map(plain_text, record.texts["keyword"])) == ["Pregnancy", "PFAS", "fluorocarbon", "human"]
    assert {variable: record.text(variable) for variable in ("number", "PMID", "container-title-short", "genre")} == {
        "number": "111632",
        "PMID": "31136156",
        "container-title-short": "Environ. Res.",
        "genre": "Review",
    }


def test_acm() -> None:
    record = read_one(
        "@inproceedings{a,\n"
        "location = {Dallas, Texas},\n"
        "address = {New York, NY, USA},\n"
        "numpages = {10},\n"
        "articleno = {4},\n"
        "}\n"
    )

    assert {variable: record.text(variable) for variable in record.texts} == {
        "event-place": "Dallas, Texas",
        "publisher-place": "New York, NY, USA",
        "number-of-pages": "10",
        "number": "4",
    }


def test_the_place_of_a_conference_is_its_venue_in_biblatex() -> None:
    bib = "@inproceedings{a,\n  location = {Dallas},\n  address = {New York},\n}\n"

    assert converted(bib, "bibtex", "biblatex") == (
        "@inproceedings{a,\n  venue = {Dallas},\n  location = {New York},\n}\n"
    )


def test_a_place_alone_is_that_of_the_publisher() -> None:
    assert read_one("@inproceedings{a, location = {Berlin}}").text("publisher-place") == "Berlin"
    assert read_one("@book{a, location = {Berlin}, address = {Bonn}}").text("event-place") == ""


def test_a_date_without_its_year_is_month_and_day() -> None:
    record = read_one("@article{a, date = {Mar 3}, year = {2015}}")

    assert record.dates["issued"].start == DateParts(2015, 3, 3)
    assert "date = {2015-03-03}" in converted("@article{a, date = {Mar 3}, year = {2015}}\n", "bibtex", "biblatex")


def test_a_date_that_is_none_leaves_the_year_and_is_reported() -> None:
    conversion = convert_text("@article{a, date = {soon}, year = {2015}}\n", FORMATS["bibtex"], FORMATS["ris"])

    assert "PY  - 2015\n" in conversion.text
    assert [loss.field for loss in conversion.entries[0].losses] == ["date"]


@pytest.mark.parametrize("month", ["July 30th", "30th July", 'jul # "~30"'])
def test_a_day_in_the_month(month: str) -> None:
    value = month if "#" in month else "{" + month + "}"

    assert read_one(f"@article{{a, year = 2002, month = {value}}}").dates["issued"].start == DateParts(2002, 7, 30)


def test_a_tilde_is_an_accent_in_a_name() -> None:
    record = read_one(r"@book{a, author = {Mu\~noz, Jos\'e and N\~{u}{\~n}ez, A~B}}")

    assert record.names["author"] == (Name("Muñoz", "José"), Name("Nũñez", "A B"))
