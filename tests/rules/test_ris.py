"""The lines of .ris files: tags, separators, records."""

from __future__ import annotations

import pytest

from bibwright.features.check import fix_text
from bibwright.formats.ris import RIS
from bibwright.formats.ris.parser import parse
from tests.support.drawing import assert_drawn, find, fixed


def test_tag_lines_that_share_a_flaw_are_one_finding() -> None:
    assert_drawn(
        """
        TY - JOUR
          ^^^ S201 3 tag lines have " - " behind the tag, expected "  - "
        TI - On Trees
        AB - From AC to DC
        ER  -

        ty  - jour
        ^^ S201 2 tag lines have the tag in lower case, expected capitals
        ti  - On Trees
        ER  -
        """,
        RIS,
    )


def test_single_bad_tag_lines() -> None:
    assert_drawn(
        r"""
        TY  - JOUR
        TI  -On Trees
          ^^^ S201 the line of TI has "  -" behind the tag, expected "  - "
        au  - Doe, J.
        ^^ S201 the line of au has the tag in lower case, expected capitals
          PY  - 2000
        ^^ S201 the line of PY has blanks before the tag, expected none
        IS: 4
          ^^ S201 the line of IS has ": " behind the tag, expected "  - "
        VL – 5
          ^^^ S201 the line of VL has " – " behind the tag, expected "  - "
        ER
        ^^ S201 the line of ER has no hyphen behind the tag, expected "  - "
        """,
        RIS,
    )


def test_regular_tag_lines_without_a_value_or_with_more_blanks() -> None:
    text = "\ufeffTY  - JOUR\r\nTI  -  On Trees\r\nVL  -\r\nIS  - \r\nER  -\r\n"

    assert [found.diagnostic.code for found in find(text, RIS) if found.diagnostic.code == "S201"] == []


def test_prose_with_a_hyphen_is_no_bad_tag_line() -> None:
    assert_drawn(
        """
        TY  - JOUR
        AB  - Of currents:
        AC - DC, and how they differ
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ S208 the line has no tag and continues AB
        ER  -
        """,
        RIS,
    )


@pytest.mark.parametrize("end", ["ER -", "ER-", "ER:", "ER –", "ER", " ER -"])
@pytest.mark.parametrize("behind", ["\n\n", "\n", "\r\n \r\n"])
def test_bad_er_line_closes_a_regular_record(end: str, behind: str) -> None:
    text = f"TY  - JOUR\nTI  - k\n{end}{behind}TY  - JOUR\nTI  - l\n{end}\n"

    assert [found.diagnostic.code for found in find(text, RIS)] == ["S201", "S201"]
    assert fix_text(text, RIS, unsafe=False).text == text.replace(end, "ER  - ")


def test_er_in_an_abstract_closes_no_record() -> None:
    assert_drawn(
        """
        TY  - JOUR
        AB  - Two receptors:
        ER
        ^^>1:6 S208 the 2 lines have no tag and continue AB
        and PR
        ER  -
        """,
        RIS,
    )


@pytest.mark.parametrize("line", ["T1-weighted images were used.", "L1-norm", "T1- and T2-weighted", "ID:x"])
@pytest.mark.parametrize("record", ["TY  - JOUR\nAB  - Of\n{}\nKW  - x\nER  - \n", "TY - JOUR\nAB - Of\n{}\nER - \n"])
def test_compound_word_is_no_tag_line(line: str, record: str) -> None:
    (entry,) = parse(record.format(line)).entries

    assert [len(field.pieces) for field in entry.fields if field.pieces] == [1, 2] + [1] * ("KW" in record)


def test_sign_without_blanks_as_in_the_type_line() -> None:
    (entry,) = parse("TY-JOUR\nTI-On Trees\nID:x\nER-\n").entries

    assert [field.name for field in entry.fields] == [(0, 2), (8, 10), (25, 27)]


def test_all_tag_lines_are_corrected_at_once() -> None:
    text = "TY - JOUR\r\nTI - On Trees\r\nER -\r\n"

    assert fixed(text, RIS, "S201") == "TY  - JOUR\r\nTI  - On Trees\r\nER  - \r\n"


