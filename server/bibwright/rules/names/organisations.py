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


#: Words, and beginnings of words, that are nobody's given or family name (`Church` and `Bank` are).
_CORPORATE = word_set("""
    academy academia académie akademie agency agencies agence alliance center centers centre centres company companies
    gmbh group groups network office project projects taskforce team teams
""")
_CORPORATE_STEMS = word_set("""
    administrat associat associaç asociaci collaborat comité commission committee communit consorti contributor
    corporation council department developer división divisio federation fondation foundation gesellschaft government
    hospital initiativ institut investigator laborato librar ministeri ministèr ministr museum musée observator
    organis organiz parliament secretariat sociedad societ société stiftung trialist univers
""")
_BEGINNINGS = frozenset(word[:4] for word in _CORPORATE | _CORPORATE_STEMS)
_CORPORATE_STEM = re.compile("|".join(sorted(_CORPORATE_STEMS)))
_COMPANY = re.compile(r",\s*(?:inc|llc|ltd|gmbh|corp|co|plc|s\.a|ag|b\.v)\.?\Z", re.IGNORECASE)


def is_surely_organisation(name: str) -> bool:
    """Whether a name of several words holds a word that is neither a given nor a family name (`Church`, `Bank` are)."""
    return (" " in name and may_hold_organisation(name)) or ("," in name and _COMPANY.search(name) is not None)


def may_hold_organisation(names: str) -> bool:
    """Whether a text holds a word that only the names of organisations have."""
    return any(
        word[:4] in _BEGINNINGS and (word.rstrip(",.;)") in _CORPORATE or _CORPORATE_STEM.match(word) is not None)
        for word in names.lower().split()
    )
