"""Between BibTeX and biblatex by edits: what does not differ stays as it is written."""

from __future__ import annotations

import pytest

from bibwright.features.conversion import Conversion
from bibwright.features.convert_dialect import convert_dialect_text
from bibwright.formats import FORMATS
from tests.support.shared import SHARED, needs_shared


def convert(text: str, target: str) -> Conversion:
    return convert_dialect_text(text, FORMATS["bibtex"], FORMATS[target])


BIBTEX = """\
% All of them
@string{jip = "J. of Imaginary Physics"}

@Article{a, % read
  Journal = jip # { B},
  author  = "Smith, Anna",
    year  = "1998",
    month = "05",
  title={On  {DNA}}
}

@phdthesis{b,
\tschool  = {U},
\taddress = {Town},
\tyear    = 2001,
\ttitle   = {T},
}
@book(c, edition = {Second}, year = {1990}, volume = 3)
"""
BIBLATEX = """\
% All of them
@string{jip = "J. of Imaginary Physics"}

@Article{a, % read
  Journaltitle = jip # { B},
  author  = "Smith, Anna",
    date  = "1998-05",
  title={On  {DNA}}
}

@thesis{b,
\tinstitution  = {U},
\tlocation = {Town},
\tdate    = 2001,
\ttitle   = {T},
\ttype    = {phdthesis},
}
@book(c, edition = {2}, date = {1990}, volume = 3)
"""


def test_only_what_differs_is_edited() -> None:
    assert convert(BIBTEX, "biblatex").text == BIBLATEX


def test_there_and_back_is_the_same_text() -> None:
    bib = BIBTEX.replace('"05"', "may")

    assert convert(convert(bib, "biblatex").text, "bibtex").text == bib


@pytest.mark.parametrize(("text", "dialect"), [(BIBTEX, "bibtex"), (BIBLATEX, "biblatex")])
def test_a_file_that_is_in_the_dialect_stays_as_it_is(text: str, dialect: str) -> None:
    assert convert(text, dialect).text == text


def test_line_ends_stay() -> None:
    bib = BIBTEX.replace('"05"', "may").replace("\n", "\r\n")

    assert convert(bib, "biblatex").text == BIBLATEX.replace("\n", "\r\n")
    assert convert(convert(bib, "biblatex").text, "bibtex").text == bib


def test_the_comma_of_the_last_field() -> None:
    bib = "@misc{a,\n  year = {1998},\n  month = may\n}\n"

    assert convert(bib, "biblatex").text == "@misc{a,\n  date = {1998-05}\n}\n"
    assert convert("@misc{a,\n  date = {1998-05}\n}\n", "bibtex").text == bib


def test_a_link_that_bibtex_can_follow_stays_and_only_what_it_would_miss_is_added() -> None:
    bib = (
        "@inproceedings{{a,\n  title = {{T}},\n  crossref = {{p}}{}\n}}\n"
        "@proceedings{{p,\n  title = {{P}},\n  publisher = {{U}},\n  year = {{2001}},\n}}\n"
    )

    assert convert(bib.format(","), "bibtex").text == bib.format(",\n  booktitle = {P},")
    assert convert(bib.format(","), "biblatex").text == bib.format(",").replace("year", "date")
    with_booktitle = bib.format(",").replace("  publisher", "  booktitle = {P},\n  publisher")
    assert convert(with_booktitle, "bibtex").text == with_booktitle


def test_what_the_dialect_cannot_say_is_reported() -> None:
    conversion = convert("@dataset{a,\n  date = {1999/2001~},\n}\n", "bibtex")

    assert [(loss.code, loss.field) for entry in conversion.losses for loss in entry.losses] == [
        ("L09", "@dataset"),
        ("L09", "date"),
    ]


def test_a_broken_entry_stays_as_it_is_and_is_reported() -> None:
    bib = "@article{a,\n  journal = {J},\n  title = {T\n\n@article{b,\n  journal = {K},\n}\n"
    conversion = convert(bib, "biblatex")

    assert conversion.text == bib.replace("journal = {K}", "journaltitle = {K}")
    assert [failure.key for failure in conversion.failures] == ["a"]


def test_placeholders_second_fields_and_unknown_ones_stay() -> None:
    fields = ("volume = {null}", "note = {A}", "note = {B}", "mine = {C}", "date = {2001}", "year = {2001}")
    bib = "@article{a,\n" + "".join(f"  {field},\n" for field in fields) + "}\n"

    assert convert(bib, "biblatex").text == bib


