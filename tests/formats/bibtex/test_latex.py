from __future__ import annotations

import pytest
from bibtexparser.middlewares import LatexDecodingMiddleware

from bibwright.formats.bibtex.latex import (
    decode_plain,
    decode_text,
    decode_title,
    decode_verbatim,
    encode_plain,
    encode_text,
    strip_outer_braces,
)
from bibwright.model.richtext import Run, Style
from tests.support.growth import assert_in_proportion

VALUES = [
    r"G{\"o}del, {\'E}mile, na{\"\i}ve, \v{S}imon, \c{C}a, \H{o}, \k{a}, \r{u}, \u{g}, \d{h}, \={a}, \.z",
    r"\'{\i}, \`a, \^{e}, \~n, \"{U}",
    r"\ss, {\o}re, {\O}, {\l}\'od\'z, {\L}, {\ae}, {\AE}, {\oe}, {\aa}ngstr{\"o}m",
    r"50\% \& more \# \_ \$ \{x\}",
    r"pages 1--10 --- or so",
    r"``quoted''",
    r"\textit{Homo sapiens} and \textbf{bold} \emph{em} \textsc{caps}",
    r"{DNA} in {E. coli}",
    r"\ldots\ and \dag",
    r"\textendash, \textemdash, \textbackslash{} \textasciitilde{} \textdegree",
    r"plain text; nothing to do",
    r"S{\~a}o Paulo, Bj{\o}rn, Fran{\c c}ois",
]


@pytest.mark.parametrize("value", VALUES)
def test_the_fast_path_agrees_with_the_library(value: str) -> None:
    library, error = LatexDecodingMiddleware()._transform_python_value_string(value)

    assert not error
    assert " ".join(library.split()) == " ".join(decode_plain(value).split())


def test_styles_become_runs() -> None:
    value = r"\emph{a} {\bf b} H$_2$O $^{13}$C \textsc{d}"

    assert decode_text(value) == (
        Run("a", Style.ITALIC),
        Run(" "),
        Run("b", Style.BOLD),
        Run(" H"),
        Run("2", Style.SUBSCRIPT),
        Run("O "),
        Run("13", Style.SUPERSCRIPT),
        Run("C "),
        Run("d", Style.SMALL_CAPS),
    )


def test_brace_groups_of_a_title_protect_capitals_unless_they_hold_all_of_it() -> None:
    assert decode_title("A {DNA} study") == (Run("A "), Run("DNA", Style.NOCASE), Run(" study"))
    assert decode_title("{{The whole title}}") == (Run("The whole title"),)
    assert decode_title("{A} and {B}") == (Run("A", Style.NOCASE), Run(" and "), Run("B", Style.NOCASE))
    assert decode_title(r"G{\"o}del") == (Run("Gödel"),)


def test_what_nobody_knows_stays_as_written() -> None:
    assert decode_text(r"a \nosuchcommand{b} c") == (
        Run("a "),
        Run(r"\nosuchcommand{b}", Style.VERBATIM),
        Run(" c"),
    )
    assert decode_text(r"$\frac{1}{2}$ x") == (Run(r"$\frac{1}{2}$", Style.VERBATIM), Run(" x"))


def test_the_library_decodes_what_the_tables_lack() -> None:
    assert decode_plain(r"\aleph") == "ℵ"


def test_a_blank_line_ends_a_paragraph_and_other_line_ends_are_blanks() -> None:
    assert decode_plain("one\n  two\r\n\r\n  three") == "one two\nthree"


def test_verbatim_fields_only_lose_their_escapes() -> None:
    assert decode_verbatim(r"http://x.org/a\_b\%20~c") == "http://x.org/a_b%20~c"
    assert decode_verbatim(r"\url{http://x.org}") == "http://x.org"


@pytest.mark.parametrize("text", ["a & b % $ # _ { } ~ ^ \\ < > | é 漢", "50% {of} it", "x_1^2", "C:\\dir", "}{"])
def test_plain_text_survives_encoding_and_decoding(text: str) -> None:
    assert decode_plain(encode_plain(text)) == text


