"""Between positions and spans on our side and the protocol's JSON on the other; plain dicts, which cost least."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from lsprotocol import types
from pygls.uris import to_fs_path

from bibwright.analysis.diagnostics import Diagnostic
from bibwright.analysis.workspace import OpenDocument
from bibwright.features.rule_docs import page_path
from bibwright.syntax.document import Position
from bibwright.text.blocklist import Block, Place
from bibwright.text.columns import PositionEncoding
from bibwright.text.spans import Edit, Span

if TYPE_CHECKING:
    from bibwright.features.ignoring import FileEdit
    from bibwright.lsp.server import Server

Json = dict[str, Any]


def to_position(position: types.Position) -> Position:
    """The protocol's position as ours."""
    return Position(position.line, position.character)


def path_of(uri: str) -> str:
    """The path of a URI, for its suffix; untitled documents have one too. What is no URI is its own path."""
    try:
        return unquote(urlsplit(uri).path) or uri
    except ValueError:
        return uri


def file_path(uri: str) -> Path | None:
    """The path of a file's URI; None for what is no file."""
    try:
        path = to_fs_path(uri) if uri.startswith("file:") else None
    except ValueError:
        return None
    return Path(path) if path else None


class BlockRanges:
    """Turns spans of one block into ranges of the document."""

    __slots__ = ("_encoding", "_line", "_table")

    def __init__(self, block: Block, place: Place, encoding: PositionEncoding) -> None:
        self._table = block.line_table
        self._line = place.line
        self._encoding = encoding

    def range(self, span: Span | Edit) -> Json:
        """The range of a span."""
        return {"start": self.position(span[0]), "end": self.position(span[1])}

    def edit(self, edit: Edit) -> Json:
        """A text edit."""
        return {"range": self.range(edit), "newText": edit.new_text}

    def position(self, offset: int) -> Json:
        """The position of an offset in the block."""
        line, column = self._table.position(offset, self._encoding)
        return {"line": self._line + line, "character": column}


def edits_json(document: OpenDocument, edits: Iterable[Edit], encoding: PositionEncoding) -> list[Json]:
    """Text edits from edits of the whole document, given in order."""
    result: list[Json] = []
    places = document.blocks.places()
    place, block = next(places)
    start = 0

    def position(offset: int) -> Json:
        nonlocal place, block, start
        while offset > start + len(block.text) and (following := next(places, None)) is not None:
            start += len(block.text)
            place, block = following
        return BlockRanges(block, place, encoding).position(offset - start)

    for edit in edits:
        span = {"start": position(edit.start), "end": position(edit.end)}
        result.append({"range": span, "newText": edit.new_text})
    return result


def workspace_edit(server: Server, document: OpenDocument, edits: list[Json]) -> Json:
    """A workspace edit of one document; with its version where the client can check it."""
    workspace = server.client_capabilities.workspace
    if workspace is not None and workspace.workspace_edit and workspace.workspace_edit.document_changes:
        identifier = {"uri": document.uri, "version": document.version}
        return {"documentChanges": [{"textDocument": identifier, "edits": edits}]}
    return {"changes": {document.uri: edits}}


def file_edit(server: Server, change: FileEdit) -> Json:
    """A workspace edit of a file that is no document of ours; it is created where it does not exist."""
    uri = change.path.as_uri()
    (first, column), (last, last_column) = change.start, change.end
    place = {"start": {"line": first, "character": column}, "end": {"line": last, "character": last_column}}
    edits = [{"range": place, "newText": change.new_text}]
    workspace = server.client_capabilities.workspace
    if workspace is None or not workspace.workspace_edit or not workspace.workspace_edit.document_changes:
        return {"changes": {uri: edits}}
    changed = {"textDocument": {"uri": uri, "version": None}, "edits": edits}
    if not change.creates:
        return {"documentChanges": [changed]}
    options = {"overwrite": False, "ignoreIfExists": True}
    return {"documentChanges": [{"kind": "create", "uri": uri, "options": options}, changed]}


#: Rules that find what has no effect: editors show it faded.
_UNNECESSARY = frozenset(("unused-string", "unused-suppression", "ris-empty-tag"))


@lru_cache(maxsize=512)
def page_uri(code: str) -> str | None:
    """Where the page of a rule is found on this machine."""
    page = page_path(code)
    return None if page is None else page.as_uri()


def diagnostic_json(
    document: OpenDocument, diagnostic: Diagnostic, ranges: BlockRanges, encoding: PositionEncoding
) -> Json:
    """A diagnostic as the protocol has it. A client passes over what it does not know."""
    result: Json = {
        "range": ranges.range(diagnostic.span),
        "severity": int(diagnostic.severity),
        "code": diagnostic.code,
        "source": "bibwright",
        "message": diagnostic.message,
    }
    page = page_uri(diagnostic.code)
    if page is not None:
        result["codeDescription"] = {"href": page}
    if diagnostic.name in _UNNECESSARY:
        result["tags"] = [int(types.DiagnosticTag.Unnecessary)]
    related = []
    for other in diagnostic.related:
        place = ranges.range(other.span or diagnostic.span)
        if other.fact is not None:
            holder = document.find_first(*other.fact)
            if holder is None:
                continue
            where = BlockRanges(holder.block, document.place_of(holder.block), encoding)
            place = where.range(holder.fact.span)
        related.append({"location": {"uri": document.uri, "range": place}, "message": other.message})
    if related:
        result["relatedInformation"] = related
    return result
