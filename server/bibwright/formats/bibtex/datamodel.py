"""What the entry types of BibTeX and biblatex demand and take, and which names stand in no data model.

Nobody knows all fields: programs and styles add their own to every entry. So what is known here only tells which names
are meant as they are written; a name that is not known is no mistake for that.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from bibwright.formats.bibtex.schema import canonical_type, schema

#: The parts in which biblatex's date fields may be given one by one.
_DATE_PARTS = ("year", "month", "day", "hour", "minute", "second", "timezone", "yeardivision")


class Demand(NamedTuple):
    """One of these fields must be there, by canonical names; `instead` are those that count and are not asked for."""

    fields: tuple[str, ...]
    instead: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All fields that meet the demand."""
        return self.fields + self.instead


class Demands(NamedTuple):
    """What a complete entry has, and what it should have besides."""

    required: tuple[Demand, ...] = ()
    recommended: tuple[Demand, ...] = ()


@dataclass(frozen=True, slots=True)
class TypeModel:
    """What entries of a type demand, and all fields that they take, by canonical names."""

    demands: Demands
    takes: frozenset[str]


@dataclass(frozen=True, slots=True)
class DataModel:
    """The data models by dialect (`bibtex`, `biblatex`) and canonical entry type, and names outside of them.

    `known_fields` are the names, in lower case, that data models, programs and further styles give to fields;
    `field_prefixes` begin the names of any number of others. `wrong_types` and `wrong_fields` are what people write
    for a name of the data model.
    """

    types: dict[str, dict[str, TypeModel]]
    further_types: frozenset[str]
    wrong_types: dict[str, str]
    known_fields: frozenset[str]
    common_fields: tuple[str, ...]
    field_prefixes: tuple[str, ...]
    wrong_fields: dict[str, str]
    widespread: frozenset[str]


@cache
def data_model() -> DataModel:
    """The table, read once."""
    data = tomllib.loads(files(__package__).joinpath("datamodel.toml").read_text(encoding="utf-8"))
    groups = {f"@{name}": names.split() for name, names in data["groups"].items()}
    types = {
        dialect: {
            name: _type_model(row, groups, data["everywhere"][dialect].split()) for name, row in data[dialect].items()
        }
        for dialect in ("bibtex", "biblatex")
    }
    types["biblatex"] |= {name: types["biblatex"][other] for name, other in data["like"].items()}
    fields = data["fields"]
    wrong = fields["wrong"]
    known = {name for models in types.values() for model in models.values() for name in model.takes}
    known |= schema().fields.keys() | schema().aliases.keys() | set(fields["known"].split())
    known |= set(_date_parts(data["everywhere"]["date_parts"].split()))
    return DataModel(
        types,
        frozenset(data["types"]["known"].split()),
        data["types"]["wrong"],
        frozenset(known) - wrong.keys(),
        tuple(fields["common"].split()),
        tuple(fields["prefixes"].split()),
        wrong,
        frozenset(data["everywhere"]["widespread"].split()),
    )


def _type_model(row: dict[str, Any], groups: dict[str, list[str]], everywhere: Iterable[str]) -> TypeModel:
    demands = Demands(_demands(row.get("required", "")), _demands(row.get("recommended", "")))
    takes = {name for demand in (*demands.required, *demands.recommended) for name in demand.names}
    for word in row.get("takes", "").split():
        takes.update(groups.get(word, (word,)))
    return TypeModel(demands, frozenset(takes.union(everywhere)))


def _demands(written: str) -> tuple[Demand, ...]:
    demands = []
    for word in written.split():
        asked, _, instead = word.partition("|")
        demands.append(Demand(tuple(asked.split("/")), tuple(instead.split("|")) if instead else ()))
    return tuple(demands)


def _date_parts(fields: Iterable[str]) -> Iterable[str]:
    for name in fields:
        stem = name.removesuffix("date")
        for part in _DATE_PARTS:
            yield stem + part
            yield f"{stem}end{part}"


def is_known_type(name: str) -> bool:
    """Whether BibTeX, biblatex or some style defines this entry type (lower case)."""
    return name in schema().types or name in data_model().further_types


@lru_cache(maxsize=1024)
def demands_of(entry_type: str, dialect: str) -> Demands:
    """What entries of a type (lower case) must have in a dialect; when it is not known, what both dialects demand."""
    models = data_model().types
    if dialect:
        return _demands_in(entry_type, dialect)
    bibtex, biblatex = (_demands_in(entry_type, dialect).required for dialect in models)
    return Demands(
        tuple(_either(one, other) for one in bibtex for other in biblatex if not set(one.names).isdisjoint(other.names))
    )


def _either(one: Demand, other: Demand) -> Demand:
    fields = one.fields + tuple(name for name in other.fields if name not in one.names)
    return Demand(fields, tuple(name for name in one.instead + other.instead if name not in fields))


def _demands_in(entry_type: str, dialect: str) -> Demands:
    canonical = canonical_type(entry_type)
    model = data_model().types[dialect].get(canonical)
    if model is None or (dialect == "bibtex" and not _is_of_bibtex(entry_type)):
        return Demands()
    demands = model.demands
    if entry_type != canonical and demands.recommended:
        # `phdthesis` says already what `type` would say.
        return Demands(demands.required, tuple(demand for demand in demands.recommended if "type" not in demand.fields))
    return demands


@cache
def types_of_biblatex() -> frozenset[str]:
    """The entry types that no style of BibTeX knows, the standard ones and others that are widespread."""
    return frozenset(name for name in schema().types if not _is_of_bibtex(name)) - data_model().further_types


def _is_of_bibtex(entry_type: str) -> bool:
    """Whether BibTeX's standard styles know the type under this name: `techreport`, but not `report`."""
    known = schema().types.get(entry_type)
    if known is None:
        return False
    return (bool(known.genre) or entry_type == "conference") if known.alias else not known.bibtex


@cache
def takes_field(entry_type: str, name: str, dialect: str) -> bool:
    """Whether entries of a canonical type take a field, by its canonical name; in either dialect when that is empty.

    Of a type without a model nothing is known, so that it takes everything.
    """
    models = data_model().types
    dialects = (dialect,) if dialect else tuple(models)
    found = [models[known].get(entry_type) for known in dialects]
    return any(model is None or name in model.takes for model in found)
