"""Placeholders, pages, numbers, keywords and keys."""

from __future__ import annotations

import pytest

from bibwright.analysis.rule import Rule
from bibwright.formats.bibtex import BIBTEX
from bibwright.formats.ris import RIS
from bibwright.rules import all_rules
from bibwright.text.spans import apply_edits
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


# --- V401 and V402


def test_words_in_titles_may_be_meant() -> None:
    assert_drawn(
        """
        @book{a, title = {None}}
                          ^^^^ V401 "None" in title may be a placeholder for no value
        """,
        BIBTEX,
        "V401",
    )


def test_empty_values() -> None:
    assert_drawn(
        """
        @misc{a,
          volume = {},
          ^^^^^^^^^^^^ V402 the field volume is empty
          number = "",
          ^^^^^^^^^^^^ V402 the field number is empty
          pages = {
          ^^^^^^^^^>1:4 V402 the field pages is empty
          },
          note = {} # {},
          series = {\u3000},
          title = {T}
        }
        """,
        BIBTEX,
        "V402",
    )


def test_empty_field_is_deleted_with_its_comma() -> None:
    text = "@misc{a,\n  volume = {},\n  title = {T}\n}\n"

    assert fixed(text, BIBTEX, "V402") == "@misc{a,\n  title = {T}\n}\n"


@pytest.mark.parametrize(("link", "safety"), [("note", "safe"), ("crossref", "unsafe"), ("xdata", "unsafe")])
def test_empty_field_may_keep_out_what_would_be_inherited(link: str, safety: str) -> None:
    (found,) = [
        found
        for found in find(f"@misc{{a, volume = {{}}, {link} = {{b}}}}\n", BIBTEX)
        if found.diagnostic.code == "V402"
    ]

    assert [fix.safety.value for fix in found.fixes] == [safety]


# --- V408


def test_prefix_before_a_lettered_page() -> None:
    assert_drawn(
        """
        @article{a, pages = {p. e12}}
                             ^^^ V408 "p." before the page number; the citation style adds it
        @article{b, pages = {pages 3--5}}
                             ^^^^^^ V408 "pages" before the page number; the citation style adds it
        @article{c, pages = {P3}}
        @article{d, pages = {pages missing}}
        """,
        BIBTEX,
        "V408",
    )


# --- V415 to V417


def rules(code: str) -> list[Rule]:
    return [rule for rule in all_rules() if rule.code == code]


@pytest.mark.parametrize(
    ("program", "edition", "expected"),
    [
        ("biber", "Second", "2"),
        ("biber", "2nd ed.", "2"),
        ("biber", "2", ""),
        ("biber", "Revised edition", ""),
        ("bibtex", "2", "Second"),
        ("bibtex", "second", "Second"),
        ("bibtex", "2nd ed.", "Second"),
        ("bibtex", "Second", ""),
        ("bibtex", "Revised edition", "Revised"),
        ("", "2nd edition", "Second"),
        ("", "2nd", ""),
        ("", "2", ""),
        ("", "33rd ed.", "33rd"),
        ("", "第2版", ""),
        ("", "3., aktualisierte Auflage", ""),
    ],
)
def test_editions(program: str, edition: str, expected: str) -> None:
    text = f"% !BIB program = {program}\n@book{{a, edition = {{{edition}}}}}\n"
    found = find(text, BIBTEX, rules("V415"))

    assert [apply_edits(text, one.fixes[0].edits) for one in found] == (
        [text.replace(edition, expected)] if expected else []
    )
    assert all(one.fixes[0].safety.value == "unsafe" for one in found)


def test_labels_before_numbers() -> None:
    assert_drawn(
        """
        @article{a, volume = {Vol. 12}, number = {no. 3}}
                              ^^^^^ V416 there is "Vol." before the number, which the style adds
                                                  ^^^^ V416 there is "no." before the number, which the style adds
        @article{b, volume = {v12}, issue = {Issue 4--5}}
                              ^ V416 there is "v" before the number
                                             ^^^^^^ V416 there is "Issue" before the number
        @techreport{c, number = {no. 99}}
        @article{d, volume = {12A}, number = {Novel 3}}
        @article{e, volume = {A}, number = {November}}
        @article{f, volume = {VII}, number = {n.s. 3}}
        """,
        BIBTEX,
        "V416",
    )


def test_labels_before_numbers_of_a_record() -> None:
    assert fixed("TY  - JOUR\nVL  - vol. 12\nER  - \n", RIS, "V416") == "TY  - JOUR\nVL  - 12\nER  - \n"


def test_ranges_of_numbers() -> None:
    assert_drawn(
        """
        @article{a, number = {3-4}}
                               ^ V417 the range "3-4" has a single "-", expected --
        @article{b, number = {3--4}}
        @article{c, number = {107-204}}
        @article{d, number = {4-3}}
        @article{e, number = {800-38A}}
        """,
        BIBTEX,
        "V417",
    )


