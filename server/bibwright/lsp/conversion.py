"""The commands that convert. Arguments come from outside: what does not fit gives no answer rather than an error."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

from lsprotocol import types
from pygls.uris import to_fs_path

from bibwright.features.conversion import Conversion, summarise
from bibwright.features.convert import convert_document, convert_entry_at
from bibwright.formats import FORMATS
from bibwright.formats.format import Format
from bibwright.lsp.commands import can_create_files, document_of, position_of
from bibwright.lsp.convert import Json
from bibwright.lsp.schedule import check, result_of
from bibwright.lsp.server import Server

CONVERT_ENTRY = "bibwright.convertEntry"
CONVERT_FILE = "bibwright.convertFile"
CREATE_CONVERTED = "bibwright.createConverted"

#: A command that a client may have of its own; it names such in its initialization options.
OPEN_CONVERTED = "bibwright.openConverted"


def convert_entry(server: Server, params: Any) -> Json | None:
    """`{uri, range, to}` -> `{text, languageId, summary}`; several entries when the range touches several."""
    document, target = document_of(server, params), _target(params)
    ends = params.get("range") if document is not None else None
    start, end = position_of(ends, "start"), position_of(ends, "end")
    if document is None or target is None or start is None or end is None:
        return None
    conversion = convert_entry_at(document, start, end, target, server.encoding)
    return _converted(conversion, target) if conversion.records else None


async def convert_file(server: Server, params: Any) -> Json | None:
    """`{uri, to}` -> `{text, languageId, suggestedName, summary}`."""
    document, target = document_of(server, params), _target(params)
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
    document = document_of(server, params)
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


def _target(params: Any) -> Format | None:
    return FORMATS.get(str(params.get("to"))) if isinstance(params, dict) else None
