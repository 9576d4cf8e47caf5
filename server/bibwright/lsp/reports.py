"""Reports that are shown before something is done, in editors that show no such thing themselves."""

from __future__ import annotations

import os
from pathlib import Path

from lsprotocol import types

from bibwright.lsp.server import Server

_SHOW, _CANCEL = "Show report", "Cancel"


async def confirm(server: Server, question: str, report: str, *, verb: str) -> bool:
    """Whether the user wants it all the same; the report, Markdown, is shown on request as a file of its own."""
    shows = server.client_capabilities.window and server.client_capabilities.window.show_document
    buttons = [verb, *([_SHOW] if shows and shows.support else []), _CANCEL]
    while True:
        asked = types.ShowMessageRequestParams(
            types.MessageType.Warning, question, [types.MessageActionItem(button) for button in buttons]
        )
        answer = await server.window_show_message_request_async(asked)
        if answer is None or answer.title != _SHOW:
            return answer is not None and answer.title == verb
        path = _write(server, report)
        await server.window_show_document_async(types.ShowDocumentParams(uri=path.as_uri(), take_focus=False))
        buttons.remove(_SHOW)


def _write(server: Server, report: str) -> Path:
    """Put a report into a folder that only the user can read, and that goes when the server ends."""
    folder = Path(server.report_folder.name)
    path = folder / f"conversion-{len(os.listdir(folder)) + 1}.md"
    path.write_text(report, encoding="utf-8", errors="replace")
    return path
