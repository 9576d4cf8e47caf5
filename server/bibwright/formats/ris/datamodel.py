"""What a record of each reference type should have, and which tags do not belong where they stand."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Recommendation(NamedTuple):
    """Something that a record should have, in a word, and the tags (lower case) of which one says it."""

    what: str
    names: tuple[str, ...]


class Misplaced(NamedTuple):
    """What a tag holds elsewhere, and the tag for that in records of this type, unless one of `unless` is there."""

    holds: str
    to: str
    unless: tuple[str, ...]


class Successor(NamedTuple):
    """The tag that has taken the place of an older one in `types` (empty: all), unless one of `unless` is there."""

    to: str
    types: frozenset[str]
    unless: tuple[str, ...]


class DataModel(NamedTuple):
    """The table. `misplaced` is keyed by reference type and tag, `successors` by the older tag."""

    recommended: dict[str, tuple[Recommendation, ...]]
    for_all: tuple[Recommendation, ...]
    misplaced: dict[tuple[str, str], Misplaced]
    successors: dict[str, tuple[Successor, ...]]


@cache
def data_model() -> DataModel:
    """The table, read once."""
    data = tomllib.loads(files(__package__).joinpath("datamodel.toml").read_text(encoding="utf-8"))
    recommended = {name: _recommendations(row) for name, row in data["recommended"].items()}
    misplaced = {
        (reference_type, tag): Misplaced(row["holds"], row["to"], tuple(row["unless"].split()))
        for row in data["misplaced"]
        for reference_type in row["types"].split()
        for tag in row["tags"].split()
    }
    successors: dict[str, tuple[Successor, ...]] = {}
    for row in data["successor"]:
        for tag in row["tags"].split():
            unless = tuple(other for other in row["unless"].split() if other != tag)
            successor = Successor(row["to"], frozenset(row.get("types", "").split()), unless)
            successors[tag] = (*successors.get(tag, ()), successor)
    return DataModel(recommended, recommended.pop("*"), misplaced, successors)


def _recommendations(row: str) -> tuple[Recommendation, ...]:
    words = (word.partition("=") for word in row.split())
    return tuple(Recommendation(what, tuple(tags.lower().split("/"))) for what, _, tags in words)


def recommended_for(reference_type: str) -> tuple[Recommendation, ...]:
    """What a record of this type (upper case) should have."""
    model = data_model()
    return model.recommended.get(reference_type, model.for_all)
