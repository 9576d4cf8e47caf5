"""Telling the name of a group from the name of a person, by words that only groups have in their names."""

from __future__ import annotations

import re

from bibwright.rules.words import word_set

_WORDS = word_set("""
    alliance associates authority author authors bank board charity coalition college commission committee company
    conference congress consortium consultant consultants contributor contributors council court developer developers
    division faculty forum foundation fund gmbh government group groups house inc initiative international investigator
    investigators journal league ltd llc magazine media ministry ministerium museum network observatory office panel
    parliament press registry research review school secretariat section software staff state states studies study
    survey task team teams times trialists trust union unit united workers working world
    of the and for et und y e al
""")
#: Beginnings of words in several languages.
_STEMS = word_set("""
    academ agenc anonym associa bureau center centr clinic collaborat corp department director editor federa
    hospital electron gemeinschaft gesellschaft institu laborator librar nation news organisation organization
    partner program project publish servic societ sociét statist stiftung universi
""")
_WORD = re.compile(r"[^\W\d_]+")
#: No person's name has these.
_SIGN = re.compile(r"[&/\d;@:+]")
_STEM = re.compile("|".join(sorted(_STEMS)))


def is_organisation(name: str) -> bool:
    """Whether a name has a word or sign that stands in no person's name."""
    # A lone capital is an initial: the conjunctions `y` and `e` are small.
    words = [word.lower() for word in _WORD.findall(name) if len(word) > 1 or word.islower()]
    return not _WORDS.isdisjoint(words) or any(_STEM.match(word) for word in words) or bool(_SIGN.search(name))
