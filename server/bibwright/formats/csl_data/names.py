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
        return Name(literal=whole) if whole else None
    if value.get("isInstitution") in (1, True, "1", "true"):
        return Name(literal=family)
    kept, dropped = part.get("non-dropping-particle", ""), part.get("dropping-particle", "")
    if kept and dropped:
        # The model has one particle; the dropped one goes where it prints.
        given = f"{given} {dropped}".strip()
    suffix = part.get("suffix", "")
    return Name(family, given, kept or dropped, suffix, particle_kept=bool(kept))


def write_name(name: Name) -> dict[str, str]:
    """A name object; `others` has none."""
    if name.literal:
        return {"literal": name.literal}
    particle = "non-dropping-particle" if name.particle_kept else "dropping-particle"
    parts = {"family": name.family, "given": name.given, particle: name.particle, "suffix": name.suffix}
    return {key: text for key, text in parts.items() if text}


def write_names(names: tuple[Name, ...]) -> list[dict[str, str]]:
    """The name objects of a list, without the `others` that may end it."""
    return [write_name(name) for name in names if name != OTHERS]
