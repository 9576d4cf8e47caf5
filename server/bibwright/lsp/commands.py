"""The server's commands. Arguments come from outside: what does not fit gives no answer rather than an error."""

from __future__ import annotations

from typing import Any

from lsprotocol import types

from bibwright.analysis.workspace import OpenDocument
from bibwright.csl.errors import StyleError
from bibwright.csl.output import WRITERS
from bibwright.csl.styles import find_styles
from bibwright.csl.styles import list_styles as built_in_styles
from bibwright.features import code_actions as feature
from bibwright.features.styles import describe_style, resolve_style
from bibwright.lsp.convert import BlockRanges, Json, workspace_edit
from bibwright.lsp.server import Server
from bibwright.syntax.document import Position

RENDER_CITATION = "bibwright.renderCitation"
INSERT_CITATION = "bibwright.insertCitation"
LIST_STYLES = "bibwright.listStyles"

#: The most styles that a search gives: nobody reads on.
MOST_STYLES = 200

#: A command that a client may have of its own; it names such in its initialization options.
COPY_CITATION = "bibwright.copyCitation"


def render_citation(server: Server, params: Any) -> Json | None:
    """`{uri, position, style, locale?, as?, inText?}` -> `{text, key}`; plain text where `as` names no language."""
    document, position = document_of(server, params), position_of(params, "position")
    if document is None or position is None:
        return None
    language = params.get("as")
    try:
        rendered = feature.render_citation(
            document,
            position,
            resolve_style(str(params.get("style")), locale_of(server, document, params)),
            server.encoding,
            language=language if isinstance(language, str) and language in WRITERS else "plain",
            in_text=params.get("inText") is True,
        )
    except StyleError as error:
        server.say(types.MessageType.Error, error.reason)
        return None
    return None if rendered is None else {"key": rendered[0], "text": rendered[1]}


async def insert_citation(server: Server, params: Any) -> bool:
    """`{uri, position, style}` -> whether the client made the edit."""
    document = document_of(server, params)
    edits = insertion_json(server, params)
    if document is None or not edits or not can_edit(server):
        return False
    edit = workspace_edit(server, document, edits)
    answer = await server.protocol.send_request_async(
        types.WORKSPACE_APPLY_EDIT, {"label": "Insert citation", "edit": edit}
    )
    return bool(answer.applied)


def insertion_json(server: Server, params: Any) -> list[Json]:
    """The text edit that inserts a citation; none when there is nothing to insert."""
    document, position = document_of(server, params), position_of(params, "position")
    if document is None or position is None:
        return []
    style, locale = str(params.get("style")), locale_of(server, document, params)
    insertion = feature.insert_citation(document, position, style, server.encoding, locale)
    if insertion is None:
        return []
    return [BlockRanges(insertion.block, insertion.place, server.encoding).edit(insertion.edit)]


def can_edit(server: Server) -> bool:
    """Whether the client makes edits that it is asked for."""
    workspace = server.client_capabilities.workspace
    return workspace is not None and bool(workspace.apply_edit)


def can_create_files(server: Server) -> bool:
    """Whether the client makes edits that create files."""
    workspace = server.client_capabilities.workspace
    edits = workspace.workspace_edit if workspace is not None else None
    operations = edits.resource_operations if edits is not None else None
    return can_edit(server) and types.ResourceOperationKind.Create in (operations or ())


def list_styles(server: Server, params: Any) -> list[Json]:
    """`{uri, query?}` or nothing -> styles as `{id, title, chosen}`; first those that the document's settings choose.

    With a query those in which all of its words are found, the best first, `MOST_STYLES` at most.
    """
    document = document_of(server, params)
    chosen = () if document is None else server.settings_of(document.uri).styles
    query = params.get("query") if isinstance(params, dict) else None
    first = [info for style in chosen if (info := describe_style(style)) is not None]
    ids = {info.id for info in first}
    if isinstance(query, str) and query.strip():
        found = find_styles(query)[:MOST_STYLES]
    else:
        found = [*first, *(info for info in built_in_styles() if info not in first)]
        if query is not None:
            found = found[:MOST_STYLES]
    return [{"id": info.id, "title": info.title, "chosen": info.id in ids} for info in found]


def locale_of(server: Server, document: OpenDocument, params: Any) -> str:
    """The language that the arguments of a command ask citations for, or else the document's settings."""
    return str(params.get("locale") or server.settings_of(document.uri).locale)


def document_of(server: Server, params: Any) -> OpenDocument | None:
    """The open document that the arguments of a command name."""
    return server.find(str(params.get("uri"))) if isinstance(params, dict) else None


def position_of(params: Any, name: str) -> Position | None:
    """A position among the arguments of a command; None for what is none."""
    value = params.get(name) if isinstance(params, dict) else None
    if not isinstance(value, dict):
        return None
    line, character = value.get("line"), value.get("character")
    return Position(line, character) if isinstance(line, int) and isinstance(character, int) else None
