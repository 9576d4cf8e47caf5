"""Names as MEDLINE has them: `Griffin, Darren K` in full and `Griffin DK` in short."""

from __future__ import annotations

import re

from bibwright.model.names import OTHERS, Name

_SUFFIXES = frozenset(("jr", "jr.", "sr", "sr.", "2nd", "3rd", "4th", "5th", "ii", "iii", "iv"))
_INITIALS = re.compile(r"[^\W\d_]{1,5}(?:-[^\W\d_]{1,2})?")
_LETTER = re.compile(r"[^\W\d_](?:-[^\W\d_])?")


def read_full_name(text: str) -> Name:
    """`Family, Given Suffix`; a name without a comma has one part, and nobody says which."""
    family, comma, given = (part.strip() for part in text.partition(","))
    if _is_others(text):
        return OTHERS
    if not comma or not family or not given:
        return Name(literal=family or given, unsure=True)
    given, suffix = _without_suffix(given)
    return Name(family=family, given=given, suffix=suffix)


def read_short_name(text: str) -> Name:
    """`Family GH Suffix`, the initials without full stops; set apart, a style can write them its way."""
    if _is_others(text):
        return OTHERS
    if "," in text:
        return read_full_name(text)
    text, suffix = _without_suffix(text.strip())
    family, _, initials = text.rpartition(" ")
    if not family or not _INITIALS.fullmatch(initials) or initials.upper() != initials:
        return Name(literal=f"{text} {suffix}".strip(), unsure=True)
    return Name(family=family.strip(), given=" ".join(_LETTER.findall(initials)), suffix=suffix)


def _without_suffix(text: str) -> tuple[str, str]:
    rest, _, last = text.rpartition(" ")
    return (rest.rstrip(", "), last) if rest and last.lower() in _SUFFIXES else (text, "")


def _is_others(text: str) -> bool:
    return text.lower().strip(". ") in ("et al", "others")