# --- V421 and V422


def test_address_in_howpublished() -> None:
    text = "@misc{a, howpublished = {\\url{https://example.org/a_b}}}\n"
    (found,) = find("% !BIB program = biber\n" + text, BIBTEX, rules("V421"))

    assert [(edit.new_text, found.fixes[0].safety.value) for edit in found.fixes[0].edits] == [
        ("url", "unsafe"),
        ("https://example.org/a_b", "unsafe"),
    ]
    assert find(text, BIBTEX, rules("V421")) == []
    assert find("% !BIB program = biber\n@misc{a, howpublished = {Letter}}\n", BIBTEX, rules("V421")) == []


def test_keywords_of_an_entry() -> None:
    assert_drawn(
        """
        @misc{a, keywords = {oak; beech ;ash;}}
                             ^^^^^^^^^^^^^^^^ V422 3 keywords are separated by semicolons
        @misc{b, keywords = {Korea, Republic of; Japan}}
                             ^^^^^^^^^^^^^^^^^^^^^^^^^ V422 2 keywords are separated by semicolons
        @misc{c, keywords = {oak, beech}}
        @misc{d, keywords = {R&amp;D}}
        @misc{e, keywords = {oak;}}
        """,
        BIBTEX,
        "V422",
    )


def test_keywords_are_separated_by_commas_unless_they_have_some() -> None:
    text = "@misc{a, keywords = {oak; beech ;ash;}}\n@misc{b, keywords = {Korea, Republic of; Japan}}\n"
    plain, with_commas = find(text, BIBTEX, rules("V422"))

    assert apply_edits(text, plain.fixes[0].edits).startswith("@misc{a, keywords = {oak, beech, ash}}\n")
    assert with_commas.fixes == ()


# --- V423 to V426


def test_languages() -> None:
    assert_drawn(
        """
        % !BIB program = biber
        @book{a, language = {en}, langid = {Englisch}}
                             ^^ V423 "en" is a code, expected the name of the language
                                            ^^^^^^^^ V423 "Englisch" is no language that babel knows
        @book{b, langid = {german-austrian}}
                           ^^^^^^^^^^^^^^^ V423 "german-austrian" is no language that babel knows
        @book{c, language = {english and french}, langid = {ngerman}}
        @book{d, language = {Klingon}, langid = {sanskrit}}
        """,
        BIBTEX,
        "V423",
    )


@pytest.mark.parametrize(
    ("code", "name"),
    [("en", "english"), ("en-GB", "british"), ("pt_BR", "brazilian"), ("deu", "german"), ("fr", "french")],
)
def test_language_of_a_code(code: str, name: str) -> None:
    (found,) = find(f"% !BIB program = biber\n@book{{a, langid = {{{code}}}}}\n", BIBTEX, rules("V423"))

    assert [fix.title for fix in found.fixes] == [f"Write {name}"]


def test_languages_outside_biblatex_are_nobodys_business() -> None:
    assert find("@book{a, language = {en}, hyphenation = {en}}\n", BIBTEX, rules("V423")) == []


def test_keys() -> None:
    assert_drawn(
        """
        % !BIB program = biber
        @thesis{a, pubstate = {In press}, gender = {female}, type = {Ph.D. dissertation}}
                               ^^^^^^^^ V424 "In press" is no key that biblatex translates, expected inpress
                                                    ^^^^^^ V425 "female" is no key that biblatex translates, expected sf
                                                                     ^^^^^^^^^^^^^^^^^^ V426 "Ph.D. dissertation" is
        @thesis{b, pubstate = {inpress}, gender = {pp}, type = {Habilitationsschrift}}
        @report{c, pubstate = {withdrawn}, gender = {x}, type = {techreport}}
                               ^^^^^^^^^ V424 "withdrawn" is no key that biblatex translates, expected one of
                                                     ^ V425 "x" is no key that biblatex translates, expected one of
        """,
        BIBTEX,
        "V424",
        "V425",
        "V426",
    )


# --- V428 and V429


def test_reprints_and_ids() -> None:
    assert_drawn(
        """
        TY  - JOUR
        RP  - in file
              ^^^^^^^ V428 "in file" in RP is no state of a reprint
        ID  - smith-on-the-trees-of-2020
              ^^^^^^^^^^^^^^^^^^^^^^^^^^ V429 the id has 26 characters, expected at most 20
        ER  -
        TY  - JOUR
        RP  - ON REQUEST (06/26/20)
        RP  - NOT IN FILE
        ID  - 12345678901234567890
        ER  -
        """,
        RIS,
        "V428",
        "V429",
    )
