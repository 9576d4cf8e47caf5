"""Commas, comments and names inside .bib entries, and how entries begin and end."""

from __future__ import annotations

import pytest

from bibwright.analysis.diagnostics import Safety, Severity
from bibwright.features.check import fix_text
from bibwright.formats.bibtex import BIBTEX
from bibwright.rules import all_rules
from tests.support.drawing import assert_drawn, find, fixed


def codes(text: str) -> list[str]:
    """The syntax alone: what else is wrong with these entries is not the point."""
    return [found.diagnostic.code for found in find(text, BIBTEX) if found.diagnostic.code.startswith("S")]


def severities(text: str, code: str) -> list[Severity]:
    return [found.diagnostic.severity for found in find(text, BIBTEX) if found.diagnostic.code == code]


def only(text: str, code: str) -> list[tuple[str, str]]:
    """What a rule that is off by default finds, and the first fix."""
    return [
        (text[found.start : found.end], found.fixes[0].title if found.fixes else "")
        for found in find(text, BIBTEX, [rule for rule in all_rules() if rule.code == code])
    ]


# --- Commas


def test_double_comma() -> None:
    assert_drawn(
        """
        @misc{k,, title = {T},,
                ^ S113 there is a comma too many before this one
                              ^ S113 there is a comma too many before this one
          , year = {2000},
          ^ S113 there is a comma too many before this one
        }
        """,
        BIBTEX,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("@misc{k, title={T},, year=1}\n", "@misc{k, title={T}, year=1}\n", id="in a line"),
        pytest.param("@misc{k, title={T},,,}\n", "@misc{k, title={T},}\n", id="three"),
        pytest.param(
            "@misc{k,\n title={T},\n ,\n year=1}\n", "@misc{k,\n title={T},\n year=1}\n", id="on its own line"
        ),
        pytest.param("@misc{k,\n title={T},\n , year=1}\n", "@misc{k,\n title={T},\n  year=1}\n", id="leading"),
    ],
)
def test_double_comma_is_deleted(text: str, expected: str) -> None:
    assert expected == fix_text(text, BIBTEX, unsafe=False).text


def test_one_comma_is_not_double_wherever_it_stands() -> None:
    assert codes("@misc{k\n, title={T}\n, year={2000}\n}\n") == []


def test_comma_behind_a_comment_is_not_double() -> None:
    assert codes("@misc{k, title={T} % a\n % b\n, year={2000}}\n") == ["S116"]


def test_comma_behind_a_comma_and_a_comment_is_double() -> None:
    assert codes("@misc{k, title={T}, % a\n, year={2000}}\n") == ["S116", "S113"]
    assert codes("@misc{k, title={T} % a\n, , year={2000}}\n") == ["S116", "S113"]


def test_comma_that_a_comment_hides_is_missing() -> None:
    """biber rejects it like any other comma that is missing."""
    assert codes("@misc{k, title={T} % a\n year={2000}}\n") == ["S103", "S116"]
    assert codes("@misc{k, title={T} % a\n, % b\n year={2000}}\n") == ["S116", "S116"]
    assert codes("@misc{k, title={T} % a\n}\n") == ["S116"]


def test_final_comma() -> None:
    assert only("@misc{k, title={T}}", "S121") == [("}", "Insert a comma")]
    assert only("@misc{k, title={T},}\n@misc{k}\n@misc{k, title={T} % c\n}\n@misc{k, title={T}", "S121") == []


# --- Values


def test_missing_concatenation() -> None:
    assert_drawn(
        """
        @misc{k, title = {On} "Trees",
                             ^ S114 there is no # between two parts of the value
          note = {a}{b},
                   ^ S114 there is no # between two parts of the value
          month = # jan,
                  ^ S114 this # has a value on one side only
          edition = "a" # ,
                        ^ S114 this # has a value on one side only
        }
        """,
        BIBTEX,
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param('jan "1"', 'jan # "1"', id="a blank"),
        pytest.param("{a}{b}", "{a} # {b}", id="nothing between"),
        pytest.param('{a}\r\n   "b"', '{a} #\r\n   "b"', id="a line end"),
    ],
)
def test_concatenation_is_inserted(value: str, expected: str) -> None:
    text = f"@misc{{k, note = {value}, year = 2000}}\n"

    assert text.replace(value, expected) == fix_text(text, BIBTEX, unsafe=False).text


