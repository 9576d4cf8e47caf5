"""The reference types and fields of EndNote: what each means and which variable of the record it fills.

EndNote keeps the same fifty fields for every reference type and gives them other names in each; its tagged files and
its XML are two ways to write them down. The table in `schema.toml` is the only place that says what a field means.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from bibwright.model.meanings import Meaning, choose_places, meaning_by_type, read_meaning


@dataclass(frozen=True, slots=True)
class EndNoteField:
    """A field, with its `tag` in tagged files and its `path` in XML. `old` ones are read and never written.

    `same` names the field whose meaning holds for this one, `alike` the tag of RIS that holds the same; or both are
    empty.
    """

    id: str
    tag: str
    path: str
    meaning: Meaning
    by_type: dict[str, Meaning]
    repeat: bool = False
    old: bool = False
    same: str = ""
    alike: str = ""


@dataclass(frozen=True, slots=True)
class ReferenceType:
    """A reference type. `like` is the type whose meanings of the fields hold here too, or empty."""

    name: str
    number: int
    help: str
    csl: str
    like: str = ""


class Choice(NamedTuple):
    """The reference type for a CSL type where the record has these names."""

    csl: str
    names: str
    type: str


@dataclass(frozen=True, slots=True)
class Schema:
    """All reference types and fields (in the order of reading), and the reference type of each CSL type."""

    types: dict[str, ReferenceType]
    fields: dict[str, EndNoteField]
    type_of_csl: dict[str, str]
    choices: tuple[Choice, ...]
    #: Names of types in lower case, others than the current ones too.
    names: dict[str, str]
    numbers: dict[int, str]
    by_tag: dict[str, str]
    by_path: dict[str, str]
    by_alike: dict[str, str]


@cache
def schema() -> Schema:
    """The table, read once."""
    data = tomllib.loads(files(__package__).joinpath("schema.toml").read_text(encoding="utf-8"))
    types = {
        name: ReferenceType(name, row["number"], row["help"], row["csl"], row.get("like", ""))
        for name, row in data["types"].items()
    }
    fields = {name: _field(name, row) for name, row in data["fields"].items()}
    return Schema(
        types,
        fields,
        data["csl"],
        tuple(Choice(**row) for row in data["choice"]),
        data["aliases"] | {name.lower(): name for name in types},
        {kind.number: name for name, kind in types.items() if kind.number},
        {field.tag: name for name, field in fields.items() if field.tag},
        {field.path: name for name, field in fields.items() if field.path},
        {field.alike: name for name, field in fields.items() if field.alike},
    )


def _field(name: str, row: dict[str, Any]) -> EndNoteField:
    return EndNoteField(
        name,
        row.get("tag", ""),
        row.get("path", ""),
        read_meaning(row),
        {kind: read_meaning(item) for item in row.get("by_type", ()) for kind in item["types"].split(", ")},
        row.get("repeat", False),
        row.get("old", False),
        row.get("as", ""),
        row.get("alike", ""),
    )


def find_type(name: str, number: str = "") -> ReferenceType | None:
    """The reference type of a name as some program writes it, else of a number; the name decides."""
    known = schema().names.get(" ".join(name.lower().split()))
    if known is None and number.strip().isdecimal() and len(number.strip()) < 4:
        known = schema().numbers.get(int(number))
    return schema().types[known] if known is not None else None


@cache
def meaning_of(field: str, reference_type: str) -> Meaning | None:
    """What a field means in a record of a type that the table has; None for a field that it has not."""
    row = schema().fields.get(field)
    if row is None:
        return None
    if row.same:
        return meaning_of(row.same, reference_type)
    known = schema().types.get(reference_type)
    return row.meaning if known is None else meaning_by_type(row.meaning, row.by_type, known.name, known.like)


@cache
def fields_to_write(reference_type: str, *, tagged: bool) -> dict[str, str]:
    """The field that holds each variable in a record of this type, in a tagged file or in XML."""
    return choose_places(
        (row.id, meaning)
        for row in schema().fields.values()
        if not row.old and not row.same and (row.tag if tagged else row.path)
        if (meaning := meaning_of(row.id, reference_type)) is not None
    )


def describe_field(field: str, reference_type: str) -> str | None:
    """A sentence of Markdown on what a field (`%T` or `titles/title`) holds in a record of this type."""
    name = schema().by_tag.get(field[1:]) if field.startswith("%") else schema().by_path.get(field)
    kind = find_type(reference_type)
    meaning = meaning_of(name, kind.name if kind is not None else "") if name is not None else None
    return f"**{field}**: {meaning.means}." if meaning is not None else None
