"""Looks up the string macros and entries that an entry of an open document names."""

from __future__ import annotations

from bibwright.analysis.workspace import OpenDocument
from bibwright.syntax.nodes import Entry, PieceKind, StringMacro


class DocumentResolver:
    """A `Resolver` over one document, as far as its blocks have been checked."""

    __slots__ = ("_document",)

    def __init__(self, document: OpenDocument) -> None:
        self._document = document

    def find_macro(self, name: str) -> str | None:
        """The value of the first string macro with this name, the macros in it resolved."""
        return self._macro(name.lower(), frozenset())

    def _macro(self, name: str, outer: frozenset[str]) -> str | None:
        holder = self._document.find_first("macro", name)
        if holder is None or name in outer:
            return None
        text = holder.block.text
        for node in self._document.tree(holder.block).nodes:
            if isinstance(node, StringMacro) and node.field is not None and node.field.name == holder.fact.span:
                value = ""
                for piece in node.field.pieces:
                    content = piece.content.of(text)
                    if piece.kind is PieceKind.MACRO:
                        content = self._macro(content.lower(), outer | {name}) or content
                    value += content
                return value
        return None

    def find_entry(self, key: str) -> tuple[str, Entry] | None:
        """The first entry with this citation key, and the text of its block."""
        holder = self._document.find_first("key", key.lower())
        if holder is None:
            return None
        for entry in self._document.tree(holder.block).entries:
            if entry.key == holder.fact.span:
                return holder.block.text, entry
        return None
