"""Where a file does not agree with itself."""

from __future__ import annotations

import pytest

from bibwright.formats.bibtex import BIBTEX
from bibwright.formats.ris import RIS
from tests.support.drawing import assert_drawn


def test_journal_fields_of_both_dialects_are_reported_once() -> None:
    assert_drawn(
        """
        @article{a, journal = {J}}
        @article{b, journaltitle = {J}}
                    ^^^^^^^^^^^^ C801 other entries of the file have journal (BibTeX)
        @article{c, journaltitle = {J}}
        """,
        BIBTEX,
        "C801",
    )
    assert_drawn("@article{b, journaltitle = {J}}\n@article{c, journaltitle = {K}}\n", BIBTEX, "C801")


def test_journals_in_several_spellings() -> None:
    assert_drawn(
        """
        @string{prb = {physical review b}}
        @article{a, journal = {Physical Review B}}
        @article{b, journal = {{Physical} Review
          B}}
        @article{c, journal = "Phys. Rev. B"}
                               ^^^^^^^^^^^^ C802 the journal "Phys. Rev. B" is called "Physical Review B"
        @article{d, journaltitle = {physical review B}}
                                    ^^^^^^^^^^^^^^^^^ C802 the journal "physical review B" is called "Physical Review B"
        @article{e, journal = {Phys. Rev. C}}
        @article{f, journal = {Plant Roots Bulletin}}
        @article{g, journal = prb}
        @article{h, journal = {Astronomy \\& Astrophysics}}
        @article{i, journal = {Astronomy and Astrophysics}}
                               ^^^^^^^^^^^^^^^^^^^^^^^^^^ C802 the journal "Astronomy and Astrophysics" is called
        @article{j, journal = {Ann. of Math.}}
        @article{k, journal = {Ann. of Math.}}
        """,
        BIBTEX,
        "C802",
    )


def test_journals_of_ris_records() -> None:
    assert_drawn(
        """
        TY  - JOUR
        JO  - Mil. Hist.
        T2  - Military History
        ER  -
        TY  - JOUR
        JF  - military history
              ^^^^^^^^^^^^^^^^ C802 the journal "military history" is called "Military History" in another entry
        ER  -
        TY  - CHAP
        T2  - MILITARY HISTORY
        ER  -
        """,
        RIS,
        "C802",
    )


def test_names_in_several_forms() -> None:
    assert_drawn(
        """
        @misc{a, author = {Knuth, Donald E. and Doe, Jane}}
        @misc{b, author = {Donald Knuth}, editor = {Doe, J. and Doe, John and others}}
                           ^^^^^^^^^^^^ C803 "Donald Knuth" is written "Knuth, Donald E." in another entry
                                                    ^^^^^^^ C803 "Doe, J." is written "Doe, Jane" in another entry
        @misc{c, author = {Knuth, Donald E.}, editor = {{Doe, J.} and D{\\"o}e, J.}}
        """,
        BIBTEX,
        "C803",
    )


@pytest.mark.parametrize("key", ["doe2020", "Doe20a", "DoeRoe:2020:leaves", "2020-doe", "müllerdoe2020"])
def test_keys_that_name_author_and_year(key: str) -> None:
    assert_drawn(f"@misc{{{key}, author = {{Doe, Jane}}, date = {{2020-01}}}}\n", BIBTEX, "C804")


def test_keys_that_do_not() -> None:
    assert_drawn(
        """
        @misc{ref1, author = {Jane Doe}, year = 2020}
              ^^^^ C804 the key "ref1" does not name the first author and the year
        @misc{ref2, title = {No author}, year = 2020}
        @misc{ref3, author = {Doe}}
        """,
        BIBTEX,
        "C804",
    )