def test_a_declaration_of_an_encoding_is_only_left_where_it_is_true() -> None:
    assert convert("% Encoding: EUC-KR\n\n@misc{a}\n", "biblatex").text == "@misc{a}\n"
    assert convert("% Encoding: UTF-8\n\n@misc{a}\n", "biblatex").text == "% Encoding: UTF-8\n\n@misc{a}\n"


@needs_shared
@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
def test_files_of_the_corpus_are_edited_once(dialect: str) -> None:
    for path in sorted((SHARED / "corpus").rglob("*.bib")):
        text = path.read_bytes().decode("utf-8", "replace")[:6_000]
        converted = convert(text, dialect).text

        assert convert(converted, dialect).text == converted, path


def test_the_kind_of_a_report_comes_and_goes_with_its_type() -> None:
    bib = "@techreport{a,\n  institution = {I},\n}\n"

    assert convert(bib, "biblatex").text == "@report{a,\n  institution = {I},\n  type = {techreport},\n}\n"
    assert convert(convert(bib, "biblatex").text, "bibtex").text == bib
    with_type = "@phdthesis{a,\n  type = {PhD thesis},\n}\n"
    assert convert(with_type, "bibtex").text == with_type


def test_a_year_beside_a_date_gives_way_to_it_and_is_reported_where_it_says_otherwise() -> None:
    text = "@misc{a, year = {2012}, month = {3}, date = {2016}, note = N}\n@misc{b, year = 2011, date = {2011}}\n"
    result = convert(text, "bibtex")

    assert result.text == "@misc{a, year = {2016}, note = N}\n@misc{b, year = 2011}\n"
    losses = [(entry.key, loss.field, loss.code) for entry in result.losses for loss in entry.losses]
    assert losses == [("a", "year", "L12"), ("a", "month", "L12")]


def test_a_month_of_its_own_gives_an_entry_a_date_of_its_own() -> None:
    parent = "@book{p, title = {B}, year = 1974}\n"
    result = convert(f"@inbook{{a, title = {{A}}, month = jan, crossref = {{p}}}}\n{parent}", "biblatex")

    assert "@inbook{a, title = {A}, date = {1974-01}, crossref = {p}}" in result.text


def test_particles_that_always_print_with_the_family_name_are_reported() -> None:
    result = convert("@misc{a, author = {family=Gogh, given=V., prefix=van, useprefix=true}}\n", "bibtex")

    assert result.text == "@misc{a, author = {van Gogh, V.}}\n"
    assert [(loss.field, loss.code) for loss in result.entries[0].losses] == [("author", "L04")]


def test_the_last_fields_of_an_entry_take_one_comma_along() -> None:
    bib = "@misc{a, title = {T}, date = {2016}, year = {2012}, month = {3}}\n"
    with_comment = "@misc{b,\n  date = {2016},\n  year = {2016}, % so\n  month = {3}\n}\n"

    assert convert(bib, "bibtex").text == "@misc{a, title = {T}, year = {2016}}\n"
    assert convert(with_comment, "bibtex").text == "@misc{b,\n  year = {2016}, % so\n}\n"


def test_types_that_bibtex_has_under_a_wider_name_are_told() -> None:
    result = convert("@mvbook{a, title = {T}}\n@report{b, title = {T}}\n", "bibtex")

    assert result.text == "@book{a, title = {T}}\n@techreport{b, title = {T}}\n"
    assert [(loss.code, loss.field, loss.message) for entry in result.entries for loss in entry.losses] == [
        ("L09", "@mvbook", "BibTeX has no type `mvbook`: `book`")
    ]


def test_names_spelled_out_behind_others_are_names_in_bibtex() -> None:
    bib = r"@misc{a, author = {Foo, A and family={Sm{\"{o}}dinger}, given=B, given-i=Bb and id=x, family=Li, given=C}}"
    result = convert(bib + "\n", "bibtex")

    assert result.text == "@misc{a, author = {Foo, A and Smödinger, B and Li, C}}\n"
    assert [loss.message for entry in result.entries for loss in entry.losses] == [
        r"the part `given-i` of a name is left out: family={Sm{\"{o}}dinger}, given=B, given-i=Bb",
        "the part `id` of a name is left out: id=x, family=Li, given=C",
    ]


def test_a_kind_of_thesis_stays_where_the_type_does_not_say_it() -> None:
    assert convert("@book{a, type = {phdthesis}}\n", "bibtex").text == "@book{a, type = {PhD thesis}}\n"
    assert convert("@thesis{a, title = {T}, type = {phdthesis}}\n", "bibtex").text == "@phdthesis{a, title = {T}}\n"


def test_an_empty_subtitle_is_joined_to_nothing() -> None:
    bib = "@book{a, title = {T}, subtitle = {}}\n"

    assert convert(bib, "bibtex").text == bib
