"""Citation keys that a fix proposes: free of everything a program stumbles over, and not taken yet."""

from __future__ import annotations

import re
from hashlib import blake2b
from itertools import count
from string import ascii_lowercase

from bibwright.analysis.rule import Context
from bibwright.formats.bibtex.keys import DEFAULT_PATTERN, KeyParts, Person, read_pattern
from bibwright.syntax.nodes import Entry, value_text

_COMMAND_OR_SIGN = re.compile(r"\\[A-Za-z]+\s*|[\\{}\"'`^~$]")
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}")

#: So many entries with one key get `ka`, `kb`, ... in their order, and as many rounds.
_LAST_IN_ORDER = "d"
#: Entries that are the same letter for letter would else get longer keys in every round.
_LONGEST_SUFFIX = 5


def proposed_key(context: Context, entry: Entry) -> str:
    """A key from the first author's family name, the year and the title's first word of weight."""
    family = _family(_plain(context, entry, "author", "editor"))
    year = _YEAR.search(_plain(context, entry, "year", "date"))
    parts = KeyParts(
        authors=(Person(family),) if family else (),
        year=year.group() if year else "",
        title=_plain(context, entry, "title"),
    )
    key = read_pattern(DEFAULT_PATTERN).write(parts)
    if not key:
        key = entry.type.of(context.text).lower() if entry.type else "entry"
    return unused_key(context, key, first_try=key)


def unused_key(context: Context, key: str, *, first_try: str = "") -> str:
    """`first_try` if nobody has it, else the first of `keya`, `keyb`, ... that is free."""
    candidates = (key + (ascii_lowercase[number] if number < 26 else f"-{number}") for number in count())
    if first_try and _is_free(context, first_try):
        return first_try
    return next(candidate for candidate in candidates if _is_free(context, candidate))


def key_beside(context: Context, entry: Entry) -> str:
    """A free key for an entry whose own key is taken: `k` becomes `ka`, and what was made of `k` before, another of it.

    A rule knows nothing of the other entries with the key, which all ask at once and get the same answer. The first of
    them keeps it, and the rest ask again. So after a few letters in their order each takes letters that follow from
    its own text: hundreds of entries with one key would else need as many rounds.
    """
    key, suffix = _base_and_suffix(context, entry.key.of(context.text) if entry.key else "")
    if len(suffix) < 2 and suffix < _LAST_IN_ORDER:
        return unused_key(context, key)
    letters = _letters_of(f"{entry.span.start} {entry.span.of(context.text)}")
    shortest = min(max(len(suffix) + 1, 2), _LONGEST_SUFFIX)
    candidates = (key + letters[:length] for length in range(shortest, len(letters)))
    return next(candidate for candidate in candidates if _is_free(context, candidate))


def _base_and_suffix(context: Context, key: str) -> tuple[str, str]:
    """A key with the suffix taken off that `key_beside` seems to have put there: the keys before it must exist."""
    for length in range(1, min(_LONGEST_SUFFIX + 1, len(key))):
        base, suffix = key[:-length], key[-length:]
        if not (suffix.isascii() and suffix.isalpha() and suffix.islower()):
            break
        earlier = [
            letter for letter in ascii_lowercase if (letter < suffix if length == 1 else letter <= _LAST_IN_ORDER)
        ]
        if not any(_is_free(context, base + letter) for letter in ("", *earlier)):
            return base, suffix
    return key, ""


def _letters_of(text: str) -> str:
    number = int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest(), "big")
    return "".join(ascii_lowercase[number // 26**place % 26] for place in range(27))


def _is_free(context: Context, key: str) -> bool:
    return context.find_first("key", key.lower()) is None


def _plain(context: Context, entry: Entry, *names: str) -> str:
    field = context.field_of(entry, *names)
    return _COMMAND_OR_SIGN.sub("", value_text(context.text, field)).strip() if field else ""


def _family(names: str) -> str:
    first = _AND.split(names)[0]
    family, comma, _ = first.partition(",")
    if not comma:
        family = first.split()[-1] if first.split() else ""
    return family
