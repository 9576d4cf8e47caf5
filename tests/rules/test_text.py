"""Rules about titles and other running text."""

from __future__ import annotations

import pytest

from bibwright.formats.bibtex import BIBTEX
from bibwright.formats.format import Format
from bibwright.formats.ris import RIS
from bibwright.rules import all_rules
from bibwright.rules.text.masking import MASK, mask_latex
from tests.support.drawing import apply_edits, assert_drawn, find
from tests.support.growth import assert_in_proportion

RULES = {rule.code: rule for rule in all_rules()}
ON = [rule for rule in all_rules() if rule.default and rule.code[0] == "T"]


def _fixed(text: str, format: Format, code: str) -> str:
    for _ in range(20):
        fixes = [found.fixes[0] for found in find(text, format, [RULES[code]]) if found.fixes]
        if not fixes:
            break
        text = apply_edits(text, fixes[0].edits)
    return text


def fixed(value: str, code: str, field: str = "title") -> str:
    """The value of a .bib field after the fixes of a rule, one after the other."""
    text = _fixed(f"@book{{k, {field} = {{{value}}}}}\n", BIBTEX, code)
    return text.removeprefix(f"@book{{k, {field} = {{").removesuffix("}}\n")


def fixed_in_ris(value: str, code: str, tag: str = "TI") -> str:
    """The value of a RIS tag after the fixes of a rule, one after the other."""
    text = _fixed(f"TY  - BOOK\n{tag}  - {value}\nER  - \n", RIS, code)
    return text.removeprefix(f"TY  - BOOK\n{tag}  - ").removesuffix("\nER  - \n")


def codes(value: str, field: str = "title") -> list[str]:
    return [found.diagnostic.code for found in find(f"@book{{k, {field} = {{{value}}}}}\n", BIBTEX, ON)]


@pytest.mark.parametrize(
    "title",
    [
        "Trees",
        r"Trees \& Shrubs: 50\% of \#1 \_x",
        r"On $a_1 & b$ and \(x_2\) and \[y_3\] and $$z_4$$",
        r"On \url{https://example.org/a_b?c=1&d=%20#e} and \href{https://x.org/a_b}{trees}",
        r"Salt \ce{H_2O} and \includegraphics{a_b} and \cite[p. 3]{smith_2020}",
        r"\begin{tabular}{l} a & b_c \end{tabular}",
        r"\verb|a_b|",
        "p < 0.05 and a<b>c and x <- y",
        r"It costs \$5",
        "Trees etc.",
        "Proc. Natl. Acad. Sci.",
        "The U.S.A.",
        "And so on...",
        "NASA",
        "ACM SIGPLAN",
        "{THE BRACED TITLE OF CAPITALS}",
        "AÇÃO E SÃO PAULO são",
        "Trees: 1:2",
        "دیار\u200cها",
    ],
)
def test_ordinary_titles(title: str) -> None:
    assert codes(title) == []


def test_masking_keeps_places() -> None:
    value = r"a \& b $x_1$ \emph{c_d} \foo[e]{f_g} h"

    assert mask_latex(value) == value.replace(r"\&", MASK * 2).replace("$x_1$", MASK * 5).replace(
        r"\emph", MASK * 5
    ).replace(r"\foo[e]{f_g}", MASK * 12)


@pytest.mark.parametrize(
    "part",
    ["$", "\\emph{", "\\foo{", "<b>x", "<math>", "&amp;", "{", "a, ", "A; ", "-a", '"a ', "\\", "Ã©", "https://a"],
)
def test_time_grows_as_the_value(part: str) -> None:
    rules = [rule for rule in RULES.values() if rule.code[0] in "NT"]

    def check(value: str) -> None:
        find(f"@book{{k, title = {{{value}}}, author = {{{value}}}, abstract = {{{value}}}}}", BIBTEX, rules)
        find(f"TY  - BOOK\nTI  - {value}\nAU  - {value}\nER  - \n", RIS, rules)

    assert_in_proportion(check, lambda times: part * times, 300)


# --- T601


