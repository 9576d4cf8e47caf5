"""What entries and records must have, and names that no data model knows."""

from __future__ import annotations

import pytest

from bibwright.analysis.linter import Linter
from bibwright.analysis.options import LintOptions
from bibwright.analysis.workspace import OpenDocument
from bibwright.formats.bibtex import BIBTEX
from bibwright.formats.format import Format
from bibwright.formats.ris import RIS
from bibwright.rules import all_rules
from bibwright.text.spans import apply_edits
from tests.support.drawing import Found, assert_drawn, find

BIBER = "% !BIB program = biber\n"
FOR_BIBTEX = "% !BIB program = bibtex\n"


def found(text: str, code: str, format: Format = BIBTEX) -> list[Found]:
    return find(text, format, [rule for rule in all_rules() if rule.code == code])


def messages(text: str, code: str, format: Format = BIBTEX) -> list[str]:
    return [one.diagnostic.message for one in found(text, code, format)]


def after_fix(text: str, code: str, format: Format = BIBTEX) -> str:
    return apply_edits(text, found(text, code, format)[0].fixes[0].edits)


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


# --- M304, M315, M317


def test_ris_missing_recommended() -> None:
    assert_drawn(
        """
        TY  - JOUR
              ^^^^ M304 the JOUR record has no author, date or journal
        TI  - On Trees
        PY  - null
        ER  -
        TY  - BOOK
              ^^^^ M304 the BOOK record has no date
        ED  - Smith, Ann
        BT  - On Trees
        ER  -
        """,
        RIS,
        "M304",
    )


@pytest.mark.parametrize(
    "record",
    [
        "TY  - ABST\nN2  - Of trees\nER  - \n",
        "TY  - ICOMM\nAU  - Smith, Ann\nER  - \n",
        "TY  - STAT\nTI  - Act\nPY  - 2020\nER  - \n",
        "TY  - WEB\nTI  - Trees\nER  - \n",
        "TY  - JOUR\nT1  - Trees\nA1  - Smith, Ann\nY1  - 2020///\nJA  - J. Trees\nER  - \n",
        "ty  - jour\nti  - Trees\nau  - Smith, Ann\nda  - 2020\nt2  - Trees\ner  - \n",
        "TY  - JOURN\nER  - \n",
        "TY  - \nER  - \n",
    ],
)
def test_records_that_need_no_more(record: str) -> None:
    assert messages(record, "M304", RIS) == []


def test_ris_type_tag_mismatch() -> None:
    assert_drawn(
        """
        TY  - BOOK
        T2  - Journal of Trees
              ^^^^^^^^^^^^^^^^ M315 "Journal of Trees" seems to be a journal, but the record is a BOOK
        IS  - 4
        ER  -
        TY  - CONF
        JO  - Forest Conference
        ^^ M315 JO holds the name of a journal, which no CONF record has
        ER  -
        TY  - JOUR
        SN  - 978-3-16-148410-0
              ^^^^^^^^^^^^^^^^^ M315 "978-3-16-148410-0" is the ISBN of a book, but the record is a JOUR
        ER  -
        TY  - THES
        IS  - 4
        ^^ M315 IS holds the issue of a journal, which no THES record has
        ER  -
        """,
        RIS,
        "M315",
    )


@pytest.mark.parametrize(
    "record",
    [
        "TY  - EDBOOK\nAU  - Smith, Ann\nER  - \n",
        "TY  - BOOK\nT2  - Journal of Trees Supplements\nER  - \n",
        "TY  - BOOK\nT2  - Journal of Trees\nIS  - 4\nSN  - 9783161484100\nER  - \n",
        "TY  - CONF\nT2  - Forest Conference\nJO  - For. Conf.\nER  - \n",
        "TY  - CHAP\nJ2  - Handb. Trees\nER  - \n",
        "TY  - JOUR\nSN  - 1234-5679\nIS  - 4\nER  - \n",
    ],
)
def test_tags_that_fit_the_type(record: str) -> None:
    assert messages(record, "M315", RIS) == []


def test_ris_deprecated_tag() -> None:
    text = "TY  - JOUR\nT1  - T\nA1  - A, B\nA1  - C, D\nY1  - 2020///\nN2  - Of trees\nJF  - J\nER  - \n"
    while fixes := [one.fixes[0] for one in found(text, "M317", RIS) if one.fixes]:
        text = apply_edits(text, fixes[0].edits)

    assert text == "TY  - JOUR\nTI  - T\nAU  - A, B\nAU  - C, D\nPY  - 2020///\nAB  - Of trees\nT2  - J\nER  - \n"


