"""One tag of a RIS record holds several names.

Every tag holds one name, and a person more is a tag more. Programs that read the record see one person with an odd
name: citations print the first family name alone, and the others are lost.

Bad::

    TY  - JOUR
    AU  - Doe, Jane; Roe, Richard
    ER  -

Good::

    TY  - JOUR
    AU  - Doe, Jane
    AU  - Roe, Richard
    ER  -
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, unsafe_fix
from bibwright.analysis.rule import UNSAFE, Context, Report, fields, rule
from bibwright.rules.names.lists import NAME_TAGS, are_ordinary
from bibwright.rules.names.organisations import is_surely_organisation
from bibwright.rules.names.parts import is_initials
from bibwright.rules.quoting import quoted
from bibwright.syntax.nodes import Entry, Field
from bibwright.text.spans import Edit

_SEMICOLON = re.compile(r"\s*;\s*(?:(?:and|&)\s)?")
_AND = re.compile(r",?\s+(?:and|&)\s+")
_ENTITY = re.compile(r"&#?\w+;")


@rule(
    "N508",
    "several-names-in-one-tag",
    Severity.WARNING,
    watches=fields(*NAME_TAGS, unless=are_ordinary),
    formats=("ris",),
    fixes=(UNSAFE,),
)
def several_names_in_one_tag(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """Organisations are left alone: their names hold "and", and a suffix has commas too."""
    text = context.text
    for piece in field.pieces:
        value = text[piece.start : piece.end]
        names = _names(value)
        if len(names) < 2:
            continue
        tag = text[field.name.start : field.separator.end]
        tag = tag if tag.endswith((" ", "\t")) else tag + " "
        fix = unsafe_fix(
            "Give every name its own tag",
            Edit(piece.start, piece.end, f"{context.line_end}{tag}".join(names)),
        )
        yield Report(piece.content, f"{quoted(value)} holds {len(names)} names", (fix,))


def _names(value: str) -> list[str]:
    if ";" in value or " and " in value or " & " in value:
        if _ENTITY.search(value) or is_surely_organisation(f"x {value}"):
            return []
        names = [name.strip(" ,") for name in (_SEMICOLON if ";" in value else _AND).split(value)]
        names = [name for name in names if name and name != "et al."]
        # `Smith and Sons`, `Convention and Visitors Bureau`: a comma or initials show a person.
        return names if ";" in value or all(_is_person(name) for name in names) else []
    if value.count(",") < 3:
        return []
    parts = [part.strip() for part in value.split(",")]
    if len(parts) % 2 or not all(map(is_initials, parts[1::2])) or any(map(is_initials, parts[::2])):
        return []
    return [f"{family}, {given}" for family, given in zip(parts[::2], parts[1::2], strict=True)]


def _is_person(name: str) -> bool:
    return "," in name or (" " in name and is_initials(name.split(" ", 1)[0]))
