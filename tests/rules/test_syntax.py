"""The syntax of .bib files: each fault is found where it is, and nothing is found where there is none."""

from __future__ import annotations

import pytest

from bibwright.analysis.diagnostics import Severity
from bibwright.formats.bibtex import BIBTEX
from bibwright.formats.format import Format
from bibwright.formats.ris import RIS
from bibwright.text.spans import Span
from tests.support.drawing import Found, assert_drawn, find, fixed

#: Rules that mend what the parser took for a field.
_GUESSED = frozenset({"S103", "S104", "S108"})


def test_entry_closed_after_key_has_its_brace_moved() -> None:
    text = "@article{k},\r\nauthor={A, B},\r\nyear=2000,\r\n\r\n@misc{x}\r\n"

    assert fixed(text, BIBTEX, "S101") == "@article{k,\r\nauthor={A, B},\r\nyear=2000,\r\n}\r\n\r\n@misc{x}\r\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("@article{k},\ndoi={d}\n}\n", "@article{k,\ndoi={d}\n}\n", id="a second brace"),
        pytest.param("@article{k}\ndoi={d}\n", "@article{k,\ndoi={d}\n}\n", id="no comma"),
        pytest.param("@article(k),\ndoi={d}\n", "@article(k,\ndoi={d}\n)\n", id="parentheses"),
    ],
)
def test_entry_closed_after_key_in_other_forms(text: str, expected: str) -> None:
    assert fixed(text, BIBTEX, "S101") == expected


def test_empty_entry_before_prose_is_not_closed_too_early() -> None:
    assert_drawn(
        """
        @misc{k}

        The equation E = mc2 holds.
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^ S110 the text "The equation E = mc2 holds." stands
        """,
        BIBTEX,
    )


def test_unclosed_entry() -> None:
    assert_drawn(
        """
        @misc{a, title={T}
             ^ S102 this brace is not closed before the next entry
        @misc(b, title={U}
             ^ S102 this parenthesis is not closed before the next entry
        @string{x = {Y}
               ^ S102 this brace is not closed before the next entry
        """,
        BIBTEX,
        "S102",
    )


def test_at_sign_in_a_value_closes_no_entry() -> None:
    assert find("@misc{a, abstract={write to\n@alice or me\n@ home}}\n", BIBTEX) == []


def test_missing_comma() -> None:
    assert_drawn(
        """
        @misc{a title={T}, author={A} year=2000
              ^ S103 there is no comma behind the key "a"
                                    ^ S103 there is no comma between two fields
        }
        """,
        BIBTEX,
    )


def test_concatenation_needs_no_comma() -> None:
    assert find('@misc{a, title={T} # {U}, month = 10 # "~" # jan}\n', BIBTEX) == []


def test_missing_equals() -> None:
    assert_drawn(
        """
        @misc{a, author: {A}, title := {T}, year => 2000, note {N}, pages{1}}
                       ^ S104 the field name "author" is followed by ":", expected =
                                    ^^ S104 the field name "title" is followed by ":=", expected =
                                                 ^^ S104 the field name "year" is followed by "=>", expected =
                                                              ^ S104 the field name "note" is not followed by
                                                                        ^ S104 the field name "pages" is not followed by
        """,
        BIBTEX,
    )


def test_words_that_may_be_prose_are_no_value_for_a_safe_fix() -> None:
    found = find("@misc{a, title={T}, some words here, year={2000}}\n", BIBTEX)

    assert {fix.safety.value for finding in found for fix in finding.fixes} == {"unsafe"}


@pytest.mark.parametrize(
    ("fields", "safety"),
    [
        ("note {N}", "safe"),
        ('note "N"', "safe"),
        ("year 2000", "safe"),
        ("note word", "unsafe"),
        ("wrote this, and that\n more", "unsafe"),
    ],
)
def test_equals_sign_is_safe_before_what_is_no_word(fields: str, safety: str) -> None:
    found = find(f"@misc{{a, title={{T}}, {fields}\n", BIBTEX)

    assert {fix.safety.value for one in found if one.diagnostic.code == "S104" for fix in one.fixes} == {safety}


