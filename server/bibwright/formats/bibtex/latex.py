"""LaTeX in field values to rich text, and back.

The library decodes everything, in milliseconds a value; a bibliography has tens of thousands of values that need a
handful of accents, braces and simple commands. Those are decoded here in microseconds; a command that is not in the
tables goes to the library, and what it does not know either stays as written (`Style.VERBATIM`). No function here
fails, whatever the text; nesting is kept on a list, so its depth does not matter.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from bibwright.formats.bibtex.latex_tables import (
    ACCENTS,
    CAPITALS,
    COMMANDS_OF_STYLE,
    DISCARDED,
    ESCAPES,
    LIGATURES,
    MATH_SYMBOLS,
    SPACING_ACCENTS,
    STYLE_COMMANDS,
    STYLE_SWITCHES,
    SYMBOLS,
    TRANSPARENT,
)
from bibwright.model.richtext import RichText, Run, Style, join_runs, plain_text, rich_text

if TYPE_CHECKING:
    from bibtexparser.middlewares import LatexDecodingMiddleware

_NEEDS_DECODING = re.compile(r"[\\{}$~]|--|``|''")
_NEEDS_ENCODING = re.compile(f"[{re.escape(''.join(ESCAPES))}]")
#: TeX folds the blanks of ASCII alone: a no-break or an ideographic space is a character like others.
_ASCII_BLANKS = " \t\r\n\f\v"
_PARAGRAPH_END = re.compile(r"(?<![ \t\f\v])[ \t\f\v]*+(?:\r\n?|\n)(?:[ \t\f\v]*+(?:\r\n?|\n))++[ \t\f\v\r\n]*")
_BLANKS = re.compile(r"[ \t\r\f\v]+")
_TOKEN = re.compile(
    r"\\(?P<command>[A-Za-z]+)\*?\s*|\\(?P<symbol>.)|(?P<brace>[{}])|(?P<math>\$\$?)"
    r"|(?P<ligature>---?|``|''|~)|(?P<text>[^\\{}$~`'-]+|.)",
    re.DOTALL,
)
_MATH_TOKEN = re.compile(
    r"\\(?P<command>[A-Za-z]+)\s*|(?P<script>[_^])|(?P<letters>[A-Za-z]+)|(?P<other>[^\\{}$&#~_^]|\\[ ,;:!%&#_{}])"
    r"|(?P<brace>[{}])",
    re.DOTALL,
)
_BRACE = re.compile("[{}]")
_COMMAND = re.compile(r"\\[A-Za-z]+")
_OPTION = re.compile(r"\[[^\[\]{}]*+\]")
#: How writers get characters past TeX in addresses; alone in a group, the group is part of it.
_VERBATIM_SIGN = (
    r"\\(?:string)?([_%&#~{}^$])(?:\{\})?|(~)|(\$\\sim\$)"
    r"|(\\(?:textasciitilde|textless|textgreater|textunderscore))(?:\{\}|(?![A-Za-z])) ?"
)
_VERBATIM_ESCAPE = re.compile(rf"\{{(?:{_VERBATIM_SIGN})\}}|(?:{_VERBATIM_SIGN})")
_VERBATIM_COMMANDS = {
    r"$\sim$": "~",
    r"\textasciitilde": "~",
    r"\textless": "<",
    r"\textgreater": ">",
    r"\textunderscore": "_",
}


#: Code points of a value that is remembered.
_LONGEST_KNOWN = 80
_BRACE = re.compile("[{}]")


class _Frame(NamedTuple):
    """An open group: what its closing brace does, and what was so before it."""

    kind: str
    detail: str
    first_run: int
    style: Style


def decode_text(value: str) -> RichText:
    """A value as rich text, line ends as blanks and blank lines as the ends of paragraphs; braces are dropped."""
    runs = _decode(value, Style.NONE)
    return tuple(runs) if len(runs) < 2 else join_runs(list(runs))


def decode_title(value: str) -> RichText:
    """As `decode_text`, but the text of brace groups is marked `NOCASE`, unless one group holds the whole value."""
    return _decode(strip_outer_braces(value), Style.NOCASE)


def decode_plain(value: str) -> str:
    """The characters of `decode_text`, hard blanks as ordinary ones."""
    return plain_text(decode_text(value)).replace("\u00a0", " ")


def decode_verbatim(value: str) -> str:
    r"""A value of a field that TeX takes as written (`url`, `doi`): only `\_`, `\%` and the like are undone."""
    value = strip_outer_braces(value.strip())
    if value.startswith(r"\url{") and value.endswith("}"):
        value = value[5:-1]
    return _VERBATIM_ESCAPE.sub(_verbatim_sign, value) if "\\" in value or "{~}" in value else value


def _verbatim_sign(match: re.Match[str]) -> str:
    sign = next(group for group in match.groups() if group is not None)
    return _VERBATIM_COMMANDS.get(sign, sign)


def encode_text(text: RichText) -> str:
    """Rich text as LaTeX: specials escaped, styles as commands, `NOCASE` as braces; other characters as they are."""
    return "".join(_encode_run(run) for run in text).replace("\n", "\n\n")


def encode_plain(text: str) -> str:
    """Plain text as LaTeX."""
    return encode_text(rich_text(text))


def is_balanced(value: str) -> bool:
    """Whether every brace has its partner, as BibTeX counts them."""
    depth = 0
    for brace in _BRACE.findall(value):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0


def strip_outer_braces(value: str) -> str:
    """The value without the brace groups that hold all of it."""
    value = value.strip()
    if not value.startswith("{") or not value.endswith("}") or not is_balanced(value):
        return value
    lowest = _lowest_depth_inside(value)
    outer = 0
    while outer < lowest and value[outer] == "{" and value[-1 - outer] == "}":
        outer += 1
    return value[outer : len(value) - outer].strip()


def _lowest_depth_inside(value: str) -> int:
    """How many brace groups are open all the way from the first run of opening to the last run of closing braces."""
    opening = len(value) - len(value.lstrip("{"))
    closing = len(value) - len(value.rstrip("}"))
    depth = lowest = opening
    for brace in _BRACE.findall(value[opening : len(value) - closing]):
        depth += 1 if brace == "{" else -1
        lowest = min(lowest, depth)
    return min(lowest, depth, closing)


def _decode(value: str, group_style: Style) -> RichText:
    # Journals, publishers and people come again and again.
    return (_decode_known if len(value) <= _LONGEST_KNOWN else _decode_anew)(value, group_style)


def _decode_anew(value: str, group_style: Style) -> RichText:
    value = value.strip(_ASCII_BLANKS)
    if "\n" in value or "\r" in value:
        value = _PARAGRAPH_END.sub("\x00", value).replace("\r", " ").replace("\n", " ").replace("\x00", "\n")
    value = _BLANKS.sub(" ", value)
    if not _NEEDS_DECODING.search(value):
        return rich_text(value)
    return join_runs(_Decoder(value, group_style).decode())


_decode_known = lru_cache(maxsize=4096)(_decode_anew)


class _Decoder:
    """One pass over a value; `runs` grows, `style` is that of the text to come."""

    def __init__(self, value: str, group_style: Style) -> None:
        self.value = value
        self.group_style = group_style
        self.at = 0
        self.style = Style.NONE
        self.runs: list[Run] = []
        self.frames: list[_Frame] = []

    def decode(self) -> list[Run]:
        while (match := _TOKEN.match(self.value, self.at)) is not None:
            start, self.at = self.at, match.end()
            token = match[match.lastgroup or "text"]
            match match.lastgroup:
                case "text":
                    self.emit(token)
                case "ligature":
                    self.emit(LIGATURES[token])
                case "brace" if token == "{":
                    self.open("group", "")
                case "brace":
                    self.close()
                case "math":
                    self.math(start, token)
                case _:
                    self.command(token, start)
        while self.frames:
            self.close()
        return self.runs

    def emit(self, text: str) -> None:
        self.runs.append(Run(text, self.style))

    def open(self, kind: str, detail: str, style: Style = Style.NONE) -> None:
        """Begin a group at the place behind its opening brace."""
        self.frames.append(_Frame(kind, detail, len(self.runs), self.style))
        # A group that begins with a command is BibTeX's "special character", which protects nothing.
        if kind == "group" and not self.value.startswith("\\", self.at):
            style |= self.group_style
        self.style |= style

    def close(self) -> None:
        if not self.frames:
            return
        frame = self.frames.pop()
        if frame.kind == "accent":
            argument = plain_text(tuple(self.runs[frame.first_run :]))
            del self.runs[frame.first_run :]
            self.style = frame.style
            self.emit(_accented(frame.detail, argument))
        elif frame.kind == "quote":
            self.emit("”")
        elif frame.kind == "capitals":
            self.runs[frame.first_run :] = [
                run if Style.VERBATIM in run.style else Run(run.text.upper(), run.style)
                for run in self.runs[frame.first_run :]
            ]
        self.style = frame.style

    def command(self, name: str, start: int) -> None:
        if name in ACCENTS:
            self.accent(name)
        elif (symbol := SYMBOLS.get(name)) is not None:
            self.emit(symbol)
            self.skip_empty_group()
        elif (style := STYLE_SWITCHES.get(name)) is not None:
            self.style |= style
        elif (style := STYLE_COMMANDS.get(name)) is not None and self.opens():
            self.open("style", "", style)
        elif name in TRANSPARENT and self.opens():
            self.open("style", "")
        elif name in ("enquote", "mkbibquote") and self.opens():
            self.open("quote", "")
            self.emit("“")
        elif name in CAPITALS and self.opens():
            self.open("capitals", "")
        elif name == "href" and self.value.startswith("{", self.at):
            self.link(start)
        elif name == "ensuremath" and (argument := self.argument()) is not None:
            self.decoded_math(argument, self.value[start : self.at])
        elif name == "(" and (end := self.value.find(r"\)", self.at)) >= 0:
            formula, self.at = self.value[self.at : end], end + 2
            self.decoded_math(formula, self.value[start : self.at])
        elif name in ("url", "nolinkurl", "path") and self.value.startswith("{", self.at):
            end = self.group_end(self.at)
            self.emit(decode_verbatim(self.value[self.at + 1 : end - 1]))
            self.at = end
        elif name not in DISCARDED:
            self.unknown(name, start)

    def opens(self) -> bool:
        """Whether a group begins here; if so, go behind its brace."""
        if self.value.startswith("{", self.at):
            self.at += 1
            return True
        return False

    def argument(self) -> str | None:
        """What the group or the command that begins here holds, and go behind it; None where there is neither."""
        if self.value.startswith("{", self.at):
            start, self.at = self.at, self.group_end(self.at)
            return self.value[start + 1 : self.at - 1]
        if (match := _COMMAND.match(self.value, self.at)) is not None:
            self.at = match.end()
            return match.group()
        return None

    def link(self, start: int) -> None:
        r"""`\href{address}{text}`: the text."""
        end = self.group_end(self.at)
        if self.value.startswith("{", end):
            self.at = end + 1
            self.open("style", "")
        else:
            self.unknown("href", start)

    def skip_empty_group(self) -> None:
        if self.value.startswith("{}", self.at):
            self.at += 2

    def accent(self, name: str) -> None:
        value = self.value
        while value.startswith(" ", self.at):
            self.at += 1
        if self.opens():
            self.open("accent", name)
        elif (match := re.compile(r"\\([ij])(?![A-Za-z])\s*").match(value, self.at)) is not None:
            self.at = match.end()
            self.emit(_accented(name, match[1]))
            self.skip_empty_group()
        elif self.at < len(value) and value[self.at] not in "\\}$":
            self.at += 1
            self.emit(_accented(name, value[self.at - 1]))
        else:
            self.emit(_accented(name, ""))

    def unknown(self, name: str, start: int) -> None:
        """A command from outside the tables: the library's, else kept as written with its arguments."""
        text = _library_symbol(name)
        if text.strip():
            self.emit(text)
            self.skip_empty_group()
            return
        # What prints nothing may still say something: it is kept rather than dropped.
        self.at = self.arguments_end(self.at)
        self.runs.append(Run(self.value[start : self.at], self.style | Style.VERBATIM))

    def arguments_end(self, at: int) -> int:
        """Behind the groups and options that follow at once; the end of the value where a brace has no partner."""
        while at < len(self.value):
            if self.value[at] == "{":
                at = self.group_end(at)
            elif (option := _OPTION.match(self.value, at)) is not None:
                at = option.end()
            else:
                break
        return at

    def group_end(self, at: int) -> int:
        """Behind the group that begins here; the end of the value where its brace has no partner."""
        depth = 0
        for match in _BRACE.finditer(self.value, at):
            depth += 1 if match.group() == "{" else -1
            if depth == 0:
                return match.end()
        return len(self.value)

    def math(self, start: int, delimiter: str) -> None:
        end = self.value.find(delimiter, self.at)
        if end < 0:
            self.emit(delimiter)  # a lone dollar is money
            return
        formula, self.at = self.value[self.at : end], end + len(delimiter)
        self.decoded_math(formula, self.value[start : self.at])

    def decoded_math(self, formula: str, source: str) -> None:
        runs = _decode_math(formula)
        if runs is None:
            self.runs.append(Run(source, self.style | Style.VERBATIM))
        else:
            self.runs += [Run(run.text, run.style | self.style) for run in runs]