def test_missing_er() -> None:
    assert_drawn(
        """
        TY  - JOUR
              ^^^^ S202 the record has no ER line before the next record or the end of the file
        TI  - On Trees

        TY  - BOOK
        TI  - On Leaves
        ER  -
        """,
        RIS,
    )


def test_er_line_is_inserted_with_a_blank_line_behind_it() -> None:
    text = "TY  - JOUR\r\nTI  - On Trees\r\nTY  - BOOK\r\nER  - \r\n"

    assert fixed(text, RIS, "S202") == "TY  - JOUR\r\nTI  - On Trees\r\nER  - \r\n\r\nTY  - BOOK\r\nER  - \r\n"


def test_two_type_lines_in_a_row_are_one_record() -> None:
    text = "TY  - JOUR\nTY  - BOOK\nTI  - On Trees\nER  - \n"

    assert [found.diagnostic.code for found in find(text, RIS) if found.diagnostic.code < "S3"] == ["S210"]
    assert fixed(text, RIS, "S210") == "TY  - BOOK\nTI  - On Trees\nER  - \n"


def test_missing_ty() -> None:
    assert_drawn(
        """
        TI  - On Trees
        ^^ S203 the record does not begin with a TY line
        PB  - Wood Press
        SN  - 978-3-16-148410-0
        ER  -

        AU  - Doe, Jane
        ^^ S203 the record does not begin with a TY line
        TY  - JOUR
        TI  - On Leaves
        ER  -
        """,
        RIS,
    )


@pytest.mark.parametrize(
    ("tags", "reference_type"),
    [
        ("JO  - Trees\n", "JOUR"),
        ("T2  - Trees\nVL  - 3\n", "JOUR"),
        ("PB  - Wood Press\nSN  - 978-3-16-148410-0\n", "BOOK"),
        ("TI  - On Trees\n", "GEN"),
    ],
)
def test_reference_type_is_guessed(tags: str, reference_type: str) -> None:
    assert fixed(f"{tags}ER  - \n", RIS, "S203") == f"TY  - {reference_type}\n{tags}ER  - \n"


def test_text_outside_record() -> None:
    assert_drawn(
        """
        Provider: Library
        ^^^^^^^^^^^^^^^^^>3:2 S204 the header "Provider: Library Content: text/plain 1." stands
        Content: text/plain

        1.
        TY  - JOUR
        ER  -

        Seen in May
        ^^^^^^^^^^^>1:7 S204 the text "Seen in May by Jane" stands outside every record
        by Jane
        """,
        RIS,
    )


def test_header_of_a_provider_is_a_hint() -> None:
    assert [
        found.diagnostic.severity.label for found in find("Database: X\n\n2.\nTY  - BOOK\nER  - \n\nwords\n", RIS)
    ] == [
        "hint",
        "warning",
    ]


def test_unknown_tag() -> None:
    assert_drawn(
        """
        TY  - JOUR
        UA  - Doe, Jane
        ^^ S205 RIS has no tag "UA", perhaps AU is meant
        Tl  - On Trees
        ^^ S205 RIS has no tag "Tl", perhaps TI is meant
        XX  - 1
        ^^ S205 RIS has no tag "XX"
        XX  - 2
        PU  - Wood Press
        ^^ S205 the tags PU, WE: known to the database it came from, not to RIS
        WE  - SCI
        ER  -
        """,
        RIS,
    )


def test_tag_that_the_record_has_is_not_proposed() -> None:
    (found,) = find("TY  - JOUR\nTI  - On Trees\nIT  - On Leaves\nER  - \n", RIS)

    assert found.diagnostic.message == 'RIS has no tag "IT"'
    assert found.fixes == ()


def test_unknown_type() -> None:
    assert_drawn(
        """
        TY  - BOKO
              ^^^^ S206 RIS has no reference type "BOKO", perhaps BOOK is meant
        ER  -
        TY  - std
              ^^^ S206 RIS has no reference type "std", perhaps STAND is meant
        ER  -
        TY  -
        ^^ S206 the record has no reference type behind TY
        ER  -
        TY  - jour
        ER  -
        TY  - PRESS
        ER  -
        """,
        RIS,
    )


