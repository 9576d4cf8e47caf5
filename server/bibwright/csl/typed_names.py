"""Parts of names that people type into others: particles before a family name, suffixes behind a given one.

Most formats have no field for them (`van der Meer, Joost`; `Sable, John, Jr.`), and so CSL processors tell them by
their small letters and commas. A family name in quotation marks is to be taken as it stands.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bibwright.model.names import Name

_ELIDED = re.compile(r"((?:al|el|as|d|l)[-'’])(?=\w)")
#: `John, Jr.`; an exclamation mark wants the comma printed.
_SUFFIX = re.compile(r"([^,]*),(!?)\s+(.+)")


def has_typed_parts(name: Name) -> bool:
    """Whether it may be worth looking closer; most names are done with here."""
    family, given = name.family, name.given
    return bool(family) and (
        not family[0].isupper() or "," in given or (" " in given and given[given.rindex(" ") + 1 :][:1].islower())
    )


@lru_cache(maxsize=8192)
def with_typed_parts(name: Name) -> Name:
    """`name` with its particles and suffix in their places."""
    family = name.family
    if len(family) > 2 and family[0] == family[-1] == '"':
        return replace(name, family=family[1:-1])
    if name.literal:
        return name
    if not name.particle:
        name = _with_particles(name)
    if not name.suffix and (found := _SUFFIX.fullmatch(name.given)):
        return replace(name, given=found[1], suffix=found[3], comma_suffix=bool(found[2]))
    return name


def _with_particles(name: Name) -> Name:
    family, kept = name.family, ""
    if found := _ELIDED.match(family):
        kept, family = found[1], family[found.end() :]
    words = family.split(" ")
    while len(words) > 1 and words[0].lstrip("'’")[:1].islower():
        kept = f"{kept} {words.pop(0)}".strip()
    given = name.given.split(" ")
    dropped: list[str] = []
    # `e. e.` are initials.
    while len(given) > 1 and given[-1][:1].islower() and not given[-1].endswith("."):
        dropped.insert(0, given.pop())
    return replace(
        name,
        family=" ".join(words),
        non_dropping_particle=kept,
        given=" ".join(given),
        dropping_particle=" ".join(dropped),
    )
