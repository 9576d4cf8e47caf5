"""Citation keys that a fix proposes: free of everything a program stumbles over, and not taken yet."""

from __future__ import annotations

import re
import unicodedata
from itertools import count
from string import ascii_lowercase

from bibwright.analysis.rule import Context
from bibwright.rules.words import word_set
from bibwright.syntax.nodes import Entry, value_text

_COMMAND_OR_SIGN = re.compile(r"\\[A-Za-z]+\s*|[\\{}\"'`^~$]")
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}")
_WORD = re.compile(r"[A-Za-z0-9]+")
#: Letters that are not a plain letter with an accent.
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L"}
    | {"đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i"}
)
_LITTLE_WORDS = word_set("a an the on of in to for and der die das ein eine le la les un une el los il")


def proposed_key(context: Context, entry: Entry) -> str:
    """A key from the first author's family name, the year and the title's first word of weight."""
    family = _family(_plain(context, entry, "author", "editor"))
    year = _YEAR.search(_plain(context, entry, "year", "date"))
    words = (word.lower() for word in _WORD.findall(ascii_letters(_plain(context, entry, "title"))))
    word = next((word for word in words if word not in _LITTLE_WORDS), "")
    key = family.lower() + (year.group() if year else "") + word
    if not key:
        key = entry.type.of(context.text).lower() if entry.type else "entry"
    return unused_key(context, key, first_try=key)


def unused_key(context: Context, key: str, *, first_try: str = "") -> str:
    """`first_try` if nobody has it, else the first of `keya`, `keyb`, ... that is free."""
    candidates = (key + (ascii_lowercase[number] if number < 26 else f"-{number}") for number in count())
    if first_try and context.find_first("key", first_try.lower()) is None:
        return first_try
    return next(candidate for candidate in candidates if context.find_first("key", candidate.lower()) is None)


def ascii_letters(text: str) -> str:
    """Letters without their accents; what has no such form is left out."""
    return unicodedata.normalize("NFKD", text.translate(_LETTERS)).encode("ascii", "ignore").decode("ascii")


def _plain(context: Context, entry: Entry, *names: str) -> str:
    field = context.field_of(entry, *names)
    return _COMMAND_OR_SIGN.sub("", value_text(context.text, field)).strip() if field else ""


def _family(names: str) -> str:
    first = _AND.split(names)[0]
    family, comma, _ = first.partition(",")
    if not comma:
        family = first.split()[-1] if first.split() else ""
    return "".join(_WORD.findall(ascii_letters(family)))
