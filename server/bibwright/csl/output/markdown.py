"""Citations as Markdown (CommonMark)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bibwright.csl.output.runs import break_before, with_previous
from bibwright.model.richtext import Style as FontStyle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bibwright.csl.output.runs import Formatted, FormattedRun, ListedEntry

_MARKDOWN_SPECIAL = re.compile(r"[\\`*_\[\]<>|~$]|&(?=#?\w+;)|!(?=\[)")
#: What would begin a heading, a list or a quotation at the start of a line.
_LINE_OPENER = re.compile(r"(?m)^(\s*(?:\d{1,9}(?=[.)](?:\s|$)))?)([.)#+\-=](?=\s|$|[#=\-]))")
_SUPERSCRIPT = dict(zip("0123456789+-=()niaeor", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱᵃᵉᵒʳ", strict=True))
_SUBSCRIPT = dict(zip("0123456789+-=()aeoxn", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓₙ", strict=True))

_PUNCTUATION = frozenset(".,;:!? ")


def to_markdown(formatted: Formatted) -> str:
    """CommonMark on one paragraph, with links; superscripts in Unicode, since editors do not show `<sup>`."""
    parts: list[str] = []
    for before, run in with_previous(formatted):
        parts.append(break_before(before, run, "  \n"))
        parts.append(_markdown_run(run))
    text = "".join(parts)
    return _LINE_OPENER.sub(lambda found: f"{found[1]}\\{found[2]}", text)


def escape_markdown(text: str) -> str:
    """Text that shows as it is."""
    return _MARKDOWN_SPECIAL.sub(lambda found: "\\" + found[0], text)


def markdown_list(entries: Sequence[ListedEntry]) -> str:
    """A paragraph an entry."""
    return "\n".join(f"{to_markdown(entry.formatted)}\n" for entry in entries)


def _markdown_run(run: FormattedRun) -> str:
    text = run.text
    if FontStyle.SUPERSCRIPT in run.style:
        text = _raised(text, _SUPERSCRIPT)
    elif FontStyle.SUBSCRIPT in run.style:
        text = _raised(text, _SUBSCRIPT)
    text = escape_markdown(text)
    marks = "*" * (FontStyle.ITALIC in run.style) + "**" * (FontStyle.BOLD in run.style)
    core = text.strip()
    if marks and core:
        # Emphasis may not begin or end with a blank: CommonMark would show the asterisks.
        lead = text[: len(text) - len(text.lstrip())]
        trail = text[len(text.rstrip()) :]
        text = f"{lead}{marks}{core}{marks}{trail}"
    return f"[{text}]({_markdown_target(run.link)})" if run.link else text


def _raised(text: str, letters: dict[str, str]) -> str:
    """`text` in Unicode's raised or lowered characters, or as it stands when one of them does not exist.

    Punctuation that a style set behind it stays as it is.
    """
    if all(letter in letters or letter in _PUNCTUATION for letter in text):
        return "".join(letters.get(letter, letter) for letter in text)
    return text


def _markdown_target(link: str) -> str:
    """The address with the characters that would end a Markdown target percent-encoded."""
    return re.sub(
        r"[\s()<>\\]", lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "replace")), link
    )
