r"""Citations as RTF 1.9, which every word processor opens.

All characters beyond ASCII are written by their number (`\uN`), so that the file is ASCII whatever stores it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bibwright.csl.output.runs import shown_address, with_previous
from bibwright.model.richtext import Style as FontStyle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bibwright.csl.output.runs import Formatted, FormattedRun, ListedEntry

#: `\uc1`: after each `\uN` stands one character for programs that do not know it.
_HEADER = r"""{\rtf1\ansi\ansicpg1252\deff0\uc1
{\fonttbl{\f0\froman\fcharset0 Times New Roman;}}
{\colortbl;\red0\green0\blue0;\red5\green99\blue193;}
\fs24
"""
#: Half an inch, in twips: how far lines hang, or how deep a block stands.
_INDENT = 720
_STYLES = (
    (FontStyle.ITALIC, r"\i"),
    (FontStyle.BOLD, r"\b"),
    (FontStyle.SMALL_CAPS, r"\scaps"),
    (FontStyle.UNDERLINE, r"\ul"),
    (FontStyle.SUPERSCRIPT, r"\super"),
    (FontStyle.SUBSCRIPT, r"\sub"),
)
_ESCAPED = re.compile(r"[\\{}\x00-\x1f\x7f-\U0010ffff]")


def to_rtf(formatted: Formatted) -> str:
    r"""RTF for the inside of a paragraph of a document with `\uc1`; the group ends what it begins."""
    if not formatted:
        return ""
    parts: list[str] = []
    for before, run in with_previous(formatted):
        if before is not None and before.block != run.block:
            is_margin = before.block is not None and before.block.kind == "left-margin"
            parts.append(r"\tab " if is_margin else r"\line ")
        if run.block is not None and run.block.kind == "indent" and (before is None or before.block != run.block):
            parts.append(r"\tab ")
        parts.append(_run(run))
    return "{" + "".join(parts) + "}"


def rtf_document(entries: Sequence[ListedEntry]) -> str:
    """A whole document, one paragraph an entry; further lines hang, behind a number or label the text is aligned."""
    return _HEADER + "".join(f"{_paragraph(entry.formatted)}\n" for entry in entries) + "}\n"


def _paragraph(formatted: Formatted) -> str:
    hangs = any(run.block is not None and run.block.kind == "left-margin" for run in formatted)
    stop = rf"\tx{_INDENT}" if hangs else ""
    return rf"{{\pard\li{_INDENT}\fi-{_INDENT}{stop}\sa120 {to_rtf(formatted)}\par}}"


def _run(run: FormattedRun) -> str:
    words = "".join(word for style, word in _STYLES if style in run.style)
    text = _text(run.text)
    if words:
        text = f"{{{words} {text}}}"
    if not run.link:
        return text
    address = shown_address(run.link)
    return rf'{{\field{{\*\fldinst{{HYPERLINK "{_text(address)}"}}}}{{\fldrslt{{\cf2 {text}}}}}}}'


def _text(text: str) -> str:
    return _ESCAPED.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    character = found[0]
    match character:
        case "\\" | "{" | "}":
            return "\\" + character
        case "\n" | "\r" | "\v" | "\u2028" | "\u2029":
            return r"\line "
        case "\t":
            return r"\tab "
        case "\u00a0":
            return r"\~"
    code = ord(character)
    if code < 0x20 or code == 0x7F:
        return ""
    if code <= 0xFFFF:
        return _unit(code)
    # Two halves of UTF-16, as everything in RTF that is called Unicode.
    code -= 0x10000
    return _unit(0xD800 + (code >> 10)) + _unit(0xDC00 + (code & 0x3FF))


def _unit(code: int) -> str:
    """The number as RTF wants it, 16 bits with a sign; then what shows instead, by code: a blank behind it stays."""
    return rf"\u{code - 0x10000 if code > 0x7FFF else code}\'3f"
