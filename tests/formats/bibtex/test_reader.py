from __future__ import annotations

import pytest

from bibwright.features.linters import open_text
from bibwright.features.records import read_records
from bibwright.formats import FORMATS
from bibwright.formats.format import NoResolver
from bibwright.model.dates import Date, DateParts
from bibwright.model.names import Name
from bibwright.model.record import Record
from bibwright.model.richtext import plain_text
from tests.support.growth import assert_in_proportion
from tests.support.records import read_one, seed
from tests.support.shared import needs_shared

BIBTEX = FORMATS["bibtex"]


def entries_of(text: str) -> dict[str, Record]:
    return {placed.record.key: placed.record for placed in read_records(open_text(text, BIBTEX))}


@needs_shared
def test_the_seed() -> None:
    record = read_one(seed("bibtex"))

    assert record.type == "article-journal"
    assert record.names == {"author": (Name(family="Suh", given="Sangmun"),)}
    assert record.dates == {"issued": Date(start=DateParts(2015))}
    assert {variable: record.text(variable) for variable in record.texts} == {
        "title": "Reargument of Sino-North Korea Combined Forces Command : the Background and Process of Establishment",
        "container-title": "military history",
        "issue": "95",
        "page": "1-54",
        "ISSN": "1598-317X",
        "DOI": "10.29212/mh.2015..95.1",
    }
    assert all(field.variables for field in record.fields)


def test_both_dialects_fill_the_same_variables() -> None:
    bibtex = read_one("@phdthesis{a, school={U}, address={X}, year=1999, month=mar # {~10}, annote={n}}")
    biblatex = read_one(
        "@thesis{a, type={phdthesis}, institution={U}, location={X}, date={1999-03-10}, annotation={n}}"
    )

    assert bibtex.texts == biblatex.texts
    assert bibtex.dates == biblatex.dates
    assert bibtex.type == biblatex.type == "thesis"
    assert bibtex.text("genre") == "PhD thesis"


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ("year = 1999, month = mar", Date(start=DateParts(1999, 3))),
        ("year = {1999--2001}", Date(start=DateParts(1999), end=DateParts(2001))),
        ("year = {in press}", Date(literal="in press")),
        ("date = {1999-03/2001}", Date(start=DateParts(1999, 3), end=DateParts(2001))),
        ("date = {1999/}", Date(start=DateParts(1999), open_end=True)),
        ("date = {1999~}", Date(start=DateParts(1999), circa=True)),
        ("date = {2001-21}", Date(start=DateParts(2001, 21))),
        (r"year = {\noopsort{1973a}1973}", Date(start=DateParts(1973))),
        ("year = 2001, month = {may/jun}", Date(start=DateParts(2001, 5), end=DateParts(2001, 6))),
    ],
)
def test_dates(fields: str, date: Date) -> None:
    assert read_one(f"@misc{{a, {fields}}}").dates["issued"] == date


def test_number_depends_on_the_type() -> None:
    def filled(entry_type: str) -> tuple[str, ...]:
        return read_one(f"@{entry_type}{{a, number = 5}}").fields[0].variables

    assert filled("article") == ("issue",)
    assert filled("inproceedings") == ("collection-number",)
    assert filled("techreport") == ("number",)


def test_keywords_are_split_at_semicolons_or_commas_outside_braces() -> None:
    def keywords(value: str) -> list[str]:
        return [plain_text(word) for word in read_one(f"@misc{{a, keywords = {{{value}}}}}").texts["keyword"]]

    assert keywords("a, b") == ["a", "b"]
    assert keywords("a, b; c") == ["a, b", "c"]
    assert keywords("{a, b}, c") == ["a, b", "c"]


def test_unmapped_fields_are_kept() -> None:
    record = read_one("@article{a, colour = {blue}, title = {T}}")

    assert [(field.name, field.text, field.variables) for field in record.fields] == [
        ("colour", "blue", ()),
        ("title", "T", ("title",)),
    ]


def test_a_macro_has_the_value_given_to_it_last() -> None:
    records = entries_of(
        '@string{k = "X"}\n@string{j = "Journal of " # k}\n@article{a, journal = j # { B}}\n'
        '@string{j = {Annals}}\n@article{b, journal = J}\n@article{c, journal = later}\n@string{later = "L"}\n'
    )

    assert records["a"].text("container-title") == "Journal of X B"
    assert records["b"].text("container-title") == "Annals"
    assert records["c"].text("container-title") == "L"


