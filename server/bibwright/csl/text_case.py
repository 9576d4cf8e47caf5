"""Changing the case of text as a style asks, across runs, and sparing what a source has protected.

Title case is for English alone: in any other language the capitals of a title carry meaning.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from bibwright.csl.pieces import NOCASE, NODECOR, OPEN_QUOTE, SMALL_CAPS, SUBSCRIPT, SUPERSCRIPT, VERBATIM, Pieces

if TYPE_CHECKING:
    from collections.abc import Callable

#: Words that stay small inside a title (CSL 1.0.2, title case).
_SMALL_WORDS = """
a about above across afore after against al along alongside amid amidst among amongst an and anenst apropos apud
around as aside astride at athwart atop barring before behind below beneath beside besides between beyond but by c
ca ca. circa d' de despite down during et except for forenenst from given in inside into lest like modulo near next
nor notwithstanding of off on onto or out over per plus pro qua sans since so than the through throughout thruout
till to toward towards under underneath until unto up upon v v. van versus via vis-à-vis von vs vs. with within
without yet
"""
_SMALL = frozenset(_SMALL_WORDS.split())
_SPARED = NOCASE | NODECOR | SMALL_CAPS | SUPERSCRIPT | SUBSCRIPT | VERBATIM
_WORD = re.compile(r"[^\s\-–—/]+|[\s\-–—/]+")
_PARTS = re.compile(r"[-‐–—/.,;:?!\[\]()\"'“”‘’«»]+")
_FIRST_HYPHEN = re.compile(r"[^-‐–—/.,;:?!\[\]()\"'“”‘’«»]+(?=-)")
_REACH = 12
_STARTS_AFRESH = re.compile(r"[:?!][\"'”’»)]*\s*$")


def change_case(pieces: Pieces, case: str, language: str) -> Pieces:
    """The pieces in `case`, a value of CSL's `text-case`; an unknown one changes nothing.

    `language` is that of the text, in small letters (`en-us`).
    """
    match case:
        case "lowercase":
            return _each(pieces, str.lower)
        case "uppercase":
            return _each(pieces, lambda text: _upper(text, language))
        case "capitalize-first":
            return _words(pieces, language, first_only=True)
        case "capitalize-all":
            return _words(pieces, language, first_only=False)
        case "sentence":
            return _sentence(pieces, language)
        case "title":
            return _title(pieces) if language.startswith("en") else pieces
        case _:
            return pieces


def _upper(text: str, language: str) -> str:
    match language[:2]:
        case "tr" | "az":
            return text.replace("i", "İ").upper()
        case "el" if len(text) > 1:
            # Greek in capitals has no accents.
            bare = unicodedata.normalize("NFD", text.upper()).replace("\u0301", "")
            return unicodedata.normalize("NFC", bare)
        case _:
            return text.upper()


def _each(pieces: Pieces, change: Callable[[str], str]) -> Pieces:
    return [piece if piece.markup & _SPARED else piece._replace(text=change(piece.text)) for piece in pieces]


def _capital(word: str, language: str = "") -> str:
    """The word with its first letter large; a leading quotation mark or bracket is passed over."""
    for at, letter in enumerate(word):
        if letter.isalnum():
            return word[:at] + _upper(letter, language) + word[at + 1 :] if letter.islower() else word
    return word


def _words(pieces: Pieces, language: str, *, first_only: bool) -> Pieces:
    """The first word, or every word, with a capital; one that has a capital already is left alone (`iPhone`)."""
    changed: Pieces = []
    at_start = True
    for piece in pieces:
        spared = bool(piece.markup & _SPARED)
        parts = re.split(r"(\s+)", piece.text)
        for index, part in enumerate(parts):
            if part.isspace():
                at_start = at_start or not first_only
            elif any(letter.isalnum() for letter in part):
                if at_start and not spared and _has_no_capital(part):
                    parts[index] = _capital(part, language)
                at_start = False
        changed.append(piece._replace(text="".join(parts)))
    return changed


def _has_no_capital(word: str) -> bool:
    """Of a compound (`e-Print`, `l'École`) its first part decides."""
    first = next((part for part in _PARTS.split(word) if part), "")
    return first == first.lower()


def _sentence(pieces: Pieces, language: str) -> Pieces:
    """Words become small, the first large; capitals inside a word (`pH`, `DNA`) are meant unless all have them."""
    shouting = "".join(piece.text for piece in pieces if not piece.markup & _SPARED).isupper()

    def lower(word: str) -> str:
        return word.lower() if shouting or word.istitle() else word

    lowered = [
        piece
        if piece.markup & _SPARED
        else piece._replace(text="".join(lower(word) for word in _WORD.findall(piece.text)))
        for piece in pieces
    ]
    return _words(lowered, language, first_only=True)


def _title(pieces: Pieces) -> Pieces:
    text = "".join(piece.text for piece in pieces)
    last = _last_word_start(text)
    changed: Pieces = []
    # The end of what stands before: enough to see a colon with its quotation marks and blanks.
    before = ""
    # As citeproc-js has it, a small word before the first hyphen of a title begins large: `A-Bombs`.
    hyphen = _FIRST_HYPHEN.match(pieces[0].text) if pieces else None
    compound = hyphen.end() if hyphen else -1
    for piece in pieces:
        if piece.mark == OPEN_QUOTE:
            before = ""
        if not piece.text or piece.markup & _SPARED:
            before = (before + piece.text)[-_REACH:]
            changed.append(piece)
            continue
        words: list[str] = []
        for found in _WORD.finditer(piece.text):
            starts = (
                not before.strip()
                or bool(_STARTS_AFRESH.search(before))
                or (found.end() == compound and piece is pieces[0])
            )
            words.append(_title_word(found[0], starts=starts, joined=before[-1:]))
            before = (before + words[-1])[-_REACH:]
        changed.append(piece._replace(text="".join(words)))
    return _capital_at(changed, last)


def _title_word(word: str, *, starts: bool, joined: str) -> str:
    """A word of a title; a capital that is there already is meant (`iPhone`, `DNA`) and stays."""
    bare = word.lower().strip("\"'“”‘’()[],;:")
    if not starts and (bare in _SMALL or f"{bare}." in _SMALL):
        return word
    if (joined and joined.isalnum()) or not word.islower():
        return word
    # A letter alone, or before an apostrophe as in `d'État`, is no word of its own.
    if not starts and (len(bare) == 1 or word[1:2] in ("'", "’")):
        return word
    # A single Greek letter is a symbol, not a word.
    return word if len(word) == 1 and not word.isascii() else _capital(word)


def _last_word_start(text: str) -> int:
    found = list(re.finditer(r"[^\s\-–—/]+", text.rstrip(" .?!\"'”’)")))
    return found[-1].start() if found else -1


def _capital_at(pieces: Pieces, at: int) -> Pieces:
    """The pieces with the word that begins at character `at` of their text capitalised, if it is a small one."""
    if at < 0:
        return pieces
    changed: Pieces = []
    offset = 0
    for piece in pieces:
        local = at - offset
        offset += len(piece.text)
        if 0 <= local < len(piece.text) and not piece.markup & _SPARED:
            word = re.match(r"[^\s\-–—/]*", piece.text[local:])
            ends = local + (word.end() if word else 0)
            if piece.text[local:ends] in _SMALL:
                piece = piece._replace(text=piece.text[:local] + _capital(piece.text[local:ends]) + piece.text[ends:])
        changed.append(piece)
    return changed
