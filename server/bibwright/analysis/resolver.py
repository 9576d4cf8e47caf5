"""Looks up the string macros and entries that an entry of an open document names."""

from __future__ import annotations

from bibwright.analysis.index import Holder
from bibwright.analysis.workspace import OpenDocument
from bibwright.formats.bibtex.dates import MONTHS
from bibwright.syntax.nodes import Entry, PieceKind, StringMacro
from bibwright.text.blocklist import Block

#: Forty macros of which each names the one before twice are a short text with a value that no machine can hold.
_LONGEST_VALUE = 100_000


class DocumentResolver:
    """A `Resolver` for the entries of one block, as far as the facts of the document are known.

    A macro may be defined anew: it has the value given to it last before the block. One that is defined only behind it
    is found too; BibTeX would not, but what the user meant is plain. One that the document does not define is looked
    for in the other files of its project, unless it is `alone`.
    """

    __slots__ = ("_alone", "_block", "_document", "_elsewhere", "_values")

    def __init__(self, document: OpenDocument, block: Block, *, alone: bool = False) -> None:
        self._document = document
        self._block = block
        self._alone = alone
        self._values: dict[tuple[Block, str], str | None] = {}
        self._elsewhere: dict[str, str | None] = {}

    def find_macro(self, name: str) -> str | None:
        """The value of a string macro, the macros in it resolved; None when it grows beyond all measure."""
        return self._macro(name.lower(), self._block)

    def _macro(self, name: str, seen_from: Block) -> str | None:
        holder = self._document.index.find_latest("macro", name, seen_from)
        if holder is None:
            return self._find_elsewhere(name)
        key = (holder.block, name)
        if key not in self._values:
            self._values[key] = None  # a macro that names itself has no value
            self._values[key] = self._value(holder)
        return self._values[key]

    def _find_elsewhere(self, name: str) -> str | None:
        """What another file says; one that names a third is not followed there, or two might go round for ever."""
        project = self._document.project
        # What every style defines is the document's own affair.
        if self._alone or project is None or name in MONTHS:
            return None
        if name not in self._elsewhere:
            found = project.find_macro(name, self._document.path)
            if isinstance(found, OpenDocument):
                last = found.blocks.buckets[-1].blocks[-1]
                found = DocumentResolver(found, last, alone=True).find_macro(name)
            self._elsewhere[name] = found if isinstance(found, str) else None
        return self._elsewhere[name]

    def _value(self, holder: Holder) -> str | None:
        text = holder.block.text
        for node in self._document.tree(holder.block).nodes:
            if isinstance(node, StringMacro) and node.field is not None and node.field.name == holder.fact.span:
                value = ""
                for piece in node.field.pieces:
                    content = piece.content.of(text)
                    if piece.kind is PieceKind.MACRO:
                        content = self._macro(content.lower(), holder.block) or content
                    value += content
                    if len(value) > _LONGEST_VALUE:
                        return None
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
