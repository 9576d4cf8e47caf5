"""What a tag or field holds in a format where that depends on the reference type, and what it is chosen for.

RIS and EndNote have such tables; each keeps its own in a `schema.toml`, with rows of the same shape.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple


class Meaning(NamedTuple):
    """What a tag or field holds in a record of some type, and the variable that it fills ("" for none).

    `fallback` is the variable to fill when `variable` has another value already. `read_only` means that `variable` is
    never written there.
    """

    means: str
    variable: str = ""
    fallback: str = ""
    read_only: bool = False


def read_meaning(row: Mapping[str, Any]) -> Meaning:
    """The meaning in a row of a table."""
    return Meaning(row["means"], row.get("variable", ""), row.get("fallback", ""), row.get("read_only", False))


def meaning_by_type(usual: Meaning, by_type: Mapping[str, Meaning], *types: str) -> Meaning:
    """The meaning for the first of these types that has one of its own, else the usual one."""
    return next((by_type[name] for name in types if name in by_type), usual)


def choose_places(meanings: Iterable[tuple[str, Meaning]]) -> dict[str, str]:
    """The tag or field that holds each variable, of those given with their meanings in the order of preference.

    The meaning that a place has first of all wins over one that it may also have.
    """
    ordered = list(meanings)
    result: dict[str, str] = {}
    for place, meaning in ordered:
        if meaning.variable and not meaning.read_only:
            result.setdefault(meaning.variable, place)
    for place, meaning in ordered:
        if meaning.fallback:
            result.setdefault(meaning.fallback, place)
    return result
