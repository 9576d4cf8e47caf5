r"""Citations as LaTeX: the text of a `\bibitem`.

What is not ASCII stays as it is: LaTeX reads UTF-8 since 2018. Links need the package hyperref.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bibwright.csl.output.runs import shown_address, with_previous
from bibwright.model.richtext import Style as FontStyle

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bibwright.csl.output.runs import Formatted, FormattedRun, ListedEntry

_COMMANDS = (
    (FontStyle.ITALIC, r"\textit{"),
    (FontStyle.BOLD, r"\textbf{"),
    (FontStyle.SMALL_CAPS, r"\textsc{"),
    (FontStyle.UNDERLINE, r"\underline{"),
    (FontStyle.SUPERSCRIPT, r"\textsuperscript{"),
    (FontStyle.SUBSCRIPT, r"\textsubscript{"),
)
_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", "<": r"\textless{}", ">": r"\textgreater{}",
    "|": r"\textbar{}", "`": r"\textasciigrave{}", "\u00a0": "~",
    # With some languages of babel the sign begins a shorthand, which takes up the letter behind it.
    '"': '"{}',
}  # fmt: skip
#: Signs that TeX's fonts draw together to another: `--` to a dash, `''` and `,,` to quotation marks.
_LIGATURE = re.compile(r"(?<=-)(?=-)|(?<=')(?=')|(?<=,)(?=,)")
_ESCAPED = re.compile(r"[\\{}$&#%_^~<>|`\"\u00a0]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_LINE_END = re.compile(r"\s*[\r\n\v\f\u2028\u2029]\s*")
#: What a citation key cannot hold between the braces of `\bibitem`.
_NO_KEY = re.compile(r"[\\{}%#~\s,^$&\x00-\x1f\x7f]+")


def to_latex(formatted: Formatted) -> str:
    r"""The text of a `\bibitem`, on one line."""
    parts: list[str] = []
    open_commands: list[str] = []
    for before, run in with_previous(formatted):
        commands = list(_commands(run))
        if before is not None and before.block != run.block:
            _close(parts, open_commands, 0)
            parts.append(_block_break(before, run))
        shared = 0
        while shared < min(len(commands), len(open_commands)) and commands[shared] == open_commands[shared]:
            shared += 1
        _close(parts, open_commands, shared)
        parts += commands[shared:]
        open_commands += commands[shared:]
        parts.append(_linked(run))
    _close(parts, open_commands, 0)
    return "".join(parts)


def latex_bibliography(entries: Sequence[ListedEntry]) -> str:
    """An environment `thebibliography`; an entry without a key, or whose key has been taken, gets one of its number.

    What the style sets into the margin is the label.
    """
    lines = [rf"\begin{{thebibliography}}{{{len(entries)}}}"]
    taken: set[str] = set()
    for number, entry in enumerate(entries, 1):
        key = _NO_KEY.sub("-", entry.key)
        if not key or key in taken:
            key = f"{key}:{number}" if key else f"item:{number}"
        taken.add(key)
        margin, text = _split_margin(entry.formatted)
        label = to_latex(margin).strip()
        # `\bibitem` puts brackets about the label.
        label = label[1:-1] if label.startswith("[") and label.endswith("]") else label
        optional = f"[{{{label}}}]" if label else ""
        lines.append(rf"\bibitem{optional}{{{key}}} {to_latex(text)}")
    return "\n\n".join([*lines, r"\end{thebibliography}"]) + "\n"


def _split_margin(formatted: Formatted) -> tuple[Formatted, Formatted]:
    """The number or label that a style sets into the margin, and the rest; where there is no rest, that is all."""
    end = 0
    while end < len(formatted) and (block := formatted[end].block) is not None and block.kind == "left-margin":
        end += 1
    return (formatted[:end], formatted[end:]) if end < len(formatted) else ((), formatted)


def _commands(run: FormattedRun) -> Iterator[str]:
    for style, command in _COMMANDS:
        if style in run.style:
            yield command


def _close(parts: list[str], open_commands: list[str], keep: int) -> None:
    while len(open_commands) > keep:
        open_commands.pop()
        parts.append("}")


def _block_break(before: FormattedRun, run: FormattedRun) -> str:
    if before.block is not None and before.block.kind == "left-margin":
        return "" if before.text.endswith(" ") or run.text.startswith(" ") else " "
    indent = r"\hspace*{2em}" if run.block is not None and run.block.kind == "indent" else ""
    return rf"\newline {indent}"


def _linked(run: FormattedRun) -> str:
    if not run.link:
        return _text(run.text)
    address = shown_address(run.link)
    # Inside another command neither may stand alone.
    target = address.replace("%", r"\%").replace("#", r"\#")
    if run.text == address:
        return rf"\url{{{target}}}"
    return rf"\href{{{target}}}{{{_text(run.text)}}}"


def _text(text: str) -> str:
    text = _LINE_END.sub(" ", _CONTROL.sub("", text))
    # Signs that must not grow together are parted before those that stand for themselves are written.
    return "{}".join(_ESCAPED.sub(lambda found: _SPECIAL[found[0]], part) for part in _LIGATURE.split(text))