@pytest.mark.parametrize("fields", ["year={1} note={2}", "note {N}", "note = some words"])
def test_nothing_is_safe_where_a_brace_is_missing(fields: str) -> None:
    closed = find(f"@misc{{a,\n{fields},\ntitle={{T}},\nyear={{2}}\n}}\n", BIBTEX)
    cut = find(f"@misc{{a,\n{fields},\ntitle={{T,\nyear={{2}}\n}}\n", BIBTEX)

    def safeties(found: list[Found]) -> set[str]:
        return {fix.safety.value for one in found if one.diagnostic.code in _GUESSED for fix in one.fixes}

    assert (safeties(closed), safeties(cut)) == ({"safe"}, {"unsafe"})


def test_missing_key() -> None:
    assert_drawn(
        """
        @misc{author={Doe, Jane}, title={The Big Tree}}
              ^ S105 the entry has no citation key
        @misc{, title={The Tree}}
              ^ S105 the entry has no citation key
        @string{x = {Y}}
        @comment{no key}
        @preamble{"x"}
        """,
        BIBTEX,
    )


def test_proposed_key_is_free() -> None:
    text = "@article{author={Müller, Jane}, year={2020}, title={The {Big} Tree}}\n@misc{muller2020big}\n"

    assert fixed(text, BIBTEX, "S105").startswith("@article{muller2020biga, author=")


def test_invalid_key_character() -> None:
    assert_drawn(
        """
        @misc{o'brien 1999, title={T}}
               ^ S106 ' is not allowed in a citation key
                     ^ S106 blanks are not allowed in a citation key
        @misc{a/b:c-d_e+f.g*h?, title={T}}
        @misc{größe, title={T}}
                ^^ S106 older programs do not accept "öß" in a citation key
        """,
        BIBTEX,
    )


def test_key_is_transcribed() -> None:
    assert fixed("@misc{größe, title={T}}\n", BIBTEX, "S106") == "@misc{grosse, title={T}}\n"


def test_unbalanced_braces() -> None:
    assert_drawn(
        """
        @misc{a,
          title={A {B},
                ^ S107 this { is not closed before the next field
          note="N,
               ^ S107 this " is not closed before the next field
          year={2000}
        }
        @misc{b,
          title={A}},
                   ^ S107 this } closes nothing
          year={2000}
        }
        """,
        BIBTEX,
    )


def test_escaped_brace_counts() -> None:
    assert_drawn(
        r"""
        @misc{a,
          title={100 \{ percent},
                ^ S107 this { is not closed before the next field (BibTeX counts \{ and \} as braces)
          year={2000}
        }
        """,
        BIBTEX,
    )


def test_unquoted_value() -> None:
    assert_drawn(
        """
        @misc{a, title = Foo bar, year = 2000a, author = “A B”, note = }
                         ^^^^^^^ S108 the value "Foo bar" has neither braces nor quotes
                                         ^^^^^ S108 the value "2000a" has neither braces nor quotes
                                                         ^^^^^ S108 the value "“A B”" has neither braces nor quotes
                                                                     ^ S108 the field "note" has no value
        """,
        BIBTEX,
    )


def test_quotes_that_delimit_nothing_become_braces() -> None:
    assert fixed("@misc{a, author = “A B”}\n", BIBTEX, "S108") == "@misc{a, author = {A B}}\n"


def test_one_word_may_be_a_macro() -> None:
    assert find("@string{学会 = {S}}\n@misc{a, journal = jacm, publisher = 学会, month = jan}\n", BIBTEX) == []


def test_stray_at_sign() -> None:
    assert_drawn(
        """
        % me@example.org
        Sent by me@example.org
                  ^ S109 this @ begins no entry; BibTeX and biber skip the next entry
        @misc{a, title={me@example.org}}
        """,
        BIBTEX,
        "S109",
    )


@pytest.mark.parametrize(
    ("macro", "message"),
    [
        pytest.param('@string{ "A"}', 'S103 ""A"" is no field; expected "name = value"', id="no name"),
        pytest.param('@string{= "A"}', 'S103 "= "A"" is no field; expected "name = value"', id="equals sign first"),
        pytest.param("@string{a = }", 'S108 the string macro "a" has no value', id="no value"),
    ],
)
def test_string_macro_without_name_or_value(macro: str, message: str) -> None:
    found = [f"{one.diagnostic.code} {one.diagnostic.message}" for one in find(f"{macro}\n", BIBTEX)]

    assert [one for one in found if one[0] == "S"] == [message]


def test_empty_string_command() -> None:
    assert find("@string{}\n@misc{a, title={T}}\n", BIBTEX) == []