def test_older_tag_beside_its_successor_has_no_fix() -> None:
    (one,) = found("TY  - JOUR\nTI  - T\nT1  - U\nER  - \n", "M317", RIS)

    assert one.fixes == ()


def test_book_title_tag_is_the_title_of_a_book_and_the_whole_of_a_chapter() -> None:
    assert "TI  - T" in after_fix("TY  - BOOK\nBT  - T\nER  - \n", "M317", RIS)
    assert "T2  - T" in after_fix("TY  - CHAP\nTI  - U\nBT  - T\nER  - \n", "M317", RIS)
    assert messages("TY  - JOUR\nBT  - T\nER  - \n", "M317", RIS) == []


# --- M305 to M308


def test_field_not_for_type() -> None:
    assert_drawn(
        """
        @inproceedings{a, journal = {J}}
                          ^^^^^^^ M305 styles leave journal out of @inproceedings
        @article{b, booktitle = {B}, school = {S}}
                    ^^^^^^^^^ M305 styles leave booktitle out of @article
                                     ^^^^^^ M305 styles leave school out of @article
        @book{c, Journal = {J}, issn = {1234-5679}}
                 ^^^^^^^ M305 styles leave Journal out of @book
                                ^^^^ M305 styles leave issn out of @book
        """,
        BIBTEX,
        "M305",
    )


@pytest.mark.parametrize(
    "entry",
    [
        "@article{a, journal = {J}, publisher = {P}, issn = {I}, pages = {1}, colour = {green}}",
        "@book{a, issn = {I}, series = {S}, pages = {1}}",
        "@inproceedings{a, booktitle = {B}, publisher = {P}, issn = {I}, pages = {1}}",
        "@phdthesis{a, school = {S}}",
        "@proceedings{a, pages = {1}}",
        "@online{a, journal = {J}}",
    ],
)
def test_fields_that_are_no_confusion(entry: str) -> None:
    assert messages(entry + "\n", "M305") == []


def test_pages_of_proceedings_are_for_biblatex_only() -> None:
    assert messages(f"{FOR_BIBTEX}@proceedings{{a, pages = {{1}}}}\n", "M305") == [
        "styles leave pages out of @proceedings"
    ]


def test_book_title_of_an_article_shows_a_conference_paper() -> None:
    assert after_fix("@article{a, booktitle = {B}}\n", "M305") == "@inproceedings{a, booktitle = {B}}\n"
    (one,) = found("@article{a, journal = {J}, booktitle = {B}}\n", "M305")
    assert one.fixes == ()


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("@online{a, url = {u}}", "@misc{a, url = {u}}"),
        ("@www{a}", "@misc{a}"),
        ("@report{a, type = {techreport}, year = 2020}", "@techreport{a, year = 2020}"),
        ("@report{a, type = {resreport}}", "@techreport{a, type = {Research report}}"),
        ("@thesis{a, type = {mathesis}, year = 2020}", "@mastersthesis{a, year = 2020}"),
        ("@thesis{a, type = {Bachelor thesis}}", "@mastersthesis{a, type = {Bachelor thesis}}"),
        ("@thesis{a}", "@phdthesis{a}"),
        ("@collection{a}", "@book{a}"),
    ],
)
def test_type_of_biblatex_in_a_file_for_bibtex(entry: str, expected: str) -> None:
    assert after_fix(f"{FOR_BIBTEX}{entry}\n", "M306") == f"{FOR_BIBTEX}{expected}\n"


@pytest.mark.parametrize(
    "name", ["article", "phdthesis", "conference", "electronic", "patent", "standard", "spaceship"]
)
def test_type_that_bibtex_or_a_style_knows(name: str) -> None:
    assert messages(f"{FOR_BIBTEX}@{name}{{a}}\n", "M306") == []


@pytest.mark.parametrize("header", ["", BIBER])
def test_names_of_the_other_dialect_are_let_be_elsewhere(header: str) -> None:
    text = f"{header}@thesis{{a, date = {{2020}}}}\n@phdthesis{{b, school = {{S}}, address = {{A}}}}\n"

    assert messages(text, "M306") + messages(text, "M307") == []


