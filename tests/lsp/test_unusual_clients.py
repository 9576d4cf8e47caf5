"""Clients that open, close, cancel and ask in ways that the specification allows or that happen all the same."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.lsp_client import PUSH_CAPABILITIES, Client, Json

URI = "file:///refs/a.bib"
CLEAN = "@misc{a, title={A}, author={B, C}, year={2020}}\n"
FAULTY = "@misc{a, title={A} year={2020}}\n"
START = {"line": 0, "character": 0}


def close(client: Client, uri: str = URI) -> None:
    client.notify("textDocument/didClose", {"textDocument": {"uri": uri}})


def pull(client: Client, previous: str | None = None) -> Json:
    params: Json = {"textDocument": {"uri": URI}, "previousResultId": previous}
    if previous is None:
        del params["previousResultId"]
    result: Json = client.request("textDocument/diagnostic", params)
    return result


def codes(items: list[Json]) -> list[str | None]:
    return [item.get("code") for item in items]


def assert_quiet(client: Client) -> None:
    assert not [message for message in client.received if message["method"] == "window/showMessage"]
    assert client.stderr == b""


def test_what_is_opened_anew_is_not_taken_for_what_was_closed() -> None:
    with Client() as client:
        client.open(URI, CLEAN)
        first = pull(client)
        close(client)
        client.open(URI, FAULTY)

        second = pull(client, first["resultId"])

        assert second["kind"] == "full"
        assert "S103" in codes(second["items"])
        with Client() as another:
            another.open(URI, CLEAN)
            assert pull(another, first["resultId"])["kind"] == "full"


def test_an_open_document_can_be_opened_again() -> None:
    with Client() as client:
        client.open(URI, CLEAN)
        first = pull(client)
        client.open(URI, FAULTY)

        assert "S103" in codes(pull(client, first["resultId"])["items"])
    assert_quiet(client)


def test_diagnostics_of_a_document_that_is_opened_again_are_pushed_anew() -> None:
    with Client(PUSH_CAPABILITIES) as client:
        client.open(URI, FAULTY)
        assert "S103" in codes(client.wait_for("textDocument/publishDiagnostics")["diagnostics"])
        client.open(URI, CLEAN)
        assert "S103" not in codes(client.wait_for("textDocument/publishDiagnostics")["diagnostics"])
    assert_quiet(client)


def test_closing_and_opening_while_a_pull_is_under_way_gives_what_is_open_now() -> None:
    with Client() as client:
        client.open(URI, FAULTY * 3000)
        asked = client.send("textDocument/diagnostic", {"textDocument": {"uri": URI}})
        close(client)
        client.open(URI, "@misc{b, title={A} year={2020}}\n")

        assert codes(client.answer_to(asked)["result"]["items"]).count("S103") == 1
    assert_quiet(client)


def test_a_running_pull_can_be_cancelled() -> None:
    with Client() as client:
        client.open(URI, FAULTY * 3000)
        asked = client.send("textDocument/diagnostic", {"textDocument": {"uri": URI}})
        client.notify("$/cancelRequest", {"id": asked})

        assert client.answer_to(asked)["error"]["code"] == -32800

        client.notify("$/cancelRequest", {"id": asked})
        client.notify("$/cancelRequest", {"id": "never sent"})
        assert "S103" in codes(pull(client)["items"])
    assert_quiet(client)


def test_before_the_session_begins_requests_are_refused_and_notifications_dropped() -> None:
    opened = {"uri": URI, "languageId": "bibtex", "version": 1, "text": FAULTY}
    early = [
        {"method": "textDocument/didOpen", "params": {"textDocument": opened}},
        {"method": "textDocument/hover", "id": "early", "params": {"textDocument": {"uri": URI}, "position": START}},
        {"method": "workspace/executeCommand", "id": "command", "params": {"command": "bibwright.listStyles"}},
    ]
    with Client(early=early) as client:
        assert client.answer_to("early")["error"]["code"] == -32002
        assert client.answer_to("command")["error"]["code"] == -32002
        assert pull(client) == {"kind": "full", "items": []}
    assert_quiet(client)


@pytest.mark.parametrize("uri", ["file://[bad/x.bib", "not a uri", "untitled:Untitled-1"])
def test_a_strange_uri_is_a_name_like_any_other(uri: str) -> None:
    with Client() as client:
        client.open(uri, FAULTY)
        assert "S103" in codes(client.diagnostics(uri))
    assert_quiet(client)


def test_hover_says_nothing_rather_than_an_empty_text() -> None:
    with Client(settings={"styles": []}) as client:
        opened = client.open(URI, CLEAN)
        client.wait_for("workspace/configuration")

        assert client.request("textDocument/hover", {**opened, "position": {"line": 0, "character": 17}}) is None


@pytest.mark.parametrize(
    "command", ["renderCitation", "insertCitation", "convertEntry", "convertFile", "createConverted"]
)
def test_arguments_that_do_not_fit_give_no_answer(command: str) -> None:
    misfits: list[Any] = [None, "x", 1, [], {}, {"uri": 1, "to": [], "range": "x"}, {"uri": URI, "range": 1}]
    with Client() as client:
        client.open(URI, CLEAN)
        for argument in misfits:
            params = {"command": f"bibwright.{command}", "arguments": [argument]}
            assert not client.request("workspace/executeCommand", params), argument
    assert_quiet(client)


def test_resolving_sends_no_empty_members() -> None:
    with Client() as client:
        client.open(URI, CLEAN)
        for action in (
            {"title": "t", "kind": "quickfix"},
            {"title": "t", "data": {"uri": "file:///not/open.bib"}},
            {"title": "t", "data": {"uri": "file:///not/open.bib", "style": "kci-apa"}},
            {"title": "t", "edit": {"changes": {}}},
        ):
            assert client.request("codeAction/resolve", action) == action
        assert pull(client)["kind"] == "full"
    assert_quiet(client)
