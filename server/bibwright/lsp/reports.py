"""Reports that are shown before something is done, in editors that show no such thing themselves."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from lsprotocol import types

from bibwright.lsp.server import Server

_SHOW, _CANCEL = "Show report", "Cancel"


async def confirm(server: Server, question: str, report: str, *, verb: str) -> bool:
    """Whether the user wants it all the same; the report, Markdown, is shown on request as a file of its own."""
    buttons = [verb, *([_SHOW] if _can_show(server) else []), _CANCEL]
    while True:
        asked = types.ShowMessageRequestParams(
            types.MessageType.Warning, question, [types.MessageActionItem(button) for button in buttons]
        )
        answer = await server.window_show_message_request_async(asked)
        if answer is None or answer.title != _SHOW:
            return answer is not None and answer.title == verb
        await _show(server, report)
        buttons.remove(_SHOW)


def tell(server: Server, message: str, report: str) -> None:
    """Say what is lost to somebody who is asked otherwise, with the report on request; nothing waits for the answer."""
    if not _can_show(server):
        server.say(types.MessageType.Warning, message)
        return
    task = asyncio.get_running_loop().create_task(_tell(server, message, report))
    server.told.add(task)
    task.add_done_callback(server.told.discard)


async def _tell(server: Server, message: str, report: str) -> None:
    asked = types.ShowMessageRequestParams(types.MessageType.Warning, message, [types.MessageActionItem(_SHOW)])
    if await server.window_show_message_request_async(asked) is not None:
        await _show(server, report)


def _can_show(server: Server) -> bool:
    window = server.client_capabilities.window
    return window is not None and window.show_document is not None and window.show_document.support


async def _show(server: Server, report: str) -> None:
    path = _write(server, report)
    await server.window_show_document_async(types.ShowDocumentParams(uri=path.as_uri(), take_focus=False))


def _write(server: Server, report: str) -> Path:
    """Put a report into a folder that only the user can read, and that goes when the server ends."""
    folder = Path(server.report_folder.name)
    path = folder / f"conversion-{len(os.listdir(folder)) + 1}.md"
    path.write_text(report, encoding="utf-8", errors="replace")
    return path
