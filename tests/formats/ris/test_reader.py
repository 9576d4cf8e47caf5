from __future__ import annotations

import pytest

from bibwright.formats.ris.dates import read_date
from bibwright.model.dates import Date, DateParts
from bibwright.model.names import Name
from bibwright.model.record import Record
from bibwright.model.richtext import plain_text
from tests.support.records import read_one, seed
from tests.support.shared import needs_shared


def read(reference_type: str, *lines: str) -> Record:
    return read_one("\n".join((f"TY  - {reference_type}", *lines, "ER  - ", "")), "ris")


@needs_shared
def test_the_seed() -> None:
    record = read_one(seed("ris"), "ris")

    assert record.type == "article-journal"
    assert record.names == {"author": (Name(literal="Sangmun Suh", unsure=True),)}
    assert record.dates == {"issued": Date(start=DateParts(2015))}
    assert {variable: record.text(variable) for variable in record.texts if variable != "abstract"} == {
        "title": "Reargument of Sino-North Korea Combined Forces Command : the Background and Process of Establishment",
        "container-title": "military history",
        "issue": "95",
        "publisher": "Military History Institute, MND",
        "page": "1-54",
        "ISSN": "1598-317X",
        "DOI": "10.29212/mh.2015..95.1",
        "keyword": "Korean War",
    }
    assert len(record.texts["keyword"]) == 4
    assert record.text("abstract").count("\n") == 3
    assert [field.name for field in record.fields if not field.variables] == ["VL"]


def test_the_journal_has_many_tags() -> None:
    def journal(*lines: str) -> tuple[str, str]:
        record = read("JOUR", *lines)
        return record.text("container-title"), record.text("container-title-short")

    assert journal("JO  - J", "T2  - Journal") == ("Journal", "J")
    assert journal("JA  - J") == ("J", "")
    assert journal("JO  - Journal", "JF  - Journal", "J2  - J.") == ("Journal", "J.")


def test_roles_depend_on_the_type() -> None:
    assert set(read("CHAP", "A2  - Ed, E.").names) == {"editor"}
    assert set(read("BOOK", "A2  - Ed, E.", "A3  - Od, O.").names) == {"collection-editor", "editor"}
    assert set(read("EDBOOK", "AU  - Ed, E.").names) == {"editor"}


def test_names() -> None:
    record = read("JOUR", "AU  - Smith, John, Jr.", "AU  - Plato", "AU  - van der Berg, Jan")

    assert record.names["author"] == (
        Name(family="Smith", given="John", suffix="Jr."),
        Name(literal="Plato", unsure=True),
        Name(family="van der Berg", given="Jan"),
    )


@pytest.mark.parametrize("value", ["null", "NULL", "None", "N/A", "undefined", ""])
def test_placeholders_fill_nothing(value: str) -> None:
    record = read("JOUR", f"VL  - {value}")

    assert not record.texts
    assert [field.name for field in record.fields] == ["VL"]


def test_sn_by_shape_then_by_type() -> None:
    assert set(read("BOOK", "SN  - 1598-317X").texts) == {"ISSN"}
    assert set(read("JOUR", "SN  - 978-3-16-148410-0").texts) == {"ISBN"}
    assert set(read("RPRT", "SN  - TR-17").texts) == {"number"}
    assert [
        plain_text(value) for value in read("JOUR", "SN  - 0028-0836 (Print)", "SN  - 1476-4687").texts["ISSN"]
    ] == [
        "0028-0836",
        "1476-4687",
    ]