@pytest.mark.parametrize(
    ("entry", "expected", "safety"),
    [
        ("@article{a, journaltitle = {J}}", "@article{a, journal = {J}}", "safe"),
        ("@book{a, location = {L}}", "@book{a, address = {L}}", "safe"),
        ("@phdthesis{a, institution = {I}}", "@phdthesis{a, school = {I}}", "safe"),
        ("@misc{a, eprinttype = {arxiv}}", "@misc{a, archiveprefix = {arxiv}}", "safe"),
        ("@misc{a, date = {2020}}", "@misc{a, year = {2020}}", "safe"),
        ("@misc{a, date = {2020-05}, x = 1}", "@misc{a, year = {2020}, month = may, x = 1}", "safe"),
        ("@misc{a,\n  date={2020-05-01}\n}", "@misc{a,\n  year={2020},\n  month=may\n}", "unsafe"),
    ],
)
def test_field_of_biblatex_in_a_file_for_bibtex(entry: str, expected: str, safety: str) -> None:
    text = f"{FOR_BIBTEX}{entry}\n"
    (one,) = found(text, "M307")

    assert after_fix(text, "M307") == f"{FOR_BIBTEX}{expected}\n"
    assert one.fixes[0].safety.value == safety


@pytest.mark.parametrize(
    "entry",
    [
        "@article{a, journal = {J}, journaltitle = {J}}",
        "@techreport{a, institution = {I}}",
        "@inproceedings{a, address = {A}, location = {L}}",
        "@inproceedings{a, location = {L}}",
        "@misc{a, year = 2020, date = {2020}}",
    ],
)
def test_fields_that_bibtex_has_or_that_stand_beside_its_own(entry: str) -> None:
    assert messages(f"{FOR_BIBTEX}{entry}\n", "M307") == []


def test_conflicting_alias_fields() -> None:
    assert_drawn(
        """
        % !BIB program = biber
        @misc{a, date = {2001-05}, year = {2002}, month = jun}
                                   ^^^^ M308 date wins over year, so that "2002" is ignored
                                                  ^^^^^ M308 date wins over month, so that "jun" is ignored
        @article{b, journaltitle = {J}, journal = {K}}
                                        ^^^^^^^ M308 journaltitle wins over journal, so that "K" is ignored
        @book{c, address = {A}, location = {L}}
                 ^^^^^^^ M308 location wins over address, so that "A" is ignored
        @misc{d, date = {2001-05}, year = 2001, month = {May}}
                                   ^^^^ M308 year repeats what date says, which wins
                                                ^^^^^ M308 month repeats what date says, which wins
        """,
        BIBTEX,
        "M308",
    )


@pytest.mark.parametrize(
    ("entry", "expected", "safety"),
    [
        ("@misc{a, date = {2001}, year = {2001}}", "@misc{a, date = {2001}, }", "safe"),
        ("@misc{a, date = {2001}, year = {2002}}", "@misc{a, date = {2001}, }", "unsafe"),
        ("@misc{a, date = {2001}, month = jun}", "@misc{a, date = {2001-06}, }", "unsafe"),
        ("@thesis{a, school = {S}, institution = {s}}", "@thesis{a, institution = {s}}", "safe"),
    ],
)
def test_fix_of_conflicting_fields(entry: str, expected: str, safety: str) -> None:
    text = f"{BIBER}{entry}\n"
    (one,) = found(text, "M308")

    assert after_fix(text, "M308") == f"{BIBER}{expected}\n"
    assert one.fixes[0].safety.value == safety


def test_same_value_twice_may_be_for_bibtex_where_biblatex_is_not_declared() -> None:
    assert messages("@misc{a, langid = {english}, date = {2020}, year = {2020}}\n", "M308") == []
    assert len(messages("@misc{a, langid = {english}, date = {2020}, year = {2019}}\n", "M308")) == 1


@pytest.mark.parametrize("header", ["", FOR_BIBTEX])
@pytest.mark.parametrize(
    "entry",
    [
        "@misc{a, date = {2020-05}, year = 2020, month = may}",
        "@inproceedings{a, address = {A}, location = {L}}",
        "@misc{a, date = {1999/2001}, year = {2001}}",
        "@misc{a, date = {}, year = {2001}}",
    ],
)
def test_fields_for_both_dialects_are_no_conflict_unless_biblatex_reads_them(header: str, entry: str) -> None:
    assert messages(f"{header}{entry}\n", "M308") == []


