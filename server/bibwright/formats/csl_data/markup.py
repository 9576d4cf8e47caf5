"""The markup that strings of CSL-JSON may hold: `<i>`, `<b>`, `<sup>`, `<sub>`, `<sc>` and two kinds of `<span>`."""

from __future__ import annotations

import re

from bibwright.model.richtext import RichText, Run, Style, join_runs

_TAG = re.compile(r"<(/?)(i|b|sup|sub|sc|span)((?:\s[^<>]{0,200})?)>")
_STYLES = {
    "i": Style.ITALIC,
    "b": Style.BOLD,
    "sup": Style.SUPERSCRIPT,
    "sub": Style.SUBSCRIPT,
    "sc": Style.SMALL_CAPS,
}
_SMALL_CAPS = '<span style="font-variant:small-caps;">'
#: The outermost first, with what begins and ends it.
_TAGS = (
    (Style.NOCASE, '<span class="nocase">', "</span>"),
    (Style.NODECOR, '<span class="nodecor">', "</span>"),
    (Style.SMALL_CAPS, _SMALL_CAPS, "</span>"),
    (Style.BOLD, "<b>", "</b>"),
    (Style.ITALIC, "<i>", "</i>"),
    (Style.SUPERSCRIPT, "<sup>", "</sup>"),
    (Style.SUBSCRIPT, "<sub>", "</sub>"),
)


def read_markup(text: str) -> RichText:
    """The text as runs; a tag that is not closed stays text."""
    if "<" not in text:
        return (Run(text),) if text else ()
    last_end = {tag: text.rfind(f"</{tag}>") for tag in (*_STYLES, "span")}
    runs: list[Run] = []
    open_tags: list[tuple[str, Style]] = []
    at = 0
    for found in _TAG.finditer(text):
        closing, tag, attributes = found.groups()
        if closing:
            if not open_tags or open_tags[-1][0] != tag:
                continue
        elif last_end[tag] < found.end():
            continue
        runs.append(Run(text[at : found.start()], _combined(open_tags)))
        at = found.end()
        if closing:
            open_tags.pop()
        else:
            open_tags.append((tag, _style(tag, attributes)))
    runs.append(Run(text[at:], _combined(open_tags)))
    return join_runs(runs)


def _combined(open_tags: list[tuple[str, Style]]) -> Style:
    style = Style.NONE
    for _, more in open_tags:
        # Italics in italics stand upright.
        style = style ^ more if more in (Style.ITALIC, Style.BOLD, Style.SMALL_CAPS) else style | more
    return style


def _style(tag: str, attributes: str) -> Style:
    if tag != "span":
        return _STYLES[tag]
    if "nodecor" in attributes:
        return Style.NODECOR
    if "nocase" in attributes:
        return Style.NOCASE
    return Style.SMALL_CAPS if "small-caps" in attributes else Style.NONE


def write_markup(value: RichText) -> str:
    """The runs with tags around them. What has no tag (underline, source that was not decoded) is plain text."""
    parts: list[str] = []
    open_tags: list[tuple[Style, str]] = []
    for text, style in value:
        wanted = [(one, begin, end) for one, begin, end in _TAGS if one in style]
        kept = 0
        while kept < min(len(open_tags), len(wanted)) and open_tags[kept][0] == wanted[kept][0]:
            kept += 1
        parts += [end for _, end in reversed(open_tags[kept:])]
        parts += [begin for _, begin, _ in wanted[kept:]]
        open_tags[kept:] = [(one, end) for one, _, end in wanted[kept:]]
        parts.append(text)
    parts += [end for _, end in reversed(open_tags)]
    return "".join(parts)
