"""A person's name has no comma between the family name and the given name.

RIS tells the two apart by the comma alone. Zotero and citation-js take the whole for one name, as of an organisation,
and citations print and sort it so.

Bad::

    TY  - BOOK
    AU  - Sangmun Suh
    ER  -

Good::

    TY  - BOOK
    AU  - Suh, Sangmun
    ER  -
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, unsafe_fix
from bibwright.analysis.rule import UNSAFE, Context, Report, fields, rule
from bibwright.rules.names.organisations import is_organisation
from bibwright.rules.quoting import quoted
from bibwright.rules.words import word_set
from bibwright.syntax.nodes import Entry, Field
from bibwright.text.spans import Edit

_PARTICLES = word_set("von van de del della der den di da das dos du la le ten ter zu zum zur af av el al bin ibn")
_SUFFIX = re.compile(r"(?:Jr|Sr)\.?|II|III|IV")
_INITIALS = re.compile(r"[A-Z]{1,3}|(?:[A-Z]\.-?)+")


@rule(
    "N503",
    "ris-name-without-comma",
    Severity.WARNING,
    watches=fields("au", "a1", "a2", "a3", "a4", "ed", "ta"),
    formats=("ris",),
    fixes=(UNSAFE,),
)
def ris_name_without_comma(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """Nothing is said of organisations, of single words, and of scripts in which names are written otherwise."""
    for piece in field.pieces:
        name = context.text[piece.start : piece.end]
        if "," in name or " " not in name or is_organisation(name) or not _is_latin(name):
            continue
        fix = unsafe_fix(f"Write {_inverted(name)}", Edit(piece.start, piece.end, _inverted(name)))
        message = f"the name {quoted(name)} has no comma behind the family name"
        yield Report(piece.content, message, (fix,))


def _is_latin(name: str) -> bool:
    return name.isascii() or all(
        unicodedata.name(character, "").startswith("LATIN") for character in name if character.isalpha()
    )


def _inverted(name: str) -> str:
    """`Ludwig van Beethoven` as `van Beethoven, Ludwig`; `Kim SH`, as medical databases write it, as `Kim, SH`."""
    words = name.split()
    suffix = f", {words.pop()}" if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else ""
    family = len(words) - 1
    if _INITIALS.fullmatch(words[-1]) and not _INITIALS.fullmatch(words[0]):
        while _INITIALS.fullmatch(words[family - 1]):
            family -= 1
        return f"{' '.join(words[:family])}, {' '.join(words[family:])}{suffix}"
    while family > 1 and words[family - 1].lower() in _PARTICLES and words[family - 1].islower():
        family -= 1
    return f"{' '.join(words[family:])}, {' '.join(words[:family])}{suffix}"
