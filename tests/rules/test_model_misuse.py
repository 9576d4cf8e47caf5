"""Fields and entry types of a .bib that are known, and stand in the wrong place or dialect."""

from __future__ import annotations

import pytest

from bibwright.formats.bibtex import BIBTEX
from tests.support.drawing import assert_drawn
from tests.support.one_rule import after_fix, found, messages

BIBER = "% !BIB program = biber\n"
FOR_BIBTEX = "% !BIB program = bibtex\n"


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
