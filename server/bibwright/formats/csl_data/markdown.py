r"""The markup of strings in CSL-YAML: pandoc reads them as Markdown, other programs as CSL-JSON's HTML.

Both are read; what is not plainly markup is text. Written is Markdown, with a backslash before whatever pandoc would
take for markup. Formulas, links and quotation marks are left as they are.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from bibwright.formats.csl_data.markup import read_markup, write_markup
from bibwright.model.richtext import RichText, Run, Style
from bibwright.text.spans import Span

_PUNCTUATION = re.escape("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_ESCAPED = re.compile(rf"\\([{_PUNCTUATION}])")
_TOKEN = re.compile(
    rf"\\[{_PUNCTUATION} ]|~~|\*\*|[*_^~\[]|\](?:\{{\s*\.(nocase|smallcaps|underline)\s*\}})?|"
    r"<!--\s*-->|<(/?)(i|b|sup|sub|sc|span)(\s[^<>]{0,200})?>"
)
_BLANK = re.compile(r"(?<!\\)\s")
_SPACE = re.compile(r"\s")
_HTML = {"*": "i", "_": "i", "**": "b", "^": "sup", "~": "sub"}
_CLASSES = {
    "nocase": '<span class="nocase">',
    "smallcaps": '<span style="font-variant:small-caps;">',
    "underline": "<span>",
}
#: Each begins something in pandoc's Markdown wherever it stands.
_ALWAYS = re.compile(r"[\\*`\[\]^~$]|(?<![^\W_])_|_(?![^\W_])|<(?=[\w/!?])|(?<!\w)@(?=\w)|&(?=#?\w+;)|--|\.\.\.")
#: The outermost first, with what begins and ends it.
_SPANS = ((Style.NOCASE, "nocase"), (Style.SMALL_CAPS, "smallcaps"), (Style.UNDERLINE, "underline"))
_SIGNS = ((Style.BOLD, "**"), (Style.ITALIC, "*"), (Style.SUPERSCRIPT, "^"), (Style.SUBSCRIPT, "~"))


def unescape(text: str) -> str:
    """Text without the backslashes that keep its signs from being markup."""
    return _ESCAPED.sub(r"\1", text) if "\\" in text else text


def escape(text: str) -> str:
    """Text with a backslash before each sign that pandoc would take for markup."""
    return _ALWAYS.sub(r"\\\g<0>", text)


def escape_address(text: str) -> str:
    """As `escape`, for an address or a number: a sign that comes once alone is no markup in pandoc either."""
    counts = Counter(text)
    return _ALWAYS.sub(
        lambda match: match[0] if match[0] in "*^~$[]@" and counts[match[0]] < 2 else f"\\{match[0]}", text
    )


class _Token(NamedTuple):
    start: int
    end: int
    sign: str
    written_as: str


def read_markdown(text: str) -> str:
    """The text with CSL-JSON's tags for the markup in it."""
    tokens = [_Token(match.start(), match.end(), *_meaning(text, match)) for match in _TOKEN.finditer(text)]
    if not tokens:
        return text
    partners = _pairs(text, tokens)
    parts: list[str] = []
    at = 0
    closing: dict[int, str] = {}
    for place, token in enumerate(tokens):
        parts.append(text[at : token.start])
        at = token.end
        if (partner := partners.get(place)) is not None:
            begin, end = _tags(token, tokens[partner])
            parts.append(begin)
            closing[partner] = end
        else:
            parts.append(closing.get(place, token.written_as))
    parts.append(text[at:])
    return "".join(parts)


def _meaning(text: str, match: re.Match[str]) -> tuple[str, str]:
    """The sign of a token (empty: text), and how it is written when it turns out to be text."""
    written = match[0]
    if written[0] == "\\":
        return "", written[1]
    if written == "~~":
        return "", written
    if written.startswith("<!"):
        return "", ""
    if match[3]:
        return f"<{match[2]}{match[3]}", written
    return written[:1] if written[0] == "]" else written, written