def test_pages() -> None:
    assert read("JOUR", "SP  - 1", "EP  - 54").text("page") == "1-54"
    assert read("JOUR", "SP  - 1-54").text("page") == "1-54"
    assert read("BOOK", "SP  - 300").text("number-of-pages") == "300"


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2015", Date(start=DateParts(2015))),
        ("2015/03/10/", Date(start=DateParts(2015, 3, 10))),
        ("2015/03//", Date(start=DateParts(2015, 3))),
        ("1998///Spring", Date(start=DateParts(1998, 21))),
        ("2015-03-10", Date(start=DateParts(2015, 3, 10))),
        ("10 March 2015", Date(start=DateParts(2015, 3, 10))),
        ("2015/03//Spring", Date(start=DateParts(2015, 3))),
        ("2015///Spring 2015", Date(start=DateParts(2015, 21))),
        ("1999/03//to 2001-05", Date(start=DateParts(1999, 3), end=DateParts(2001, 5))),
        ("1999///to present", Date(start=DateParts(1999), open_end=True)),
        ("2015. 03. 10", Date(start=DateParts(2015, 3, 10))),
        ("2015.3.", Date(start=DateParts(2015, 3))),
        ("2015년 3월", Date(start=DateParts(2015, 3))),
        ("2015年3月10日", Date(start=DateParts(2015, 3, 10))),
        ("Sept. 2015", Date(start=DateParts(2015, 9))),
        ("Marathon 2015", Date(literal="Marathon 2015")),
        ("Mar-Apr 2015", Date(literal="Mar-Apr 2015")),
        ("in press", Date(literal="in press")),
        ("2015/99/99", Date(literal="2015/99/99")),
    ],
)
def test_dates(text: str, date: Date) -> None:
    assert read_date(text) == date


def test_a_complete_da_is_better_than_py() -> None:
    assert read("JOUR", "PY  - 2015", "DA  - 2015/03/10/").dates["issued"].start == DateParts(2015, 3, 10)
    assert read("JOUR", "PY  - 2015", "DA  - Mar 10").dates["issued"].start == DateParts(2015, 3, 10)


def test_lines_of_an_abstract_are_paragraphs_unless_it_is_wrapped() -> None:
    paragraphs = read("JOUR", "AB  - First paragraph.", "Second one, which is longer than the first.")
    wrapped = read("JOUR", "AB  - " + "word " * 13 + "and", "words " * 12 + "end", "rest.")

    assert paragraphs.text("abstract") == "First paragraph.\nSecond one, which is longer than the first."
    assert "\n" not in wrapped.text("abstract")


def test_a_doi_is_found_elsewhere_too() -> None:
    record = read("JOUR", "M3  - 10.1000/182", "UR  - https://doi.org/10.1000/182", "UR  - http://x.org")

    assert record.text("DOI") == "10.1000/182"
    assert [plain_text(value) for value in record.texts["URL"]] == ["http://x.org"]


def test_a_placeholder_is_no_value() -> None:
    record = read(
        "JOUR",
        "TI  - None",
        "AU  - null, null",
        "AU  - Kim, undefined",
        "PY  - 2015/null/null",
        "DA  - null/null/null/",
        "VL  - NaN",
        "SP  - null-null",
        "KW  - null; war",
        "SN  - n/a",
    )

    assert record.names == {"author": (Name(literal="Kim"),)}
    assert record.dates == {"issued": Date(start=DateParts(2015))}
    assert {variable: [plain_text(value) for value in values] for variable, values in record.texts.items()} == {
        "title": ["None"],
        "keyword": ["war"],
    }


def test_names_keep_the_order_of_the_lines() -> None:
    record = read("JOUR", "A1  - One, A.", "AU  - Two, B.", "A1  - Three, C.")

    assert [name.family for name in record.names["author"]] == ["One", "Two", "Three"]


def test_numbers_behind_labels_and_before_remarks() -> None:
    assert read("JOUR", "SN  - 8765-4321 (Electronic)").text("ISSN") == "8765-4321"
    assert read("RPRT", "SN  - 8765-4321 (Electronic)").text("number") == "8765-4321 (Electronic)"
    book = read("BOOK", "SN  - ISBN 978-3-16-148410-0")
    assert [plain_text(value) for value in book.texts["ISBN"]] == ["978-3-16-148410-0"]
    assert "ISSN" not in book.texts


def test_only_ascii_blanks_are_folded() -> None:
    assert read("JOUR", "TI  - a  b\u00a0c\u3000d\u202f \u2009e").text("title") == "a b\u00a0c\u3000d\u202f \u2009e"


def test_a_second_date_that_says_otherwise_is_not_that_of_the_work() -> None:
    record = read_one("TY  - JOUR\nY1  - 2013/07/22\nPY  - 2013\nDA  - 2013/07/28\nER  - \n", "ris")

    assert [field.variables for field in record.fields] == [("issued",), ("issued",), ()]
