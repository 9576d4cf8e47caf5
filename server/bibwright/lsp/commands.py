"""The server's commands. Arguments come from outside: what does not fit gives no answer rather than an error."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

from lsprotocol import types
from pygls.uris import to_fs_path

from bibwright.analysis.workspace import OpenDocument
from bibwright.csl.errors import StyleError
from bibwright.csl.styles import list_styles as built_in_styles
from bibwright.features import code_actions as feature
from bibwright.features.conversion import Conversion, summarise
from bibwright.features.convert import convert_document, convert_entry_at
from bibwright.formats import FORMATS
from bibwright.formats.format import Format
from bibwright.lsp.convert import BlockRanges, Json, workspace_edit
from bibwright.lsp.schedule import check, result_of
from bibwright.lsp.server import Server
from bibwright.syntax.document import Position

RENDER_CITATION = "bibwright.renderCitation"
INSERT_CITATION = "bibwright.insertCitation"
CONVERT_ENTRY = "bibwright.convertEntry"
CONVERT_FILE = "bibwright.convertFile"
CREATE_CONVERTED = "bibwright.createConverted"
LIST_STYLES = "bibwright.listStyles"

#: Commands that a client may have of its own; it names them in its initialization options.
COPY_CITATION = "bibwright.copyCitation"
OPEN_CONVERTED = "bibwright.openConverted"


def render_citation(server: Server, params: Any) -> Json | None:
    """`{uri, position, style}` -> `{text, key}`."""
    document, position = _document(server, params), _position(params, "position")
    if document is None or position is None:
        return None
    try:
        rendered = feature.render_citation(document, position, str(params.get("style")), server.encoding)
    except StyleError as error:
        server.say(types.MessageType.Error, error.reason)
        return None
    return None if rendered is None else {"key": rendered[0], "text": rendered[1]}


async def insert_citation(server: Server, params: Any) -> bool:
    """`{uri, position, style}` -> whether the client made the edit."""
    document = _document(server, params)
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
    document, position = _document(server, params), _position(params, "position")
    if document is None or position is None:
        return []
    insertion = feature.insert_citation(document, position, str(params.get("style")), server.encoding)
    if insertion is None:
        return []
    return [BlockRanges(insertion.block, insertion.place, server.encoding).edit(insertion.edit)]


def convert_entry(server: Server, params: Any) -> Json | None:
    """`{uri, range, to}` -> `{text, languageId, summary}`; several entries when the range touches several."""
    document, target = _document(server, params), _target(params)
    ends = params.get("range") if document is not None else None
    start, end = _position(ends, "start"), _position(ends, "end")
    if document is None or target is None or start is None or end is None:
        return None
    conversion = convert_entry_at(document, start, end, target, server.encoding)
    return _converted(conversion, target) if conversion.records else None


async def convert_file(server: Server, params: Any) -> Json | None:
    """`{uri, to}` -> `{text, languageId, suggestedName, summary}`."""
    document, target = _document(server, params), _target(params)
    if document is None or target is None:
        return None
    await check(document)
    conversion = await result_of(convert_document(document, target))
    name = Path(to_fs_path(document.uri) or "converted").with_suffix(target.suffix).name
    return {**_converted(conversion, target), "suggestedName": name} if conversion.records else None


async def create_converted(server: Server, params: Any) -> Json | None:
    """`{uri, to[, range]}`: write the conversion into a new file beside the old one and show it.

    An existing file is never overwritten: a free name is found, and the client refuses one that has come into being
    in the meantime. For a client that creates no files the answer is that of the other commands: the text.
    """
    document = _document(server, params)
    if document is None:
        return None
    converted = convert_entry(server, params) if "range" in params else await convert_file(server, params)
    if converted is None:
        return None
    if not can_create_files(server):
        server.say(types.MessageType.Error, "This editor cannot create files for bibwright.")
        return converted
    source = to_fs_path(document.uri)
    if source is None or not document.uri.startswith("file:"):
        server.say(types.MessageType.Error, "Save the file first: the converted one is put beside it.")
        return None
    # An editor may keep what it created unsaved for long: such a name is taken too, though no file bears it.
    open_paths = {Path(to_fs_path(uri) or "") for uri in server.open.documents} | server.created
    target = _free_path(Path(source), "." + ("ris" if converted["languageId"] == "ris" else "bib"), open_paths)
    uri = document.uri.rpartition("/")[0] + "/" + quote(target.name)
    start = {"line": 0, "character": 0}
    edit = {
        "documentChanges": [
            {"kind": "create", "uri": uri, "options": {"overwrite": False, "ignoreIfExists": False}},
            {
                "textDocument": {"uri": uri, "version": None},
                "edits": [{"range": {"start": start, "end": start}, "newText": converted["text"]}],
            },
        ]
    }
    server.created.add(target)
    answer = await server.protocol.send_request_async(types.WORKSPACE_APPLY_EDIT, {"label": "Convert", "edit": edit})
    if not answer.applied:
        server.say(types.MessageType.Error, f"{target.name} was not created: {answer.failure_reason or 'refused'}")
        return None
    for line in converted["summary"]:
        server.window_log_message(types.LogMessageParams(types.MessageType.Info, line))
    show = server.client_capabilities.window and server.client_capabilities.window.show_document
    if show and show.support:
        await server.window_show_document_async(types.ShowDocumentParams(uri=uri, take_focus=True))
    else:
        server.say(types.MessageType.Info, f"The result is in {target.name}, beside {source.rpartition('/')[2]}")
    return {"uri": uri, "summary": converted["summary"]}


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
    """`{uri}` or nothing -> all styles as `{id, title, chosen}`; first those that the document's settings choose."""
    document = _document(server, params)
    chosen = () if document is None else server.settings_of(document.uri).styles
    titles = {style.id: style.title for style in built_in_styles()}
    first = [style for style in chosen if style in titles]
    rest = [style for style in titles if style not in first]
    return [{"id": style, "title": titles[style], "chosen": style in first} for style in (*first, *rest)]


def _converted(conversion: Conversion, target: Format) -> Json:
    return {
        "text": conversion.text,
        "languageId": target.language_id,
        "summary": summarise(conversion) if conversion.losses or conversion.failures else [],
    }


def _free_path(source: Path, suffix: str, taken: set[Path]) -> Path:
    """`refs.ris` beside `refs.bib`; `refs-2.ris` where that is taken, and so on."""
    candidate, number = source.with_suffix(suffix), 1
    while candidate in taken or candidate.exists() or candidate.is_symlink():
        number += 1
        candidate = source.with_name(f"{source.stem}-{number}{suffix}")
    return candidate


def _document(server: Server, params: Any) -> OpenDocument | None:
    return server.find(str(params.get("uri"))) if isinstance(params, dict) else None


def _target(params: Any) -> Format | None:
    return FORMATS.get(str(params.get("to"))) if isinstance(params, dict) else None


def _position(params: Any, name: str) -> Position | None:
    value = params.get(name) if isinstance(params, dict) else None
    if not isinstance(value, dict):
        return None
    line, character = value.get("line"), value.get("character")
    return Position(line, character) if isinstance(line, int) and isinstance(character, int) else None
