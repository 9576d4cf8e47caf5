"""The table of contents of the server: every notification, request and command, and what answers it."""

from __future__ import annotations

from typing import Any

from lsprotocol import types

from bibwright.features.hover import hover
from bibwright.features.project import path_in_project
from bibwright.formats import find_format
from bibwright.lsp import code_actions, commands, conversion
from bibwright.lsp.bibliography import RENDER_BIBLIOGRAPHY, WRITE_BIBLIOGRAPHY, Bibliographies
from bibwright.lsp.configuration import Configuration
from bibwright.lsp.convert import BlockRanges, Json, file_path, path_of, to_position
from bibwright.lsp.diagnostics import Pusher, pull
from bibwright.lsp.project import ProjectFolders, is_bibliography
from bibwright.lsp.server import Server


def register(server: Server) -> None:
    """Give a server all its handlers."""
    pusher = Pusher(server)
    folders = ProjectFolders(server, pusher)
    configuration = Configuration(server, pusher, folders.take_configuration)
    bibliographies = Bibliographies(server)

    # --- Documents

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def did_open(params: types.DidOpenTextDocumentParams) -> None:
        item = params.text_document
        format = find_format(path_of(item.uri), item.text, item.language_id)
        if format is None:
            close(item.uri)  # it may be open already, as something else
            return
        linter = server.linter_for(item.uri, format)
        path = file_path(item.uri)
        in_project = item.uri if path is None else path_in_project(path)
        document = server.open.open(item.uri, item.version, format, item.text, linter, path=in_project)
        folders.document_opened(item.uri)
        server.mark_changed(item.uri)
        pusher.schedule(document)
        configuration.publish_problems()
        bibliographies.document_opened(item.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def did_change(params: types.DidChangeTextDocumentParams) -> None:
        document = server.find(params.text_document.uri)
        if document is None:
            return  # closed without saving: some clients send this behind the close
        for change in params.content_changes:
            if isinstance(change, types.TextDocumentContentChangePartial):
                start, end = to_position(change.range.start), to_position(change.range.end)
                document.edit(start, end, change.text, server.encoding)
            else:
                document.replace(change.text)
        document.version = params.text_document.version
        server.mark_changed(document.uri)
        pusher.schedule(document)
        folders.tell_documents()

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def did_save(_: types.DidSaveTextDocumentParams) -> None:
        configuration.refresh()
        folders.take_saved_document()

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def did_close(params: types.DidCloseTextDocumentParams) -> None:
        close(params.text_document.uri)

    def close(uri: str) -> None:
        if server.find(uri) is not None:
            server.open.close(uri)
            server.mark_changed(uri)
            pusher.clear(uri)
            configuration.publish_problems()
            folders.document_closed(uri)
            bibliographies.document_closed(uri)

    # --- Settings

    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        configuration.read_initialization(params)
        folders.read_initialization(params)

    @server.feature(types.INITIALIZED)
    def initialized(_: types.InitializedParams) -> None:
        configuration.begin()
        folders.begin()

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    def did_change_configuration(params: types.DidChangeConfigurationParams) -> None:
        configuration.take_changed_settings(params.settings)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def did_change_watched_files(params: types.DidChangeWatchedFilesParams) -> None:
        uris = [event.uri for event in params.changes]
        if not all(is_bibliography(uri) for uri in uris):
            configuration.refresh_soon()
        folders.take_changed_files(uris)

    @server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def did_change_workspace_folders(params: types.DidChangeWorkspaceFoldersParams) -> None:
        folders.take_changed_folders(params)

    # --- What the editor shows

    @server.feature(
        types.TEXT_DOCUMENT_DIAGNOSTIC,
        types.DiagnosticOptions(inter_file_dependencies=True, workspace_diagnostics=False, identifier="bibwright"),
    )
    async def diagnostic(params: types.DocumentDiagnosticParams) -> Json:
        configuration.catch_up()
        return await pull(server, params)

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def show_hover(params: types.HoverParams) -> Json | None:
        document = server.find(params.text_document.uri)
        if document is None:
            return None
        settings = server.settings_of(document.uri)
        project = None if "styles" in settings.given else document.linter.options.style
        at = to_position(params.position)
        shown = hover(document, at, settings.styles, server.encoding, settings.locale, project=project)
        if shown is None:
            return None
        ranges = BlockRanges(document.blocks.block(shown.place), shown.place, server.encoding)
        return {"contents": {"kind": "markdown", "value": shown.markdown}, "range": ranges.range(shown.span)}

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.CodeActionOptions(code_action_kinds=list(code_actions.KINDS), resolve_provider=True),
    )
    async def code_action(params: types.CodeActionParams) -> list[Json]:
        return await code_actions.code_actions(server, params)

    @server.feature(types.CODE_ACTION_RESOLVE)
    async def resolve_code_action(action: types.CodeAction) -> Json | types.CodeAction:
        return await code_actions.resolve(server, action)

    @server.feature(RENDER_BIBLIOGRAPHY)
    async def render_bibliography(params: Any) -> Json | None:
        return await bibliographies.render(params)

    # --- Commands

    @server.command(WRITE_BIBLIOGRAPHY)
    async def write_bibliography(params: Any) -> Json | None:
        return await bibliographies.write(params)

    @server.command(commands.RENDER_CITATION)
    def render_citation(params: Any) -> Json | None:
        return commands.render_citation(server, params)

    @server.command(commands.INSERT_CITATION)
    async def insert_citation(params: Any) -> bool:
        return await commands.insert_citation(server, params)

    @server.command(conversion.LIST_TARGETS)
    def list_targets(params: Any) -> list[Json]:
        return conversion.list_targets(server, params)

    @server.command(conversion.CONVERT_ENTRY)
    async def convert_entry(params: Any) -> Json | bool | None:
        return await conversion.convert_entry(server, params)

    @server.command(conversion.CONVERT_FILE)
    async def convert_file(params: Any) -> Json | bool | None:
        return await conversion.convert_file(server, params)

    @server.command(conversion.CONVERT_IN_PLACE)
    async def convert_in_place(params: Any) -> Json | bool | None:
        return await conversion.convert_in_document(server, params)

    @server.command(conversion.CREATE_CONVERTED)
    async def create_converted(params: Any) -> Json | bool | None:
        return await conversion.create_converted(server, params)

    @server.command(commands.LIST_STYLES)
    def list_styles(params: Any = None) -> list[Json]:
        return commands.list_styles(server, params)
