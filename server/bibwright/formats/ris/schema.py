"""The reference types and tags of RIS: what each means and which variable of the record it fills.

What a tag means depends on the reference type, so the table in `schema.toml` is the only place that says it: reading,
writing and help all come from there, and a tag that is written is read back as what it was.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from bibwright.model.meanings import Meaning, choose_places, meaning_by_type, read_meaning


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag. `old` ones are read and never written; `vendor` ones stand in no specification."""

    name: str
    meaning: Meaning
    by_type: dict[str, Meaning]
    repeat: bool = False
    old: bool = False
    vendor: bool = False


@dataclass(frozen=True, slots=True)
class ReferenceType:
    """A reference type. `like` is the type whose meanings of the tags hold here too, or empty."""

    name: str
    help: str
    csl: str
    like: str = ""


class Choice(NamedTuple):
    """The reference type for a CSL type where the record has these names, or its source this entry type."""

    csl: str
    type: str
    names: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Schema:
    """All reference types and tags (tags in the order of reading), and the reference type of each CSL type.

    The first of `choices` that fits wins over `type_of_csl`.
    """

    types: dict[str, ReferenceType]
    tags: dict[str, Tag]
    type_of_csl: dict[str, str]
    choices: tuple[Choice, ...] = ()


@cache
def schema() -> Schema:
    """The table, read once."""
    data = tomllib.loads(files(__package__).joinpath("schema.toml").read_text(encoding="utf-8"))
    types = {
        name: ReferenceType(name, row["help"], row["csl"], row.get("like", "")) for name, row in data["types"].items()
    }
    tags = {
        name: Tag(
            name,
            read_meaning(row),
            {
                reference_type: read_meaning(item)
                for item in row.get("by_type", ())
                for reference_type in item["types"].split()
            },
            row.get("repeat", False),
            row.get("old", False),
            row.get("vendor", False),
        )
        for name, row in data["tags"].items()
    }
    return Schema(types, tags, data["csl"], tuple(Choice(**row) for row in data["choice"]))


#: The tags that a RIS specification knows, and those that databases add to them.
KNOWN_TAGS: frozenset[str] = frozenset(tag.name for tag in schema().tags.values() if not tag.vendor)
VENDOR_TAGS: frozenset[str] = frozenset(schema().tags) - KNOWN_TAGS
#: The tags that may occur several times in a record.
REPEATABLE_TAGS: frozenset[str] = frozenset(tag.name for tag in schema().tags.values() if tag.repeat)
#: The values that `TY` may have.
REFERENCE_TYPES: frozenset[str] = frozenset(schema().types)


@cache
def meaning_of(tag: str, reference_type: str) -> Meaning | None:
    """What a tag (upper case) means in a record of this type (upper case); None for a tag that nobody knows."""
    row = schema().tags.get(tag)
    if row is None:
        return None
    known = schema().types.get(reference_type)
    return row.meaning if known is None else meaning_by_type(row.meaning, row.by_type, known.name, known.like)


@cache
def tags_to_write(reference_type: str) -> dict[str, str]:
    """The tag that holds each variable in a record of this type; a variable without one has no place in RIS."""
    current = (tag.name for tag in schema().tags.values() if not tag.old and not tag.vendor)
    meanings = ((name, meaning_of(name, reference_type)) for name in current)
    return choose_places((name, meaning) for name, meaning in meanings if meaning is not None)


def describe_tag(name: str, reference_type: str) -> str | None:
    """A sentence of Markdown on what the tag holds in a record of this type; None for a tag that nobody knows.

    For `TY` it describes the reference type.
    """
    tag, of_type = name.upper(), reference_type.upper()
    meaning = meaning_of(tag, of_type)
    if meaning is None:
        return None
    known = schema().types.get(of_type)
    if tag == "TY" and known is not None:
        return f"**TY** `{known.name}`: {known.help[0].lower()}{known.help[1:]}"
    depends = known is not None and schema().tags[tag].by_type
    return f"**{tag}**: {meaning.means}" + (f" (in `{of_type}`)." if depends else ".")
