from __future__ import annotations

import re

from bibwright.csl.output import WRITERS, Block, FormattedRun, ListedEntry, to_rtf
from bibwright.model.richtext import Style


def test_what_means_something_in_rtf_is_escaped() -> None:
    assert to_rtf((FormattedRun(r"a\b {c}"),)) == r"{a\\b \{c\}}"
    assert to_rtf((FormattedRun("a\u00a0b\tc\nd\x07"),)) == r"{a\~b\tab c\line d}"


def test_characters_beyond_ascii_are_numbers_of_16_bits_with_a_sign() -> None:
    assert to_rtf((FormattedRun("é b"),)) == r"{\u233\'3f b}"
    assert to_rtf((FormattedRun("홍"),)) == r"{\u-10675\'3f}"
    assert to_rtf((FormattedRun("😀"),)) == r"{\u-10179\'3f\u-8704\'3f}"
    assert to_rtf((FormattedRun("\ud800"),)) == r"{\u-10240\'3f}"


def test_every_font_style() -> None:
    words = {
        Style.ITALIC: r"\i",
        Style.BOLD: r"\b",
        Style.SMALL_CAPS: r"\scaps",
        Style.UNDERLINE: r"\ul",
        Style.SUPERSCRIPT: r"\super",
        Style.SUBSCRIPT: r"\sub",
    }

    for style, word in words.items():
        assert to_rtf((FormattedRun("x", style),)) == rf"{{{{{word} x}}}}"
    assert to_rtf((FormattedRun("x", Style.ITALIC | Style.BOLD),)) == r"{{\i\b x}}"


def test_links_are_fields_and_no_address_breaks_out_of_one() -> None:
    run = FormattedRun("here", link='https://x.org/"}{\\é?a=1&b')

    assert to_rtf((run,)) == (
        r'{{\field{\*\fldinst{HYPERLINK "https://x.org/%22%7D%7B%5C%C3%A9?a=1&b"}}{\fldrslt{\cf2 here}}}}'
    )


def test_blocks() -> None:
    runs = (
        FormattedRun("[1]", block=Block(-1, "left-margin")),
        FormattedRun("Title.", block=Block(0, "right-inline")),
        FormattedRun("Note.", block=Block(2, "indent")),
    )

    assert to_rtf(runs) == r"{[1]\tab Title.\line \tab Note.}"


def test_a_list_is_a_document() -> None:
    numbered = (FormattedRun("1.", block=Block(-1, "left-margin")), FormattedRun("A", block=Block(0, "right-inline")))
    text = WRITERS["rtf"].write_list([ListedEntry("a", numbered), ListedEntry("b", (FormattedRun("홍 {"),))])

    assert text.isascii()
    assert text.startswith(r"{\rtf1\ansi")
    assert text.count(r"\par}") == 2
    assert r"\tx720" in text
    braces = re.sub(r"\\[{}\\]", "", text)
    assert braces.count("{") == braces.count("}")


def test_nothing_is_nothing() -> None:
    assert to_rtf(()) == ""