def test_crossref_renames_as_biblatex_does() -> None:
    records = entries_of(
        "@inproceedings{a, crossref = {p}, title = {Paper}}\n"
        "@proceedings{p, title = {Proc}, subtitle = {Sub}, year = 1999, editor = {Ed, E.}, shorttitle = {P}}\n"
    )

    record = records["a"]
    assert record.text("title") == "Paper"
    assert record.text("container-title") == "Proc: Sub"
    assert record.dates["issued"].start == DateParts(1999)
    assert record.names["editor"] == (Name(family="Ed", given="E."),)
    assert "title-short" not in record.texts
    assert [field.name for field in record.fields if field.span == (0, 0)] == [
        "booktitle",
        "booksubtitle",
        "year",
        "editor",
    ]


def test_xdata_and_circles() -> None:
    records = entries_of(
        "@book{a, xdata = {x}, crossref = {b}, title = {A}}\n"
        "@book{b, crossref = {a}, publisher = {B}}\n"
        "@xdata{x, publisher = {X}, xdata = {x}}\n"
    )

    assert records["a"].text("publisher") == "X"
    assert records["b"].text("publisher") == "B"


def test_an_inbook_without_booktitle_is_a_part_of_the_book_that_title_names() -> None:
    record = read_one("@inbook{a, title = {Book}, chapter = 3}")

    assert record.text("container-title") == "Book"
    assert "title" not in record.texts


@pytest.mark.parametrize("text", ["@article{a, author = {,}, year = {}, pages = {--}}", "@{a, x = {}}", "@article{"])
def test_odd_entries_are_read(text: str) -> None:
    for block in BIBTEX.split(text):
        for entry in BIBTEX.parse(block).entries:
            BIBTEX.read_entry(block, entry, NoResolver())


def test_placeholders_fill_no_variable() -> None:
    record = read_one(
        "@article{a, title = {None}, volume = {null}, number = {N/A}, pages = {{none}}, doi = {NULL}, author = {null}, "
        "year = {undefined}, editor = {null and None}}"
    )

    assert list(record.texts) == ["title"]
    assert record.names == {"editor": (Name(family="None"),)}
    assert not record.dates


def test_entries_that_all_link_one_another_are_each_visited_once() -> None:
    # If each were visited once for each way to it, no machine would come to the end.
    keys = [f"x{number}" for number in range(40)]
    links = "".join(f"@xdata{{{key}, xdata = {{{','.join(keys)}}}, publisher = {{P}}}}\n" for key in keys)

    assert entries_of(f"@book{{a, xdata = {{x0}}}}\n{links}")["a"].text("publisher") == "P"


@pytest.mark.parametrize("blank", [" ", "\u00a0", "\u3000", "\n"])
@pytest.mark.parametrize("name", ["pages", "note", "year", "month", "date", "url", "edition", "author", "abstract"])
def test_many_blanks_are_read_in_time(name: str, blank: str) -> None:
    def make(count: int) -> str:
        return f"@misc{{a, {name} = {{http://a{blank * count}b\nc}}}}"

    assert_in_proportion(read_one, make, 2_500)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1--54", "1-54"),
        ("xi---xx", "xi-xx"),
        ("1 -- 5, 9", "1-5, 9"),
        ("A1--A9", "A1–A9"),
        ("3-1--3-9", "3-1–3-9"),
        ("12--", "12"),
        ("7,41,73--97", "7,41,73-97"),
    ],
)
def test_pages(written: str, read: str) -> None:
    assert read_one(f"@article{{a, pages = {{{written}}}}}").text("page") == read


def test_a_macro_that_nobody_defines_is_remembered() -> None:
    (field,) = read_one("@article{a, journal = IEEE_J_PAMI # { suppl.}}").fields

    assert field.text == "IEEE_J_PAMI suppl."
    assert field.macros == "IEEE_J_PAMI # { suppl.}"
    assert read_one("@article{a, month = jan, year = 2001}").fields[0].macros == ""


def test_a_list_of_keywords_in_two_pairs_of_braces() -> None:
    record = read_one("@misc{a, keywords = {{alpha; beta; gamma}}}")

    assert [plain_text(word) for word in record.texts["keyword"]] == ["alpha", "beta", "gamma"]


@pytest.mark.parametrize(
    ("fields", "urls"),
    [
        (r"howpublished = {\url{http://b}}, url = {http://a}", ["http://a", "http://b"]),
        (r"note = {http://b}, url = {http://a}", ["http://a", "http://b"]),
        (r"note = {\url{http://a}}, url = {http://a}", ["http://a"]),
        (r"url = {\url{http://a}, \url{http://b}}", ["http://a", "http://b"]),
        (r"howpublished = {\url{http://b/{\_}c}}", ["http://b/_c"]),
    ],
)
def test_web_addresses(fields: str, urls: list[str]) -> None:
    assert [plain_text(url) for url in read_one(f"@misc{{a, {fields}}}").texts["URL"]] == urls
