"""Comments by which rules are ignored, and what is found wrong in them."""

from __future__ import annotations

import pytest

from bibwright.features.check import fix_text
from bibwright.features.convert import convert_text
from bibwright.formats import BIBLATEX, BIBTEX, RIS
from bibwright.rules import all_rules
from tests.support.drawing import assert_drawn, find, fixed

FAULTY = "@misc{a, title={A} year={2020}, pages={1-2}}\n"
RULES = [rule for rule in all_rules() if rule.code in ("S103", "V408", "T611", "B001", "B002", "X701")]
UNDERSTOOD = [rule for rule in all_rules() if rule.code == "B003"]


def codes(text: str, *formats: object) -> list[str]:
    return [found.diagnostic.code for found in find(text, RIS if formats else BIBTEX, RULES)]


@pytest.mark.parametrize(
    "comment",
    [
        "% bibwright: ignore[S103, V408] exported so",
        "%bibwright: ignore[V408,missing-comma]",
        "%% bibwright:ignore",
        "  % bibwright: ignore because",
        "% bibwright: ignore[s103]\n% bibwright: ignore[V408]",
        "@comment{bibwright: ignore[S103, V408] exported so}",
        "@Comment {bibwright: ignore}",
        "% bibwright: ignore[S103]\n@comment{bibwright: ignore[V408]}",
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_rules_are_ignored_in_the_entry_directly_behind(comment: str, line_end: str) -> None:
    text = f"{FAULTY}{comment}\n{FAULTY.replace('{a', '{b')}{FAULTY.replace('{a', '{c')}"

    assert codes(text.replace("\n", line_end)) == ["S103", "V408", "S103", "V408"]


def test_only_the_codes_that_are_named_are_ignored() -> None:
    assert_drawn(
        """
        % bibwright: ignore[V408]
        @misc{a, title={A} year={2020}, pages={1-2}}
                         ^ S103 there is no comma between two fields
        """,
        BIBTEX,
        "S103",
        "V408",
        "B001",
    )


def test_all_stands_for_every_rule() -> None:
    unused = "% bibwright: ignore[all]\n@misc{b, title={B}}\n"

    assert codes(f"% bibwright: ignore[ALL] as printed\n{FAULTY}") == []
    assert codes(f"{FAULTY}% bibwright: ignore-file[ALL]\n") == []
    assert codes(f"% bibwright: ignore[V408, ALL]\n{FAULTY}") == []
    assert codes(unused) == ["B001"]
    assert fixed(unused, BIBTEX, "B001") == "@misc{b, title={B}}\n"


def test_a_whole_file_is_ignored_from_anywhere() -> None:
    assert codes(FAULTY + "% bibwright: ignore-file[V408] pages are those of the printer\n") == ["S103"]
    assert codes("@comment{bibwright: ignore-file[missing-comma]}\n\n" + FAULTY * 2) == ["V408", "X701", "V408"]
    assert codes(FAULTY * 2 + "% bibwright: ignore-file\n") == []


@pytest.mark.parametrize(
    "comment",
    [
        "% bibwright: ignored",
        "% bibwright: ignore[S103",
        "% bibwright ignore",
        "% see bibwright: ignore",
        "% bibwright: ignore-files",
    ],
)
def test_what_only_resembles_such_a_comment_does_nothing(comment: str) -> None:
    assert codes(f"{comment}\n{FAULTY}") == ["S103", "V408"]


def test_a_comment_inside_an_entry_does_not_cut_it() -> None:
    text = "@misc{a,\n  title = {A\n% bibwright: ignore\n% bibwright: ignore[V408]\n  B : C},\n  year = {2020}\n}\n"

    assert codes(text) == ["T611"]


def test_ris_has_a_tag_for_it() -> None:
    record = "TY  - JOUR\nTI  - A : B\nSP  - 1\nU5  - bibwright: ignore[T611] as printed\nER  - \n"

    assert codes(record, RIS) == []
    assert codes(record.replace("U5", "N1"), RIS) == ["T611"]
    assert codes(record.replace("ignore[", "ignore-file[") + "TY  - JOUR\nTI  - C : D\nER  - \n", RIS) == []


# --- What does nothing


def test_what_finds_nothing_is_unused() -> None:
    assert_drawn(
        """
        % bibwright: ignore[S103, V408]
                            ^^^^ B001 "S103" finds nothing in this entry that would be ignored
        @misc{a, title={A}, pages={1-2}}
        % bibwright: ignore why
        ^^^^^^^^^^^^^^^^^^^^^^^ B001 nothing is found in this entry that this comment would have ignored
        @misc{b, title={A}}
        @comment{bibwright: ignore[T611]}
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ B001 no entry stands directly behind this comment, so nothing is ignored

        @misc{c, title={A : B}}
                         ^ T611 there is a blank before ":"
        % bibwright: ignore-file[X701, V408]
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ B001 nothing is found in this file that this comment would have ignored
        """,
        BIBTEX,
        *(rule.code for rule in RULES),
    )


def test_rules_that_are_not_applied_may_be_needed() -> None:
    assert codes("% bibwright: ignore[S105, E902, B001]\n@misc{a, title={A}}\n") == []


def test_a_code_that_does_not_exist_is_found() -> None:
    assert_drawn(
        """
        % bibwright: ignore[V499x, V408]
                            ^^^^^ B002 no rule is called "V499x"
        @misc{a, title={A}, pages={1-2}}
        """,
        BIBTEX,
        *(rule.code for rule in RULES),
    )


def test_a_code_without_brackets_is_found() -> None:
    assert_drawn(
        """
        % bibwright: ignore V408, s103 as printed
                            ^^^^^^^^^^ B002 "V408, s103" has no brackets, so all rules are ignored
        @misc{a, title={A} year={2020}, pages={1-2}}
        @comment{bibwright: ignore: V408}
                                    ^^^^ B002 "V408" has no brackets, so all rules are ignored
        @misc{b, title={A}, pages={1-2}}
        """,
        BIBTEX,
        *(rule.code for rule in RULES),
    )
    text = f"% bibwright: ignore V408; s103 as printed\n{FAULTY}"
    assert fixed(text, BIBTEX, "B002") == text.replace(" V408; s103", "[V408, S103]")


@pytest.mark.parametrize(
    "reason", ["because", "as page 408 says", "V499, V408", "V4081", "V408-like", "see V408", "- V408"]
)
def test_a_reason_is_no_code_without_brackets(reason: str) -> None:
    assert codes(f"% bibwright: ignore {reason}\n{FAULTY}") == []


def test_a_comment_is_not_deleted_for_a_blank_line_alone() -> None:
    text = "% bibwright: ignore[V408] as printed\n\n@misc{a, title={A}, year={2020}}\n"

    assert fix_text(text, BIBTEX, unsafe=False).text == text
    assert fix_text(text, BIBTEX, unsafe=True).text.lstrip() == text[text.index("@") :]


def test_what_is_wrong_in_comments_is_ignored_by_name_only() -> None:
    unused = "% bibwright: ignore[V408]\n@misc{a, title={A}}\n"

    assert codes(unused + "% bibwright: ignore-file[B001]\n") == []
    assert codes(unused + "% bibwright: ignore-file\n") == ["B001", "B001"]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_fixing_deletes_what_does_nothing(line_end: str) -> None:
    text = (
        "% bibwright: ignore[S105, V408, T611, S103]\n@misc{a, title={A}, pages={1-2}}\n\n"
        "@comment{bibwright: ignore}\n@misc{b, title={B}}\n% bibwright: ignore-file[V404]\n"
    ).replace("\n", line_end)
    expected = "% bibwright: ignore[V408]\n@misc{a, title={A}, pages={1-2}}\n\n@misc{b, title={B}}\n"

    assert fix_text(text, BIBTEX, unsafe=False).text == expected.replace("\n", line_end)


def test_fixing_a_record_deletes_the_tag_line() -> None:
    text = "TY  - JOUR\nTI  - A\nU5  - bibwright: ignore[T611]\nER  - \n"

    assert fixed(text, RIS, "B001") == "TY  - JOUR\nTI  - A\nER  - \n"


def test_a_name_that_is_nearly_right_is_replaced() -> None:
    text = "% bibwright: ignore[page-rang]\n@misc{a, pages={1-2}}\n"

    assert fixed(text, BIBTEX, "B002") == text.replace("rang]", "range]")


def test_what_is_ignored_is_not_fixed() -> None:
    text = f"% bibwright: ignore[V408]\n{FAULTY}"

    assert fix_text(text, BIBTEX, unsafe=True).text.count("1-2") == 1


# --- Conversions


def test_conversions_do_not_carry_them_as_data() -> None:
    bib = convert_text("% bibwright: ignore[V408]\n@misc{a, title={A}}\n", BIBTEX, RIS)
    assert "bibwright" not in bib.text
    assert bib.losses == ()

    ris = convert_text("TY  - JOUR\nTI  - A\nU5  - bibwright: ignore[T611]\nER  - \n", RIS, BIBLATEX)
    assert "bibwright" not in ris.text
    assert ris.losses == ()


def test_they_go_along_within_bib() -> None:
    text = "% bibwright: ignore[V408] so\n@misc{a,\n  title = {A},\n}\n"

    assert convert_text(text, BIBTEX, BIBLATEX).text.startswith("% bibwright: ignore[V408] so\n@misc{a,")


@pytest.mark.parametrize(
    ("comment", "meant"),
    [
        ("% bibwright: ignor[V408] as printed", "% bibwright: ignore[V408] as printed"),
        ("% bibwright: ingore", "% bibwright: ignore"),
        ("%bibwright:ignore_file[V408, S103]", "%bibwright: ignore-file[V408, S103]"),
        ("% bibwright: ignore-fil[V408]", "% bibwright: ignore-file[V408]"),
        ("% bibwright: ignore-next-line[V408]", "% bibwright: ignore[V408]"),
        ("% bibwright: ignore[V408", "% bibwright: ignore[V408]"),
        ("% bibwright: disable[V408]", "% bibwright: ignore[V408]"),
        ("% bibwright: ignored[page-range]", "% bibwright: ignore[page-range]"),
        ("% Bibwright: ignore[V408]", "% bibwright: ignore[V408]"),
        ("% bibwright ignore[V408]", "% bibwright: ignore[V408]"),
        ("% bibwright ignore", "% bibwright: ignore"),
        ("@comment{bibwright: ignor[V408]}", "@comment{bibwright: ignore[V408]}"),
        ("@comment{bibwright: ignor}", "@comment{bibwright: ignore}"),
    ],
)
def test_a_comment_that_is_not_understood(comment: str, meant: str) -> None:
    assert [found.diagnostic.code for found in find(f"{comment}\n{FAULTY}", BIBTEX, UNDERSTOOD)] == ["B003"]
    assert fixed(f"{comment}\n{FAULTY}", BIBTEX, "B003") == f"{meant}\n{FAULTY}"


@pytest.mark.parametrize(
    "comment",
    [
        "% bibwright: see README",
        "% bibwright: ignored entries are at the end",
        "% bibwright ignores what stands here",
        "% bibwright is a linter [1]",
        "% bibwright: skip this when printing",
        "% checked by bibwright: ignor[V408]",
        "% bibwright: ignore[V408]",
        "% bibwright: ignore as printed",
        "% bibwright",
        "% bibwright: https://example.org/ignore[1]",
        "@comment{bibwright, the linter}",
    ],
)
def test_prose_is_no_comment_for_the_linter(comment: str) -> None:
    assert find(f"{comment}\n{FAULTY}", BIBTEX, UNDERSTOOD) == []


def test_a_list_of_which_nobody_knows_the_end_is_told_without_a_fix() -> None:
    (found,) = find(f"% bibwright: ignore[V408; S103\n{FAULTY}", BIBTEX, UNDERSTOOD)

    assert found.diagnostic.message == '"bibwright: ignore[V408" is not understood, so nothing is ignored'
    assert found.fixes == ()


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("U5  - bibwright: ignor[V408]", "U5  - bibwright: ignore[V408]"),
        ("N1  - bibwright: ignore[V408]", "U5  - bibwright: ignore[V408]"),
        ("N1  - bibwright: ignored by all", None),
        ("U5  - bibwright: ignore[V408]", None),
        ("N1  - bibwright: see README", None),
    ],
)
def test_a_tag_line_that_is_not_understood(line: str, meant: str | None) -> None:
    text = f"TY  - BOOK\nTI  - A\n{line}\nER  - \n"

    assert [found.diagnostic.code for found in find(text, RIS, UNDERSTOOD)] == ["B003"] * (meant is not None)
    if meant is not None:
        assert fixed(text, RIS, "B003") == text.replace(line, meant)


def test_codes_in_other_brackets_are_no_reason() -> None:
    text = f"% bibwright: ignore(V408, s103)\n{FAULTY}"

    assert "B002" in [found.diagnostic.code for found in find(text, BIBTEX, RULES)]
    assert fixed(text, BIBTEX, "B002") == text.replace("(V408, s103)", "[V408, S103]")
