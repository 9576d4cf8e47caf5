"""Which message of biber is which finding of ours: by the entry, the field and what they are about."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tests.oracles.messages import Message
from tests.oracles.ours import Found

#: The rules that say what a kind of message says.
CODES: dict[str, tuple[str, ...]] = {
    "missing-field": ("M303",),
    "unknown-field": ("M302", "M308"),
    "field-not-for-type": ("M305",),
    "unknown-type": ("M301",),
    "conflict": ("M308",),
    "date-and-year": ("M308",),
    "isbn": ("V405",),
    "issn": ("V404",),
    "date": ("V406",),
    "year": ("V406", "V407"),
    "page-range": ("V408",),
    "name-commas": ("N501", "N505"),
    "empty-name": ("N505",),
    "duplicate-key": ("X701",),
    "key-case": ("X701",),
    "macro": ("X702", "S108"),
    "reference": ("X703",),
    "cycle": ("X705",),
    "datatype": ("V406", "V407", "V415", "V416", "V418"),
    "no-key": ("S105", "S106"),
    "pattern": ("V425",),
}
#: Where one of these is found in the entry, the message follows from that: an unknown type is validated as `misc`, from
#: a parent that does not exist nothing is inherited, a date that cannot be read is none.
_EXPLAINS = {"missing-field": ("M301", "X703", "V406"), "field-not-for-type": ("M301",)}
#: What biber calls a field that has an older name.
_NAMES = {
    "address": "location",
    "annote": "annotation",
    "archiveprefix": "eprinttype",
    "hyphenation": "langid",
    "journal": "journaltitle",
    "key": "sortkey",
    "pdf": "file",
    "primaryclass": "eprintclass",
    "school": "institution",
}
_OLDER = {new: old for old, new in _NAMES.items()}


@dataclass
class Matched:
    """`agreed` by one of the kind's own rules, `otherwise` by another rule at the same field; and what is left."""

    agreed: list[tuple[str, Message, Found]] = field(default_factory=list)
    otherwise: list[tuple[str, Message, Found]] = field(default_factory=list)
    theirs: list[tuple[str, Message]] = field(default_factory=list)
    ours: list[tuple[str, Found]] = field(default_factory=list)


def match_messages(messages: Iterable[Message], findings: Sequence[Found]) -> Matched:
    """Each message finds its finding; a finding may answer several messages."""
    matched = Matched()
    by_key: dict[str, list[Found]] = defaultdict(list)
    for found in findings:
        by_key[found.key.lower()].append(found)
    used: set[Found] = set()
    seen = set()
    # Told to go on, biber reads entries a second time, and counts the lines of each from 1.
    answered: set[str] = set()
    for message in messages:
        # Of an entry with a bad ISBN biber says so twice, in different words.
        if (message.kind, message.key, message.fields, message.line) in seen and message.key:
            continue
        seen.add((message.kind, message.key, message.fields, message.line))
        candidates = _candidates(message, findings, by_key)
        own = [found for found in candidates if found.code in CODES.get(message.kind, ()) and _fits(message, found)]
        # What is written how is no answer to what it means.
        other = [f for f in candidates if f.code[0] in "MVNX" and f.field and _name(f.field) in _names(message.fields)]
        other = other or [found for found in candidates if found.code in _EXPLAINS.get(message.kind, ())]
        if message.kind in ("syntax", "lexical", "junk", "no-parse", "name"):
            own = [found for found in candidates if found.code.startswith("S")]
        if own:
            used.update(own)
            answered.add(_without_line(message))
            matched.agreed.append((message.kind, message, min(own, key=_rank)))
        elif other:
            matched.otherwise.append((message.kind, message, other[0]))
        elif _without_line(message) not in answered:
            matched.theirs.append((message.kind, message))
    kind_of = {code: kind for kind, codes in reversed(CODES.items()) for code in codes}
    for found in findings:
        if found.code in kind_of and found not in used:
            matched.ours.append((kind_of[found.code], found))
    return matched


def _candidates(message: Message, findings: Sequence[Found], by_key: dict[str, list[Found]]) -> Sequence[Found]:
    if message.key:
        return by_key.get(message.key.lower(), [])
    return _around(message.line, findings) if message.line else findings


def _rank(found: Found) -> int:
    return ("error", "warning", "information", "hint").index(found.severity)


def _without_line(message: Message) -> str:
    return re.sub(r"\bline \d+", "", message.text) if message.line else str(message)


def _around(line: int, findings: Sequence[Found]) -> list[Found]:
    return [found for found in findings if found.line - 1 <= line <= max(found.last_line, found.line) + 3]


def _fits(message: Message, found: Found) -> bool:
    if not message.fields:
        return True
    if message.kind == "missing-field":
        # It stands at the entry type and names what is missing.
        words = set(re.findall(r"[a-z]+", found.message.lower()))
        return not words.isdisjoint(_names(message.fields) | {_OLDER.get(name, name) for name in message.fields})
    if message.kind in ("conflict", "date-and-year"):
        return True
    return _name(found.field) in _names(message.fields)


def _name(name: str) -> str:
    return _NAMES.get(name, name)


def _names(names: Iterable[str]) -> set[str]:
    return {_name(name) for name in names}
