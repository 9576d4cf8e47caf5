from __future__ import annotations

import pytest

from bibwright.formats.ris.writer import write_record
from bibwright.model.dates import Date, DateParts
from bibwright.model.names import OTHERS, Name
from bibwright.model.record import Record
from bibwright.model.richtext import Run, Style, rich_text
from tests.support.records import converted, read_one


def test_order_and_one_value_a_tag() -> None:
    record = Record(
        type="article-journal",
        key="smith2015",
        names={
            "author": (Name(family="Smith", given="John", dropping_particle="van", suffix="Jr"), Name(literal="WHO"))
        },
        dates={"issued": Date(start=DateParts(2015, 3))},
        texts={
            "title": (rich_text("T"),),
            "keyword": (rich_text("a"), rich_text("b")),
            "page": (rich_text("1-54"),),
            "container-title": (rich_text("J"),),
            "abstract": (rich_text("First.\nSecond."),),
        },
    )

    written = write_record(record, "\r\n")
    assert written.text.split("\r\n") == [
        "TY  - JOUR",
        "ID  - smith2015",
        "TI  - T",
        "AU  - van Smith, John, Jr",
        "AU  - WHO",
        "T2  - J",
        "PY  - 2015",
        "DA  - 2015/03//",
        "SP  - 1",
        "EP  - 54",
        "AB  - First. Second.",
        "KW  - a",
        "KW  - b",
        "ER  - ",
        "",
        "",
    ]
    assert [(loss.code, loss.field, loss.severity) for loss in written.losses] == [
        ("L04", "author", "information"),
        ("L13", "abstract", "information"),
    ]


def test_losses() -> None:
    record = Record(
        type="article-journal",
        names={"author": (Name(family="A", given="B"), OTHERS), "director": (Name(family="D", given="E"),)},
        dates={"issued": Date(start=DateParts(1999), end=DateParts(2001), circa=True)},
        texts={"title": ((Run("T", Style.ITALIC),),), "eprintclass": (rich_text("cs"),)},
    )

    losses = write_record(record, "\n").losses
    assert [(loss.code, loss.field) for loss in losses if loss.severity == "warning"] == [
        ("L04", "author"),
        ("L04", "director"),
        ("L05", "issued"),
        ("L06", "eprintclass"),
    ]


def test_null_is_never_written_and_unmapped_tags_go_through() -> None:
    text = converted("TY  - JOUR\nVL  - null\nU1  - mine\nC8  - other\nER  - \n", "ris", "ris")

    assert text == "TY  - JOUR\nU1  - mine\nC8  - other\nER  - \n"


@pytest.mark.parametrize("pages", ["1-54", "iv-x", "12-1", "3-1-3-9", "7,41,73-97", "e0209899", "A1--A9"])
@pytest.mark.parametrize("reference_type", ["article-journal", "book"])
def test_pages_are_read_back(pages: str, reference_type: str) -> None:
    record = Record(type=reference_type, texts={"page": (rich_text(pages),)})

    assert read_one(write_record(record, "\n").text, "ris").text("page") == pages.replace("--", "-")


@pytest.mark.parametrize(
    ("bib", "lines"),
    [
        ("@booklet{a, title = {T}, howpublished = {Handout}}", ["TY  - PAMP", "TI  - T", "PB  - Handout"]),
        ("@misc{a, publisher = {P}, howpublished = {Handout}}", ["TY  - GEN", "PB  - P", "N1  - Handout"]),
        ("@proceedings{a, title = {Proc}, booktitle = {Proc}}", ["TY  - BOOK", "TI  - Proc"]),
        ("@book{a, journal = {Journal}, shortjournal = {J.}}", ["TY  - BOOK", "J2  - J."]),
        ("@movie{a, editor = {D, E}, editortype = {director}}", ["TY  - MPCT", "AU  - D, E"]),
        ("@image{a, title = {T}}", ["TY  - FIGURE", "TI  - T"]),
        ("@inproceedings{a, organization = {ACM}}", ["TY  - CONF", "PB  - ACM"]),
        (
            "@inproceedings{a, organization = {ACM}, publisher = {P}}",
            ["TY  - CONF", "PB  - P", "N1  - Organizer: ACM"],
        ),
    ],
)
def test_each_value_stands_where_readers_look_for_it(bib: str, lines: list[str]) -> None:
    written = converted(bib, "biblatex", "ris").splitlines()

    assert [line for line in written if line.strip() and line[:2] not in ("ID", "ER")] == lines


def test_a_key_of_two_lines_is_written_on_one() -> None:
    written = write_record(Record(type="book", key="a\nb"), "\n")

    assert written.text == "TY  - BOOK\nID  - a b\nER  - \n\n"
    assert [(loss.code, loss.field, loss.severity) for loss in written.losses] == [("L11", "ID", "information")]


def test_what_would_be_read_as_something_else_is_reported() -> None:
    bib = "@article{a, author = {{Ann, Bob}}, isbn = {1532-1827}, pmid = {12 or so}, pages = {i--x and 3--9}}"
    losses = {loss.field: (loss.code, loss.severity) for loss in write_record(read_one(bib), "\n").losses}

    assert losses == {"author": ("L14", "information"), "isbn": ("L06", "information"), "pmid": ("L06", "information")}


def test_a_suffix_without_a_given_name_and_what_a_date_is_of_come_back() -> None:
    ris = "TY  - JOUR\nAU  - May,, Jr.\nPY  - 2020\nDA  - 2020/06/25/SuperConf\nY2  - 2022/09/12/09:02:50\nER  - \n"

    assert converted(ris, "ris", "ris") == ris.replace("May,, Jr.", "May, , Jr.")
    assert write_record(read_one(ris, "ris"), "\n").losses == ()
