"""Diagnostics to the client: pulled where it can pull, else pushed, never both.

An editor shows about a thousand diagnostics of a file and the protocol has no way to send only what changed, so at
most that many are sent: the most severe, then those near the last edit, and a closing note of how many there are.
"""

from __future__ import annotations

import asyncio
from typing import NamedTuple
from weakref import WeakKeyDictionary

from lsprotocol import types

from bibwright.analysis.diagnostics import Diagnostic, Severity
from bibwright.analysis.workspace import OpenDocument
from bibwright.lsp.convert import BlockRanges, Json, diagnostic_json
from bibwright.lsp.schedule import check
from bibwright.lsp.server import Server
from bibwright.text.blocklist import Block
from bibwright.text.columns import PositionEncoding

MOST_DIAGNOSTICS = 1000
#: How long a burst of edits is let pass before the next push.
_PUSH_DELAY = 0.02


class _Sent(NamedTuple):
    """What was made of the diagnostics of a block that stood at this line."""

    line: int
    diagnostics: tuple[Diagnostic, ...]
    json: list[Json]


#: What was sent last of each document. While somebody types nearly all of it stays as it is.
_sent: WeakKeyDictionary[OpenDocument, dict[Block, _Sent]] = WeakKeyDictionary()


def diagnostics_json(document: OpenDocument, encoding: PositionEncoding) -> list[Json]:
    """The diagnostics of a document, as far as it has been checked. The list is new, what is in it may be not."""
    found: list[Json] = []
    before, now = _sent.get(document, {}), dict[Block, _Sent]()
    for place, block, diagnostics in document.pick_diagnostics(MOST_DIAGNOSTICS):
        sent = before.get(block)
        if sent is None or sent.line != place.line or sent.diagnostics != diagnostics:
            ranges = BlockRanges(block, place, encoding)
            made = [diagnostic_json(document, diagnostic, ranges, encoding) for diagnostic in diagnostics]
            sent = _Sent(place.line, diagnostics, made)
        if not any(other.fact is not None for diagnostic in diagnostics for other in diagnostic.related):
            now[block] = sent  # else a place is named that may change without the block
        found += sent.json
    _sent[document] = now
    more = len(document.findings) - len(found)
    if more > 0:
        found.append(_note_of_more(more))
    return found


def _note_of_more(more: int) -> Json:
    start = {"line": 0, "character": 0}
    message = f"{more} more findings are not shown; `bibwright check` lists them all"
    return {
        "range": {"start": start, "end": start},
        "severity": int(Severity.INFORMATION),
        "source": "bibwright",
        "message": message,
    }


async def pull(server: Server, params: types.DocumentDiagnosticParams) -> Json:
    """Answer a client that asks for the diagnostics of a document."""
    uri = params.text_document.uri
    # While it is checked, a document may be closed, and another one opened under its name.
    while (document := server.find(uri)) is not None and document.pending:
        await check(document)
    server.on_checked()
    result_id = server.state_of(uri)
    if document is None or result_id is None:
        return {"kind": "full", "items": []}
    if params.previous_result_id == result_id:
        return {"kind": "unchanged", "resultId": result_id}
    return {"kind": "full", "resultId": result_id, "items": diagnostics_json(document, server.encoding)}


class Pusher:
    """Pushes diagnostics after edits, for clients that do not ask. One task a document; a new edit restarts it."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def schedule(self, document: OpenDocument) -> None:
        """Have the diagnostics of a document pushed once it is checked and no edit has come for a moment."""
        if self._server.can_pull:
            return
        self.stop(document.uri)
        self._tasks[document.uri] = asyncio.get_running_loop().create_task(self._push(document))

    def stop(self, uri: str) -> None:
        """Push nothing more for a document."""
        task = self._tasks.pop(uri, None)
        if task is not None:
            task.cancel()

    def clear(self, uri: str) -> None:
        """Take back what was pushed for a document that is closed."""
        self.stop(uri)
        if not self._server.can_pull:
            self._send(uri, None, [])

    async def _push(self, document: OpenDocument) -> None:
        await asyncio.sleep(_PUSH_DELAY)
        await check(document)
        self._server.on_checked()
        if self._server.find(document.uri) is document:
            self._send(document.uri, document.version, diagnostics_json(document, self._server.encoding))

    def _send(self, uri: str, version: int | None, found: list[Json]) -> None:
        params: Json = {"uri": uri, "diagnostics": found}
        if version is not None:
            params["version"] = version
        self._server.protocol.notify(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, params)