def test_concatenation_over_lines_is_complete() -> None:
    assert codes('@misc{k,\n note = "a" #\n b\n # {c}\n}\n') == []


def test_quote_inside_quotes() -> None:
    assert_drawn(
        r"""
        @misc{k, title = "The "Big" Trees", author = "Schr\"odinger, E."}
                              ^ S115 this quote ends the value before its text is complete
                                                           ^ S115 this quote ends the value before its text is complete
        """,
        BIBTEX,
    )


def test_quotes_in_braces_are_correct() -> None:
    assert codes('@misc{k, title = "The {"}Big{"} Trees", note = "{\\"a}", author = {"A" B}}\n') == []


@pytest.mark.parametrize(
    ("value", "safety"),
    [
        pytest.param('"The "Big" Trees"', Safety.SAFE, id="a pair"),
        pytest.param(r'"Schr\"odinger"', Safety.SAFE, id="an accent"),
        pytest.param('"A 5" disk"', Safety.UNSAFE, id="one left over"),
    ],
)
def test_quoted_value_gets_braces(value: str, safety: Safety) -> None:
    text = f"@misc{{k, title = {value}, year = 2000}}\n"
    (finding,) = find(text, BIBTEX)

    assert finding.diagnostic.code == "S115"
    assert finding.fixes[0].safety is safety
    assert fixed(text, BIBTEX, "S115") == text.replace(value, "{" + value[1:-1] + "}")


# --- Comments


def test_comments_on_lines_in_a_row_are_one_finding() -> None:
    assert_drawn(
        """
        @misc{k,
          title = {T}, % first
                       ^^^^^^^>2:9 S116 the comment stands inside an entry
          % second
          % third
          year = {2000}, % fourth
                         ^^^^^^^^ S116 the comment stands inside an entry
        }
        """,
        BIBTEX,
    )


def test_comments_are_moved_in_their_order() -> None:
    text = "@misc{j}\r\n\r\n  @misc{k, % a\r\n  title = {T}, % b\r\n  % c\r\n\r\n  % d\r\n  year = 2000 % e\r\n}\r\n"
    moved = "% a\r\n% b\r\n% c\r\n% d\r\n% e\r\n"

    assert fix_text(text, BIBTEX, unsafe=False).text == (
        f"@misc{{j}}\r\n\r\n{moved}  @misc{{k,\r\n  title = {{T}},\r\n\r\n  year = 2000\r\n}}\r\n"
    )


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_moved_comments_do_not_part_an_entry_from_what_is_ignored_in_it(line_end: str) -> None:
    comments = "% bibwright: ignore[V408]\n  @comment{bibwright: ignore[T611]}\n"
    ignored = f"@misc{{j, pages={{1--2}}}}\n\n{comments}@misc{{k, title={{A : T}},"
    text = f"{ignored} % a\n pages={{1-2}}}}\n".replace("\n", line_end)

    assert fix_text(text, BIBTEX, unsafe=False).text == (
        f"{ignored}\n pages={{1-2}}}}\n".replace("\n\n", "\n\n% a\n").replace("\n", line_end)
    )


def test_a_comment_that_would_ignore_rules_above_its_entry_is_not_moved_unseen() -> None:
    text = "@misc{k, title={T},\n  % bibwright: ignore[V408]\n  pages={1--2}}\n"
    (finding,) = find(text, BIBTEX)

    assert finding.diagnostic.code == "S116"
    assert finding.fixes[0].safety.value == "unsafe"


def test_comment_of_an_entry_that_shares_its_line() -> None:
    assert fixed("@misc{j} @misc{k, % a\ntitle={T}}\n", BIBTEX, "S116") == "@misc{j} \n% a\n@misc{k,\ntitle={T}}\n"


def test_comment_with_an_at_sign_is_not_moved() -> None:
    """Outside the entry BibTeX would look for another one behind the sign."""
    (finding,) = find("@misc{k, title={T}, % ask me@example.org\n}\n", BIBTEX)

    assert (finding.diagnostic.code, finding.fixes) == ("S116", ())


def test_percent_sign_in_a_value_is_no_comment() -> None:
    assert codes("@misc{k, title = {Up to 5\\% of\n% the\ntrees}, url = {http://x.org/a%20b}}\n") == []


