"""Tagged files of EndNote and refer: read with a place for every line, written in the order that EndNote uses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibwright.features.convert import convert_text
from bibwright.formats.bibtex import BIBLATEX
from bibwright.formats.endnote import ENW
from bibwright.formats.exchange import ReadRecord
from bibwright.model.dates import Date, DateParts
from bibwright.model.names import OTHERS, Name
from bibwright.model.record import Record, SourceField
from bibwright.model.richtext import Run, Style, rich_text
from tests.formats.endnote.samples import again, read_all, read_one, values
from tests.support.growth import assert_in_proportion

ARTICLE = """\
%0 Journal Article
%A Smith, Anna B., Jr.
%A Oak Study Group,
%T On the growth of oaks
%J The Journal of Oaks
%O J. Oaks
%D 2019
%8 Mar 3
%V 12
%N 3
%P 45--49
%& 45
%R https://doi.org/10.1000/xyz
%@ 1234-5679
%X First paragraph.
Second paragraph.
%K oak; growth
wood
%U https://example.org/oak
%F smith2019
%+ Tree Institute
%2 PMC123456
%] 17
"""


def write(record: Record) -> tuple[str, list[tuple[str, str, str]]]:
    assert ENW.write_record is not None
    written = ENW.write_record(record, "\n")
    return written.text, [(loss.code, loss.field, loss.severity) for loss in written.losses]


def test_an_article() -> None:
    record = read_one(ENW, ARTICLE)

    assert (record.type, record.key, record.source_type) == ("article-journal", "smith2019", "Journal Article")
    assert record.names == {
        "author": (Name(family="Smith", given="Anna B.", suffix="Jr."), Name(literal="Oak Study Group"))
    }
    assert record.dates == {"issued": Date(DateParts(2019, 3, 3))}
    assert values(record) == {
        "title": ["On the growth of oaks"],
        "container-title": ["The Journal of Oaks"],
        "container-title-short": ["J. Oaks"],
        "volume": ["12"],
        "issue": ["3"],
        "page": ["45-49"],
        "DOI": ["10.1000/xyz"],
        "ISSN": ["1234-5679"],
        "abstract": ["First paragraph.\nSecond paragraph."],
        "keyword": ["oak", "growth", "wood"],
        "URL": ["https://example.org/oak"],
        "PMCID": ["PMC123456"],
        "number": ["17"],
    }
    assert [field.name for field in record.fields if not field.variables] == ["%+"]


def test_every_line_has_a_place() -> None:
    record = read_one(ENW, ARTICLE)

    assert "\n".join(ARTICLE[slice(*field.span)] for field in record.fields) == ARTICLE.rstrip("\n")


def test_what_is_written_has_the_tags_of_the_reference_type() -> None:
    text, losses = write(read_one(ENW, ARTICLE))

    assert text.split("\n") == [
        "%0 Journal Article",
        "%A Smith, Anna B., Jr.",
        "%A Oak Study Group,",
        "%T On the growth of oaks",
        "%J The Journal of Oaks",
        "%D 2019",
        "%8 Mar 3",
        "%V 12",
        "%N 3",
        "%P 45-49",
        "%O J. Oaks",
        "%R 10.1000/xyz",
        "%@ 1234-5679",
        "%X First paragraph.",
        "Second paragraph.",
        "%K oak",
        "%K growth",
        "%K wood",
        "%F smith2019",
        "%U https://example.org/oak",
        "%+ Tree Institute",
        "%2 PMC123456",
        "%] 17",
    ]
    assert losses == []


@pytest.mark.parametrize(
    ("reference_type", "lines", "expected"),
    [
        ("Book", "%B S\n%E Ed, A.\n%Y Ed, B.", {"collection-title": ["S"]}),
        (
            "Book Section",
            "%B B\n%S S\n%& 4",
            {"container-title": ["B"], "collection-title": ["S"], "chapter-number": ["4"]},
        ),
        ("Conference Proceedings", "%A A, B.\n%B P", {"container-title": ["P"]}),
        ("Conference Proceedings", "%A A, B.\n%B E\n%3 P", {"container-title": ["P"], "event-title": ["E"]}),
        ("Thesis", "%I University\n%9 PhD thesis", {"publisher": ["University"], "genre": ["PhD thesis"]}),
        ("Report", "%I Institute\n%N 12", {"publisher": ["Institute"], "number": ["12"]}),
        ("Patent", "%@ US 123", {"number": ["US 123"]}),
        ("Book", "%P 320", {"number-of-pages": ["320"]}),
        ("Book", "%P 12-20", {"page": ["12-20"]}),
        ("Web Page", "%U https://example.org", {"URL": ["https://example.org"]}),
    ],
)
def test_what_a_tag_means_depends_on_the_type(reference_type: str, lines: str, expected: dict[str, list[str]]) -> None:
    record = read_one(ENW, f"%0 {reference_type}\n{lines}\n")

    assert values(record) == expected
    assert again(ENW, record).texts == record.texts


def test_roles_of_a_book() -> None:
    record = read_one(ENW, "%0 Book\n%A A, B.\n%E Series, C.\n%Y Editor, D.\n%? Translator, E.\n")

    assert {variable: [name.family for name in names] for variable, names in record.names.items()} == {
        "author": ["A"],
        "collection-editor": ["Series"],
        "editor": ["Editor"],
        "translator": ["Translator"],
    }


def test_proceedings_as_bibutils_writes_them() -> None:
    record = read_one(
        ENW, "%0 Conference Proceedings\n%T T\n%A A, B.\n%Y Editor, C.\n%S Proceedings of X\n%8 November\n%D 2025\n"
    )

    assert values(record) == {"title": ["T"], "container-title": ["Proceedings of X"]}
    assert [name.family for name in record.names["editor"]] == ["Editor"]
    assert record.dates["issued"] == Date(DateParts(2025, 11))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [("%J J\n%T T", "article-journal"), ("%B B\n%T T", "chapter"), ("%I P\n%T T", "book"), ("%T T", "document")],
)
def test_refer_without_reference_types(lines: str, expected: str) -> None:
    assert read_one(ENW, lines).type == expected


def test_of_two_reference_types_the_last_counts() -> None:
    record = read_one(ENW, "%0 Serial\n%0 Audio\n%T T\n")

    assert record.type == "motion_picture"
    assert record.fields[0] == SourceField("%0", "Serial", (0, 9))


def test_records_follow_with_and_without_a_blank_line() -> None:
    records, faults = read_all(ENW, "\ufeff%0 Book\r\n%T A\r\n\r\n%T B\r\n%0 Map\r\n%T C")

    assert [record.text("title") for record in records] == ["A", "B", "C"]
    assert faults == []


def test_an_abstract_goes_on_behind_a_blank_line_and_prose_does_not() -> None:
    text = "Prose.\n\n%0 Book\n%T A\n%X One.\n\nTwo.\n\n%0 Book\n%T B\n\nMore prose.\n"
    records, faults = read_all(ENW, text)

    assert [record.text("title") for record in records] == ["A", "B"]
    assert records[0].text("abstract") == "One.\nTwo."
    assert [fault.span.of(text) for fault in faults] == ["Prose.", "More prose."]


def test_tags_that_endnote_itself_writes_wrongly() -> None:
    record = read_one(ENW, "%0 Journal Article\n%[2020-03-01\n$] 17\n")

    assert record.dates["accessed"] == Date(DateParts(2020, 3, 1))
    assert record.text("number") == "17"


def test_lines_broken_at_some_width_are_one_paragraph() -> None:
    lines = (
        "This is a sentence that goes on for quite a while and is",
        "broken here because the line was too long for it",
        "at last.",
    )

    assert read_one(ENW, "%0 Book\n%X " + "\n".join(lines)).text("abstract") == " ".join(lines)


def test_placeholders_are_no_values() -> None:
    record = read_one(ENW, "%0 Journal Article\n%T null\n%V undefined\n%A null, null\n")

    assert (record.texts, record.names) == ({}, {})
    assert [field.variables for field in record.fields] == [("type",), (), (), ()]


def test_what_a_tagged_file_cannot_hold_is_reported() -> None:
    record = Record(
        type="article-journal",
        names={
            "author": (Name(family="Berg", given="Jan", non_dropping_particle="van der"), OTHERS),
            "director": (Name(family="D", given="E"),),
        },
        dates={"issued": Date(DateParts(1999, 5)), "original-date": Date(DateParts(1900))},
        texts={
            "title": ((Run("On "), Run("Quercus", Style.ITALIC)),),
            "scale": (rich_text("1:100"),),
            "title-short": (rich_text("One"), rich_text("Two")),
            "archive": (rich_text("two\nlines"),),
            "keyword": (rich_text("a; b"),),
        },
        fields=(
            SourceField("crossref", "other", (1, 2)),
            SourceField("owner", "me", (1, 2)),
            SourceField("x", "null", (1, 2)),
        ),
    )

    text, losses = write(record)

    assert text == "%0 Journal Article\n%A van der Berg, Jan\n%T On Quercus\n%D 1999\n%8 May\n%! One\n%K a; b"
    assert sorted(losses) == [
        ("L02", "crossref", "warning"),
        ("L03", "title", "information"),
        ("L04", "author", "information"),
        ("L04", "author", "warning"),
        ("L04", "director", "warning"),
        ("L06", "archive", "warning"),
        ("L06", "keyword", "information"),
        ("L06", "original-date", "warning"),
        ("L06", "owner", "warning"),
        ("L06", "scale", "warning"),
        ("L06", "title-short", "warning"),
        ("L07", "x", "information"),
        ("L13", "archive", "information"),
    ]


def test_tags_of_ris_that_endnote_has_under_other_names_are_kept() -> None:
    fields = (
        SourceField("AD", "Institute", (0, 1)),
        SourceField("C1", "Legal note", (0, 1)),
        SourceField("M2", "x", (0, 1)),
    )
    text, losses = write(Record(type="article-journal", fields=fields, source_format="ris"))

    assert text == "%0 Journal Article\n%+ Institute\n%1 Legal note"
    assert losses == [("L06", "M2", "warning")]


def test_paragraphs_that_look_like_tags_stay_paragraphs() -> None:
    record = Record(type="book", texts={"abstract": (rich_text("One.\n%T of all.\nTwo."),)})

    assert again(ENW, record).text("abstract") == "One.\n%T of all.\nTwo."


_WORDS = st.text(alphabet="abcdé %;,.&<>Z1-", min_size=1, max_size=12).filter(lambda text: text.strip(" ,;.-") != "")


@given(
    st.dictionaries(
        st.sampled_from(["title", "container-title", "volume", "issue", "note", "publisher", "abstract", "page"]),
        _WORDS,
    ),
    st.lists(_WORDS, max_size=3),
)
def test_each_value_comes_back_or_is_reported(texts: dict[str, str], authors: list[str]) -> None:
    record = Record(
        type="article-journal",
        names={"author": tuple(Name(literal=" ".join(text.split())) for text in authors)} if authors else {},
        texts={variable: (rich_text(" ".join(text.split())),) for variable, text in texts.items()},
    )
    _, losses = write(record)
    reported = {field for _, field, _ in losses}
    back = again(ENW, record)

    for variable, expected in record.texts.items():
        assert back.texts.get(variable) == expected or variable in reported
    for variable, names in record.names.items():
        assert back.names.get(variable) == names or variable in reported


@given(st.text(alphabet="%0TAXK$[] \n\rab\ufeff", max_size=120))
def test_any_text_is_read_and_every_span_is_in_it(text: str) -> None:
    end = 0
    for item in ENW.read(text):
        assert 0 <= item.span.start <= item.span.end <= len(text)
        if isinstance(item, ReadRecord):
            assert item.span.start >= end
            end = item.span.end
            assert all(text[slice(*field.span)].startswith(("%", "$")) for field in item.record.fields)


@pytest.mark.parametrize(
    "line", ["%K word {}\n", "word {}\n", "%0 Book {}\n", "%U http://x/{}\n", "\nprose {}\n", "%A A, {}\n"]
)
def test_time_grows_with_the_length_only(line: str) -> None:
    def make(count: int) -> str:
        return "%0 Book\n%X T\n" + "".join(line.format(number) for number in range(count))

    assert_in_proportion(lambda text: list(ENW.read(text)), make, 1_000)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (ARTICLE, True),
        ("\ufeff\r\n%T A\r\n%A B\r\n", True),
        ("% a comment of TeX\n@article{x}", False),
        ("%T A\nnothing\n", False),
        ("TY  - JOUR\n", False),
        ("", False),
    ],
)
def test_what_is_recognised(text: str, expected: bool) -> None:
    assert ENW.recognises(text) is expected


def test_what_moved_says_where_it_went() -> None:
    bib = "@inproceedings{a, organization = {O}, publisher = {P}, pubstate = {inpress}, eprint = {1}, eprinttype = {m}}"
    (entry,) = convert_text(bib, BIBLATEX, ENW).entries

    assert {loss.field: loss.to for loss in entry.losses if loss.to} == {
        "organization": "%Z",
        "pubstate": "%Z",
        "eprint": "%M",
        "eprinttype": "%~",
    }