def test_comment_without_braces() -> None:
    text = "@Comment on the next\n@misc{a, title={T}}\n"

    assert_drawn(
        """
        @Comment on the next
        ^ S109 no brace follows this @comment; biber skips the next entry
        @misc{a, title={T}}
        """,
        BIBTEX,
    )
    assert fixed(text, BIBTEX, "S109") == "@Comment{on the next}\n@misc{a, title={T}}\n"


def test_comment_that_is_mentioned_stops_biber_alone() -> None:
    assert_drawn(
        """
        Use @Comment for what is not to be read.
            ^ S109 no brace follows this @comment; biber skips the next entry
        @misc{a, title={T}}
        """,
        BIBTEX,
        "S109",
    )


@pytest.mark.parametrize("comment", ["@comment{on (the next}", "@comment (on (the) {next)", "@ comment {on the next}"])
def test_comment_in_braces_or_parentheses(comment: str) -> None:
    assert find(f"{comment}\n@misc{{a, title={{T}}}}\n", BIBTEX) == []


def test_unclosed_comment() -> None:
    assert_drawn(
        """
        @comment{on {the next
                ^ S102 this brace is not closed to the end of the file
        @misc{a, title={T}}
        """,
        BIBTEX,
    )


def test_comment_around_entries_is_closed_behind_them() -> None:
    found = find("@comment{\n@misc{a, title={T}}\n@misc{b, title={T}}\n}\n@misc{c, title={T}}\n", BIBTEX)

    assert "S102" not in [finding.diagnostic.code for finding in found]


def test_at_sign_in_a_foreign_block_is_part_of_it() -> None:
    assert find("@misc{a}\nTY  - JOUR\nAD  - me@example.org\nER  - \n", BIBTEX)[0].diagnostic.code == "S111"
    assert len(find("@misc{a}\nTY  - JOUR\nAD  - me@example.org\nER  - \n", BIBTEX)) == 1


@pytest.mark.parametrize(
    ("program", "apostrophe", "umlaut"),
    [
        ("", [Severity.ERROR], [Severity.INFORMATION]),
        ("% !BIB program = bibtex\n", [Severity.INFORMATION], [Severity.INFORMATION]),
        ("% !BIB program = biber\n", [Severity.ERROR], []),
    ],
)
def test_characters_that_some_programs_accept_in_a_key(
    program: str, apostrophe: list[Severity], umlaut: list[Severity]
) -> None:
    def severities(key: str) -> list[Severity]:
        found = find(f"{program}@misc{{{key}, title={{T}}}}\n", BIBTEX)
        return [finding.diagnostic.severity for finding in found if finding.diagnostic.code == "S106"]

    assert severities("o'brien") == apostrophe
    assert severities("gr\u00fcn") == umlaut


def test_text_between_entries() -> None:
    assert_drawn(
        """
        % a comment
        @misc{a, title={T}} some text
                            ^^^^^^^^^>1:4 S110 the text "some text more" stands outside every entry
        more
        @misc{b, title={U}}
        year = {2000},
        ^^^^^^^^^^^^^^ S110 the field "year = {2000}," stands outside every entry
        """,
        BIBTEX,
    )


def test_header_of_jabref_is_no_text_between_entries() -> None:
    assert find("This file was created with JabRef 2.10.\nEncoding: Cp1252\n\n@misc{a}\n", BIBTEX) == []


def test_text_with_an_at_sign_is_not_made_a_comment() -> None:
    found = find("\nme@example.org\n@misc{a}\n", BIBTEX)

    titles = [fix.title for finding in found if finding.diagnostic.code == "S110" for fix in finding.fixes]
    assert titles == ["Delete the text"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("%0 Journal Article\n%T On Trees\n", "EndNote"),
        ("PMID- 123\nTI  - On Trees\nIS  - 1234-5678\n", "MEDLINE"),
        ('[{"id": "a",\n"title": "On Trees"}]\n', "CSL-JSON"),
    ],
)
@pytest.mark.parametrize(
    ("format", "entry"),
    [(BIBTEX, "@misc{a,\n  title = {On Leaves},\n}\n"), (RIS, "TY  - BOOK\nTI  - On Leaves\nER  - \n\n")],
    ids=["bibtex", "ris"],
)
def test_foreign_block_is_recognised(text: str, title: str, format: Format, entry: str) -> None:
    (found,) = find(entry + text, format)

    assert found.diagnostic.code == "S111"
    assert title in found.diagnostic.message
    assert [fix.title for fix in found.fixes] == [f"Convert the block to {format.title}", "Delete the block"]
    assert "S111" in [other.diagnostic.code for other in find(text + entry, format)]