def test_comment_in_a_file_for_biblatex() -> None:
    text = "@misc{k, title={T}, % c\n}\n"

    assert severities(text, "S116") == [Severity.WARNING]
    assert severities(f"% !BIB program = biber\n{text}", "S116") == [Severity.INFORMATION]
    assert severities(f"% !BIB program = bibtex\n{text}", "S116") == [Severity.WARNING]


def test_entry_in_a_comment() -> None:
    assert_drawn(
        """
        @comment{ @misc{k, title={T}} and @string{x = {y}} }
                  ^ S117 BibTeX reads the entry "k" although it stands in a comment
                                          ^ S117 BibTeX reads the string macro although
        """,
        BIBTEX,
    )


@pytest.mark.parametrize(
    "text",
    [
        "@comment{jabref-meta: grouping: a @misc{k, title={T}};}\n",
        "@comment{write to ann@example.org}\n",
        "@comment{use @misc{} for these}\n",
        "% @misc{k, title={T}}\n",
        "@comment{@comment{a, b}}\n",
        "% !BIB program = biber\n@comment{ @misc{k, title={T}} }\n",
    ],
)
def test_comment_without_an_entry(text: str) -> None:
    assert "S117" not in codes(text)


# --- Names


def test_bad_field_names() -> None:
    assert_drawn(
        """
        @misc{k, date added = {a}, 2nd = {b}, author's = {c},
                 ^^^^^^^^^^ S118 the field name "date added" has a blank in it
                                   ^^^ S118 the field name "2nd" begins with a digit
                                              ^^^^^^^^ S118 the field name "author's" has an apostrophe in it
        }
        """,
        BIBTEX,
    )


def test_apostrophe_in_a_field_name_is_mostly_accepted_by_biber() -> None:
    assert severities("@misc{k, author's = {T}}\n", "S118") == [Severity.WARNING]
    assert severities("@misc{k, author's own = {T}}\n", "S118") == [Severity.ERROR]


@pytest.mark.parametrize(
    ("name", "severity"),
    [
        pytest.param("ye\\ar", Severity.ERROR, id="backslash"),
        pytest.param("ye\\a", Severity.WARNING, id="one letter behind a backslash"),
        pytest.param("ye'ar", Severity.ERROR, id="apostrophe"),
        pytest.param("ye'a", Severity.WARNING, id="one letter behind an apostrophe"),
    ],
)
def test_sign_in_a_field_name(name: str, severity: Severity) -> None:
    assert severities(f"@misc{{k, {name} = {{T}}}}\n", "S118") == [severity]


def test_backslash_in_a_field_name_is_replaced() -> None:
    assert fix_text("@misc{k, ye\\ar = {T}}\n", BIBTEX, unsafe=True).text == "@misc{k, ye-ar = {T}}\n"


def test_bad_field_names_are_joined() -> None:
    text = "@misc{k, date added = {a}, 2nd = {b}, author's = {c}}\n"

    assert fix_text(text, BIBTEX, unsafe=True).text == "@misc{k, date-added = {a}, x-2nd = {b}, author-s = {c}}\n"


def test_unusual_field_names_that_programs_read() -> None:
    assert codes("@misc{k, funding_text\xa01 = {a}, bdsk-file-1 = {b}, a~b = {c}, x2 = {d}, ünï = {e}}\n") == []


# --- How entries begin and end


def test_parenthesised_entry() -> None:
    text = "@misc(k, title = {On (Big) Trees})\n@misc{l, title = {(a)}}\n"

    assert only(text, "S119") == [("(", "Write braces")]


def test_parenthesised_entry_with_a_brace_too_many_stays() -> None:
    assert only("@misc(k}, title = {T})\n", "S119") == [("(", "")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@Misc{k}", "Misc"),
        ("@misc {k}", "misc "),
        ("@ misc{k}", " misc"),
        ("@ MISC\t(k)", " MISC\t"),
    ],
)
def test_entry_type_in_another_writing(text: str, found: str) -> None:
    assert only(text, "S120") == [(found, "Write @misc")]


def test_entry_type_as_usual() -> None:
    assert only("@misc{k}\n@String{x = {y}}\n", "S120") == []


def test_unknown_command() -> None:
    assert_drawn(
        """
        @include{other.bib}
         ^^^^^^^ S122 "@include" is no entry type and no command
        @misc{k}
        @unknown{k, title = {T}}
        @control{REVTEX41Control}
        """,
        BIBTEX,
        "S122",
    )
