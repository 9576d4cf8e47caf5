"""What other blocks may ask of a RIS block: the reference ids of its records."""

from __future__ import annotations

from bibwright.formats.format import Fact
from bibwright.syntax.nodes import Tree


def find_facts(text: str, tree: Tree) -> tuple[Fact, ...]:
    """One `key` per record with an `ID`."""
    return tuple(
        Fact("key", entry.key.of(text).lower(), entry.key.of(text), entry.key)
        for entry in tree.entries
        if entry.key is not None
    )
