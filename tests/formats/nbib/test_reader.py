"""MEDLINE as PubMed writes it, and as other programs leave it: names once, dates, pages, and a place for every line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibwright.formats.exchange import ReadRecord, Unreadable
from bibwright.formats.nbib import NBIB
from bibwright.formats.nbib.names import read_full_name, read_short_name
from bibwright.formats.nbib.reader import full_pages
from bibwright.formats.nbib.schema import describe_tag, schema
from bibwright.model.dates import Date, DateParts
from bibwright.model.names import OTHERS, Name
from bibwright.model.record import Record
from bibwright.model.vocabulary import (
    DATE_VARIABLES,
    NAME_VARIABLES,
    NUMBER_VARIABLES,
    STRING_VARIABLES,
    TITLE_VARIABLES,
    TYPES,
)
from tests.support.growth import assert_in_proportion

ARTICLE = """\
PMID- 12345678
OWN - NLM
IS  - 1234-5679 (Print)
IS  - 1234-5679 (Linking)
VI  - 12
IP  - 3
DP  - 2019 Mar-Apr
TI  - On the growth of oaks: an
      experiment.
PG  - 454-81
LID - 10.1000/xyz [doi]
AB  - Oaks grow
      slowly.
FAU - Smith, Anna B Jr
AU  - Smith AB Jr
AD  - Tree Institute.
FAU - van der Berg, Jan
AU  - van der Berg J
CN  - Oak Study Group
LA  - eng
PT  - Journal Article
PT  - Research Support, Non-U.S. Gov't
PL  - England
TA  - J Oaks
JT  - The journal of oaks
MH  - *Quercus/growth & development
OT  - *oak
AID - S1234(19)1 [pii]
AID - 10.1000/XYZ [doi]
PMC - PMC123456
"""


def read(text: str) -> Record:
    (read_record,) = NBIB.read(text)
    assert isinstance(read_record, ReadRecord)
    return read_record.record


def values(record: Record, variable: str) -> list[str]:
    return ["".join(run.text for run in value) for value in record.texts.get(variable, ())]


def test_an_article() -> None:
    record = read(ARTICLE)

    assert record.type == "article-journal"
    assert (record.source_format, record.source_type) == ("nbib", "Journal Article")
    assert record.names == {
        "author": (
            Name(family="Smith", given="Anna B", suffix="Jr"),
            Name(family="van der Berg", given="Jan"),
            Name(literal="Oak Study Group"),
        )
    }
    assert record.dates == {"issued": Date(DateParts(2019, 3), DateParts(2019, 4))}
    assert {variable: values(record, variable) for variable in record.texts} == {
        "title": ["On the growth of oaks: an experiment."],
        "container-title": ["The journal of oaks"],
        "container-title-short": ["J Oaks"],
        "volume": ["12"],
        "issue": ["3"],
        "page": ["454-481"],
        "language": ["en"],
        "PMID": ["12345678"],
        "PMCID": ["PMC123456"],
        "DOI": ["10.1000/xyz"],
        "ISSN": ["1234-5679"],
        "abstract": ["Oaks grow slowly."],
        "keyword": ["Quercus/growth & development", "oak"],
    }


def test_every_line_has_a_field_and_a_place() -> None:
    record = read(ARTICLE)

    assert "\n".join(ARTICLE[slice(*field.span)] for field in record.fields) == ARTICLE.rstrip("\n")
    assert [
        (field.name, field.text, field.variables) for field in record.fields if field.name in ("PG", "AU", "TI")
    ] == [
        ("TI", "On the growth of oaks: an experiment.", ("title",)),
        ("PG", "454-81", ("page",)),
        ("AU", "Smith AB Jr", ("author",)),
        ("AU", "van der Berg J", ("author",)),
    ]
    assert [field.name for field in record.fields if not field.variables] == ["OWN", "AD", "PT", "PL", "AID"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Griffin DK", Name(family="Griffin", given="D K")),
        ("van der Berg J", Name(family="van der Berg", given="J")),
        ("Li J-P", Name(family="Li", given="J-P")),
        ("King ML 3rd", Name(family="King", given="M L", suffix="3rd")),
        ("Selvamani", Name(literal="Selvamani", unsure=True)),
        ("Oak Group", Name(literal="Oak Group", unsure=True)),
        ("et al.", OTHERS),
    ],
)
def test_short_names(text: str, expected: Name) -> None:
    assert read_short_name(text) == expected


def test_full_names() -> None:
    assert read_full_name("King, Martin L Jr") == Name(family="King", given="Martin L", suffix="Jr")
    assert read_full_name("Selvamani") == Name(literal="Selvamani", unsure=True)


def test_names_in_short_alone_are_the_authors() -> None:
    record = read("PMID- 1\nAU  - Smith A\nAU  - Jones B\nFED - Brown, Carl\nED  - Brown C\n")

    assert record.names == {
        "author": (Name(family="Smith", given="A"), Name(family="Jones", given="B")),
        "editor": (Name(family="Brown", given="Carl"),),
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("454-81", "454-481"),
        ("6913-7", "6913-6917"),
        ("S45-9", "S45-S49"),
        ("101-9, 120", "101-109, 120"),
        ("12-15", "12-15"),
        ("e0142829", "e0142829"),
        ("1201-10.e5", "1201-10.e5"),
    ],
)
def test_pages_are_written_out(text: str, expected: str) -> None:
    assert full_pages(text) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("PT  - Journal Article\nPT  - Preprint\nJT  - bioRxiv", "article"),
        ("PT  - Book\nTI  - T", "book"),
        ("PT  - Book Chapter\nBTI - B\nTI  - T", "chapter"),
        ("BTI - B\nTI  - T", "chapter"),
        ("PT  - Technical Report", "report"),
        ("PT  - Technical Report\nJT  - J", "article-journal"),
        ("PT  - Academic Dissertation", "thesis"),
        ("PT  - Review", "article-journal"),
        ("TI  - T", "article-journal"),
    ],
)
def test_types(lines: str, expected: str) -> None:
    assert read(f"PMID- 1\n{lines}\n").type == expected


def test_a_chapter_and_its_book() -> None:
    record = read(
        "PMID- 2\nPB  - Oak Press\nDP  - 2009\nTI  - Roots\nBTI - Trees\nPT  - Book Chapter\nPL  - London\n"
        "ISBN- ISBN 978-3-86680-192-9\nDEP - 20090512\n"
    )

    assert (record.text("title"), record.text("container-title")) == ("Roots", "Trees")
    assert (record.text("publisher"), record.text("publisher-place")) == ("Oak Press", "London")
    assert record.text("ISBN") == "978-3-86680-192-9"
    assert record.dates["available-date"] == Date(DateParts(2009, 5, 12))


def test_a_date_in_words_that_nobody_understands_is_kept_as_text() -> None:
    assert read("PMID- 1\nDP  - in press\n").dates["issued"] == Date(literal="in press")


def test_placeholders_are_no_values() -> None:
    record = read("PMID- 1\nTI  - null\nVI  -\nJT  - J\n")

    assert "title" not in record.texts
    assert [(field.name, field.text) for field in record.fields if not field.variables] == [("TI", "null"), ("VI", "")]


def test_records_without_a_blank_line_between() -> None:
    records = list(NBIB.read("PMID- 1\nTI  - A\nPMID- 2\nTI  - B\n"))

    assert [item.record.text("title") for item in records if isinstance(item, ReadRecord)] == ["A", "B"]


def test_hyphens_in_other_places() -> None:
    record = read("PMID-22664220\r\nPMC -PMC1\r\nTI-T\r\n  more\r\nAID - doi:10.1000/x\r\n")

    assert (record.text("PMID"), record.text("PMCID"), record.text("title")) == ("22664220", "PMC1", "T more")
    assert record.text("DOI") == "10.1000/x"


def test_lines_without_a_tag_are_reported_and_the_rest_is_read() -> None:
    text = "PMID- 1\nTI  - A\n\nThis is prose.\nRNA-binding.\n\nPMID- 2\nTI  - B\n"
    first, prose, second = NBIB.read(text)

    assert isinstance(first, ReadRecord)
    assert isinstance(second, ReadRecord)
    assert isinstance(prose, Unreadable)
    assert prose.span.of(text) == "This is prose.\nRNA-binding."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (ARTICLE, True),
        ("\ufeff\nPMID-1\n", True),
        ("OWN - ERIC\nTI  - T\n", True),
        ("TY  - JOUR\nAN  - PMID- 1\nER  - \n", False),
        ("@article{PMID- 1}", False),
        ("", False),
    ],
)
def test_what_is_recognised(text: str, expected: bool) -> None:
    assert NBIB.recognises(text) is expected


def test_the_table_names_variables_and_types_that_exist() -> None:
    known = {""} | DATE_VARIABLES | NAME_VARIABLES | NUMBER_VARIABLES | STRING_VARIABLES | TITLE_VARIABLES
    assert {tag.variable for tag in schema().tags.values()} <= known
    assert {kind.csl for kind in schema().types} <= TYPES
    assert describe_tag("jt") == "**JT**: the full name of the journal."
    assert describe_tag("XX") is None


@given(st.text(alphabet="PMID- TAUFVGE0123\n\r\t,[]é\ufeff", max_size=200))
def test_any_text_is_read_and_every_span_is_in_it(text: str) -> None:
    end = 0
    for item in NBIB.read(text):
        assert 0 <= item.span.start <= item.span.end <= len(text)
        if isinstance(item, ReadRecord):
            assert item.span.start >= end
            end = item.span.end
            for field in item.record.fields:
                assert text[field.span[0] :].startswith(field.name)


@pytest.mark.parametrize(
    "line",
    ["OT  - word {}\n", "      more {}\n", "PMID- {}\n", "PG  - 1-2,{}\n", "prose {}\n", "AU  - Smith A{}\n", " \n"],
)
def test_time_grows_with_the_length_only(line: str) -> None:
    def make(count: int) -> str:
        return "PMID- 1\nTI  - T\n" + "".join(line.format(number) for number in range(count))

    assert_in_proportion(lambda text: list(NBIB.read(text)), make, 1_000)