def test_html_entities() -> None:
    assert_drawn(
        """
        @book{a,
          title = {Trees &amp; Shrubs &lt; 5 &unknown; &notanentity;},
                         ^^^^^ T601 "&amp;" is HTML
                                      ^^^^ T601 "&lt;" is HTML
          url = {https://example.org/?a=1&amp;b=2&copy=3&lt=4},
                                         ^^^^^ T601 "&amp;" is HTML
          file = {a&amp;b.pdf},
        }
        """,
        BIBTEX,
        "T601",
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("R&amp;D", r"R\&D"),
        (r"R\&amp;D and R{\&}amp;D", r"R\&D and R\&D"),
        ("&amp;lt;", r"\textless{}"),
        ("caf&eacute; &#8211; &#x201C;", "café – “"),
        ("$a &lt; b$", "$a < b$"),
        ("a&nbsp;b&shy;c", "a~bc"),
        ("&#0; &#55357;", "&#0; &#55357;"),
        (r"R\&D; x", r"R\&D; x"),
    ],
)
def test_entities_are_decoded(value: str, expected: str) -> None:
    assert expected == fixed(value, "T601")


def test_entities_in_quotes_addresses_and_ris() -> None:
    assert _fixed('@book{k, title = "a &quot;b&quot;"}', BIBTEX, "T601") == '@book{k, title = "a {"}b{"}"}'
    assert fixed("https://example.org/?a=1&amp;b=2", "T601", "url") == "https://example.org/?a=1&b=2"
    assert fixed_in_ris("R&amp;D&nbsp;&quot;x&quot;", "T601") == 'R&D "x"'


# --- T602


def test_unescaped_specials() -> None:
    assert_drawn(
        """
        @book{a,
          title = {A & B: 50% of C# and a_b, \\textbf{c_d}},
                     ^ T602 TeX takes "&" for a command
                            ^ T602 TeX takes "%" for a command
                                  ^ T602 TeX takes "#" for a command
                                         ^ T602 TeX takes "_" for a command
                                                      ^ T602 TeX takes "_" for a command
          author = {A & B and {C & D}},
                                 ^ T602 TeX takes "&" for a command
          abstract = {A & B},
          url = {https://example.org/a_b},
          keywords = {A & B},
          note = {https://example.org/a_b#c},
          publisher = "A" # { & B},
                              ^ T602 TeX takes "&" for a command
        }
        """,
        BIBTEX,
        "T602",
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [("A & B, 50%, C#, a_b", r"A \& B, 50\%, C\#, a\_b"), ("b_{v}", "b_{v}"), ("&amp;", "&amp;"), ("$5 & 6", "$5 & 6")],
)
def test_specials_are_escaped(value: str, expected: str) -> None:
    assert expected == fixed(value, "T602")


# --- T603


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("<i>Quercus</i> and <b>x</b>", r"\emph{Quercus} and \textbf{x}"),
        ("H<sub>2</sub>O, x<sup>2</sup>, <scp>DNA</scp>", r"H\textsubscript{2}O, x\textsuperscript{2}, \textsc{DNA}"),
        ("<i>a <sup>2</sup></i>", r"\emph{a \textsuperscript{2}}"),
        ("<jats:p>Trees</jats:p>", "Trees"),
        ("Trees<br/>Shrubs", "Trees Shrubs"),
        ('<mml:math xmlns="x"><mml:mi>a</mml:mi></mml:math> b', "a b"),
        ("<math><mi>a</mi></math>, <math><mi>b</mi></math>", "a, b"),
        ("<i>a {b</i> c}", "a {b c}"),
        ("$a <b> c</b>$", "$a <b> c</b>$"),
        ("a<b>c, <i, <custom>", "a<b>c, <i, <custom>"),
    ],
)
def test_tags(value: str, expected: str) -> None:
    assert expected == fixed(value, "T603")


@pytest.mark.parametrize(
    ("value", "expected"),
    [("H<sub>2</sub>O and 10<sup>5</sup> <i>x</i>", "H₂O and 10⁵ x"), ("x<sup>th</sup>", "xth")],
)
def test_tags_in_ris(value: str, expected: str) -> None:
    assert expected == fixed_in_ris(value, "T603")
    assert fixed_in_ris("<p>a</p>", "T603", "N1") == "<p>a</p>"


