"""Whole sessions with a real server process."""

import json
import socket
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest

from bibwright.text.columns import LineTable, PositionEncoding
from tests.support.lsp_client import CAPABILITIES, PUSH_CAPABILITIES, Client, Json, range_json

URI = "file:///refs/kci.bib"
CLOSED_AFTER_KEY = """\
@article{suh2015},
author={Sangmun Suh},
title={Combined Forces : a Command},
journal={military history},
year={2015},
number={95},
pages={1-54},
doi={10.29212/mh.2015..95.1}
"""
RIS = """\
TY - JOUR
AU - Sangmun Suh
TI - Combined Forces Command
JO - military history
PY - 2015
VL - null
DO - 10.29212/mh.2015..95.1
ER -
"""


def apply(text: str, edits: list[Json]) -> str:
    table = LineTable(text)

    def offset(position: Json) -> int:
        return table.offset(position["line"], position["character"], PositionEncoding.UTF16)

    for edit in sorted(edits, key=lambda edit: offset(edit["range"]["start"]), reverse=True):
        start, end = offset(edit["range"]["start"]), offset(edit["range"]["end"])
        text = text[:start] + edit["newText"] + text[end:]
    return text


def edits_of(action: Json) -> list[Json]:
    [change] = action["edit"]["documentChanges"]
    edits: list[Json] = change["edits"]
    return edits


def actions_at(client: Client, uri: str, line: int, character: int, only: list[str] | None = None) -> list[Json]:
    context: Json = {"diagnostics": []}
    if only is not None:
        context["only"] = only
    place = range_json((line, character), (line, character))
    params = {"textDocument": {"uri": uri}, "range": place, "context": context}
    actions: list[Json] = client.request("textDocument/codeAction", params)
    return actions


def test_diagnostics_are_pulled_where_the_client_can_pull() -> None:
    with Client() as client:
        client.open(URI, CLOSED_AFTER_KEY)

        found = client.diagnostics(URI)

        assert [(d["code"], d["severity"]) for d in found] == [("S101", 1), ("T611", 4), ("V408", 4)]
        assert found[0]["range"] == range_json((0, 16), (0, 17))
        assert len(found[0]["relatedInformation"]) == 2
        assert not [message for message in client.received if "publishDiagnostics" in message["method"]]


def test_diagnostics_are_pushed_to_other_clients_and_taken_back_on_close() -> None:
    with Client(PUSH_CAPABILITIES) as client:
        client.open(URI, CLOSED_AFTER_KEY)
        assert client.wait_for("textDocument/publishDiagnostics")["diagnostics"][0]["code"] == "S101"

        client.change(URI, (0, 16), (0, 17), "")
        pushed = client.wait_for("textDocument/publishDiagnostics")
        assert pushed["version"] == 2
        assert "S101" not in [d["code"] for d in pushed["diagnostics"]]

        client.notify("textDocument/didClose", {"textDocument": {"uri": URI}})
        assert client.wait_for("textDocument/publishDiagnostics")["diagnostics"] == []


def test_an_unchanged_document_is_not_sent_again() -> None:
    with Client() as client:
        client.open(URI, CLOSED_AFTER_KEY)
        first = client.request("textDocument/diagnostic", {"textDocument": {"uri": URI}})
        again = {"textDocument": {"uri": URI}, "previousResultId": first["resultId"]}

        assert client.request("textDocument/diagnostic", again)["kind"] == "unchanged"

        client.change(URI, (7, 0), (7, 0), " ")
        assert client.request("textDocument/diagnostic", again)["kind"] == "full"


def test_a_quick_fix_removes_its_finding() -> None:
    with Client() as client:
        client.open(URI, CLOSED_AFTER_KEY)
        [action] = [a for a in actions_at(client, URI, 0, 16) if a["kind"] == "quickfix" and a.get("isPreferred")]

        assert action["diagnostics"][0]["code"] == "S101"
        fixed = apply(CLOSED_AFTER_KEY, edits_of(action))
        assert fixed.startswith("@article{suh2015,\n")
        assert fixed.endswith("95.1}\n}\n")


