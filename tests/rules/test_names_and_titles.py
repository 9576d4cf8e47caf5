"""Names, journals and titles."""

from __future__ import annotations

import pytest

from bibwright.formats.bibtex import BIBTEX
from bibwright.formats.ris import RIS
from tests.support.drawing import assert_drawn, find, fixed


def test_name_without_comma() -> None:
    assert_drawn(
        """
        TY  - JOUR
        AU  - Ludwig van Beethoven
              ^^^^^^^^^^^^^^^^^^^^ N503 the name "Ludwig van Beethoven" has no comma behind the family name
        AU  - World Health Organization
        AU  - Museum für Naturkunde
        AU  - Plato
        AU  - 서 상문
        AU  - Doe & Roe
        AU  - Smith, Jane
        KW  - Jane Smith
        ER  -
        """,
        RIS,
        "N503",
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Sangmun Suh", "Suh, Sangmun"),
        ("Ludwig van Beethoven", "van Beethoven, Ludwig"),
        ("Kim SH", "Kim, SH"),
        ("Gamboa H.", "Gamboa, H."),
        ("Dos Santos A. B.", "Dos Santos, A. B."),
        ("J. R. R. Tolkien", "Tolkien, J. R. R."),
        ("Martin Luther King Jr.", "King, Martin Luther, Jr."),
    ],
)
def test_name_is_inverted(name: str, expected: str) -> None:
    assert fixed(f"TY  - JOUR\nAU  - {name}\nER  - \n", RIS, "N503") == f"TY  - JOUR\nAU  - {expected}\nER  - \n"


def test_journal_tag() -> None:
    assert_drawn(
        """
        TY  - JOUR
        JO  - Journal of Trees
        ^^ M316 the journal "Journal of Trees" stands only in JO
        ER  -
        TY  - JOUR
        JO  - J. Trees
        ER  -
        TY  - JOUR
        JA  - Nature
        ER  -
        TY  - JOUR
        JO  - Journal of Trees
        T2  - The Journal of Trees
        ER  -
        TY  - BOOK
        JO  - Journal of Trees
        ER  -
        """,
        RIS,
        "M316",
    )


@pytest.mark.parametrize(
    ("empty", "expected"),
    [
        pytest.param("T2  - ", "T2  - Journal of Trees", id="blank"),
        pytest.param("T2  -", "T2  - Journal of Trees", id="no blank"),
        pytest.param("JF  - ", "JF  - ", id="another tag"),
    ],
)
def test_journal_tag_beside_an_empty_one(empty: str, expected: str) -> None:
    text = f"TY  - JOUR\nJO  - Journal of Trees\n{empty}\nER  - \n"

    result = fixed(text, RIS, "M316")

    added = "" if "T2" in empty else "T2  - Journal of Trees\n"
    assert result == f"TY  - JOUR\nJO  - Journal of Trees\n{added}{expected}\nER  - \n"


def test_space_before_punctuation() -> None:
    assert_drawn(
        """
        @dataset{a, title = {Trees : A Study , With {Leaves} ; and {D\\'ej\\`a} $a : b$}, note = {a : b}}
                                  ^ T611 there is a blank before ":"
                                            ^ T611 there is a blank before ","
                                                            ^ T611 there is a blank before ";"
        @dataset{b, title = {Les arbres : une étude de la forêt}}
        @dataset{c, title = {Arbres : étude}, langid = {french}}
        @dataset{d, title = {Лес : учебное пособие}}
        @dataset{e, title = {Weder ,Natur' noch ,,Kultur''}}
        @dataset{f, title = {Trees: A Study, with ratios 1:2}}
        """,
        BIBTEX,
        "T611",
    )


def test_space_before_punctuation_in_ris() -> None:
    found = find("TY  - JOUR\nTI  - Trees : A Study\nN1  - a : b\nER  - \n", RIS)

    assert [finding.start for finding in found if finding.diagnostic.code == "T611"] == [22]
