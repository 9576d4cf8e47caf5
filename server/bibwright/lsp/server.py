"""The server: what it remembers of the client, and the documents it has open."""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import Callable
from itertools import count
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory
from typing import Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from bibwright import __version__
from bibwright.analysis.linter import Linter
from bibwright.analysis.settings import Settings
from bibwright.analysis.workspace import OpenDocument, Workspace
from bibwright.features.linters import Linters
from bibwright.formats.format import Format
from bibwright.lsp.convert import file_path
from bibwright.lsp.protocol import BibwrightProtocol, new_converter
from bibwright.text.columns import PositionEncoding

logger = logging.getLogger(__name__)


class Server(LanguageServer):
    """A pygls server with our own documents in `open`."""

    def __init__(self) -> None:
        super().__init__("bibwright", __version__, protocol_cls=BibwrightProtocol, converter_factory=new_converter)
        self.open = Workspace()
        self.linters = Linters()
        #: The folder that is open in the editor.
        self.folder: Path | None = None
        #: Called when a document has been checked: others may have something to check now.
        self.on_checked: Callable[[], None] = lambda: None
        #: The files that conversions were put into in this session, saved or not.
        self.created: set[Path] = set()
        #: The commands that the client itself offers to code actions.
        self.client_commands: frozenset[str] = frozenset()
        #: Messages that are shown and not answered yet.
        self.told: set[asyncio.Task[None]] = set()
        self._report_folder: TemporaryDirectory[str] | None = None
        self._session = token_hex(4)
        self._numbers = count()
        self._states: dict[str, str] = {}

    @property
    def encoding(self) -> PositionEncoding:
        """What a column counts in this session."""
        agreed = self.server_capabilities.position_encoding
        return PositionEncoding(getattr(agreed, "value", agreed))

    @property
    def can_pull(self) -> bool:
        """Whether the client asks for diagnostics itself; then they are never pushed."""
        text_document = self.client_capabilities.text_document
        return text_document is not None and text_document.diagnostic is not None

    @property
    def report_folder(self) -> TemporaryDirectory[str]:
        """A folder for reports to be shown, which lives as long as the server."""
        if self._report_folder is None:
            self._report_folder = TemporaryDirectory(prefix="bibwright-")
        return self._report_folder

    @property
    def was_shut_down(self) -> bool:
        """Whether the client asked the server to shut down."""
        return bool(self.protocol._shutdown)

    def mark_changed(self, uri: str) -> None:
        """Give a document that was opened, edited or closed a new state.

        No state is given twice, whatever is closed and opened again: a client may remember an old one, even one of a
        server that has ended.
        """
        if self.find(uri) is None:
            self._states.pop(uri, None)
        else:
            self._states[uri] = f"{self._session}-{next(self._numbers)}"

    def state_of(self, uri: str) -> str | None:
        """What stands for the present text of a document; None when it is not open."""
        return self._states.get(uri)

    def find(self, uri: str) -> OpenDocument | None:
        """The open document, or None: a client may well ask for one that it has closed."""
        return self.open.find(uri)

    def linter_for(self, uri: str, format: Format) -> Linter:
        """The linter that the user wants for a document."""
        return self.linters.open_linter_for(file_path(uri), format)

    def settings_of(self, uri: str) -> Settings:
        """The settings of a document."""
        return self.linters.configurations.settings_for(file_path(uri))

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Write an error to the log. pygls would show it in a window, over what the user is writing."""
        logger.error("%s: %s", getattr(source, "__name__", source), error, exc_info=error)

    def say(self, kind: types.MessageType, message: str) -> None:
        """Show a message to the user."""
        self.window_show_message(types.ShowMessageParams(kind, message))


def new_server() -> Server:
    """A server with all its handlers."""
    from bibwright.lsp.handlers import register

    server = Server()
    register(server)
    return server


def serve_stdio() -> int:
    """Serve one client on standard input and output until it leaves; 0 when it shut the server down first, else 1."""
    _prepare_process()
    server = new_server()
    server.start_io()
    return 0 if server.was_shut_down else 1


def serve_tcp(host: str, port: int) -> int:
    """The same on a TCP address. Raises `OSError` when it cannot be listened on."""
    _prepare_process()
    server = new_server()
    server.start_tcp(host, port)
    return 0 if server.was_shut_down else 1


def _prepare_process() -> None:
    # pygls logs every message, and clients show standard error as errors.
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    # A large file means a million small objects that live long and form no cycles: looking through them again and
    # again would take half of the time of opening it.
    gc.set_threshold(100_000, 50, 100)
