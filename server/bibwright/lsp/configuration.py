"""The settings of the open documents: what the client has, configuration files, and what happens when they change.

The client's settings are the base: asked for where the client can be asked, else taken from what it sends. What a
configuration file says comes before them. Configuration files are watched where the client does that; else a change
is seen when a document is opened or saved.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from lsprotocol import types

from bibwright.analysis.diagnostics import Severity
from bibwright.analysis.settings import Problem, read_settings
from bibwright.features.configuration import OWN_NAME, SHARED_NAME, ConfigurationFile, PlacedProblem
from bibwright.features.files import read_regular
from bibwright.features.selection import check_selector
from bibwright.lsp.convert import Json, file_path
from bibwright.lsp.diagnostics import Pusher
from bibwright.lsp.server import Server
from bibwright.syntax.document import Position
from bibwright.text.columns import LineTable, PositionEncoding

SECTION = "bibwright"
#: Settings of the section that a client has for itself.
_OF_CLIENTS = ("interpreter", "path", "trace")
#: So long changes are gathered: with another branch a thousand files change, and some clients tell of each alone.
_REFRESH_DELAY = 0.05
#: LaTeX documents tell the dialect.
_WATCHED = (f"**/{OWN_NAME}", f"**/{SHARED_NAME}", "**/*.{tex,ltx,md,markdown,qmd,rmd,Rmd,typ,csl}", "**/_quarto.yml")


class Configuration:
    """Keeps the linters of the open documents those that the settings ask for."""

    def __init__(self, server: Server, pusher: Pusher, on_refresh: Callable[[], None] = lambda: None) -> None:
        self._server = server
        self._pusher = pusher
        self._on_refresh = on_refresh
        self._due: asyncio.TimerHandle | None = None
        #: What was said about configuration files, by URI.
        self._published: dict[str, tuple[PlacedProblem, ...]] = {}

    def read_initialization(self, params: types.InitializeParams) -> None:
        """Take the folder that is open, and of the options `clientCommands` (ids) and `settings` (as the section)."""
        folders = [folder.uri for folder in params.workspace_folders or ()]
        root = next(iter([*folders, params.root_uri or ""]))
        self._server.folder = file_path(root)
        options: Any = params.initialization_options
        if not isinstance(options, dict):
            return
        commands = options.get("clientCommands")
        if isinstance(commands, list):
            self._server.client_commands = frozenset(command for command in commands if isinstance(command, str))
        if "settings" in options:
            self._use(options["settings"])

    def begin(self) -> None:
        """The session has begun: ask for the settings, and to be told of changed configuration files."""
        self._ask_for_settings()
        workspace = self._server.client_capabilities.workspace
        watching = workspace.did_change_watched_files if workspace is not None else None
        if watching is not None and watching.dynamic_registration:
            watchers = [types.FileSystemWatcher(glob_pattern=pattern) for pattern in _WATCHED]
            registration = types.Registration(
                "bibwright-configuration-files",
                types.WORKSPACE_DID_CHANGE_WATCHED_FILES,
                types.DidChangeWatchedFilesRegistrationOptions(watchers),
            )
            self._server.client_register_capability(types.RegistrationParams([registration]))

    def take_changed_settings(self, settings: Any) -> None:
        """Settings have changed: ask again, or use what came."""
        if self._can_be_asked():
            self._ask_for_settings()
        elif isinstance(settings, dict):
            self._use(settings.get(SECTION))

    def refresh_soon(self) -> None:
        """Configuration files have changed on disk, and maybe others will in the next moment."""
        self._server.linters.forget_documents()
        if self._due is None:
            self._due = asyncio.get_running_loop().call_later(_REFRESH_DELAY, self.refresh)

    def catch_up(self) -> None:
        """Do at once what would be done soon."""
        if self._due is not None:
            self.refresh()

    def refresh(self) -> None:
        """Configuration files may have changed: check anew the documents for which that makes a difference."""
        if self._due is not None:
            self._due.cancel()
            self._due = None
        if self._server.was_shut_down:
            return
        self._server.linters.forget_documents()
        changed = False
        for document in self._server.open.documents.values():
            linter = self._server.linter_for(document.uri, document.format)
            if linter is not document.linter:
                document.use(linter)
                self._server.mark_changed(document.uri)
                self._pusher.schedule(document)
                changed = True
        self.publish_problems()
        self._on_refresh()
        if changed and self._server.can_pull and self._can_refresh():
            self._server.workspace_diagnostic_refresh(None)

    def publish_problems(self) -> None:
        """Show what is wrong in the configuration files of the open documents, where it is wrong."""
        configurations = self._server.linters.configurations
        paths = [file_path(uri) for uri in self._server.open.documents]
        files = {file.path: file for path in paths if path is not None and (file := configurations.file_for(path))}
        problems = {path.as_uri(): file.problems for path, file in files.items() if file.problems}
        for uri in self._published.keys() - problems.keys():
            self._publish(uri, ())
        for path, file in files.items():
            uri = path.as_uri()
            if file.problems and self._published.get(uri) != file.problems:
                self._publish(uri, file.problems, path)
                self._log(file)
        self._published = problems

    def _publish(self, uri: str, problems: tuple[PlacedProblem, ...], path: Path | None = None) -> None:
        encoding = self._server.encoding
        if path is not None and encoding is not PositionEncoding.UTF16:
            problems = tuple(_in_encoding(path, problems, encoding))
        params: Json = {"uri": uri, "diagnostics": [_diagnostic(problem) for problem in problems]}
        self._server.protocol.notify(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, params)

    def _log(self, file: ConfigurationFile) -> None:
        for line in file.lines():
            self._server.window_log_message(types.LogMessageParams(types.MessageType.Warning, line))

    def _can_be_asked(self) -> bool:
        workspace = self._server.client_capabilities.workspace
        return workspace is not None and bool(workspace.configuration)

    def _can_refresh(self) -> bool:
        workspace = self._server.client_capabilities.workspace
        diagnostics = workspace.diagnostics if workspace is not None else None
        return diagnostics is not None and bool(diagnostics.refresh_support)

    def _ask_for_settings(self) -> None:
        if self._can_be_asked():
            asyncio.get_running_loop().create_task(self._ask())

    async def _ask(self) -> None:
        params = types.ConfigurationParams([types.ConfigurationItem(section=SECTION)])
        answers = await self._server.workspace_configuration_async(params)
        self._use(answers[0] if answers else None)

    def _use(self, value: Any) -> None:
        base = "" if self._server.folder is None else str(self._server.folder)
        settings, problems = read_settings(value, base=base, check_selector=check_selector, others=_OF_CLIENTS)
        self._server.linters.configurations.base = settings
        for problem in problems:
            message = _setting_message(problem)
            self._server.window_log_message(types.LogMessageParams(types.MessageType.Warning, message))
        self.refresh()


def _setting_message(problem: Problem) -> str:
    name = ".".join((SECTION, *(part for part in problem.path if isinstance(part, str))))
    return f"setting {name}: {problem.message}"


def _in_encoding(
    path: Path, problems: tuple[PlacedProblem, ...], encoding: PositionEncoding
) -> Iterator[PlacedProblem]:
    """Problems as placed by a client whose columns count something else than ours do."""
    try:
        table = LineTable(read_regular(path).decode("utf-8").removeprefix("\ufeff"))
    except (OSError, UnicodeDecodeError):
        yield from problems
        return
    for problem in problems:
        offsets = [table.offset(*place, PositionEncoding.UTF16) for place in problem[:2]]
        start, end = (Position(*table.position(offset, encoding)) for offset in offsets)
        yield problem._replace(start=start, end=end)


def _diagnostic(problem: PlacedProblem) -> Json:
    return {
        "range": {"start": _json(problem.start), "end": _json(problem.end)},
        "severity": int(Severity.WARNING),
        "source": "bibwright",
        "message": problem.message,
    }


def _json(position: Position) -> Json:
    return {"line": position.line, "character": position.character}
