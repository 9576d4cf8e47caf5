"""Placeholders, pages and keywords."""

from __future__ import annotations

import pytest

from bibwright.formats.bibtex import BIBTEX
from bibwright.formats.ris import RIS
from tests.support.drawing import assert_drawn, find, fixed


def test_placeholder_value() -> None:
    assert_drawn(
        """
        @misc{a,
          volume = {null},
                    ^^^^ V401 "null" in volume is a placeholder for no value
          number = null,
                   ^^^^ V401 "null" in number is a placeholder for no value
          pages = "N/A",
                   ^^^ V401 "N/A" in pages is a placeholder for no value
          year = 0,
                 ^ V401 "0" in year is a placeholder for no value
          author = {Null},
                    ^^^^ V401 "Null" in author is a placeholder for no value
          note = {null and void},
          language = {na},
        }
        """,
        BIBTEX,
        "V401",
    )


def test_macro_of_the_document_is_no_placeholder() -> None:
    assert find("@string{none = {N}}\n@misc{a, publisher = none}\n", BIBTEX) == []


@pytest.mark.parametrize(
    ("field", "severity", "safety"),
    [
        ("volume = {null}", "warning", "safe"),
        ("author = {None}", "warning", "unsafe"),
        ("title = {Unknown}", "hint", "unsafe"),
        ("booktitle = {?}", "hint", "unsafe"),
        ("volume = {?}", "warning", "unsafe"),
        ("title = {null}", "warning", "unsafe"),
        ("volume = {0}", "hint", "unsafe"),
        ("pages = {0}", "warning", "safe"),
    ],
)
def test_how_sure_it_is_that_nothing_is_meant(field: str, severity: str, safety: str) -> None:
    (found,) = find(f"@misc{{a, {field}}}\n", BIBTEX)

    assert (found.diagnostic.severity.label, found.fixes[0].safety.value) == (severity, safety)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@misc{a,\n  volume = {null},\n  year = 1\n}\n", "@misc{a,\n  year = 1\n}\n"),
        ("@misc{a, volume = {null}, year = 1}\n", "@misc{a, year = 1}\n"),
        ("@misc{a,\n  year = 1, volume = {null}\n}\n", "@misc{a,\n  year = 1,\n}\n"),
        ("@misc{a, year = 1, volume = {null}}\n", "@misc{a, year = 1, }\n"),
    ],
)
def test_field_of_a_placeholder_is_deleted(text: str, expected: str) -> None:
    assert fixed(text, BIBTEX, "V401") == expected


@pytest.mark.parametrize("behind", [" junk", " junk, year = 1", "\n  year = 1", " % why"])
def test_field_with_something_behind_its_value_is_not_deleted(behind: str) -> None:
    text = f"@misc{{a,\n  volume = {{null}}{behind}\n}}\n"
    (found,) = [found for found in find(text, BIBTEX) if found.diagnostic.code == "V401"]

    assert found.fixes == ()


def test_line_of_a_placeholder_is_deleted() -> None:
    assert fixed("TY  - JOUR\r\nVL  - null\r\nER  - \r\n", RIS, "V401") == "TY  - JOUR\r\nER  - \r\n"
    assert fixed("TY  - JOUR\r\nER  - \r\nTY  - JOUR\r\nVL  - null", RIS, "V401") == (
        "TY  - JOUR\r\nER  - \r\nTY  - JOUR"
    )


def test_pages_of_an_entry() -> None:
    assert_drawn(
        """
        @misc{a, pages = {1-54}}
                           ^ V408 the page range "1-54" has "-", expected --
        @misc{b, pages = {pp. 1 – 54, 60---62}}
                          ^^^^ V408 "pp." before the page number; the citation style adds it
                               ^^^ V408 the page range "1 – 54" has " – ", expected --
                                        ^^^ V408 the page range "60---62" has "---", expected --
        @misc{c, pages = {30--20}}
                          ^^^^^^ V408 the pages "30--20" run from the higher to the lower
        """,
        BIBTEX,
        "V408",
    )


@pytest.mark.parametrize(
    "pages",
    ["1--54", "1012--20", "4:1--4:56", "4:1-4:56", "e2115", "A19", "S1-S12", "123-1", "xii-xxiv", "7,41,73--97", "43+"],
)
def test_pages_that_are_as_they_should_be(pages: str) -> None:
    assert find(f"@misc{{a, pages = {{{pages}}}}}\n", BIBTEX) == []


def test_pages_of_a_record() -> None:
    assert_drawn(
        """
        TY  - JOUR
        SP  - 476-481
              ^^^^^^^ V408 SP has the whole range "476-481", expected the first page
        ER  -
        TY  - JOUR
        SP  - p. 30
              ^^^ V408 "p." before the page number; the citation style adds it
        EP  - 20
              ^^ V408 the last page "20" is before the first page "30"
        ER  -
        TY  - JOUR
        SP  - 1012
        EP  - 20
        ER  -
        TY  - JOUR
        SP  - e12-e15
        ER  -
        """,
        RIS,
        "V408",
    )


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ("SP  - 476-481\n", "SP  - 476\nEP  - 481\n"),
        ("SP  - 476–481\nEP  - 481\n", "SP  - 476\nEP  - 481\n"),
        ("SP  - pp. 476-481\n", "SP  - 476-481\n"),
    ],
)
def test_range_of_a_record_is_taken_apart(tags: str, expected: str) -> None:
    assert fixed(f"TY  - JOUR\n{tags}ER  - \n", RIS, "V408") == f"TY  - JOUR\n{expected}ER  - \n"


def test_range_against_another_last_page_has_no_fix() -> None:
    (found,) = find("TY  - JOUR\nSP  - 476-481\nEP  - 500\nER  - \n", RIS)

    assert found.fixes == ()


def test_joined_keywords() -> None:
    assert_drawn(
        """
        TY  - JOUR
        KW  - oak; beech ;ash;
              ^^^^^^^^^^^^^^^^ V420 3 keywords, joined by semicolons, in one KW line
        KW  - R&amp;D
        KW  - birch, elm, fir, yew
              ^^^^^^^^^^^^^^^^^^^^ V420 4 keywords, joined by ",", in one KW line
        KW  - Korea, Republic of
        KW  - 2,3,7,8 tetrachlorodibenzo para dioxin
        KW  - PET/CT
        KW  - trees;
        ER  -
        """,
        RIS,
        "V420",
    )


def test_keywords_are_written_one_a_line() -> None:
    text = "TY  - JOUR\r\nKW  - oak; beech ;ash;\r\nER  - \r\n"

    assert fixed(text, RIS, "V420") == "TY  - JOUR\r\nKW  - oak\r\nKW  - beech\r\nKW  - ash\r\nER  - \r\n"


def test_commas_may_be_part_of_a_keyword() -> None:
    (commas,) = find("TY  - JOUR\nKW  - birch, elm, fir, yew\nER  - \n", RIS)
    (semicolons,) = find("TY  - JOUR\nKW  - birch; elm\nER  - \n", RIS)

    assert (commas.fixes[0].safety.value, semicolons.fixes[0].safety.value) == ("unsafe", "safe")