def test_safety_of_tags() -> None:
    text = "@book{k, title = {<i>a</i> <span>b</span>}}"

    assert [found.fixes[0].safety.value for found in find(text, BIBTEX, [RULES["T603"]])] == ["safe", "unsafe"]


# --- T604


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("CafÃ© â€œTreesâ€\x9d", "Café “Trees”"),
        ("CafÃƒÂ©", "Café"),
        ("Ð›ÐµÑ", "Леѝ"[:2] + "Ñ"),
        ("SÃO PAULO, ação, Ângela", "SÃO PAULO, ação, Ângela"),
        ("q=áŠ and x", "q=áŠ and x"),
        ("« Â » 25 °", "« Â » 25 °"),
    ],
)
def test_mojibake(value: str, expected: str) -> None:
    assert expected == fixed(value, "T604")
    assert expected == fixed_in_ris(value, "T604")


def test_mojibake_outside_values_and_lost_characters_are_left_alone() -> None:
    assert_drawn(
        """
        % CafÃ© is not a value
        @book{a, title = {Caf\ufffd\ufffd}}
        """,
        BIBTEX,
        "T604",
    )


# --- T605


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("M{\\\"u}ller and Mart{\\'\\i}nez and \\v{C}apek", "Müller and Martínez and Čapek"),
        (r"\textit{Quercus} of {DNA} at $\alpha$-level", "Quercus of DNA at α-level"),
        (r"1914--1918, R\&D of {S}mith", "1914–1918, R&D of Smith"),
        (r"Solutions in {0,1} of $5 and $6 -- C:\temp", r"Solutions in {0,1} of $5 and $6 -- C:\temp"),
        (r"Writing \emph{LaTeX} documents", r"Writing \emph{LaTeX} documents"),
        (r"\unknown{x}", r"\unknown{x}"),
    ],
)
def test_latex_in_ris(value: str, expected: str) -> None:
    assert expected == fixed_in_ris(value, "T605")


# --- T606


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Trees for $5 a day", r"Trees for \$5 a day"),
        ("From $x$ to $5", r"From $x$ to \$5"),
        ("From $5 to $x$", r"From \$5 to $x$"),
        ("$x", r"\$x"),
        (r"\$5 and $x$ and \url{a$b}", r"\$5 and $x$ and \url{a$b}"),
    ],
)
def test_odd_dollars(value: str, expected: str) -> None:
    assert expected == fixed(value, "T606")


# --- T607 to T612


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("The DNA of (iPhone) users: {RNA} and 3D, T-Cells", "The {DNA} of ({iPhone}) users: {RNA} and {3D}, T-Cells"),
        ("State-Of-The-Art in $X_{AB}$", "State-Of-The-Art in $X_{AB}$"),
    ],
)
def test_unprotected_capitals(value: str, expected: str) -> None:
    assert expected == fixed(value, "T607")


def test_unprotected_capitals_in_biblatex() -> None:
    text = "@online{k, title = {DNA}, date = {2020}, journaltitle = {X}}"

    assert find(text, BIBTEX, [RULES["T607"]]) == []


@pytest.mark.parametrize(
    ("value", "field", "expected"),
    [
        ("{A Study}", "title", "A Study"),
        ("{A} Study {B}", "title", "{A} Study {B}"),
        ("{DNA}", "title", "{DNA}"),
        ("{World Health Organization}", "author", "{World Health Organization}"),
        ("{Barnes and Noble}", "publisher", "{Barnes and Noble}"),
    ],
)
def test_double_braces(value: str, field: str, expected: str) -> None:
    assert expected == fixed(value, "T608", field)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("A Study of Forests.", "A Study of Forests"),
        ("{A Study of Forests.}", "{A Study of Forests}"),
        ("A No.", "A No."),
    ],
)
def test_trailing_periods(value: str, expected: str) -> None:
    assert expected == fixed(value, "T609")


def test_trailing_period_in_ris() -> None:
    assert fixed_in_ris("A Study of Forests.", "T609") == "A Study of Forests"
    assert fixed_in_ris("J. Appl. Forests.", "T609", "T2") == "J. Appl. Forests."


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("THE TREES OF EUROPE: A STUDY", "The trees of europe: A study"),
        ("THE {DNA} OF TREES AND T4", "The {DNA} of trees and T4"),
        ("THE TREES", "THE TREES"),
        ("나무 N-155", "나무 N-155"),
    ],
)
def test_titles_in_capitals(value: str, expected: str) -> None:
    assert expected == fixed(value, "T610")


