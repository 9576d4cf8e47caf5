from __future__ import annotations

from dataclasses import replace

import pytest

from bibwright.formats import FORMATS
from bibwright.formats.bibtex.keys import citation_key
from bibwright.formats.bibtex.schema import thesis_kind
from bibwright.formats.bibtex.writer import write_biblatex, write_bibtex
from bibwright.model.dates import Date, DateParts
from bibwright.model.names import OTHERS, Name
from bibwright.model.record import Record
from bibwright.model.richtext import Run, Style, rich_text
from tests.support.records import converted, read_one

ARTICLE = Record(
    type="article-journal",
    key="smith2015",
    names={"author": (Name(family="Smith", given="John"), Name(literal="World Health Organization"), OTHERS)},
    dates={"issued": Date(start=DateParts(2015, 3))},
    texts={
        "title": (
            (Run("A "), Run("DNA", Style.NOCASE), Run(" study of "), Run("E. coli", Style.ITALIC), Run(" & co.")),
        ),
        "container-title": (rich_text("Journal"),),
        "page": (rich_text("1-54"),),
        "keyword": (rich_text("one, two"), rich_text("three")),
        "abstract": (rich_text("First.\nSecond."),),
    },
)


def test_bibtex() -> None:
    assert write_bibtex(ARTICLE, "\n").text == (
        "@article{smith2015,\n"
        "  author = {Smith, John and {World Health Organization} and others},\n"
        "  title = {A {DNA} study of \\textit{E. coli} \\& co.},\n"
        "  journal = {Journal},\n"
        "  year = {2015},\n"
        "  month = mar,\n"
        "  pages = {1--54},\n"
        "  abstract = {First.\n\nSecond.},\n"
        "  keywords = {{one, two}, three},\n"
        "}\n\n"
    )


def test_biblatex() -> None:
    text = write_biblatex(ARTICLE, "\r\n").text

    assert "  journaltitle = {Journal},\r\n  date = {2015-03},\r\n" in text
    assert "\n" not in text.replace("\r\n", "")


@pytest.mark.parametrize("write", [write_bibtex, write_biblatex])
def test_what_is_written_is_read_back(write: object) -> None:
    assert callable(write)
    record = read_one(write(ARTICLE, "\n").text)

    assert record.names == ARTICLE.names
    assert record.dates == ARTICLE.dates
    assert record.texts == ARTICLE.texts
    assert record.type == ARTICLE.type


def test_a_variable_without_a_field_is_reported() -> None:
    record = Record(type="book", texts={"title": (rich_text("T"),), "section": (rich_text("4"),)})

    (loss,) = write_bibtex(record, "\n").losses
    assert (loss.code, loss.field, loss.severity) == ("L12", "section", "warning")


BIBTEX = """@phdthesis{a,
  author = {Smith, J.},
  title = {A {\\LaTeX} \\emph{study}},
  school = {U},
  address = {X},
  year = {1999},
  month = mar # "~10",
  edition = {Second},
  colour = {blue},
  annote = {n},
}
"""
BIBLATEX = """@thesis{a,
  author = {Smith, J.},
  title = {A {\\LaTeX} \\emph{study}},
  institution = {U},
  location = {X},
  date = {1999-03-10},
  edition = {2},
  colour = {blue},
  annotation = {n},
  type = {phdthesis},
}
"""


def test_from_dialect_to_dialect_only_what_differs_changes() -> None:
    assert converted(BIBTEX, "bibtex", "biblatex") == BIBLATEX
    assert converted(BIBLATEX, "biblatex", "bibtex") == BIBTEX


def test_bibtex_gets_the_fields_that_biblatex_would_inherit() -> None:
    text = "@inproceedings{a, crossref = {p}, title = {Paper}}\n\n@proceedings{p, title = {Proc}, date = {1999-05}}\n"

    bibtex = converted(text, "biblatex", "bibtex")
    assert "booktitle = {Proc}" in bibtex
    assert "year = {1999}" in bibtex
    assert "crossref" not in bibtex
    assert "booktitle" not in converted(text, "biblatex", "biblatex")


@pytest.mark.parametrize(
    ("record", "key"),
    [
        (Record("book", key="a b,c"), "a-b-c"),
        (Record("book", names={"author": (Name(literal="Sangmun Suh", unsure=True),)}), "suh"),
        (Record("book", names={"author": (Name(literal="World Bank"),)}), "world"),
        (
            Record("book", names={"author": (Name(family="Müller Öz"),)}, texts={"title": (rich_text("On a Été"),)}),
            "mulleroz",
        ),
        (Record("book"), "entry"),
    ],
)
def test_keys(record: Record, key: str) -> None:
    assert citation_key(record).startswith(key)


@pytest.mark.parametrize(
    ("genre", "kind"),
    [
        ("PhD Dissertation", "phdthesis"),
        ("Doctoral thesis", "phdthesis"),
        ("Master's Thesis", "mathesis"),
        ("M.Sc. thesis", "mathesis"),
        ("Habilitation", ""),
        ("M.A. thesis", "mathesis"),
        ("Master's dissertation", "mathesis"),
        ("Bachelor thesis", "bathesis"),
        ("Diplomarbeit", "mathesis"),
    ],
)
def test_kinds_of_theses(genre: str, kind: str) -> None:
    assert thesis_kind(genre) == kind


