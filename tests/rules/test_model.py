"""The entry types and fields of a .bib: names that no data model knows, and what an entry must have."""

from __future__ import annotations

import pytest

from bibwright.analysis.linter import Linter
from bibwright.analysis.options import LintOptions
from bibwright.analysis.workspace import OpenDocument
from bibwright.formats.bibtex import BIBTEX
from bibwright.rules import all_rules
from tests.support.drawing import assert_drawn, find
from tests.support.one_rule import after_fix, found, messages

BIBER = "% !BIB program = biber\n"
FOR_BIBTEX = "% !BIB program = bibtex\n"


# --- M301


def test_unknown_entry_type() -> None:
    assert_drawn(
        """
        @artcle{a}
         ^^^^^^ M301 there is no entry type "@artcle", perhaps @article is meant
        @InProceeding{b}
         ^^^^^^^^^^^^ M301 there is no entry type "@InProceeding", perhaps @inproceedings is meant
        @journal{c}
         ^^^^^^^ M301 there is no entry type "@journal", perhaps @article is meant
        @website{d}
         ^^^^^^^ M301 there is no entry type "@website", perhaps @misc is meant
        @spaceship{e, title = {T}}
         ^^^^^^^^^ M301 the entry type "@spaceship" is unknown, so that styles treat the entry as @misc
        @include{what is no entry at all}
        """,
        BIBTEX,
        "M301",
    )


@pytest.mark.parametrize(
    "name",
    [
        "Article",
        "conference",
        "thesis",
        "electronic",
        "periodical",
        "IEEEtranBSTCTL",
        "control",
        "artifactsoftware",
        "artifactdataset",
        "game",
        "presentation",
        "customa",
        "softwareversion",
        "constitution",
        "newspaper",
        "xdata",
    ],
)
def test_entry_types_of_all_dialects_and_styles_are_known(name: str) -> None:
    assert messages(f"@{name}{{a}}\n", "M301") == []


def test_web_page_is_online_in_biblatex() -> None:
    assert after_fix(f"{BIBER}@webpage{{a}}\n", "M301") == f"{BIBER}@online{{a}}\n"
    assert after_fix("@webpage{a}\n", "M301") == "@misc{a}\n"


def test_type_that_resembles_none_is_information_without_fix() -> None:
    (one,) = found("@spaceship{a, title = {T}}\n", "M301")

    assert one.diagnostic.severity.label == "information"
    assert one.fixes == ()


def test_declared_names_are_known() -> None:
    options = LintOptions(entry_types=frozenset({"artcle"}), fields=frozenset({"autor"}))
    linter = Linter([rule for rule in all_rules() if rule.code in ("M301", "M302")], "bibtex", options=options)
    document = OpenDocument("", 0, BIBTEX, "@artcle{a, autor = {B}}\n", linter)
    document.check_all()

    assert list(document.placed_diagnostics()) == []


# --- M302


def test_unknown_field() -> None:
    assert_drawn(
        """
        @article{a,
          autor = {A},
          ^^^^^ M302 no style knows the field "autor", perhaps author is meant
          titel = {T},
          ^^^^^ M302 no style knows the field "titel", perhaps title is meant
          Jounral = {J},
          ^^^^^^^ M302 no style knows the field "Jounral", perhaps journal is meant
          keyword = {K},
          ^^^^^^^ M302 no style knows the field "keyword", perhaps keywords is meant
          page = {1},
          ^^^^ M302 no style knows the field "page", perhaps pages is meant
          publihser = {P},
          ^^^^^^^^^ M302 no style knows the field "publihser", perhaps publisher is meant
          adress = {B},
          ^^^^^^ M302 no style knows the field "adress", perhaps address is meant
        }
        @phdthesis{b, university = {U}, vol = {3}}
                      ^^^^^^^^^^ M302 no style knows the field "university", perhaps school is meant
                                        ^^^ M302 no style knows the field "vol", perhaps volume is meant
        """,
        BIBTEX,
        "M302",
    )


