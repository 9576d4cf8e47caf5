"""Citations as HTML; the class names are those of other CSL processors."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import TYPE_CHECKING

from bibwright.model.richtext import Style as FontStyle

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bibwright.csl.output.runs import Block, Formatted, FormattedRun, ListedEntry


def to_html(formatted: Formatted) -> str:
    """HTML for the inside of one element, with links."""
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


def html_list(entries: Sequence[ListedEntry]) -> str:
    """One element that holds an element an entry."""
    lines = [f'  <div class="csl-entry">{to_html(entry.formatted)}</div>\n' for entry in entries]
    return f'<div class="csl-bib-body">\n{"".join(lines)}</div>\n'


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
