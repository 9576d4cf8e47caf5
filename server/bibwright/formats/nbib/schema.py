"""The tags of the MEDLINE display format, and what publication types and language codes become."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Tag(NamedTuple):
    """A tag: what it holds, the variable that it fills ("" for none), and another one for a second, different value.

    `entire` is true for names in full, which the same names in short may follow.
    """

    means: str
    variable: str = ""
    fallback: str = ""
    entire: bool = False


class PublicationType(NamedTuple):
    """A publication type that decides on the CSL type, if `apart` only where there is no journal.

    `genre` says that it is worth printing.
    """

    publication: str
    csl: str
    apart: bool = False
    genre: bool = False


@dataclass(frozen=True, slots=True)
class Schema:
    """All tags in the order of reading, the publication types by rank, and BCP 47 tags by language code."""

    tags: dict[str, Tag]
    types: tuple[PublicationType, ...]
    languages: dict[str, str]


@cache
def schema() -> Schema:
    """The table, read once."""
    data = tomllib.loads(files(__package__).joinpath("schema.toml").read_text(encoding="utf-8"))
    return Schema(
        {name: Tag(**row) for name, row in data["tags"].items()},
        tuple(PublicationType(**row) for row in data["types"]),
        data["languages"],
    )


def describe_tag(name: str) -> str | None:
    """A sentence of Markdown on what the tag holds; None for a tag that nobody knows."""
    tag = schema().tags.get(name.upper())
    return f"**{name.upper()}**: {tag.means}." if tag is not None else None
