"""Settings, configuration files and ignored rules in a session."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.lsp_client import CAPABILITIES, PUSH_CAPABILITIES, Client, Json, range_json

TEXT = "@misc{a, title={A : B} year={2020}, pages={1-2},}\n"
WATCHING = {
    **CAPABILITIES,
    "workspace": {**CAPABILITIES["workspace"], "didChangeWatchedFiles": {"dynamicRegistration": True}},
}


def codes(client: Client, uri: str) -> list[str]:
    return [found["code"] for found in client.diagnostics(uri) if found["code"] in ("S103", "V408", "T611", "B001")]


def titles(client: Client, uri: str, at: tuple[int, int]) -> dict[str, Json]:
    params = {"textDocument": {"uri": uri}, "range": range_json(at, at), "context": {"diagnostics": []}}
    return {
        action["title"]: action
        for action in client.request("textDocument/codeAction", params)
        if action["kind"] == "quickfix"
    }


def published(client: Client, uri: str) -> list[str]:
    while (params := client.wait_for("textDocument/publishDiagnostics"))["uri"] != uri:
        pass
    return [f"{found['range']['start']['line']}: {found['message']}" for found in params["diagnostics"]]


def test_a_changed_file_is_seen_at_once_and_its_faults_are_shown_in_it(tmp_path: Path) -> None:
    file = tmp_path / "bibwright.toml"
    uri = (tmp_path / "a.bib").as_uri()
    with Client(WATCHING) as client:
        client.open(uri, TEXT)
        assert codes(client, uri) == ["T611", "S103", "V408"]
        registered = next(message for message in client.received if message["method"] == "client/registerCapability")
        [registration] = registered["params"]["registrations"]
        assert registration["method"] == "workspace/didChangeWatchedFiles"
        globs = [watcher["globPattern"] for watcher in registration["registerOptions"]["watchers"]]
        assert {"**/bibwright.toml", "**/pyproject.toml"} <= set(globs)

        file.write_text('# ours\nselct = []\nignore = ["S"]\n')
        client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": file.as_uri(), "type": 1}]})
        assert codes(client, uri) == ["T611", "V408"]
        assert published(client, file.as_uri()) == ['1: "selct" is no setting; did you mean "select"?']
        assert "bibwright.toml:2:1: " in client.wait_for("window/logMessage")["message"]

        file.write_text("ignore = []\n")
        client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": file.as_uri(), "type": 2}]})
        assert codes(client, uri) == ["T611", "S103", "V408"]
        assert published(client, file.as_uri()) == []


def test_without_watching_a_change_is_seen_when_a_document_is_saved(tmp_path: Path) -> None:
    uri = (tmp_path / "a.bib").as_uri()

    def pushed(client: Client) -> list[str]:
        while (params := client.wait_for("textDocument/publishDiagnostics"))["uri"] != uri:
            pass
        return [found["code"] for found in params["diagnostics"] if found["code"] in ("S103", "V408", "T611")]

    with Client(PUSH_CAPABILITIES) as client:
        client.open(uri, TEXT)
        assert pushed(client) == ["T611", "S103", "V408"]
        (tmp_path / "bibwright.toml").write_text('select = ["V408"]\n')
        client.notify("textDocument/didSave", {"textDocument": {"uri": uri}})
        assert pushed(client) == ["V408"]


def test_the_file_comes_before_the_settings_of_the_editor(tmp_path: Path) -> None:
    uri = (tmp_path / "a.bib").as_uri()
    settings = {"ignore": ["T611"], "severity": {"V408": "error"}, "nonsense": 1, "trace": {"server": "off"}}
    with Client(settings=settings) as client:
        client.open(uri, TEXT)
        assert client.wait_for("window/logMessage")["message"] == 'setting bibwright.nonsense: "nonsense" is no setting'
        assert codes(client, uri) == ["S103", "V408"]
        [pages] = [found for found in client.diagnostics(uri) if found["code"] == "V408"]
        assert pages["severity"] == 1

        (tmp_path / "bibwright.toml").write_text('severity = { V408 = "information" }\n')
        client.notify("textDocument/didSave", {"textDocument": {"uri": uri}})
        [pages] = [found for found in client.diagnostics(uri) if found["code"] == "V408"]
        assert pages["severity"] == 3
        assert codes(client, uri) == ["S103", "V408"]


def test_a_rule_is_ignored_for_an_entry_a_file_and_a_workspace(tmp_path: Path) -> None:
    uri = (tmp_path / "a.bib").as_uri()
    with Client() as client:
        client.open(uri, TEXT)
        offered = titles(client, uri, (0, 44))
        assert list(offered)[1:] == [
            "Fix all V408 (page-range) in this file",
            "Ignore V408 for this entry",
            "Ignore V408 in this file",
            "Ignore V408 in this workspace (bibwright.toml)",
        ]
        [change] = offered["Ignore V408 for this entry"]["edit"]["documentChanges"]
        assert change["edits"][0]["newText"] == "% bibwright: ignore[V408]\n"
        create, change = offered["Ignore V408 in this workspace (bibwright.toml)"]["edit"]["documentChanges"]
        assert (create["kind"], create["uri"]) == ("create", (tmp_path / "bibwright.toml").as_uri())
        assert change["edits"][0]["newText"] == 'ignore = ["V408"]\n'

        client.change(uri, (0, 0), (0, 0), "% bibwright: ignore[V408, S103]\n")
        assert codes(client, uri) == ["T611"]
        client.change(uri, (1, 22), (1, 22), ",")
        unused = next(found for found in client.diagnostics(uri) if found["code"] == "B001")
        assert unused["tags"] == [1]
        assert unused["codeDescription"]["href"].endswith("/B001.md")


def test_all_that_a_rule_finds_is_fixed() -> None:
    uri = "file:///refs/a.bib"
    with Client() as client:
        client.open(uri, "@misc{a, pages={1-2}, title={A} year={2020},}\n@misc{b, pages={3-4},}\n")
        fix_all = titles(client, uri, (0, 17))["Fix all V408 (page-range) in this file"]
        assert "edit" not in fix_all
        resolved = client.request("codeAction/resolve", fix_all)
        [change] = resolved["edit"]["documentChanges"]
        assert [edit["range"]["start"]["line"] for edit in change["edits"]] == [0, 1]


def test_hover_explains_the_rules_at_a_place() -> None:
    uri = "file:///refs/a.bib"
    with Client(settings={"styles": ["kci-apa"]}) as client:
        client.open(uri, "% bibwright: ignore[T611]\n" + TEXT)
        client.diagnostics(uri)

        def hover(at: tuple[int, int]) -> str:
            params = {"textDocument": {"uri": uri}, "position": {"line": at[0], "character": at[1]}}
            shown = client.request("textDocument/hover", params)
            return "" if shown is None else shown["contents"]["value"]

        assert "V408](file:" in hover((1, 44))
        assert "page-range: " in hover((1, 44))
        assert "KCI APA" in hover((1, 44))
        assert hover((0, 22)).startswith("**[T611](file:")
        assert hover((0, 3)) == ""


def test_a_citation_is_inserted_above_the_comments_of_the_entry() -> None:
    uri = "file:///refs/a.bib"
    with Client(settings={"styles": ["kci-apa"]}) as client:
        client.open(uri, "@misc{b, title={B},}\n% bibwright: ignore[T611]\n" + TEXT)
        client.diagnostics(uri)  # behind the settings
        params = {"textDocument": {"uri": uri}, "range": range_json((2, 8), (2, 8)), "context": {"diagnostics": []}}
        actions = {action["title"]: action for action in client.request("textDocument/codeAction", params)}
        resolved = client.request("codeAction/resolve", actions["Insert citation as KCI APA"])
        [change] = resolved["edit"]["documentChanges"]
        assert change["edits"][0]["range"] == range_json((1, 0), (1, 0))


def test_a_file_that_is_excluded_is_not_checked(tmp_path: Path) -> None:
    (tmp_path / "bibwright.toml").write_text('exclude = ["vendor/"]\n')
    (tmp_path / "vendor").mkdir()
    uri = (tmp_path / "vendor" / "a.bib").as_uri()
    with Client() as client:
        client.open(uri, TEXT)
        assert client.diagnostics(uri) == []


def test_what_was_said_of_a_file_is_taken_back_when_its_documents_are_closed(tmp_path: Path) -> None:
    (tmp_path / "bibwright.toml").write_text("selct = []\n")
    uri, file = (tmp_path / "a.bib").as_uri(), (tmp_path / "bibwright.toml").as_uri()
    with Client() as client:
        client.open(uri, TEXT)
        assert len(published(client, file)) == 1
        client.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
        assert published(client, file) == []


def test_the_styles_of_the_file_are_offered_first(tmp_path: Path) -> None:
    (tmp_path / "bibwright.toml").write_text('styles = ["kci-mla", "no-such-style", "kci-apa"]\n')
    uri = (tmp_path / "a.bib").as_uri()
    with Client() as client:
        client.open(uri, TEXT)
        ask = {"command": "bibwright.listStyles", "arguments": [{"uri": uri}]}
        styles = client.request("workspace/executeCommand", ask)
        assert [style["id"] for style in styles if style["chosen"]] == ["kci-mla", "kci-apa"]
        assert [style["id"] for style in styles][:2] == ["kci-mla", "kci-apa"]
        plain = client.request("workspace/executeCommand", {"command": "bibwright.listStyles"})
        assert len(plain) == len(styles)
        assert not any(style["chosen"] for style in plain)


def test_of_many_changes_at_once_the_last_counts(tmp_path: Path) -> None:
    file, uri = tmp_path / "bibwright.toml", (tmp_path / "a.bib").as_uri()
    with Client(PUSH_CAPABILITIES) as client:
        client.open(uri, TEXT)
        assert len(published(client, uri)) > 1
        for number in range(300):
            file.write_text(f'select = ["{"S" if number % 2 else "T"}"]\n')
            client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": file.as_uri(), "type": 2}]})
        while [message[:14] for message in published(client, uri)] != ["0: there is no"]:
            pass
    assert client.stderr == b""


@pytest.mark.parametrize(("encoding", "column"), [("utf-8", 22), ("utf-16", 20), ("utf-32", 19)])
def test_faults_of_the_file_stand_where_the_client_counts(tmp_path: Path, encoding: str, column: int) -> None:
    file = tmp_path / "bibwright.toml"
    file.write_text('entry-types = ["𝒳"], 1\n', "utf-8")
    with Client({**CAPABILITIES, "general": {"positionEncodings": [encoding]}}) as client:
        client.open((tmp_path / "a.bib").as_uri(), TEXT)
        params = client.wait_for("textDocument/publishDiagnostics")
    assert params["uri"] == file.as_uri()
    assert params["diagnostics"][0]["range"]["start"] == {"line": 0, "character": column}