@pytest.mark.parametrize("target", ["ris", "bibtex", "biblatex"])
def test_placeholders_are_left_out_and_reported(target: str) -> None:
    record = read_one("@article{a, title = {T}, volume = {null}, doi = {N/A}, author = {null}}")
    written = FORMATS[target].write_record(record, "\n")

    assert "null" not in written.text
    assert "N/A" not in written.text
    assert [(loss.code, loss.field, loss.severity) for loss in written.losses] == [
        ("L07", name, "information") for name in ("volume", "doi", "author")
    ]


@pytest.mark.parametrize(
    ("source", "written", "codes"),
    [
        ("@mastersthesis{a, type = {M.A. thesis}}", "mastersthesis", []),
        ("@thesis{a, type = {Master thesis}}", "mastersthesis", []),
        ("@thesis{a, type = {Diplomarbeit}}", "mastersthesis", []),
        ("@thesis{a, type = {Bachelor thesis}}", "mastersthesis", ["L09"]),
        ("@thesis{a, type = {Habilitation}}", "phdthesis", ["L09"]),
        ("@mastersthesis{a, type = {Bachelor thesis}}", "mastersthesis", []),
        ("@phdthesis{a}", "phdthesis", []),
    ],
)
def test_the_kind_of_a_thesis_stays(source: str, written: str, codes: list[str]) -> None:
    before = read_one(source)
    result = write_bibtex(before, "\n")
    after = read_one(result.text)

    assert after.source_type == written
    assert after.text("genre") == before.text("genre")
    assert [loss.code for loss in result.losses] == codes


@pytest.mark.parametrize("pages", ["1--54", "A1--A9", "3-1--3-9", "7,41,73--97"])
def test_pages_are_written_as_they_were(pages: str) -> None:
    record = read_one(f"@article{{a, pages = {{{pages}}}}}")

    assert f"pages = {{{pages}}}" in write_bibtex(replace(record, source_format="ris", fields=()), "\n").text


@pytest.mark.parametrize(
    ("fields", "written"),
    [
        ("date = {2001},\n  day = {31}", "date = {2001},\n  day = {31}"),
        ("year = {2001},\n  day = {31}", "year = {2001},\n  day = {31}"),
        ("year = {2001},\n  month = {jan~5--7}", "year = {2001},\n  month = {jan~5--7}"),
        ("year = {2001},\n  month = jan,\n  day = {31}", "date = {2001-01-31}"),
        ("date = {2001-05-03T10:00:00}", "date = {2001-05-03T10:00:00}"),
        ("date = {1999-05~/2001?}", "date = {1999-05~/2001?}"),
    ],
)
def test_dates_in_biblatex(fields: str, written: str) -> None:
    assert converted(f"@misc{{a,\n  {fields},\n}}\n", "bibtex", "biblatex") == f"@misc{{a,\n  {written},\n}}\n"


@pytest.mark.parametrize(
    ("date", "written", "codes"),
    [
        ("2001-05-03/2001-06-04", "year = {2001},\n  month = may", ["L09"]),
        ("2001-05/2001-06", 'year = {2001},\n  month = may # "/" # jun', []),
        ("2001-05-03T10:00:00", 'year = {2001},\n  month = may # "~3"', ["L09"]),
        ("1999/2001?", "year = {1999--2001}", ["L09"]),
    ],
)
def test_dates_in_bibtex(date: str, written: str, codes: list[str]) -> None:
    result = write_bibtex(read_one(f"@misc{{a, date = {{{date}}}}}"), "\n")

    assert result.text == f"@misc{{a,\n  {written},\n}}\n\n"
    assert [loss.code for loss in result.losses] == codes


def test_names_that_no_program_reads_are_changed() -> None:
    written = write_bibtex(read_one("@misc{a,\n  note 1 = {x},\n  note_1 = {y},\n  2nd = {z},\n}\n"), "\n")

    assert written.text == "@misc{a,\n  note_1_ = {x},\n  note_1 = {y},\n  _2nd = {z},\n}\n\n"
    assert [(loss.code, loss.field, loss.severity, loss.to) for loss in written.losses] == [
        ("L11", "note 1", "information", "note_1_"),
        ("L11", "2nd", "information", "_2nd"),
    ]


def test_what_would_be_read_as_something_else_is_reported() -> None:
    ris = "TY  - CONF\nID  - a\nAU  - A, B\nT2  - P\nIS  - 3\nN1  - N\nUR  - http://a.org\nUR  - http://b.org\nER  - \n"
    losses = {loss.field: (loss.code, loss.severity) for loss in write_bibtex(read_one(ris, "ris"), "\n").losses}

    assert losses == {"IS": ("L06", "information"), "N1": ("L08", "information"), "UR": ("L08", "information")}