def test_repeated_single_tag() -> None:
    assert_drawn(
        """
        TY  - JOUR
        DO  - 10.5555/a
        DO  - 10.5555/b
        ^^ S207 the tag DO is here again, first with "10.5555/a"
        TI  - On Trees
        T1  - On Trees
        ^^ S207 the tags TI and T1 say the same, first with "On Trees"
        PY  - 2020
        DA  - 2020/05/01
        SN  - 1598-317X
        SN  - 2213-123X
        AU  - Doe, Jane
        AU  - Roe, Ron
        ER  -
        """,
        RIS,
        "S207",
    )


def test_tags_of_the_same_meaning() -> None:
    text = "TY  - JOUR\nTI  - A\nT1  - {}\nAB  - x\nN2  - y\nER  - \n"

    assert [found.diagnostic.severity.label for found in find(text.format("A"), RIS)] == ["hint"]
    assert [found.diagnostic.severity.label for found in find(text.format("B"), RIS)] == ["warning"]


def test_continuation_lines() -> None:
    assert_drawn(
        """
        TY  - JOUR
        TI  - On the Growth
           of Trees
           ^^^^^^^^>2:12 S208 the 2 lines have no tag and continue TI

        in the North
        AB  -
        First paragraph
        ^^^^^^^^^^^^^^^>1:16 S208 the 2 lines have no tag and continue AB
        Second paragraph
        ER  -
        """,
        RIS,
    )


@pytest.mark.parametrize(
    ("text", "expected", "safety"),
    [
        ("TI  - On\r\n  Trees\r\n\r\nand Leaves", "TI  - On Trees and Leaves", "safe"),
        ("AB  -\r\nOne.\r\nTwo.", "AB  - One. Two.", "unsafe"),
        ("KW  - oak\r\nash", "KW  - oak\r\nKW  - ash", "unsafe"),
        ("TI  - On\r\nau ; Doe - J", "TI  - On au ; Doe - J", "safe"),
        ("TI  - On\r\nXY: Doe", "TI  - On XY: Doe", "unsafe"),
        ("TI  - On\r\nXY -sized Paper", "TI  - On XY -sized Paper", "unsafe"),
    ],
)
def test_continuation_lines_are_joined(text: str, expected: str, safety: str) -> None:
    record = "TY  - JOUR\r\n{}\r\nER  - \r\n"
    found = next(found for found in find(record.format(text), RIS) if found.diagnostic.code == "S208")

    assert found.fixes[0].safety.value == safety
    assert fixed(record.format(text), RIS, "S208") == record.format(expected)


@pytest.mark.parametrize("line", ["PU - Wood Press", "WE  – Index of Citations", "J9-", "J9 -\r\nTREES"])
def test_lines_with_a_tag_of_another_database_are_not_joined(line: str) -> None:
    for above in ("DO  - 10.1000/abc", "SN  - 1234-5679", "TI  - On Trees"):
        text = f"TY  - JOUR\r\n{above}\r\n{line}\r\nER  - \r\n"

        assert [found.fixes for found in find(text, RIS) if found.diagnostic.code == "S208"] == [()]


def test_er_line_goes_behind_the_blanks_of_the_last_line() -> None:
    text = "TY  - JOUR\nTI  - On Trees  \n\nTY  - BOOK\nER  - \n"

    assert fixed(text, RIS, "S202") == "TY  - JOUR\nTI  - On Trees  \nER  - \n\nTY  - BOOK\nER  - \n"


def test_semicolons_in_brackets_separate_no_keywords() -> None:
    record = "TY  - JOUR\n{}\nER  - \n"
    text = record.format("KW  - oak; Korea (North; South); ash")

    assert fixed(text, RIS, "V420") == record.format("KW  - oak\nKW  - Korea (North; South)\nKW  - ash")
    assert find(record.format("KW  - Korea (North; South)"), RIS) == []