def _decode_math(formula: str) -> list[Run] | None:
    """A simple formula (letters, digits, signs, one level of sub- and superscript) as runs; None for any other."""
    runs: list[Run] = []
    script = Style.NONE
    in_group = False
    at = 0
    while at < len(formula):
        match = _MATH_TOKEN.match(formula, at)
        if match is None:
            return None
        at = match.end()
        token = match[match.lastgroup or "other"]
        match match.lastgroup:
            case "script":
                if script:
                    return None
                script = Style.SUBSCRIPT if token == "_" else Style.SUPERSCRIPT
                in_group = formula.startswith("{", at)
                at += in_group
                continue
            case "brace":
                if token == "{" or not in_group:
                    return None
                script, in_group = Style.NONE, False
                continue
            case "letters" if script and not in_group and len(token) > 1:
                runs += [Run(token[0], script | Style.ITALIC), Run(token[1:], Style.ITALIC)]
            case "letters":
                runs.append(Run(token, script | Style.ITALIC))
            case "command":
                if token in ("mathrm", "text", "rm", "mathit", "mbox") and formula.startswith("{", at):
                    end = formula.find("}", at)
                    inner = formula[at + 1 : end]
                    if end < 0 or not re.fullmatch(r"[\w\s.,+-]*", inner):
                        return None
                    runs.append(Run(inner, script))
                    at = end + 1
                elif token == "circ" and script is Style.SUPERSCRIPT:
                    runs.append(Run("°"))
                elif token in MATH_SYMBOLS:
                    symbol = MATH_SYMBOLS[token]
                    # The blank that ends the command is none of the text, but signs between two terms have room.
                    if runs and not script and match[0][-1].isspace() and _is_operator(symbol) and at < len(formula):
                        symbol = f" {symbol} " if not runs[-1].text.endswith(" ") else f"{symbol} "
                    runs.append(Run(symbol, script))
                else:
                    return None
            case _:
                text = token.removeprefix("\\")
                text = "" if token == "\\!" else " " if token in ("\\,", "\\;", "\\:") else text
                runs.append(Run("−" if text == "-" else text.replace("*", "∗"), script))
        if not in_group:
            script = Style.NONE
    return None if in_group or script else runs


