"""The user's settings, read from whatever JSON a client or file gives; a wrong value is a message, never a failure."""

from __future__ import annotations

from dataclasses import dataclass

DEFAULT_STYLES = ("kci-apa", "kci-vancouver", "kci-chicago")


@dataclass(frozen=True, slots=True)
class Settings:
    """`styles` are the ids of the citation styles that are shown and offered, in order."""

    styles: tuple[str, ...] = DEFAULT_STYLES


def read_settings(value: object) -> tuple[Settings, list[str]]:
    """Settings from a JSON object, and a message for each value that could not be used."""
    if value is None:
        return Settings(), []
    if not isinstance(value, dict):
        return Settings(), [f"the setting bibwright is {_kind(value)}, not an object"]
    styles = value.get("styles")
    if styles is None:
        return Settings(), []
    if not isinstance(styles, list) or not all(isinstance(style, str) for style in styles):
        return Settings(), ["the setting bibwright.styles is not a list of citation style ids"]
    return Settings(styles=tuple(dict.fromkeys(styles))), []


def _kind(value: object) -> str:
    return {str: "a string", list: "a list", bool: "true or false"}.get(type(value), "a number")
