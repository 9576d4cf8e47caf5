"""The client's settings: asked for where the client can be asked, else taken from what it sends."""

from __future__ import annotations

import asyncio
from typing import Any

from lsprotocol import types

from bibwright.analysis.settings import read_settings
from bibwright.lsp.server import Server

SECTION = "bibwright"


def read_initialization_options(server: Server, options: Any) -> None:
    """Take `clientCommands` (a list of command ids) and `settings` (as in the section) from the options."""
    if not isinstance(options, dict):
        return
    commands = options.get("clientCommands")
    if isinstance(commands, list):
        server.client_commands = frozenset(command for command in commands if isinstance(command, str))
    if "settings" in options:
        _use(server, options["settings"])


def ask_for_settings(server: Server) -> None:
    """Ask the client for the section, if it can be asked."""
    workspace = server.client_capabilities.workspace
    if workspace is not None and workspace.configuration:
        asyncio.get_running_loop().create_task(_ask(server))


def take_changed_settings(server: Server, settings: Any) -> None:
    """Settings have changed: ask again, or use what came."""
    workspace = server.client_capabilities.workspace
    if workspace is not None and workspace.configuration:
        ask_for_settings(server)
    elif isinstance(settings, dict):
        _use(server, settings.get(SECTION))


async def _ask(server: Server) -> None:
    params = types.ConfigurationParams([types.ConfigurationItem(section=SECTION)])
    answers = await server.workspace_configuration_async(params)
    _use(server, answers[0] if answers else None)


def _use(server: Server, value: Any) -> None:
    server.settings, messages = read_settings(value)
    for message in messages:
        server.window_log_message(types.LogMessageParams(types.MessageType.Warning, message))