@pytest.mark.parametrize(
    ("text", "title", "format"),
    [
        ("PMID- 1\nTI  - On Trees\nAU  - Smith A\n\nPMID- 2\nTI  - On Roots\nAU  - Doe B\n", "MEDLINE/PubMed", RIS),
        ("%0 Journal Article\n%A Smith, A.\n%T On Trees\n", "EndNote", RIS),
        ('[{"id": "a", "type": "book",\n"title": "On Trees"}]\n', "CSL-JSON", RIS),
        ("@book{smith,\n  author = {Smith, A.},\n  title = {On Trees},\n}\n", "BibTeX", RIS),
        (
            '<?xml version="1.0"?>\n<xml><records><record><ref-type name="Book">6</ref-type><titles><title>On Trees'
            "</title></titles></record></records></xml>\n",
            "EndNote XML",
            RIS,
        ),
        ("TY  - BOOK\nAU  - Smith, A.\nTI  - On Trees\nER  - \n", "RIS", BIBTEX),
        ("PMID- 1\nTI  - On Trees\nAU  - Smith A\n", "MEDLINE/PubMed", BIBTEX),
    ],
)
def test_a_file_of_another_format_has_one_finding(text: str, title: str, format: Format) -> None:
    (found,) = find(text, format)

    assert found.diagnostic.code == "S123"
    assert f"this file is {title}" in found.diagnostic.message
    assert found.diagnostic.span == Span(0, text.index("\n"))
    assert "On Trees" in fixed(text, format, "S123")
    assert "S123" not in [other.diagnostic.code for other in find(fixed(text, format, "S123"), format)]


def test_foreign_block_is_converted_in_place() -> None:
    text = "@misc{a}\nTY - JOUR\nTI - T\nVL - null\nER -\n\nTY - BOOK\nTI - U\nER -\n"
    result = fixed(text, BIBTEX, "S111")

    assert result.startswith("@misc{a}\n@article{")
    assert "\n}\n\n@book{" in result
    assert {found.diagnostic.code for found in find(result, BIBTEX)} <= {"M303", "V401"}


def test_broken_entry_in_a_ris_file_is_converted() -> None:
    text = "@article{k},\ntitle={T},\ndoi={10.5555/x}\n\nTY  - JOUR\nTI  - U\nER  - \n"
    result = fixed(text, RIS, "S111")

    assert "TI  - T\n" in result
    assert "DO  - 10.5555/x\n" in result
    assert find(result, RIS) == []


def test_foreign_block_that_repeats_the_entry_above_can_be_deleted() -> None:
    text = "@misc{a, doi={10.5555/x}}\nTY  - JOUR\nDO  - https://doi.org/10.5555/X\nER  - \n"
    (found,) = find(text, BIBTEX)

    assert found.fixes[-1].title == "Delete the block, which repeats the entry above"
    assert fixed(text, BIBTEX, "S111", number=-1) == "@misc{a, doi={10.5555/x}}\n"


def test_duplicate_field() -> None:
    assert_drawn(
        """
        @misc{a, year=2000, YEAR={2000}, year={2001}, keywords={a}, keywords={b}, month=jan, month={jan}}
                            ^^^^ S112 the field "YEAR" is here twice with the same value
                                         ^^^^ S112 the field "year" is here twice, first as "2000"
                                                                                             ^^^^^ S112 the field
        """,
        BIBTEX,
        "S112",
    )


def test_duplicate_field_is_an_error_when_a_value_is_lost() -> None:
    found = find("@misc{a, note={1}, note={1}, volume=1, volume=2}\n", BIBTEX)

    assert [(finding.diagnostic.severity.label, finding.fixes[0].safety.value) for finding in found] == [
        ("warning", "safe"),
        ("error", "unsafe"),
    ]


def test_web_of_science_is_told_and_nothing_of_it_deleted() -> None:
    text = "FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nAU Smith, A\nTI On Trees\nER\n\nEF\n"
    (found,) = find(text, RIS)

    assert found.diagnostic.code == "S123"
    assert found.diagnostic.message == "this file is Web of Science's plain text, not RIS: export it as RIS again"
    assert found.fixes == ()


def test_other_xml_is_not_taken_for_endnote() -> None:
    text = '<?xml version="1.0"?>\n<modsCollection><mods/></modsCollection>\n'

    assert "S123" not in [found.diagnostic.code for found in find(text, RIS)]
