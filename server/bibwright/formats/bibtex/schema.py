"""The entry types and fields of BibTeX and biblatex: what each means and which variable of the record it fills.

One table serves both dialects, under biblatex's names: the fields that BibTeX calls otherwise are a handful of
aliases, and files mix the two freely. Reading, writing and help all come from `schema.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Dialect(Enum):
    """Whose names of types and fields to write."""

    BIBTEX = "bibtex"
    BIBLATEX = "biblatex"


class Meaning(NamedTuple):
    """What a field holds in entries of some type, and the variable that it fills ("" for none).

    `bibtex` is BibTeX's own name for it, or empty.
    """

    means: str
    variable: str = ""
    bibtex: str = ""


@dataclass(frozen=True, slots=True)
class FieldSchema:
    """A field under its canonical name.

    `datatype` is literal, names, list, date, range, integer, verbatim, identifier, key, keywords, entrykey,
    entrykeys, options or code. `joined` fields are added to the value that stands before them (a subtitle).
    `only` is the dialect whose styles alone know the field, or None.
    """

    name: str
    datatype: str
    meaning: Meaning
    by_type: dict[str, Meaning]
    joined: bool = False
    repeat: bool = False
    only: Dialect | None = None


@dataclass(frozen=True, slots=True)
class EntryType:
    """An entry type. `alias` is the biblatex type that it is another name for, `genre` what it says beyond that."""

    name: str
    help: str
    csl: str
    alias: str = ""
    bibtex: str = ""
    genre: str = ""


class Inheritance(NamedTuple):
    """What children of some types take from parents of some types under another name."""

    parents: frozenset[str]
    children: frozenset[str]
    renames: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Schema:
    """All entry types and fields, in the order of reading and writing."""

    types: dict[str, EntryType]
    fields: dict[str, FieldSchema]
    aliases: dict[str, str]
    type_of_csl: dict[str, str]
    inheritance: tuple[Inheritance, ...]
    never_inherited: frozenset[str]
    own_titles: frozenset[str]
    #: What biblatex's keys for the kind of a work stand for, and words that tell the kinds of theses apart.
    kinds: dict[str, str]
    thesis_words: dict[str, frozenset[str]]
    #: Language code by babel name.
    languages: dict[str, str]
    #: What only files for biblatex have: fields, and entry types with an `@`, in lower case.
    only_biblatex: frozenset[str]
    #: By entry type: the field to write for a variable that several fields could hold.
    preferred: dict[str, dict[str, str]]


@cache
def schema() -> Schema:
    """The table, read once."""
    data = tomllib.loads(files(__package__).joinpath("schema.toml").read_text(encoding="utf-8"))
    return Schema(
        {name: EntryType(name, **row) for name, row in data["types"].items()},
        {
            name: FieldSchema(
                name,
                row.get("datatype", "literal"),
                _meaning(row),
                {entry_type: _meaning(item) for item in row.get("by_type", ()) for entry_type in item["types"].split()},
                row.get("joined", False),
                row.get("repeat", False),
                Dialect(row["only"]) if "only" in row else None,
            )
            for name, row in data["fields"].items()
        },
        data["aliases"],
        data["csl"],
        tuple(
            Inheritance(
                frozenset(row["parents"].split()),
                frozenset(row["children"].split()),
                {old: tuple(new.split()) for old, new in row["renames"].items()},
            )
            for row in data["inheritance"]
        ),
        frozenset(data["never_inherited"]["fields"].split()),
        frozenset(data["never_inherited"]["titles"].split()),
        data["kinds"],
        {kind: frozenset(words.split()) for kind, words in data["thesis_words"].items()},
        data["languages"],
        frozenset(f"@{name}" for name in data["only_biblatex"]["types"].split())
        | frozenset(data["only_biblatex"]["fields"].split()),
        {entry_type: row["fields"] for row in data["write"] for entry_type in row["types"].split()},
    )


def _meaning(row: dict[str, str]) -> Meaning:
    return Meaning(row["means"], row.get("variable", ""), row.get("bibtex", ""))


def canonical_type(entry_type: str) -> str:
    """Biblatex's name for an entry type, in lower case (`phdthesis` is `thesis`); unknown types stay as they are."""
    name = entry_type.lower()
    known = schema().types.get(name)
    return known.alias if known is not None and known.alias else name


def canonical_field(name: str) -> str:
    """Biblatex's name for a field, in lower case (`journal` is `journaltitle`)."""
    lower = name.lower()
    return schema().aliases.get(lower, lower)


def has_venue(entry_type: str, written: Collection[str]) -> bool:
    """Whether `location` is the place of a conference: where `address`, beside it, is that of the publisher (ACM).

    The type is canonical, the names of the fields are as written, in lower case.
    """
    is_conference = entry_type in ("inproceedings", "proceedings", "mvproceedings")
    return is_conference and "address" in written and "location" in written and "venue" not in written


def datatype_of(name: str) -> str:
    """The datatype of a field by its canonical name; unknown fields are literal."""
    known = schema().fields.get(name)
    return known.datatype if known is not None else "literal"


@cache
def meaning_of(name: str, entry_type: str) -> Meaning | None:
    """What a field means in entries of this type, both by canonical names; None for a field that nobody knows."""
    known = schema().fields.get(name)
    return known.by_type.get(entry_type, known.meaning) if known is not None else None


def field_name_in(name: str, entry_type: str, dialect: Dialect) -> str:
    """What the dialect calls a field, both given by their canonical names."""
    meaning = meaning_of(name, entry_type)
    known = schema().fields.get(name)
    if dialect is Dialect.BIBLATEX or meaning is None or known is None:
        return name
    return meaning.bibtex or known.meaning.bibtex or name


@cache
def fields_to_write(entry_type: str) -> dict[str, str]:
    """The field, by its canonical name, that holds each variable in entries of this canonical type."""
    result = dict(schema().preferred.get(entry_type, {}))
    taken = set(result.values())
    for name, known in schema().fields.items():
        meaning = meaning_of(name, entry_type)
        if meaning is not None and meaning.variable and not known.joined and name not in taken:
            result.setdefault(meaning.variable, name)
    return result


def describe_field(name: str, entry_type: str) -> str | None:
    """A sentence of Markdown on what the field holds in entries of this type; None for a field nobody knows.

    An entry type as `name`, with an `@` before it, describes that type.
    """
    if name.startswith("@"):
        known_type = schema().types.get(name[1:].lower())
        return f"**@{known_type.name}**: {_lower_first(known_type.help)}" if known_type else None
    canonical, of_type = canonical_field(name), canonical_type(entry_type)
    meaning, known = meaning_of(canonical, of_type), schema().fields.get(canonical)
    if meaning is None or known is None:
        return None
    text = f"**{name.lower()}**: {meaning.means}"
    in_bibtex = field_name_in(canonical, of_type, Dialect.BIBTEX)
    if name.lower() != canonical:
        text += f"; biblatex calls it `{canonical}`"
    elif in_bibtex != canonical:
        text += f"; BibTeX calls it `{in_bibtex}`"
    if known.only is not None:
        text += f" (only in {'biblatex' if known.only is Dialect.BIBLATEX else 'BibTeX'})"
    return text + "."


def thesis_kind(genre: str) -> str:
    """The biblatex key for the kind of a thesis that a text names (`PhD Dissertation`), or empty."""
    if genre.strip().lower() in schema().kinds:
        return genre.strip().lower()
    words = re.findall(r"[\w.'’]+", genre.lower())
    for kind, known in schema().thesis_words.items():
        if any(word.rstrip(".") in known or word in known for word in words):
            return kind
    return ""


def _lower_first(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