# --- M309 to M314


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("@misc{a, eprint = {2001.01234v2}}", "@misc{a, eprint = {2001.01234v2}, archiveprefix = {arXiv}}"),
        ('@misc{a, eprint = "hep-th/9901001"}', '@misc{a, eprint = "hep-th/9901001", archiveprefix = "arXiv"}'),
        (
            "@misc{a,\n\teprint = {math.GT/0309136},\n}",
            "@misc{a,\n\teprint = {math.GT/0309136},\n\tarchiveprefix = {arXiv},\n}",
        ),
        (
            "@misc{a, archiveprefix = {arXiv}, url = {https://arxiv.org/abs/2001.01234}}",
            "@misc{a, archiveprefix = {arXiv}, eprint = {2001.01234}, url = {https://arxiv.org/abs/2001.01234}}",
        ),
    ],
)
def test_missing_eprinttype(entry: str, expected: str) -> None:
    assert after_fix(f"{entry}\n", "M309") == f"{expected}\n"


@pytest.mark.parametrize(
    "entry",
    [
        "@misc{a, eprint = {12345}}",
        "@misc{a, eprint = {2001.01234}, archiveprefix = {arXiv}}",
        "@misc{a, eprint = {2013.01234}}",
        "@misc{a, eprint = {10.1000/2001.01234}}",
        "@misc{a, archiveprefix = {HAL}}",
    ],
)
def test_eprint_of_any_archive_is_let_be(entry: str) -> None:
    assert messages(f"{entry}\n", "M309") == []


def test_archive_without_identifier_anywhere_has_no_fix() -> None:
    (one,) = found("@misc{a, archiveprefix = {arXiv}}\n", "M309")

    assert one.fixes == ()


def test_url_without_urldate_is_for_web_pages_of_biblatex() -> None:
    assert len(messages("@www{a, url = {u}}\n", "M310")) == 1
    assert messages("@online{a, url = {u}, urldate = {2020-01-01}}\n@misc{b, url = {u}}\n", "M310") == []
    assert messages(f"{FOR_BIBTEX}@online{{a, url = {{u}}}}\n", "M310") == []


def test_article_as_misc() -> None:
    assert len(messages("@misc{a, journal = {J}, volume = 3}\n", "M311")) == 1
    assert messages("@misc{a, journal = {J}}\n@misc{b, volume = 3}\n", "M311") == []


@pytest.mark.parametrize(
    "journal",
    [
        "Proceedings of the 4th Conference on Forests",
        "Proc. 6th ICMU",
        "International Workshop on Trees",
        "Proceedings of the 2010 Forest Symposium",
    ],
)
def test_article_is_proceedings(journal: str) -> None:
    assert len(messages(f"@article{{a, journal = {{{journal}}}}}\n", "M312")) == 1


@pytest.mark.parametrize(
    "journal",
    [
        "Proceedings of the National Academy of Sciences",
        "Proceedings of the IEEE",
        "Proc. R. Soc. London",
        "Proceedings of the VLDB Endowment",
        "Proc. Amer. Math. Soc.",
        "Journal of Physics: Conference Series",
        "Procedia Computer Science",
        "Process Biochemistry",
        "Proceedings of the Royal Society B",
    ],
)
def test_journal_that_is_called_proceedings(journal: str) -> None:
    assert messages(f"@article{{a, journal = {{{journal}}}}}\n", "M312") == []


def test_proceedings_with_issues_are_a_journal() -> None:
    assert messages("@article{a, journal = {Proceedings of the Trees}, number = 3}\n", "M312") == []


def test_inproceedings_without_pages_or_doi() -> None:
    assert len(messages("@conference{a}\n", "M313")) == 1
    assert messages("@inproceedings{a, articleno = 3}\n@inproceedings{b, doi = {d}}\n@misc{c}\n", "M313") == []


def test_dataset_or_software() -> None:
    assert after_fix("@misc{a, title = {T}, doi = {10.5061/dryad.8515}}\n", "M314").startswith("@dataset{")
    assert after_fix("@misc{a, title = {wood/tree: v1.2}, doi = {10.5281/zenodo.1}}\n", "M314").startswith("@software{")
    assert messages("@misc{a, doi = {10.1000/1}}\n@dataset{b, doi = {10.5281/zenodo.1}}\n", "M314") == []
