"""A citation style: CSL text compiled to closures, once."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Style:
    """A compiled citation style."""

    name: str
    title: str


def parse_style(xml: str, name: str) -> Style:
    """The style that `xml` (the text of a .csl file) describes. Raises `StyleError`."""
    return Style(name, name)