@pytest.mark.parametrize(
    "title", [r"A {DNA} \textit{study} of \textbf{x}", r"H\textsubscript{2}O \textit{{E.} coli} end"]
)
def test_rich_text_survives_encoding_and_decoding(title: str) -> None:
    rich = decode_title(title)

    assert decode_title(encode_text(rich)) == rich


@pytest.mark.parametrize("part", ["{", "\\textit{", "$", "$$x", "\\foo{", "}", "\\", "\\'"])
def test_no_value_fails_or_takes_long(part: str) -> None:
    assert_in_proportion(decode_title, lambda times: part * times, 5_000)


def test_outer_braces() -> None:
    assert strip_outer_braces("{{a}}") == "a"
    assert strip_outer_braces("{a}{b}") == "{a}{b}"
    assert strip_outer_braces("{{a}b}") == "{a}b"
    assert strip_outer_braces("{a") == "{a"


def test_long_texts_of_specials_are_encoded_in_time() -> None:
    assert encode_plain("&<é\u202f" * 45) == r"\&\textless{}é\," * 45
    assert_in_proportion(encode_plain, lambda times: "&<é\u202f" * times, 5_000)


@pytest.mark.parametrize(
    "source",
    [
        r"\frac12",
        r"\cite{k}",
        r"\cite[p. 3]{k}",
        r"\ref{x}",
        r"\today",
        r"\footnote{a}",
        r"\section{x}",
        r"\includegraphics[width=1em]{x}",
        r"\hspace{1em}",
        r"\unknown[a]{b}{c}",
    ],
)
def test_what_no_one_can_know_is_kept_as_written(source: str, capfd: pytest.CaptureFixture[str]) -> None:
    runs = decode_text(f"a {source} b")

    assert "".join(run.text for run in runs) == f"a {source} b"
    assert encode_text(runs) == f"a {source} b"
    assert Style.VERBATIM in runs[1].style
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"\ensuremath\alpha", "α"),
        (r"\ensuremath{\alpha}b", "αb"),
        (r"\(\alpha\) b", "α b"),
        (r"see \href{http://a.b/%7E}{the {\'e}dition}.", "see the édition."),
        (r"\textcommabelow{s}, \h{a}, \polhk{a}, \soft{d}, Gor\cprime kov", "ș, ả, ą, ď, Gorʹkov"),
        (r"a\nobreakspace {}b\xspace{} c", "a b c"),
        (r"\MakeUppercase{ab{\'e}} c", "ABÉ c"),
        (r"\glqq a\grqq{} b", "„a“ b"),
    ],
)
def test_commands(source: str, text: str) -> None:
    assert decode_plain(source) == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"http://a.b/{\%7Euser}", "http://a.b/{%7Euser}"),
        (r"{\_a}b", "{_a}b"),
        (r"http://a.b/{\_}c\_d", "http://a.b/_c_d"),
        ("http://a.b/{~}c", "http://a.b/~c"),
        ("http://a.b/~c", "http://a.b/~c"),
        (r"http://a.b/\textasciitilde c", "http://a.b/~c"),
        (r"http://a.b/{\textasciitilde}c/\textasciitilde{}d", "http://a.b/~c/~d"),
        (r"http://a.b/$\sim$c", "http://a.b/~c"),
        (r"http://a.b/{$\sim$}c", "http://a.b/~c"),
        (r"http://a.b/\string~c", "http://a.b/~c"),
        (r"10.1002/1{\textless}2::AID{\textgreater}3", "10.1002/1<2::AID>3"),
    ],
)
def test_addresses(source: str, text: str) -> None:
    assert decode_verbatim(source) == text


def test_only_the_blanks_of_ascii_are_folded() -> None:
    assert decode_text("a\u00a0 \t b\u3000\u3000c\u202fd\u2003") == (Run("a\u00a0 b\u3000\u3000c\u202fd\u2003"),)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"$n \times m$", "n × m"),
        (r"$n\times m$", "n × m"),
        (r"$\pm 5$", "±5"),
        (r"$10^{-3} \infty x$", "10−3 ∞x"),
        (r"$\alpha\beta$", "αβ"),
    ],
)
def test_signs_between_terms_have_room(source: str, text: str) -> None:
    assert decode_plain(source) == text