@pytest.mark.parametrize(
    ("value", "expected"), [(" A  Study\tof\n  Trees ", "A Study of Trees"), ("A Study", "A Study"), (" ", " ")]
)
def test_blanks(value: str, expected: str) -> None:
    assert expected == fixed(value, "T612")


# --- T613 and T614


def test_ligatures_and_invisible_characters() -> None:
    assert fixed("The \ufb01rst for\u00adest\u200b\u200bs \ufb03", "T613") == "The first forests ffi"
    assert fixed_in_ris("\ufb02ora", "T613") == "flora"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("A\x0bStudy\x02 of\x0c Trees", "A Study of Trees"),
        ("Smith\x92s trees", "Smith’s trees"),
        ("\x1b$BNS\x1b(B", "\x1b$BNS\x1b(B"),
    ],
)
def test_control_characters(value: str, expected: str) -> None:
    assert expected == fixed(value, "T614")


# --- T615 to T620


def test_quotes() -> None:
    assert fixed('On "Trees" and 5" pipes', "T615") == "On ``Trees'' and 5\" pipes"
    assert fixed_in_ris('On "Trees"', "T615") == 'On "Trees"'
    assert fixed_in_ris('On "Trees" and “Shrubs”', "T615") == "On “Trees” and “Shrubs”"


def test_dashes() -> None:
    assert fixed("Trees, 1914-1918 - a well-known study", "T616") == "Trees, 1914--1918 -- a well-known study"
    assert fixed_in_ris("Trees, 1914-1918", "T616") == "Trees, 1914–1918"


def test_addresses_in_text() -> None:
    assert_drawn(
        """
        @book{a,
          note = {See https://example.org/a, and \\url{https://example.org/b}, \\href{https://x.org}{x} or 1/2},
                      ^^^^^^^^^^^^^^^^^^^^^ T617 the web address "https://example.org/a" stands bare in text
          title = {Trees 10.1000/182},
                         ^^^^^^^^^^ T617 the DOI "10.1000/182" stands in text
          url = {https://example.org/a},
        }
        """.replace("^^^^^^^^^^ T617 the DOI", "^^^^^^^^^^^ T617 the DOI"),
        BIBTEX,
        "T617",
    )
    assert fixed(r"https://example.org/a\_b", "T617", "note") == r"\url{https://example.org/a_b}"


def test_book_titles() -> None:
    assert_drawn(
        """
        @inproceedings{a, booktitle = {Trees 2020, pp. 3 (J. Doe, ed.), and the Conference on}}
                                             ^^^^ T618 the book title holds a year
                                                   ^^^^^ T618 the book title holds page numbers
                                                                  ^^^ T618 the book title holds an editor
                                                                                ^^^^^^^^^^^^^ T618 the book title
        """,
        BIBTEX,
        "T618",
    )


@pytest.mark.parametrize(
    ("title", "subtitle", "expected"),
    [
        ("Trees: A Study", "A study", "Trees"),
        ("Trees? A Study", "A Study", "Trees?"),
        ("Trees -- A Study", "A Study", "Trees"),
        ("Trees", "A Study", "Trees"),
        ("A Tree A Study", "A Study", "A Tree A Study"),
        ("A Study", "A Study", "A Study"),
    ],
)
def test_repeated_subtitles(title: str, subtitle: str, expected: str) -> None:
    text = f"@book{{k, title = {{{title}}}, subtitle = {{{subtitle}}}}}"

    assert _fixed(text, BIBTEX, "T619") == f"@book{{k, title = {{{expected}}}, subtitle = {{{subtitle}}}}}"


def test_abstracts() -> None:
    assert fixed("Abstract. Trees grow. © 2020 Elsevier B.V.", "T620", "abstract") == "Trees grow."
    assert fixed("Abstract trees grow. Copyright laws do not.", "T620", "abstract").startswith("Abstract trees")
    assert fixed_in_ris("ABSTRACT Trees grow. Copyright (c) 2020 Doe", "T620", "AB") == "Trees grow."
