"""The project in a session: the folders that are open are read in the background, and what changes is told.

Reading never makes anybody wait: a slice of a few milliseconds, then a pause. What it brings to light is checked in
open documents block by block, and the client is asked to fetch their diagnostics again, or they are pushed.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Generator, Iterable
from pathlib import Path
from time import perf_counter

from lsprotocol import types

from bibwright.features.project import Folders
from bibwright.formats import format_of_name
from bibwright.lsp.convert import file_path, path_of
from bibwright.lsp.diagnostics import Pusher
from bibwright.lsp.server import Server

#: LaTeX documents, which count too, are watched for the configuration.
_WATCHED = ("**/*.bib", "**/*.ris")
_SLICE = 0.004
_PAUSE = 0.008
#: So long changes are gathered before the client is asked to fetch diagnostics again.
_REFRESH_DELAY = 0.2


class ProjectFolders:
    """Keeps the project of the open documents true to the files on disk."""

    def __init__(self, server: Server, pusher: Pusher) -> None:
        self._server = server
        self._pusher = pusher
        self._folders = Folders(
            server.open.project, server.linters.latex_documents, lambda: server.linters.configurations
        )
        self._roots: dict[str, Path] = {}
        self._work: deque[Generator[None, None, None]] = deque()
        #: What is in there, and has not begun.
        self._waiting: set[Callable[[], Generator[None, None, None]]] = set()
        self._changed: dict[Path, None] = {}
        self._worker: asyncio.Task[None] | None = None
        self._refresh: asyncio.TimerHandle | None = None
        server.on_checked = self.tell_documents

    def read_initialization(self, params: types.InitializeParams) -> None:
        """Take the folders that are open."""
        uris = [folder.uri for folder in params.workspace_folders or ()] or [params.root_uri or ""]
        self._roots = {uri: path for uri in uris if (path := file_path(uri)) is not None}

    def begin(self) -> None:
        """The session has begun: read the folders, and ask to be told what changes in them."""
        self._open_folders()
        workspace = self._server.client_capabilities.workspace
        watching = workspace.did_change_watched_files if workspace is not None else None
        if watching is not None and watching.dynamic_registration:
            watchers = [types.FileSystemWatcher(glob_pattern=pattern) for pattern in _WATCHED]
            registration = types.Registration(
                "bibwright-project-files",
                types.WORKSPACE_DID_CHANGE_WATCHED_FILES,
                types.DidChangeWatchedFilesRegistrationOptions(watchers),
            )
            self._server.client_register_capability(types.RegistrationParams([registration]))

    def take_changed_folders(self, params: types.DidChangeWorkspaceFoldersParams) -> None:
        """Folders were opened or closed."""
        for folder in params.event.removed:
            self._roots.pop(folder.uri, None)
        for folder in params.event.added:
            if (path := file_path(folder.uri)) is not None:
                self._roots[folder.uri] = path
        self._open_folders()

    def take_changed_files(self, uris: Iterable[str]) -> None:
        """Files were made, changed or deleted on disk."""
        self._changed |= {path: None for uri in uris if (path := file_path(uri)) is not None}
        if self._changed:
            self._do_once(self._read_changed)

    def take_saved_document(self) -> None:
        """A document was saved: a client that watches no files gives no other sign that some may have changed."""
        workspace = self._server.client_capabilities.workspace
        watching = workspace.did_change_watched_files if workspace is not None else None
        if watching is None or not watching.dynamic_registration:
            self._do_once(self._folders.steps)

    def take_configuration(self) -> None:
        """The configuration, which names files too, may have changed."""
        self._do_once(self._read_macro_files)

    def document_opened(self, uri: str) -> None:
        """A document was opened: where its folder is not one of those that are open, what stands beside it counts."""
        path = file_path(uri)
        if path is None:
            return
        if not self._folders.holds(path):
            self._do(self._folders.read_beside(path))
        self._do(self._folders.take_in(path))
        self._do_once(self._read_macro_files)

    def document_closed(self, uri: str) -> None:
        """A document was closed: the file counts again."""
        self.take_changed_files([uri])
        self._do_once(self._leave_lone)
        self._do_once(self._read_macro_files)
        self.tell_documents()

    def _open_paths(self) -> list[Path]:
        return [path for uri in self._server.open.documents if (path := file_path(uri)) is not None]

    # Which documents are open and which files have changed is looked up when the turn of these has come.

    def _read_changed(self) -> Generator[None, None, None]:
        paths, self._changed = self._changed, {}
        yield from self._folders.read_again(paths)

    def _read_macro_files(self) -> Generator[None, None, None]:
        yield from self._folders.read_macro_files(self._open_paths())

    def _leave_lone(self) -> Generator[None, None, None]:
        yield from self._folders.leave_lone(self._open_paths())

    def tell_documents(self) -> None:
        """Have the diagnostics shown anew of the documents that other files have given something to check."""
        disturbed = set(self._server.open.project.take_disturbed())
        if not disturbed:
            return
        for document in self._server.open.documents.values():
            if document.path in disturbed:
                self._server.mark_changed(document.uri)
                self._pusher.schedule(document)
        workspace = self._server.client_capabilities.workspace
        diagnostics = workspace.diagnostics if workspace is not None else None
        can_refresh = diagnostics is not None and bool(diagnostics.refresh_support)
        if self._server.can_pull and can_refresh and self._refresh is None:
            self._refresh = asyncio.get_running_loop().call_later(_REFRESH_DELAY, self._ask_to_pull)

    def _ask_to_pull(self) -> None:
        self._refresh = None
        if not self._server.was_shut_down:
            self._server.workspace_diagnostic_refresh(None)

    def _open_folders(self) -> None:
        self._folders.open(self._roots.values())
        self._do(self._folders.steps())

    def _do_once(self, make: Callable[[], Generator[None, None, None]]) -> None:
        """The same; once where it is asked for again before it has begun, as when a thousand files change."""
        if make not in self._waiting:
            self._waiting.add(make)
            self._do(self._begin(make))

    def _begin(self, make: Callable[[], Generator[None, None, None]]) -> Generator[None, None, None]:
        self._waiting.discard(make)
        yield from make()

    def _do(self, steps: Generator[None, None, None]) -> None:
        self._work.append(steps)
        if self._worker is None or self._worker.done():
            self._worker = asyncio.get_running_loop().create_task(self._run())

    async def _run(self) -> None:
        slice_end = perf_counter() + _SLICE
        while self._work and not self._server.was_shut_down:
            try:
                next(self._work[0])
            except StopIteration:
                self._work.popleft()
                self.tell_documents()
            if perf_counter() > slice_end:
                await asyncio.sleep(_PAUSE)
                slice_end = perf_counter() + _SLICE


def is_bibliography(uri: str) -> bool:
    """Whether a URI's suffix names a format of ours."""
    return format_of_name(path_of(uri)) is not None
