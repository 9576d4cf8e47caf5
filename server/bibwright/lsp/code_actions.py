"""Code actions as the protocol has them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lsprotocol import types

from bibwright.analysis.findings import has_safe_fix
from bibwright.analysis.workspace import OpenDocument
from bibwright.features import code_actions as feature
from bibwright.features.fixing import fix_steps
from bibwright.features.ignoring import ignore_in_entry, ignore_in_file, ignore_in_project
from bibwright.lsp import commands, conversion
from bibwright.lsp.convert import (
    BlockRanges,
    Json,
    diagnostic_json,
    edits_json,
    file_edit,
    file_path,
    to_position,
    workspace_edit,
)
from bibwright.lsp.schedule import result_of
from bibwright.lsp.server import Server

QUICK_FIX = "quickfix"
REWRITE = "refactor.rewrite"
FIX_ALL = "source.fixAll.bibwright"

KINDS = (QUICK_FIX, REWRITE, FIX_ALL)


async def code_actions(server: Server, params: types.CodeActionParams) -> list[Json]:
    """What can be done in a range, of the kinds that the client asked for; plain commands where it knows no others."""
    uri, only = params.text_document.uri, params.context.only
    document, state = server.find(uri), server.state_of(uri)
    if document is None:
        return []
    text_document = server.client_capabilities.text_document
    support = text_document.code_action if text_document is not None else None
    if support is None or support.code_action_literal_support is None:
        return _plain_commands(server, document, params)
    resolves = support.resolve_support is not None and "edit" in support.resolve_support.properties
    actions: list[Json] = []
    if _wanted(QUICK_FIX, only):
        actions += await _quick_fixes(server, document, params, resolves=resolves)
    if _wanted(FIX_ALL, only) and (_asked_for_fix_all(only) or (resolves and document.findings.safely_fixable)):
        fix_all: Json = {"title": "Fix all safe problems", "kind": FIX_ALL, "data": {"uri": uri}}
        if resolves:
            actions.append(fix_all)
        elif (edit := await _fix_all(server, uri)) is not None:
            actions.append({**fix_all, "edit": edit})
    if server.state_of(uri) != state:
        return []  # changed while it was looked through: the client asks again
    if _wanted(REWRITE, only):
        for action in _rewrites(server, document, params, resolves=resolves):
            if "command" in action or resolves:
                actions.append(action)
            elif (edit := _insertion(server, action["data"])) is not None:
                actions.append({**action, "edit": edit})
    return actions


async def _quick_fixes(
    server: Server, document: OpenDocument, params: types.CodeActionParams, *, resolves: bool
) -> list[Json]:
    """Fixes, then what fixes all that a rule finds, then what has it ignored."""
    start, end = to_position(params.range.start), to_position(params.range.end)
    state = server.state_of(document.uri)
    found = await result_of(feature.find_quick_fixes(document, start, end, server.encoding))
    if server.state_of(document.uri) != state:
        return []
    actions = []
    for fix in found.fixes:
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
    if resolves:
        actions += [_fix_rule(server, document, at) for at in found.rules if feature.is_fixable(at.diagnostic)]
    for at in found.rules:
        actions += _ignore(server, document, at)
    return actions


def _fix_rule(server: Server, document: OpenDocument, at: feature.FoundAt) -> Json:
    """Fix all that a rule finds in the file; when it is chosen it is worked out what that means."""
    diagnostic = at.diagnostic
    unsafe = not has_safe_fix(diagnostic)
    return {
        "title": f"Fix all {diagnostic.code} ({diagnostic.name}) in this file{' (unsafe)' if unsafe else ''}",
        "kind": QUICK_FIX,
        "diagnostics": [_json_of(server, document, at)],
        "data": {"uri": document.uri, "rule": diagnostic.code, "unsafe": unsafe},
    }


def _ignore(server: Server, document: OpenDocument, at: feature.FoundAt) -> Iterator[Json]:
    """Ignore what a rule finds: here, in the file, in all files of the project."""
    code = at.diagnostic.code
    same: Json = {"kind": QUICK_FIX, "diagnostics": [_json_of(server, document, at)]}
    in_entry = ignore_in_entry(document, at.block, at.diagnostic)
    if in_entry is not None:
        edit = BlockRanges(at.block, at.place, server.encoding).edit(in_entry)
        yield {"title": f"Ignore {code} for this entry", **same, "edit": workspace_edit(server, document, [edit])}
    in_file = ignore_in_file(document, at.place, at.block, at.diagnostic)
    if in_file is not None:
        edit = BlockRanges(in_file.block, in_file.place, server.encoding).edit(in_file.edit)
        yield {"title": f"Ignore {code} in this file", **same, "edit": workspace_edit(server, document, [edit])}
    path = file_path(document.uri)
    if path is None:
        return
    in_project = ignore_in_project(server.linters.configurations, path, server.folder, code, server.encoding)
    if in_project is not None and (not in_project.creates or commands.can_create_files(server)):
        title = f"Ignore {code} in this workspace ({in_project.path.name})"
        yield {"title": title, **same, "edit": file_edit(server, in_project)}


def _json_of(server: Server, document: OpenDocument, at: feature.FoundAt) -> Json:
    ranges = BlockRanges(at.block, at.place, server.encoding)
    return diagnostic_json(document, at.diagnostic, ranges, server.encoding)


def _plain_commands(server: Server, document: OpenDocument, params: types.CodeActionParams) -> list[Json]:
    found: list[Json] = []
    for action in _rewrites(server, document, params, resolves=False):
        if "command" in action:
            found.append(action["command"])
        elif commands.can_edit(server):
            command = {"command": commands.INSERT_CITATION, "arguments": [action["data"]]}
            found.append({"title": action["title"], **command})
    return found


def _rewrites(
    server: Server, document: OpenDocument, params: types.CodeActionParams, *, resolves: bool
) -> Iterator[Json]:
    """What can be done with an entry or a file: with a command, or with `data` from which the edit is worked out."""
    start, end = to_position(params.range.start), to_position(params.range.end)
    where: Json = {"start": _json(params.range.start), "end": _json(params.range.end)}
    has_entry = feature.has_entry(document, start, end, server.encoding)
    yield from _conversions(server, document, where if has_entry else None)
    for action in _conversions_in_place(server, document, params):
        # A client that shows what edits lose can do so with an edit that is worked out when the action is chosen.
        if resolves and conversion.can_annotate(server):
            yield {"title": action["title"], "kind": REWRITE, "data": action["argument"]}
        elif commands.can_edit(server):
            yield _command(action["title"], conversion.CONVERT_IN_PLACE, action["argument"])
    if has_entry:
        for number, (style, title) in enumerate(feature.style_titles(server.settings_of(document.uri).styles)):
            cited = {"uri": document.uri, "position": where["start"], "style": style}
            if commands.COPY_CITATION in server.client_commands:
                yield _command(f"Copy citation as {title}", commands.COPY_CITATION, cited)
            if number == 0:  # a menu of all of them twice would be a long one
                yield {"title": f"Insert citation as {title}", "kind": REWRITE, "data": cited}


def _conversions(server: Server, document: OpenDocument, where: Json | None) -> Iterator[Json]:
    """Conversions to another document, of the entries at a range where there are any, and of the file."""
    own = conversion.OPEN_CONVERTED in server.client_commands
    if not own and not commands.can_create_files(server):
        return
    # A client that can open an unsaved document does so; for others the server makes a new file.
    command = conversion.OPEN_CONVERTED if own else conversion.CREATE_CONVERTED
    for format, in_place in feature.offered_targets(document):
        if in_place:
            continue
        if where is not None:
            argument = {"uri": document.uri, "range": where, "to": format.id}
            yield _command(f"Convert entry to {format.title}", command, argument)
        yield _command(f"Convert file to {format.title}", command, {"uri": document.uri, "to": format.id})


def _conversions_in_place(server: Server, document: OpenDocument, params: types.CodeActionParams) -> Iterator[Json]:
    """Conversions between dialects where the text stands, as title and argument."""
    start, end = to_position(params.range.start), to_position(params.range.end)
    argument: Json = {"uri": document.uri, "version": document.version}
    where: Json = {"start": _json(params.range.start), "end": _json(params.range.end)}
    for format in feature.dialects_for_entries(document, start, end, server.encoding):
        title = f"Convert entry to {format.title} in place"
        yield {"title": title, "argument": {**argument, "range": where, "to": format.id}}
    for format in feature.dialects_for_file(document):
        yield {"title": f"Convert file to {format.title} in place", "argument": {**argument, "to": format.id}}


async def resolve(server: Server, action: types.CodeAction) -> Json | types.CodeAction:
    """Work out the edit of an action that was only named; any other comes back as it is."""
    data: Any = action.data
    if action.edit is not None or action.command is not None or not isinstance(data, dict):
        return action
    named: Json = {"title": action.title, "kind": action.kind, "data": data}
    if "style" in data:
        edit = _insertion(server, data)
    elif "to" in data:
        edit = await conversion.resolve_in_place(server, data)
    else:
        only, unsafe = str(data.get("rule", "")), data.get("unsafe") is True and "rule" in data
        edit = await _fix_all(server, str(data.get("uri")), only=only, unsafe=unsafe)
    return {name: value for name, value in {**named, "edit": edit}.items() if value is not None}


def _insertion(server: Server, what: Json) -> Json | None:
    document, edits = server.find(str(what.get("uri"))), commands.insertion_json(server, what)
    return workspace_edit(server, document, edits) if document is not None and edits else None


async def _fix_all(server: Server, uri: str, *, only: str = "", unsafe: bool = False) -> Json | None:
    document, state = server.find(uri), server.state_of(uri)
    if document is None:
        return None
    fixed = await result_of(fix_steps(document, unsafe=unsafe, only=only))
    if server.state_of(uri) != state:
        return None  # edited, closed or opened anew in the meantime: these edits are for a text that is gone
    edits = edits_json(document, fixed.edits, server.encoding)
    return workspace_edit(server, document, edits) if edits else None


def _command(title: str, command: str, argument: Json) -> Json:
    return {"title": title, "kind": REWRITE, "command": {"title": title, "command": command, "arguments": [argument]}}


def _wanted(kind: str, only: Any) -> bool:
    """Whether a client that asked for `only` these kinds wants this one: a kind stands for all below it."""
    return not only or any(one == "" or kind == one or kind.startswith(one + ".") for one in _names(only))


def _asked_for_fix_all(only: Any) -> bool:
    """Whether a client names this kind, as one does that fixes files when it saves them."""
    return bool(only) and any(one in ("source.fixAll", FIX_ALL) for one in _names(only))


def _names(only: Any) -> list[str]:
    return [str(getattr(one, "value", one)) for one in only]


def _json(position: types.Position) -> Json:
    return {"line": position.line, "character": position.character}
