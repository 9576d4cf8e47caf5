"""Lines of .ris files that are empty, superfluous or broken in an unusual way."""

from __future__ import annotations

import pytest

from bibwright.analysis.diagnostics import Safety
from bibwright.features.check import fix_text
from bibwright.formats.ris import RIS
from bibwright.rules import all_rules
from tests.support.drawing import Found, assert_drawn, find


def of_rule(text: str, code: str) -> list[Found]:
    return find(text, RIS, [rule for rule in all_rules() if rule.code == code])


def after_fixes(text: str, code: str) -> str:
    """The text without what the rule finds, one fix at a time."""
    while found := of_rule(text, code):
        for edit in sorted(found[0].fixes[0].edits, reverse=True):
            text = text[: edit.start] + edit.new_text + text[edit.end :]
    return text


# --- Blank lines


def test_blank_lines_in_a_record() -> None:
    assert_drawn(
        """
        TY  - BOOK

        ^>1:0 S209 there is a blank line inside the record
        TI  - On Trees

        ^>2:0 S209 there are blank lines inside the record

        ER  -

        TY  - BOOK
        ER  -


        """,
        RIS,
        "S209",
    )


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_blank_lines_are_deleted(end: str) -> None:
    text = "TY  - BOOK\n \t\n\nTI  - On Trees\n\nER  - \n\n\nTY  - BOOK\n".replace("\n", end)

    assert after_fixes(text, "S209") == "TY  - BOOK\nTI  - On Trees\nER  - \n\n\nTY  - BOOK\n".replace("\n", end)


def test_blank_lines_between_paragraphs_of_a_value_stay() -> None:
    assert of_rule("TY  - BOOK\nAB  - First.\n\nSecond.\nER  - \n", "S209") == []


def test_blank_lines_behind_a_record_without_its_end() -> None:
    assert of_rule("TY  - BOOK\nTI  - On Trees\n\n\nTY  - BOOK\nER  - \n", "S209") == []


# --- Lines that begin or end a record


def test_two_types() -> None:
    assert_drawn(
        """
        TY  - JOUR
              ^^^^ S210 the TY line "JOUR" has no record: the next line is a TY line too
        TY  - MGZN
              ^^^^ S210 the TY line "MGZN" has no record: the next line is a TY line too
        TY  - GEN
        TI  - On Trees
        ER  -

        TY  - BOOK

        TY  - GEN
        ER  -
        """,
        RIS,
        "S210",
    )


def test_tag_before_a_type_is_no_second_type() -> None:
    assert of_rule("AU  - Doe, Jane\nTY  - JOUR\nER  - \n", "S210") == []


def test_er_with_value() -> None:
    assert_drawn(
        """
        TY  - BOOK
        ER  - 17
              ^^ S211 ER has the value "17", expected none
        """,
        RIS,
        "S211",
    )


def test_er_with_a_sentence_is_looked_at_first() -> None:
    """It may be a line of an abstract."""
    (word,) = of_rule("TY  - BOOK\nER  - 17\n", "S211")
    (sentence,) = of_rule("TY  - BOOK\nAB  - Of\nER  - positive tumours\nER  - \n", "S211")

    assert (word.fixes[0].safety, sentence.fixes[0].safety) == (Safety.SAFE, Safety.UNSAFE)


def test_er_without_record() -> None:
    assert_drawn(
        """
        ER  -
        ^^^^^ S213 there is no open record that this ER line could end
        TY  - BOOK
        TI  - On Trees
        ER  -

        ER  -
        ^^^^^>1:4 S213 there is no open record that this ER line could end
        ER -
        """,
        RIS,
        "S213",
        "S204",
    )


def test_er_lines_among_other_text_are_text() -> None:
    text = "TY  - BOOK\nER  - \nER  - \nEnd of the list\n"

    assert [found.diagnostic.code for found in find(text, RIS)] == ["S204"]
    assert [found.diagnostic.code for found in find("TY  - BOOK\nER  - \n\nERRATA\n", RIS)] == ["S204"]


def test_er_lines_without_record_are_deleted() -> None:
    text = "TY  - BOOK\nTI  - T\nER  - \nER  - \nER  - \n\nTY  - BOOK\nTI  - T\nER  - \n"

    assert fix_text(text, RIS, unsafe=False).text == text.replace("ER  - \nER  - \nER  - \n", "ER  - \n")


# --- Values


def test_empty_tags() -> None:
    assert_drawn(
        """
        TY  -
        AU  -
        ^^^^^ S212 the tag AU has no value
        VL  -
        ^^^^^ S212 the tag VL has no value
        AB  -
        The abstract.
        ER  -
        """,
        RIS,
        "S212",
    )


def test_empty_tags_are_deleted() -> None:
    text = "TY  - BOOK\r\nVL  - \r\nTI  - On Trees\r\nIS  - \r\nSP  - \r\nER  - \r\n"

    assert after_fixes(text, "S212") == "TY  - BOOK\r\nTI  - On Trees\r\nER  - \r\n"


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x0b", "\x85"])
@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("growth|of trees", "growth of trees", id="between words"),
        pytest.param("growth |of||  trees", "growth of  trees", id="beside blanks"),
        pytest.param("growth|", "growth", id="at the end"),
        pytest.param("growth|DO  - 10.1000/1", "growth\nDO  - 10.1000/1", id="before a tag"),
        pytest.param("growth|of|T3  x", "growth of T3  x", id="before what is no tag"),
    ],
)
def test_line_separators(sign: str, value: str, expected: str) -> None:
    text = f"TY  - BOOK\nAB  - {value.replace('|', sign)}\nER  - \n"

    assert after_fixes(text, "S214") == f"TY  - BOOK\nAB  - {expected}\nER  - \n"


def test_line_separator_is_named() -> None:
    (found,) = of_rule("TY  - BOOK\nTI  - a\u2028\u2029b\nER  - \n", "S214")

    assert found.diagnostic.message.startswith("U+2028, U+2029 stands in the value")


# --- Line ends


def test_mixed_line_ends() -> None:
    (found,) = of_rule("TY  - BOOK\r\nTI  - On Trees\nPY  - 2000\rER  - \r\n", "S215")

    assert found.diagnostic.message == "this line ends with LF, most lines of the record with CR LF"
    assert after_fixes("TY  - BOOK\nTI  - On Trees\rER  - \n", "S215") == "TY  - BOOK\nTI  - On Trees\nER  - \n"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_one_kind(end: str) -> None:
    assert of_rule(f"TY  - BOOK{end}TI  - On Trees{end}ER  - {end}", "S215") == []
