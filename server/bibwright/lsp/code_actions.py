"""Code actions as the protocol has them."""

from __future__ import annotations

from typing import Any

from lsprotocol import types

from bibwright.features import code_actions as feature
from bibwright.features.fixing import fix_steps
from bibwright.lsp import commands
from bibwright.lsp.convert import BlockRanges, Json, diagnostic_json, edits_json, to_position, workspace_edit
from bibwright.lsp.schedule import result_of
from bibwright.lsp.server import Server

QUICK_FIX = "quickfix"
REWRITE = "refactor.rewrite"
FIX_ALL = "source.fixAll.bibwright"

KINDS = (QUICK_FIX, REWRITE, FIX_ALL)


def code_actions(server: Server, params: types.CodeActionParams) -> list[Json]:
    """What can be done in a range, of the kinds that the client asked for."""
    document = server.find(params.text_document.uri)
    if document is None:
        return []
    start, end = to_position(params.range.start), to_position(params.range.end)
    only = params.context.only
    actions: list[Json] = []
    if _wanted(QUICK_FIX, only):
        for fix in feature.find_quick_fixes(document, start, end, server.encoding):
            ranges = BlockRanges(fix.block, fix.place, server.encoding)
            action: Json = {
                "title": fix.title,
                "kind": QUICK_FIX,
                "diagnostics": [diagnostic_json(document, fix.diagnostic, ranges, server.encoding)],
                "edit": workspace_edit(server, document, [ranges.edit(edit) for edit in fix.edits]),
            }
            if fix.preferred:
                action["isPreferred"] = True
            actions.append(action)
    if _wanted(FIX_ALL, only):
        actions.append({"title": "Fix all safe problems", "kind": FIX_ALL, "data": {"uri": document.uri}})
    where: Json = {"start": _json(params.range.start), "end": _json(params.range.end)}
    has_entry = feature.has_entry(document, start, end, server.encoding)
    for target, title in feature.conversion_targets(document):
        if has_entry and _wanted(REWRITE, only):
            what = {"uri": document.uri, "range": where, "to": target}
            actions.append(_conversion(server, f"Convert entry to {title}", REWRITE, what))
        if _wanted(REWRITE, only):
            what = {"uri": document.uri, "to": target}
            actions.append(_conversion(server, f"Convert file to {title}", REWRITE, what))
    if has_entry and _wanted(REWRITE, only):
        for style, title in feature.style_titles(server.settings.styles):
            cited = {"uri": document.uri, "position": where["start"], "style": style}
            if commands.COPY_CITATION in server.client_commands:
                actions.append(_command(f"Copy citation as {title}", REWRITE, commands.COPY_CITATION, cited))
            actions.append({"title": f"Insert citation as {title}", "kind": REWRITE, "data": cited})
    return actions


async def resolve(server: Server, action: types.CodeAction) -> Json | types.CodeAction:
    """Work out the edit of an action that was only named; any other comes back as it is."""
    data: Any = action.data
    if action.edit is not None or action.command is not None or not isinstance(data, dict):
        return action
    named: Json = {"title": action.title, "kind": action.kind, "data": data}
    edit = _insertion(server, data) if "style" in data else await _fix_all(server, str(data.get("uri")))
    return {name: value for name, value in {**named, "edit": edit}.items() if value is not None}


def _insertion(server: Server, what: Json) -> Json | None:
    document = server.find(str(what.get("uri")))
    return None if document is None else workspace_edit(server, document, commands.insertion_json(server, what))


async def _fix_all(server: Server, uri: str) -> Json | None:
    document, state = server.find(uri), server.state_of(uri)
    if document is None:
        return None
    fixed = await result_of(fix_steps(document, unsafe=False))
    if server.state_of(uri) != state:
        return None  # edited, closed or opened anew in the meantime: these edits are for a text that is gone
    return workspace_edit(server, document, edits_json(document, fixed.edits, server.encoding))


def _conversion(server: Server, title: str, kind: str, what: Json) -> Json:
    """A client that can open an unsaved document does so; for others the server makes a new file."""
    own = commands.OPEN_CONVERTED in server.client_commands
    return _command(title, kind, commands.OPEN_CONVERTED if own else commands.CREATE_CONVERTED, what)


def _command(title: str, kind: str, command: str, argument: Json) -> Json:
    return {"title": title, "kind": kind, "command": {"title": title, "command": command, "arguments": [argument]}}


def _wanted(kind: str, only: Any) -> bool:
    """Whether a client that asked for `only` these kinds wants this one: a kind stands for all below it."""
    if not only:
        return True
    wanted = [str(getattr(one, "value", one)) for one in only]
    return any(one == "" or kind == one or kind.startswith(one + ".") for one in wanted)


def _json(position: types.Position) -> Json:
    return {"line": position.line, "character": position.character}
