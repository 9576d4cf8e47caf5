"""Formatted citations, and how they read as plain text, Markdown and HTML.

A formatted citation is a tuple of runs: escaping is done here, once and last, so no text is ever escaped
twice and no markup is ever parsed again.
"""

from __future__ import annotations

import html
import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from bibwright.model.richtext import Style as FontStyle

if TYPE_CHECKING:
    from collections.abc import Iterator


class Block(NamedTuple):
    """The block a run is set in (CSL `display`): `block`, `left-margin`, `right-inline` or `indent`.

    `number` tells two neighbouring blocks of one kind apart.
    """

    number: int
    kind: str


class FormattedRun(NamedTuple):
    """A stretch of text in one font style. `link` is the address that it leads to, or empty."""

    text: str
    style: FontStyle = FontStyle.NONE
    link: str = ""
    block: Block | None = None


Formatted = tuple[FormattedRun, ...]


def to_plain(formatted: Formatted) -> str:
    """The characters alone; superscripts and subscripts stand on the line."""
    return "".join(_break_before(before, run, "\n") + run.text for before, run in _with_previous(formatted))


def to_markdown(formatted: Formatted) -> str:
    """CommonMark on one paragraph, with links; superscripts in Unicode, since editors do not show `<sup>`."""
    parts: list[str] = []
    for before, run in _with_previous(formatted):
        parts.append(_break_before(before, run, "  \n"))
        parts.append(_markdown_run(run))
    text = "".join(parts)
    return _LINE_OPENER.sub(lambda found: f"{found[1]}\\{found[2]}", text)


def to_html(formatted: Formatted) -> str:
    """HTML for the inside of one element, with links; the class names are those of other CSL processors."""
    parts: list[str] = []
    open_tags: list[tuple[str, str]] = []
    block: Block | None = None
    for run in _with_tags_for_small(formatted):
        if run.block != block:
            _close(parts, open_tags, 0)
            parts.append("</div>" if block else "")
            parts.append(f'<div class="csl-{run.block.kind}">' if run.block else "")
            block = run.block
        tags = list(_tags(run))
        shared = 0
        while shared < min(len(tags), len(open_tags)) and tags[shared] == open_tags[shared]:
            shared += 1
        _close(parts, open_tags, shared)
        for tag in tags[shared:]:
            parts.append(tag[0])
            open_tags.append(tag)
        # HTML would show two blanks as one.
        parts.append(html.escape(run.text, quote=False).replace("  ", "\u00a0 "))
    _close(parts, open_tags, 0)
    parts.append("</div>" if block else "")
    return "".join(parts)


def _with_previous(formatted: Formatted) -> Iterator[tuple[FormattedRun | None, FormattedRun]]:
    previous = None
    for run in formatted:
        yield previous, run
        previous = run


def _break_before(previous: FormattedRun | None, run: FormattedRun, line_break: str) -> str:
    """What parts two blocks in text without blocks: a blank after a left margin, else a new line."""
    if previous is None or previous.block == run.block:
        return ""
    if previous.block and previous.block.kind == "left-margin":
        return "" if previous.text.endswith(" ") or run.text.startswith(" ") else " "
    return line_break


# --- Markdown

_MARKDOWN_SPECIAL = re.compile(r"[\\`*_\[\]<>|~$]|&(?=#?\w+;)|!(?=\[)")
#: What would begin a heading, a list or a quotation at the start of a line.
_LINE_OPENER = re.compile(r"(?m)^(\s*(?:\d{1,9}(?=[.)](?:\s|$)))?)([.)#+\-=](?=\s|$|[#=\-]))")
_SUPERSCRIPT = dict(zip("0123456789+-=()niaeor", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱᵃᵉᵒʳ", strict=True))
_SUBSCRIPT = dict(zip("0123456789+-=()aeoxn", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓₙ", strict=True))


def _markdown_run(run: FormattedRun) -> str:
    text = run.text
    if FontStyle.SUPERSCRIPT in run.style:
        text = _raised(text, _SUPERSCRIPT)
    elif FontStyle.SUBSCRIPT in run.style:
        text = _raised(text, _SUBSCRIPT)
    text = _MARKDOWN_SPECIAL.sub(lambda found: "\\" + found[0], text)
    marks = "*" * (FontStyle.ITALIC in run.style) + "**" * (FontStyle.BOLD in run.style)
    core = text.strip()
    if marks and core:
        # Emphasis may not begin or end with a blank: CommonMark would show the asterisks.
        lead = text[: len(text) - len(text.lstrip())]
        trail = text[len(text.rstrip()) :]
        text = f"{lead}{marks}{core}{marks}{trail}"
    return f"[{text}]({_markdown_target(run.link)})" if run.link else text


def _raised(text: str, letters: dict[str, str]) -> str:
    """`text` in Unicode's raised or lowered characters, or as it stands when one of them does not exist."""
    if all(letter in letters for letter in text):
        return "".join(letters[letter] for letter in text)
    return text


def _markdown_target(link: str) -> str:
    """The address with the characters that would end a Markdown target percent-encoded."""
    return re.sub(
        r"[\s()<>\\]", lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "replace")), link
    )


# --- HTML

#: Small raised or lowered characters, for which HTML has tags: `1ʳᵉ`.
_SMALL_RUN = re.compile(
    r"[ªº²³¹\u02b0-\u02b8\u02c0\u02c1\u02e0-\u02e4\u06e5\u06e6\u1d2c-\u1d61\u2070-\u207f\u2120\u2122\u3192-\u319f]+"
    r"|[\u2080-\u208e]+"
)
#: Those that Unicode does not call a compatibility form of another.
_ORDINARY = str.maketrans("ˀˁۥۦ", "ʔʕوي")


def _with_tags_for_small(formatted: Formatted) -> Iterator[FormattedRun]:
    """The runs, characters that are small by nature as ordinary ones in the style of that name."""
    for run in formatted:
        at = 0
        for found in _SMALL_RUN.finditer(run.text):
            if found.start() > at:
                yield run._replace(text=run.text[at : found.start()])
            style = FontStyle.SUBSCRIPT if "\u2080" <= found[0][0] <= "\u208e" else FontStyle.SUPERSCRIPT
            yield run._replace(
                text=unicodedata.normalize("NFKC", found[0]).translate(_ORDINARY), style=run.style | style
            )
            at = found.end()
        if at < len(run.text):
            yield run._replace(text=run.text[at:])


_TAGS = (
    (FontStyle.ITALIC, ("<i>", "</i>")),
    (FontStyle.BOLD, ("<b>", "</b>")),
    (FontStyle.SMALL_CAPS, ('<span style="font-variant:small-caps;">', "</span>")),
    (FontStyle.UNDERLINE, ('<span style="text-decoration:underline;">', "</span>")),
    (FontStyle.SUPERSCRIPT, ("<sup>", "</sup>")),
    (FontStyle.SUBSCRIPT, ("<sub>", "</sub>")),
)


def _tags(run: FormattedRun) -> Iterator[tuple[str, str]]:
    if run.link:
        yield f'<a href="{html.escape(run.link)}">', "</a>"
    if run.style:
        for style, tag in _TAGS:
            if style in run.style:
                yield tag


def _close(parts: list[str], open_tags: list[tuple[str, str]], keep: int) -> None:
    while len(open_tags) > keep:
        parts.append(open_tags.pop()[1])
