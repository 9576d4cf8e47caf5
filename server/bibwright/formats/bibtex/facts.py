"""What other blocks may ask of a .bib block: its citation keys and string macros."""

from __future__ import annotations

from bibwright.formats.format import Fact
from bibwright.syntax.nodes import Entry, StringMacro, Tree, field_name


def find_facts(text: str, tree: Tree) -> tuple[Fact, ...]:
    """One `key` per entry that has one, one `macro` per string macro; both compare without regard to case."""
    facts: list[Fact] = []
    for node in tree.nodes:
        if isinstance(node, Entry) and node.key is not None:
            key = node.key.of(text)
            facts.append(Fact("key", key.lower(), key, node.key))
        elif isinstance(node, StringMacro) and node.field is not None:
            name = field_name(text, node.field)
            facts.append(Fact("macro", name.lower(), name, node.field.name))
    return tuple(facts)