@pytest.mark.parametrize(("uri", "text"), [(URI, CLOSED_AFTER_KEY), ("file:///refs/kci.ris", RIS)])
def test_fix_all_is_worked_out_when_it_is_chosen(uri: str, text: str) -> None:
    with Client() as client:
        client.open(uri, text)
        [action] = actions_at(client, uri, 0, 0, ["source.fixAll"])
        assert action["kind"] == "source.fixAll.bibwright"
        assert "edit" not in action

        fixed = apply(text, edits_of(client.request("codeAction/resolve", action)))

        client.notify(
            "textDocument/didChange", {"textDocument": {"uri": uri, "version": 9}, "contentChanges": [{"text": fixed}]}
        )
        assert [d for d in client.diagnostics(uri) if d["severity"] == 1] == []
        assert "null" not in fixed


def test_hover_shows_the_citation_in_the_styles_of_the_settings() -> None:
    with Client(settings={"styles": ["kci-mla", "kci-acs", "no-such-style"]}) as client:
        opened = client.open(URI, CLOSED_AFTER_KEY)
        client.wait_for("workspace/configuration")

        def hover(line: int, character: int) -> Any:
            return client.request("textDocument/hover", {**opened, "position": {"line": line, "character": character}})

        shown = hover(1, 12)["contents"]["value"]
        assert shown.index("**KCI MLA**") < shown.index("**KCI ACS**") < shown.index("**no-such-style**")
        assert "military history 95 pp.1-54 (2015) : 1." in shown
        assert "(https://doi.org/10.29212/mh.2015..95.1)" in shown
        assert "journal" in hover(3, 3)["contents"]["value"]
        assert hover(3, 3)["range"] == range_json((3, 0), (3, 7))


def test_citations_are_rendered_and_inserted_where_they_change_nothing() -> None:
    with Client(options={"clientCommands": ["bibwright.copyCitation"]}, settings={"styles": ["kci-apa"]}) as client:
        client.open(URI, CLOSED_AFTER_KEY)
        client.diagnostics(URI)  # behind the settings
        actions = {a["title"]: a for a in actions_at(client, URI, 1, 0, ["refactor"])}

        copy = actions["Copy citation as KCI APA"]["command"]
        rendered = client.request(
            "workspace/executeCommand", {"command": "bibwright.renderCitation", "arguments": copy["arguments"]}
        )
        expected = "Sangmun Suh. (2015). Combined Forces : a Command. military history, 95, 1-54."
        assert rendered == {"key": "suh2015", "text": expected}

        inserted = client.request("codeAction/resolve", actions["Insert citation as KCI APA"])
        assert apply(CLOSED_AFTER_KEY, edits_of(inserted)) == f"% {expected}\n{CLOSED_AFTER_KEY}"


def test_a_client_with_its_own_command_opens_the_conversion() -> None:
    with Client(options={"clientCommands": ["bibwright.openConverted"]}) as client:
        client.open(URI, CLOSED_AFTER_KEY)
        [action] = [a for a in actions_at(client, URI, 1, 0) if a["title"] == "Convert entry to RIS"]
        assert action["command"]["command"] == "bibwright.openConverted"

        converted = client.request(
            "workspace/executeCommand",
            {"command": "bibwright.convertEntry", "arguments": action["command"]["arguments"]},
        )
        assert converted["languageId"] == "ris"
        assert converted["text"].startswith("TY  - JOUR\n")
        assert "AU  - Suh, Sangmun\n" in converted["text"]


