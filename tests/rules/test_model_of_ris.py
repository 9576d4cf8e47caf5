"""What RIS records should have, and tags that do not fit their type."""

from __future__ import annotations

import pytest

from bibwright.formats.ris import RIS
from bibwright.text.spans import apply_edits
from tests.support.drawing import assert_drawn
from tests.support.one_rule import after_fix, found, messages

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
