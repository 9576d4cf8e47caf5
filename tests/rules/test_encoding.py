"""How the characters of a file are stored and written."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibwright.analysis.diagnostics import Safety, Severity
from bibwright.features.check import fix_text
from bibwright.formats import FORMATS
from bibwright.formats.bibtex import BIBTEX
from bibwright.formats.bibtex.latex import decode_plain
from bibwright.formats.bibtex.latex_ascii import encode_ascii
from bibwright.formats.format import Format
from bibwright.formats.ris import RIS
from bibwright.rules import all_rules
from tests.support.drawing import Found, find


def of_rule(text: str, code: str, format: Format = BIBTEX) -> list[Found]:
    return find(text, format, [rule for rule in all_rules() if rule.code == code])


def after_fix(text: str, code: str, format: Format = BIBTEX) -> str:
    """The text after the first fix of the first finding."""
    (finding,) = of_rule(text, code, format)
    for edit in sorted(finding.fixes[0].edits, reverse=True):
        text = text[: edit.start] + edit.new_text + text[edit.end :]
    return text


# --- Byte order mark


@pytest.mark.parametrize(
    ("format", "text"),
    [
        ("bibtex", "@misc{k, title={T}}\n"),
        ("bibtex", "% A comment\r\n\r\n@misc{k, title={T}}\r\n"),
        ("ris", "TY  - BOOK\r\nTI  - T\r\nER  - \r\n"),
        ("ris", "\r\nTY  - BOOK\r\nTI  - T\r\nER  - \r\n"),
    ],
)
def test_byte_order_mark(format: str, text: str) -> None:
    (found,) = of_rule(f"\ufeff{text}", "E901", FORMATS[format])

    assert (found.start, found.end) == (0, 1)
    assert after_fix(f"\ufeff{text}", "E901", FORMATS[format]) == text
    assert fix_text(f"\ufeff{text}", FORMATS[format], unsafe=False).text == text


def test_byte_order_mark_elsewhere_is_another_matter() -> None:
    assert of_rule("@misc{k, title={\ufeffT}}\n\ufeff\n\ufeff@misc{l}\n", "E901") == []


# --- Bytes that are not UTF-8


def test_bytes_that_biber_rejects() -> None:
    def severities(text: str) -> list[Severity]:
        return [found.diagnostic.severity for found in of_rule(text, "E902")]

    assert severities("@misc{k, title={T\udcfc}}\n") == [Severity.WARNING]
    assert severities("% !BIB program = biber\n@misc{k, title={T\udcfc}}\n") == [Severity.ERROR]
    assert severities("% !BIB program = biber\n@misc{k, title={T\ufffd}}\n") == [Severity.WARNING]


# --- Composed characters


def test_letters_with_separate_accents() -> None:
    text = "@misc{k, author = {Mu\u0308ller, Jo\u0308rg}, title = {Cafe\u0301s}}\n"
    found = of_rule(text, "E903")

    assert [(finding.start, finding.end) for finding in found] == [(20, 31), (48, 50)]
    assert found[0].diagnostic.message == '"u\u0308" is written as U+0075 U+0308, not as U+00FC, and 1 more'
    assert fix_text(text, BIBTEX, unsafe=False).text == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("written", "better"),
    [
        ("\u212b", "\u00c5"),  # ångström sign
        ("\u1100\u1161\u11a8\u1102\u1161", "\uac01\ub098"),  # the letters of Hangul
        ("e\u0323\u0302", "\u1ec7"),  # two accents
        ("\u03b1\u0301", "\u03ac"),  # alpha with an acute accent
        ("\u1f71", "\u03ac"),  # the same, as an older character
        ("\uf900e\u0301", "\uf900\u00e9"),  # beside an ideograph for compatibility, which stays
    ],
)
def test_what_is_composed(written: str, better: str) -> None:
    text = f"TY  - BOOK\nTI  - x{written}y\nER  - \n"

    assert after_fix(text, "E903", RIS) == text.replace(written, better)
    assert of_rule(text.replace(written, better), "E903", RIS) == []


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("\uf900\ufa1c\U0002f800", id="ideographs for compatibility"),
        pytest.param("\u2329x\u232a", id="angle brackets"),
        pytest.param("\u037e \u1fef", id="what would become ASCII"),
        pytest.param("\u0958 \ufb2a", id="what would be taken apart"),
        pytest.param("m\u0304 \u0434\u0301", id="accents on letters that have no single character"),
        pytest.param("a" + "\u0301\u0316" * 50, id="more accents than any language has"),
        pytest.param("\u00e9\uac01\u4e2d\u03ac", id="composed"),
    ],
)
def test_what_is_not_composed(value: str) -> None:
    assert of_rule(f"@misc{{k, title = {{{value}}}}}\n", "E903") == []


def test_addresses_and_keys_stay_as_they_are() -> None:
    bib = "@misc{cafe\u0301, url = {http://x.org/e\u0301}, file = {e\u0301.pdf}, doi = {10.1/e\u0301}}\n"
    ris = "TY  - BOOK\nUR  - http://x.org/e\u0301\nL1  - e\u0301.pdf\nDO  - 10.1/e\u0301\nER  - \n"

    assert of_rule(bib, "E903") == []
    assert of_rule(ris, "E903", RIS) == []


def test_fix_in_an_entry_that_is_cut_is_unsafe() -> None:
    (found,) = of_rule("@misc{k,\n title = {Cafe\u0301,\n year = 2000\n}\n", "E903")

    assert found.fixes[0].safety is Safety.UNSAFE


# --- ASCII for BibTeX


HEADER = "% !BIB program = bibtex\n"


def test_characters_that_bibtex_does_not_know() -> None:
    text = (
        HEADER
        + "@misc{k, author = {M\u00fcller, J\u00f6rg}, title = {Caf\u00e9 \u2013 \u4e2d}, url = {http://x.org/\u00e9}}\n"
    )
    author, title = of_rule(text, "E904")

    assert text[author.start : author.end] == "\u00fcller, J\u00f6"
    assert [edit.new_text for edit in author.fixes[0].edits] == [r"{\"u}", r"{\"o}"]
    assert title.fixes == ()


def test_characters_are_no_fault_where_the_program_is_another_or_not_known() -> None:
    entry = "@misc{k, author = {M\u00fcller, J.}}\n"

    assert of_rule(entry, "E904") == []
    assert of_rule("% !BIB program = biber\n" + entry, "E904") == []
    assert of_rule(HEADER + entry + "@misc{l, author = {Mill, J.}}\n", "E904") != []


def test_formula_is_not_rewritten() -> None:
    (found,) = of_rule(HEADER + "@misc{k, title = {$\u00e9$}}\n", "E904")

    assert found.fixes == ()


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("\u00fc", r"{\"u}"),
        ("\u00ef", r"{\"{\i}}"),
        ("\u1ecb", r"{\d{i}}"),
        ("\u00e7", r"{\c{c}}"),
        ("\u01ff", r"{\'{\o}}"),
        ("\u1ec7", r"{\^{\d{e}}}"),
        ("\u00df\u00e6", r"{\ss}{\ae}"),
        ("\u201ca\u201d \u2013 b\u2019s", "``a'' -- b's"),
        ("e\u0301", r"{\'e}"),
        ("\u4e2d", None),
        ("\u03b1", None),
    ],
)
def test_latex_for_characters(text: str, latex: str | None) -> None:
    assert encode_ascii(text) == latex


@given(st.characters(min_codepoint=0xA1, max_codepoint=0x24F))
def test_latex_is_read_back(character: str) -> None:
    latex = encode_ascii(character)

    assert latex is None or (
        latex.isascii() and decode_plain(f"x{latex}y") == f"x{unicodedata.normalize('NFC', character)}y"
    )


# --- Declared encodings


def test_declared_encoding_that_cannot_hold_the_text() -> None:
    text = "% Encoding: Cp1252\n\n@misc{k, author = {\uae40\uc601\ud76c}}\n"
    (found,) = of_rule(text, "E905")

    assert text[found.start : found.end] == "Cp1252"
    assert after_fix(text, "E905") == text.replace("Cp1252", "UTF-8")


def test_declaration_of_the_oldest_jabref() -> None:
    text = "This file was created with JabRef 2.0.\nEncoding: ISO8859_1\n\n@misc{k, author = {\uae40\uc601\ud76c}}\n"
    (found,) = of_rule(text, "E905")

    assert text[found.start : found.end] == "ISO8859_1"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("% Encoding: UTF-8\n@misc{k, author = {\uae40\uc601\ud76c}}\n", id="right"),
        pytest.param("% Encoding: CP949\n@misc{k, author = {\uae40\uc601\ud76c}}\n", id="may be right"),
        pytest.param("% Encoding: Cp1252\n@misc{k, author = {M\u00fcller \u2013 \u0160\u201c\u20ac}}\n", id="in it"),
        pytest.param("% Encoding: Cp1252\n@misc{k, author = {Mill}}\n", id="ASCII"),
        pytest.param("% Encoding: Cp1252\n@misc{k, author = {\udce4\ufffd}}\n", id="not readable"),
        pytest.param("On encoding: ascii\n@misc{k, title = {\uae40}, note = {% Encoding: ascii}}\n", id="prose"),
    ],
)
def test_declared_encoding_that_may_be_right(text: str) -> None:
    assert of_rule(text, "E905") == []


# --- RIS in the encoding of its time


def test_characters_outside_windows_1252() -> None:
    text = "TY  - BOOK\nAU  - \u010cern\u00fd, D\nTI  - \u201cCaf\u00e9\u201d \u2013 5\u2009mm\nER  - \n"
    author, title = of_rule(text, "E906", RIS)

    assert author.diagnostic.message.startswith('"\u010c" does not exist in Windows-1252')
    assert title.diagnostic.message.startswith("U+2009 does not exist in Windows-1252")