def _is_operator(symbol: str) -> bool:
    return symbol not in "∞∂∇∑" and unicodedata.category(symbol[:1] or " ") == "Sm"


def _accented(accent: str, argument: str) -> str:
    """The argument's first letter with the accent, as one character where Unicode has it."""
    argument = argument.strip()
    if not argument:
        return SPACING_ACCENTS.get(accent, "")
    base = {"ı": "i", "ȷ": "j"}.get(argument[0], argument[0])
    if accent == "t" and len(argument) > 1:
        return base + ACCENTS[accent] + argument[1:]
    return unicodedata.normalize("NFC", base + ACCENTS[accent]) + argument[1:]


def _encode_run(run: Run) -> str:
    is_plain = run.style is Style.NONE
    if is_plain:  # nearly all text, and sets of styles are slow
        return _NEEDS_ENCODING.sub(_escape, run.text)
    if Style.VERBATIM in run.style and is_balanced(run.text):
        return run.text
    text = run.text
    if _NEEDS_ENCODING.search(text):
        text = _NEEDS_ENCODING.sub(_escape, text)
    if Style.NOCASE in run.style:
        text = "{" + text + "}"
    for style, command in COMMANDS_OF_STYLE:
        if style in run.style:
            text = f"\\{command}{{{text}}}"
    return text


def _escape(match: re.Match[str]) -> str:
    return ESCAPES[match.group()]


@cache
def _decoder() -> LatexDecodingMiddleware:
    from bibtexparser.middlewares import LatexDecodingMiddleware

    return LatexDecodingMiddleware()


@cache
def _library_symbol(name: str) -> str:
    """The text that the library has for a command without arguments, or empty.

    Of its other commands some print what no document does (`<cit.>`, today's date), and some fail.
    """
    spec = _decoder()._decoder.latex_context.get_macro_spec(name)
    replacement = getattr(spec, "simplify_repl", None)
    if not isinstance(replacement, str) or not spec.macroname or any(sign in replacement for sign in "%<\n"):
        return ""
    if name == "today" or _takes_arguments(name):
        return ""
    text, error = _decoder()._transform_python_value_string("\\" + name)
    return "" if error else text


def _takes_arguments(name: str) -> bool:
    from pylatexenc.latexwalker import get_default_latex_context_db

    spec = get_default_latex_context_db().get_macro_spec(name)
    return bool(getattr(getattr(spec, "args_parser", None), "argspec", ""))
