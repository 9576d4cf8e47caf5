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
from bibwright.rules.names.lists import NAME_TAGS, are_ordinary
from bibwright.rules.names.organisations import is_organisation
from bibwright.rules.names.parts import inverted
from bibwright.rules.quoting import quoted
from bibwright.syntax.nodes import Entry, Field
from bibwright.text.spans import Edit

#: `ACM SIGMM`, and `NASA Goddard`; up to three capitals may be initials.
_ACRONYMS = re.compile(r"[A-Z]{2,}(?: [A-Z]{2,})*|[A-Z]{4,} .*")
_INITIALS = re.compile(r"(?:[A-Z]\.?-?){1,3}")


@rule(
    "N503",
    "ris-name-without-comma",
    Severity.WARNING,
    watches=fields(*NAME_TAGS, unless=are_ordinary),
    formats=("ris",),
    fixes=(UNSAFE,),
)
def ris_name_without_comma(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """Nothing is said of organisations, of single words, and of scripts in which names are written otherwise.

    Words in capitals alone may be acronyms: what seems to be a name in capitals is left alone with them.
    """
    for piece in field.pieces:
        name = context.text[piece.start : piece.end]
        if "," in name or " " not in name or is_organisation(name) or not _is_latin(name):
            continue
        if _ACRONYMS.fullmatch(name) or name.startswith("[") or name.islower():
            continue
        fix = unsafe_fix(f"Write {inverted(name)}", Edit(piece.start, piece.end, inverted(name)))
        message = f"the name {quoted(name)} has no comma behind the family name"
        severity = Severity.WARNING if _is_surely_person(name) else Severity.INFORMATION
        yield Report(piece.content, message, (fix,), severity=severity)


def _is_surely_person(name: str) -> bool:
    """Two words besides particles, or an initial: more words may be those of an organisation that no list knows."""
    words = [word for word in name.split() if not word.islower()]
    return len(words) == 2 or any(_INITIALS.fullmatch(word) for word in words)


def _is_latin(name: str) -> bool:
    return name.isascii() or all(
        unicodedata.name(character, "").startswith("LATIN") for character in name if character.isalpha()
    )