def test_for_other_clients_the_server_makes_a_new_file_under_a_free_name(tmp_path: Path) -> None:
    (tmp_path / "kci.ris").write_text("already here")
    uri = (tmp_path / "kci.bib").as_uri()
    with Client() as client:
        client.open(uri, CLOSED_AFTER_KEY)
        [action] = [a for a in actions_at(client, uri, 1, 0) if a["title"] == "Convert file to RIS"]
        command = {"command": action["command"]["command"], "arguments": action["command"]["arguments"]}
        result = client.request("workspace/executeCommand", command)

        create, insert = client.wait_for("workspace/applyEdit")["edit"]["documentChanges"]
        assert result["uri"] == create["uri"] == (tmp_path / "kci-2.ris").as_uri()
        assert create["options"]["overwrite"] is False
        assert insert["edits"][0]["newText"].startswith("TY  - JOUR\n")

        again = client.request("workspace/executeCommand", command)
        assert again["uri"] == (tmp_path / "kci-3.ris").as_uri()  # the editor may not have saved the first one yet


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_the_position_encoding_is_that_of_the_client(encoding: str) -> None:
    text = "@misc{k, author = {𝒳é}, title={A} year={2}}\n"
    width = {"utf-8": 4 + 2, "utf-16": 2 + 1, "utf-32": 1 + 1}[encoding]
    with Client({**CAPABILITIES, "general": {"positionEncodings": [encoding]}}) as client:
        assert client.initialize_result["capabilities"]["positionEncoding"] == encoding
        client.open(URI, text)

        [found] = [d for d in client.diagnostics(URI) if d["code"] == "S103"]

        column = text.index("}, title") - 2 + width + len("}, title={A")
        assert found["range"] == range_json((0, column), (0, column + 1))


def test_messages_for_documents_that_are_not_open_are_passed_over() -> None:
    with Client() as client:
        client.change("file:///never/opened.bib", (0, 0), (0, 0), "x")
        client.open(URI, CLOSED_AFTER_KEY)
        client.notify("textDocument/didClose", {"textDocument": {"uri": URI}})
        client.change(URI, (0, 0), (9, 9), "")
        client.notify("textDocument/didClose", {"textDocument": {"uri": URI}})

        assert client.diagnostics(URI) == []
        start = {"line": 0, "character": 0}
        assert client.request("textDocument/hover", {"textDocument": {"uri": URI}, "position": start}) is None
        assert actions_at(client, URI, 0, 0) == []
        assert not [m for m in client.received if m["method"] == "window/showMessage"]
    assert client.stderr == b""


HOSTILE = {
    "empty": "",
    "binary": "\x00\x01@article{\x00,\x7f\x00}\ufffd" * 50,
    "one line of a megabyte": "@misc{k, title={" + "x" * 1_000_000,
    "a hundred thousand nested braces": "@misc{k, title=" + "{" * 100_000 + "}" * 99_999,
    "a hundred thousand unclosed quotes": '@misc{k, title="' + ' "a' * 100_000,
    "a lone surrogate": "@misc{k, title={\ud800}}\n",
    "a hundred thousand entries on a line": "@a(" * 100_000,
}


@pytest.mark.parametrize("language", ["bibtex", "ris"])
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_bad_input_is_checked_like_any_other(text: str, language: str) -> None:
    uri = f"file:///refs/bad.{'bib' if language == 'bibtex' else 'ris'}"
    with Client() as client:
        opened = client.open(uri, text, language)
        client.diagnostics(uri)
        client.change(uri, (0, 0), (0, 3), "@x")
        client.diagnostics(uri)
        client.request("textDocument/hover", {**opened, "position": {"line": 0, "character": 5}})
        actions_at(client, uri, 0, 5)
        assert not [m for m in client.received if m["method"] == "window/showMessage"]
    assert client.stderr == b""


def test_a_session_on_a_socket_ends_when_its_client_leaves() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "bibwright", "serve", "--tcp", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as process, connected(port).makefile("rwb") as stream:
        for message in (
            {"id": 1, "method": "initialize", "params": {"processId": None, "rootUri": None, "capabilities": {}}},
            {"id": 2, "method": "shutdown"},
            {"method": "exit"},
        ):
            body = json.dumps({"jsonrpc": "2.0", **message}).encode()
            stream.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
            stream.flush()
        assert process.wait(15) == 0
        assert process.stderr is not None
        assert process.stderr.read() == b""


def connected(port: int) -> socket.socket:
    end = monotonic() + 60
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port))
        except ConnectionRefusedError:
            assert monotonic() < end, "the server does not listen"
            sleep(0.05)