@pytest.mark.parametrize(
    "name",
    [
        "bdsk-url-1",
        "mendeley-tags",
        "citeulike-article-id",
        "jabref_status",
        "x-colour",
        "biburl",
        "bibsource",
        "timestamp",
        "adsurl",
        "adsnote",
        "articleno",
        "numpages",
        "issue_date",
        "acmid",
        "Unique-ID",
        "author+an",
        "OPTauthor",
        "ALTeditor",
        "urlendyear",
        "usera",
        "editoratype",
        "eissn",
        "publdate",
        "prnumber",
        "server",
        "notes",
        "folder",
        "published",
        "data",
        "colour",
        "spaceship",
        "a",
    ],
)
def test_fields_of_programs_and_fields_that_resemble_none_are_let_be(name: str) -> None:
    assert messages(f"@article{{a, {name} = {{1}}}}\n", "M302") == []


@pytest.mark.parametrize(
    "entry",
    [
        "@misc{a, author = {A}, autor = {B}}",
        "@article{a, journaltitle = {J}, jounral = {J}}",
        "@misc{a, location = {L}, adress = {A}}",
        "@misc{a, date = {2020}, yaer = {2020}}",
    ],
)
def test_misprint_of_a_field_that_is_there_is_let_be(entry: str) -> None:
    assert messages(entry + "\n", "M302") == []


# --- M303


def test_missing_required_field() -> None:
    assert_drawn(
        """
        @article{a, author = {A}, title = {T}, year = {}}
         ^^^^^^^ M303 @article lacks journal and year
        @Book{b, title = {T}, year = 2020}
         ^^^^ M303 @Book lacks author or editor
        @phdthesis{c, author = {A}, title = {T}, year = null}
         ^^^^^^^^^ M303 @phdthesis lacks school and year
        @techreport{d, author = {A}, title = {T}, year = 2020}
         ^^^^^^^^^^ M303 @techreport lacks institution
        """,
        BIBTEX,
        "M303",
    )


@pytest.mark.parametrize("export", ["eprint = {1706.03762}, eprinttype = {arXiv}", "langid = {english}"])
def test_fields_that_exports_for_bibtex_have_tell_no_dialect(export: str) -> None:
    """DBLP writes the one, Better BibTeX the other; what biblatex demands of a part of a book BibTeX does not."""
    part = "@inbook{b, author = {A}, title = {T}, chapter = {3}, publisher = {P}, year = {2001}}\n"
    text = f"@article{{a, author = {{A}}, title = {{T}}, journal = {{J}}, year = {{2017}}, {export}}}\n{part}"

    assert [one.diagnostic.message for one in find(text, BIBTEX) if one.diagnostic.code == "M303"] == []


@pytest.mark.parametrize(
    "entry",
    [
        "@article{a, author = {A}, title = {T}, journaltitle = {J}, date = {2020}}",
        "@article{a, AUTHOR = {A}, Title = {T}, Journal = jacm, YEAR = 2020}",
        "@book{a, editor = {A}, title = {T}, year = {2020}}",
        "@phdthesis{a, author = {A}, title = {T}, institution = {U}, year = {2020}}",
        "@mastersthesis{a, author = {A}, title = {T}, school = {U}, date = {2020}}",
        "@manual{a, title = {T}}",
        "@unpublished{a, author = {A}, title = {T}}",
        "@misc{a}",
        "@online{a}",
        "@xdata{a, publisher = {P}}",
        "@spaceship{a}",
    ],
)
def test_only_what_both_dialects_demand_is_missing(entry: str) -> None:
    assert messages(entry + "\n", "M303") == []


def test_required_fields_of_bibtex() -> None:
    assert_drawn(
        """
        % !BIB program = bibtex
        @book{a, author = {A}, title = {T}, year = 2020}
         ^^^^ M303 @book lacks publisher
        @inbook{b, author = {A}, title = {T}, publisher = {P}, year = 2020}
         ^^^^^^ M303 @inbook lacks chapter or pages
        @unpublished{c, author = {A}, title = {T}}
         ^^^^^^^^^^^ M303 @unpublished lacks note
        @misc{d}
        """,
        BIBTEX,
        "M303",
    )


def test_required_and_recommended_fields_of_biblatex() -> None:
    assert_drawn(
        """
        % !BIB program = biber
        @article{a, author = {A}, title = {T}}
         ^^^^^^^ M303 @article lacks journaltitle and date
        @book{b, editor = {E}, title = {T}, pubstate = {inpress}}
         ^^^^ M303 @book should have author
        @incollection{c, author = {A}, title = {T}, booktitle = {B}, date = {2020}}
         ^^^^^^^^^^^^ M303 @incollection should have editor
        @report{d, author = {A}, title = {T}, institution = {I}, date = {2020}}
         ^^^^^^ M303 @report should have type
        @techreport{e, author = {A}, title = {T}, institution = {I}, date = {2020}}
        @online{f, title = {T}, date = {2020}}
         ^^^^^^ M303 @online lacks url, doi or eprint
        @set{g, entryset = {a, b}}
        @article{h, options = {dataonly = true}}
        """,
        BIBTEX,
        "M303",
    )


