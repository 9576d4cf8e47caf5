"""Looks up the string macros and entries that an entry of an open document names."""

from __future__ import annotations

from bibwright.analysis.workspace import OpenDocument
from bibwright.syntax.nodes import Entry, PieceKind, StringMacro
from bibwright.text.blocklist import Block


class DocumentResolver:
    """A `Resolver` for the entries of one block, as far as the facts of the document are known.

    A macro may be defined anew: it has the value given to it last before the block. One that is defined only behind it
    is found too; BibTeX would not, but what the user meant is plain.
    """

    __slots__ = ("_block", "_document")

    def __init__(self, document: OpenDocument, block: Block) -> None:
        self._document = document
        self._block = block

    def find_macro(self, name: str) -> str | None:
        """The value of a string macro, the macros in it resolved."""
        return self._macro(name.lower(), self._block, frozenset())

    def _macro(self, name: str, block: Block, outer: frozenset[str]) -> str | None:
        holder = self._document.index.find_latest("macro", name, block)
        if holder is None or name in outer:
            return None
        text = holder.block.text
        for node in self._document.tree(holder.block).nodes:
            if isinstance(node, StringMacro) and node.field is not None and node.field.name == holder.fact.span:
                value = ""
                for piece in node.field.pieces:
                    content = piece.content.of(text)
                    if piece.kind is PieceKind.MACRO:
                        content = self._macro(content.lower(), holder.block, outer | {name}) or content
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
