"""Characters outside ASCII as commands of LaTeX, for the `bibtex` program, which knows only bytes."""

from __future__ import annotations

import unicodedata
from functools import cache

from bibwright.formats.bibtex.latex_tables import ACCENTS, LIGATURES, SYMBOLS

#: Commands that plain LaTeX does not have, and those that have more meanings than the character.
_NOT_WRITTEN = frozenset(
    ("SS", "euro", "cprime", "cdprime", "glqq", "grqq", "glq", "grq", "flqq", "frqq", "bibrangedash", "LaTeXe")
)
#: Under an accent these lose their dot; the accents that stand below leave it.
_DOTLESS = {"i": r"{\i}", "j": r"{\j}"}
_BELOW = frozenset(("c", "k", "b", "d", "textcommabelow"))
_QUOTES = {"\u2018": "`", "\u2019": "'"}


def encode_ascii(text: str) -> str | None:
    """The text in ASCII, each command in braces of its own; None when LaTeX has no command for some character."""
    encoded = [_encode(character) for character in unicodedata.normalize("NFC", text)]
    return "".join(piece for piece in encoded if piece is not None) if None not in encoded else None


def _encode(character: str) -> str | None:
    if character.isascii():
        return character
    known = _commands().get(character)
    if known is not None:
        return known
    base, *marks = list(unicodedata.normalize("NFD", character))
    latex = base if base.isascii() and base.isalpha() else _commands().get(base)
    if latex is None or not marks:
        return None
    for mark in marks:
        accent = _accents().get(mark)
        if accent is None:
            return None
        latex = _accented(accent, latex)
    return latex


def _accented(accent: str, latex: str) -> str:
    """The letter in LaTeX with the accent, in braces all around: they keep it in one piece where names are cut."""
    if latex in _DOTLESS and accent not in _BELOW:
        latex = _DOTLESS[latex]
    argument = latex if latex.startswith("{") or not accent.isalpha() else f"{{{latex}}}"
    return f"{{\\{accent}{argument}}}"


@cache
def _commands() -> dict[str, str]:
    commands = {"\u202f": r"\,"}
    for name, character in SYMBOLS.items():
        if name.isalpha() and len(character) == 1 and not character.isascii() and name not in _NOT_WRITTEN:
            commands.setdefault(character, f"{{\\{name}}}")
    return commands | {character: latex for latex, character in LIGATURES.items()} | _QUOTES


@cache
def _accents() -> dict[str, str]:
    accents: dict[str, str] = {}
    for name, mark in ACCENTS.items():
        accents.setdefault(mark, name)
    return accents
