"""Code actions as clients of different abilities get them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.support.lsp_client import CAPABILITIES, Client, Json, range_json

URI = "file:///refs/a.bib"
CLEAN = "@misc{a, title={A}, author={B, C}, year={2020}}\n"
FAULTY = "@misc{a, title={A} year={2020}}\n"
FIX_ALL = "source.fixAll.bibwright"


def abilities(code_action: Mapping[str, Any] | None, workspace: Json | None = None) -> Json:
    """The capabilities of an editor like VS Code, but for these."""
    text_document = {**CAPABILITIES["textDocument"], "codeAction": code_action}
    if code_action is None:
        del text_document["codeAction"]
    return {
        **CAPABILITIES,
        "textDocument": text_document,
        "workspace": CAPABILITIES["workspace"] if workspace is None else workspace,
    }


LITERALS = {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": [""]}}}


def actions(
    client: Client, end: tuple[int, int] = (0, 20), only: list[str] | None = None, start: tuple[int, int] = (0, 10)
) -> list[Json]:
    context: Json = {"diagnostics": []}
    if only is not None:
        context["only"] = only
    params = {"textDocument": {"uri": URI}, "range": range_json(start, end), "context": context}
    found: list[Json] = client.request("textDocument/codeAction", params)
    return found


def kinds(found: list[Json]) -> set[str]:
    return {action["kind"] for action in found}


def test_a_range_over_a_large_file_gives_a_menu_that_can_be_read() -> None:
    count = 20_000
    with Client() as client:
        client.open(URI, FAULTY * count)
        client.request("workspace/executeCommand", {"command": "bibwright.listStyles"})  # behind the opening
        found = actions(client, end=(count, 0))

        quick = [action["title"] for action in found if action["kind"] == "quickfix"]
        # Fixes first; then, for a few rules, what fixes all that they find and what has them ignored.
        assert not [title for title in quick[:100] if title.startswith(("Fix all ", "Ignore "))]
        assert "Fix all S103 (missing-comma) in this file" in quick[100:]
        assert 100 < len(quick) <= 100 + 5 * 4
        assert "source.fixAll.bibwright" in kinds(found)


def test_fixing_all_is_offered_where_a_safe_fix_is_known() -> None:
    with Client() as client:
        client.open(URI, CLEAN)
        client.diagnostics(URI)
        assert FIX_ALL not in kinds(actions(client))
        assert kinds(actions(client, only=["source"])) == set()
        assert kinds(actions(client, only=["source.fixAll"])) == {FIX_ALL}
        assert kinds(actions(client, only=[FIX_ALL])) == {FIX_ALL}

        client.change(URI, (0, 18), (0, 19), "")
        client.diagnostics(URI)
        assert FIX_ALL in kinds(actions(client))

        client.change(URI, (0, 18), (0, 18), ",")
        client.diagnostics(URI)
        assert FIX_ALL not in kinds(actions(client))


def test_a_client_that_resolves_nothing_gets_edits_at_once() -> None:
    with Client(abilities(LITERALS)) as client:
        client.open(URI, FAULTY)
        found = actions(client)
        assert FIX_ALL not in kinds(found)
        assert all("edit" in action or "command" in action for action in found)
        [insert] = [action for action in found if action["title"] == "Insert citation as APA Style 7th edition"]
        assert insert["edit"]["documentChanges"][0]["edits"][0]["newText"].startswith("% ")

        [fix] = actions(client, only=["source.fixAll"])
        assert fix["edit"]["documentChanges"][0]["edits"][0]["newText"] == ","


def test_a_client_that_resolves_something_else_gets_edits_at_once() -> None:
    with Client(abilities({**LITERALS, "resolveSupport": {"properties": ["command"]}})) as client:
        client.open(URI, FAULTY)
        assert all("edit" in action or "command" in action for action in actions(client))


def test_a_client_that_knows_only_commands_gets_commands() -> None:
    for code_action in ({}, None):
        with Client(abilities(code_action)) as client:
            client.open(URI, FAULTY)
            found = {command["title"]: command for command in actions(client)}
            assert all(set(command) == {"title", "command", "arguments"} for command in found.values())

            insert = found["Insert citation as APA Style 7th edition"]
            params = {"command": insert["command"], "arguments": insert["arguments"]}
            assert client.request("workspace/executeCommand", params) is True
            assert client.wait_for("workspace/applyEdit")["label"] == "Insert citation"


def test_a_client_that_cannot_create_files_gets_the_text(tmp_path: Path) -> None:
    uri = (tmp_path / "a.bib").as_uri()
    cannot: list[Json] = [
        {},
        {"applyEdit": True, "workspaceEdit": {"documentChanges": True}},
        {"applyEdit": True, "workspaceEdit": {"resourceOperations": ["rename"]}},
        {"applyEdit": False, "workspaceEdit": {"resourceOperations": ["create"]}},
    ]
    for workspace in cannot:
        with Client(abilities(CAPABILITIES["textDocument"]["codeAction"], workspace)) as client:
            client.open(URI, CLEAN)
            titles = [action["title"] for action in actions(client)]
            assert not [title for title in titles if title.startswith("Convert") and not title.endswith("in place")]

            client.open(uri, CLEAN)
            params = {"command": "bibwright.createConverted", "arguments": [{"uri": uri, "to": "ris"}]}
            assert client.request("workspace/executeCommand", params)["text"].startswith("TY  - ")
            assert "cannot create files" in client.wait_for("window/showMessage")["message"]
            assert not [message for message in client.received if message["method"] == "workspace/applyEdit"]


def test_fixes_for_a_text_that_is_gone_are_not_sent() -> None:
    with Client() as client:
        client.open(URI, FAULTY * 2000)
        [action] = actions(client, only=["source.fixAll"])
        asked = client.send("codeAction/resolve", action)
        client.notify("textDocument/didClose", {"textDocument": {"uri": URI}})
        client.open(URI, CLEAN)

        assert client.answer_to(asked)["result"] == action
    assert client.stderr == b""