def _pairs(text: str, tokens: list[_Token]) -> dict[int, int]:
    """Which token ends what which token began; pairs do not cross."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    counts: dict[str, int] = {}
    for place, token in enumerate(tokens):
        sign, before, after = token.sign, text[token.start - 1 : token.start], text[token.end : token.end + 1]
        if not sign:
            continue
        opening = _opening_of(sign)
        if opening and counts.get(opening) and _may_end(sign, before, after):
            while tokens[opened[-1]].sign != opening:
                counts[tokens[opened.pop()].sign] -= 1
            start = opened.pop()
            counts[opening] -= 1
            inner = Span(tokens[start].end, token.start)
            has_class = sign != "]" or len(token.written_as) > 1
            has_blanks = sign in ("^", "~") and _BLANK.search(text, *inner) is not None
            if has_class and inner.start < inner.end and not has_blanks:
                pairs[start] = place
                continue
        if sign == "]" or sign.startswith("</"):
            continue
        if _may_begin(sign, before, after):
            opened.append(place)
            counts[sign] = counts.get(sign, 0) + 1
    return pairs


def _opening_of(sign: str) -> str:
    if sign == "]":
        return "["
    if sign[0] == "<":
        return "<" + sign[2:] if sign[1] == "/" else ""
    return "" if sign == "[" else sign


def _may_begin(sign: str, before: str, after: str) -> bool:
    if sign in _HTML:
        return bool(after.strip()) and not (sign == "_" and before.isalnum())
    return True


def _may_end(sign: str, before: str, after: str) -> bool:
    if sign in _HTML:
        return bool(before.strip()) and not (sign == "_" and after.isalnum())
    return True


def _tags(opening: _Token, closing: _Token) -> tuple[str, str]:
    if opening.sign in _HTML:
        tag = _HTML[opening.sign]
        return f"<{tag}>", f"</{tag}>"
    if opening.sign == "[":
        css_class = closing.written_as.strip("]{} .\t")
        return _CLASSES[css_class], "</span>"
    return opening.written_as, closing.written_as


def write_markdown(text: str) -> str:
    """A string with CSL-JSON's tags as Markdown; with tags where Markdown cannot say it (`a<i> b</i>`)."""
    value = read_markup(text)
    written = _write_runs(value)
    if (len(value) == 1 and value[0].style is Style.NONE) or read_markup(read_markdown(written)) == value:
        return written
    return write_markup(tuple(Run(escape(run), style) for run, style in value))


def _write_runs(value: RichText) -> str:
    parts: list[str] = []
    open_marks: list[tuple[Style, str]] = []
    ends = _ends(value)
    for at, (text, style) in enumerate(value):
        wanted = [(one, "[", f"]{{.{name}}}") for one, name in _SPANS if one in style]
        wanted += [(one, sign, sign) for one, sign in _SIGNS if one in style]
        # What goes on longest is the outermost, so that nothing is interrupted.
        is_open = {one for one, _ in open_marks}
        wanted.sort(key=lambda mark: (-ends[at][mark[0]], mark[0] not in is_open))
        kept = 0
        while kept < min(len(open_marks), len(wanted)) and open_marks[kept][0] == wanted[kept][0]:
            kept += 1
        closing = "".join(end for _, end in reversed(open_marks[kept:]))
        opening = "".join(begin for _, begin, _ in wanted[kept:])
        # Stars that meet would be one mark, and `[^` begins a footnote.
        between = "<!-- -->" if closing.endswith("*") and opening.startswith("*") else ""
        parts += [closing, between, opening.replace("[^", "[<!-- -->^")]
        open_marks[kept:] = [(one, end) for one, _, end in wanted[kept:]]
        escaped = escape(text)
        if style & (Style.SUPERSCRIPT | Style.SUBSCRIPT):
            escaped = _SPACE.sub(r"\\\g<0>", escaped)
        parts.append(escaped)
    parts += [end for _, end in reversed(open_marks)]
    return "".join(parts)


def _ends(value: RichText) -> list[dict[Style, int]]:
    """For each run and each style in it, the run behind which the style ends."""
    ends: list[dict[Style, int]] = []
    following: dict[Style, int] = {}
    for at in range(len(value) - 1, -1, -1):
        following = {style: following.get(style, at) for style, *_ in (*_SPANS, *_SIGNS) if style in value[at].style}
        ends.append(following)
    return ends[::-1]
