"""Names as CSL-JSON has them."""

from __future__ import annotations

from typing import Any

from bibwright.model.names import OTHERS, Name


def read_names(value: Any) -> tuple[Name, ...]:
    """The names of a list; a string, or a name that is one, is a name whose parts nobody has told apart."""
    values = value if isinstance(value, list) else [value]
    return tuple(name for one in values if (name := _read_name(one)) is not None)


def _read_name(value: Any) -> Name | None:
    if isinstance(value, str):
        return Name(literal=value.strip(), unsure=True) if value.strip() else None
    if not isinstance(value, dict):
        return None
    part = {key: str(text).strip() for key, text in value.items() if isinstance(text, str | int) and text is not True}
    literal = part.get("literal", "")
    family, given = part.get("family", ""), part.get("given", "")
    if literal or not family:
        whole = literal or given
        # In CSL the word is a name like any other, but this literal means that the list goes on.
        return (Name(literal=whole) if whole != OTHERS.literal else Name(whole)) if whole else None
    if _is_set(value.get("isInstitution")):
        return Name(literal=family)
    return Name(
        family,
        given,
        part.get("dropping-particle", ""),
        part.get("non-dropping-particle", ""),
        part.get("suffix", ""),
        comma_suffix=_is_set(value.get("comma-suffix")),
        static_ordering=_is_set(value.get("static-ordering")),
    )


def _is_set(value: Any) -> bool:
    return value in (True, 1, "1", "true")


def write_name(name: Name) -> dict[str, Any]:
    """A name object; `others` has none."""
    if name.literal:
        return {"literal": name.literal}
    parts = {
        "family": name.family,
        "given": name.given,
        "dropping-particle": name.dropping_particle,
        "non-dropping-particle": name.non_dropping_particle,
        "suffix": name.suffix,
        "comma-suffix": name.comma_suffix,
        "static-ordering": name.static_ordering,
    }
    return {key: part for key, part in parts.items() if part}


def write_names(names: tuple[Name, ...]) -> list[dict[str, Any]]:
    """The name objects of a list, without the `others` that may end it."""
    return [write_name(name) for name in names if name != OTHERS]
