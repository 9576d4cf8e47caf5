"""What Hayagriva calls the types and variables of CSL, from `schema.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class EntryType(NamedTuple):
    """The type of an entry and of its parent. `inexact`: styles take it for another CSL type."""

    type: str
    parent: str
    inexact: bool = False


class Place(NamedTuple):
    """Where a variable goes: the field (or the role of people), which of an entry's parents has it, and its kind."""

    field: str = ""
    on: str = "entry"
    kind: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Schema:
    """The tables, by CSL type and by variable; `order` is that in which fields are written."""

    types: dict[str, EntryType]
    names: dict[str, Place]
    dates: dict[str, Place]
    texts: dict[str, Place]


@cache
def schema() -> Schema:
    """The tables, read once."""
    tables = tomllib.loads(files(__package__).joinpath("schema.toml").read_text(encoding="utf-8"))
    names, dates, texts = (
        {variable: Place(**row) for variable, row in tables[table].items()} for table in ("names", "dates", "texts")
    )
    return Schema({csl: EntryType(**row) for csl, row in tables["types"].items()}, names, dates, texts)