@pytest.mark.parametrize(("header", "severity"), [("", "warning"), (FOR_BIBTEX, "warning"), (BIBER, "information")])
@pytest.mark.parametrize("entry", ["@book{a, title = {T}, publisher = {P}", "@article{a, title = {T}, journal = {J}"])
def test_biblatex_prints_well_what_has_a_title_and_no_author(entry: str, header: str, severity: str) -> None:
    (one,) = found(f"{header}{entry}, year = 2020}}\n", "M303")

    assert one.diagnostic.severity.label == severity


@pytest.mark.parametrize(
    ("entry", "severity"),
    [
        ("author = {{World Health Organization}}", "information"),
        ("author = {{World Health Organization}}, publisher = {P}", "warning"),
        ("author = {Smith, Ann}", "warning"),
    ],
)
def test_report_of_an_organisation_need_not_name_it_twice(entry: str, severity: str) -> None:
    (one,) = found(f"{BIBER}@report{{a, {entry}, title = {{T}}, type = {{R}}, date = {{2020}}}}\n", "M303")

    assert one.diagnostic.message.endswith("institution")
    assert one.diagnostic.severity.label == severity


def test_article_that_is_an_eprint_should_have_a_journal() -> None:
    (one,) = found("@article{a, author = {A}, title = {T}, year = 2020, eprint = {2001.01234}}\n", "M303")

    assert (one.diagnostic.severity.label, one.diagnostic.message) == ("information", "@article should have journal")


@pytest.mark.parametrize("header", ["", BIBER, FOR_BIBTEX])
def test_inherited_fields_count(header: str) -> None:
    text = """
@inproceedings{a, author = {A}, title = {T}, crossref = {Conf}}
@inproceedings{b, crossref = {a}, author = {B}, title = {U}}
@proceedings{conf, title = {C}, booktitle = {C}, year = 2020}
@book{c, xdata = {wood, more}, author = {A}, title = {T}}
@xdata{wood, publisher = {P}}
@xdata{more, date = {2020}}
"""

    assert messages(header + text, "M303") == []


def test_what_the_parent_lacks_too_is_said() -> None:
    assert_drawn(
        """
        % !BIB program = bibtex
        @inproceedings{a, author = {A}, title = {T}, crossref = {Conf}}
         ^^^^^^^^^^^^^ M303 @inproceedings lacks booktitle, and inherits none from its parent "Conf"
        @proceedings{Conf, title = {C}, year = 2020}
        """,
        BIBTEX,
        "M303",
    )


def test_title_of_the_parent_is_the_book_title_in_biblatex_and_no_title() -> None:
    assert_drawn(
        """
        % !BIB program = biber
        @inproceedings{a, author = {A}, crossref = {Conf}}
         ^^^^^^^^^^^^^ M303 @inproceedings lacks title, and inherits none from its parent "Conf"
        @proceedings{Conf, title = {C}, date = {2020}}
        """,
        BIBTEX,
        "M303",
    )


@pytest.mark.parametrize(
    "text",
    [
        "@article{a, crossref = {elsewhere}}\n",
        "@article{a, xdata = {elsewhere}}\n",
        "@article{a, xdata = {b}}\n@xdata{b, xdata = {c}}\n",
        "@article{a, crossref = {b}}\n@article{b, crossref = {elsewhere}}\n",
    ],
)
def test_nothing_is_missing_where_a_parent_is_not_at_hand(text: str) -> None:
    assert messages(text, "M303") == []


def test_circle_of_parents_ends() -> None:
    text = "@book{a, crossref = {b}, author = {A}}\n@book{b, crossref = {a}, title = {T}, year = 2020}\n"

    assert messages(text, "M303") == []
    assert messages("@book{a, crossref = {a}, author = {A}, year = 2020}\n", "M303") == [
        '@book lacks title, and inherits none from its parent "a"'
    ]
