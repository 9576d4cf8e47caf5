"""Sessions with several files: what one says is found in another, open or on disk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep

import pytest

from tests.support.lsp_client import CAPABILITIES, PUSH_CAPABILITIES, Client

USER = "@misc{k, note = tugboat}\n@misc{l, crossref = {parent}}\n"
STRINGS = "@string{tugboat = {TUGboat}}\n"
PARENT = "@book{parent, title = {T}}\n"


def codes(client: Client, uri: str) -> list[str]:
    return [found["code"] for found in client.diagnostics(uri) if found["code"][0] == "X"]


def wait_until(condition: Callable[[], bool]) -> None:
    end = monotonic() + 60
    while not condition():
        assert monotonic() < end, "it does not come true"
        sleep(0.05)


def test_what_an_open_file_defines_is_known_in_another(tmp_path: Path) -> None:
    user, strings = (tmp_path / "user.bib").as_uri(), (tmp_path / "strings.bib").as_uri()
    with Client() as client:
        client.open(user, USER)
        assert codes(client, user) == ["X702", "X703"]

        client.open(strings, STRINGS)
        client.diagnostics(strings)
        assert codes(client, user) == ["X703"]

        client.change(strings, (1, 0), (1, 0), PARENT)
        assert codes(client, user) == []

        client.change(strings, (0, 8), (0, 9), "")
        assert codes(client, user) == ["X702"]

        client.notify("textDocument/didClose", {"textDocument": {"uri": strings}})
        assert codes(client, user) == ["X702", "X703"]


def test_files_on_disk_are_read_and_watched(tmp_path: Path) -> None:
    (tmp_path / "strings.bib").write_text(STRINGS)
    (tmp_path / "below").mkdir()
    parent = tmp_path / "below" / "parent.bib"
    parent.write_text(PARENT)
    user = (tmp_path / "user.bib").as_uri()
    with Client(folder=tmp_path) as client:
        client.open(user, USER)
        wait_until(lambda: codes(client, user) == [])

        parent.unlink()
        client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": parent.as_uri(), "type": 3}]})
        wait_until(lambda: codes(client, user) == ["X703"])


def test_a_file_in_no_open_folder_knows_its_neighbours(tmp_path: Path) -> None:
    (tmp_path / "strings.bib").write_text(STRINGS)
    user = (tmp_path / "user.bib").as_uri()
    with Client() as client:
        client.open(user, USER)
        wait_until(lambda: codes(client, user) == ["X703"])


@pytest.mark.parametrize("named", ["a, b", "a"])
def test_keys_are_compared_in_files_that_a_document_uses_together(tmp_path: Path, named: str) -> None:
    (tmp_path / "main.tex").write_text(f"\\bibliography{{{named}}}\n")
    (tmp_path / "a.bib").write_text("@misc{k, title = {A}}\n")
    (tmp_path / "strings.bib").write_text(STRINGS)
    other = (tmp_path / "b.bib").as_uri()
    with Client(folder=tmp_path) as client:
        client.open(other, "@misc{k, title = tugboat}\n@misc{l, crossref = {missing}}\n")
        wait_until(lambda: "X702" not in codes(client, other))
        if named == "a":
            assert codes(client, other) == ["X703"]
        else:
            wait_until(lambda: codes(client, other) == ["X701", "X703"])


def test_a_client_that_can_is_asked_to_fetch_diagnostics_again(tmp_path: Path) -> None:
    user, strings = (tmp_path / "user.bib").as_uri(), (tmp_path / "strings.bib").as_uri()
    able = {**CAPABILITIES, "workspace": {**CAPABILITIES["workspace"], "diagnostics": {"refreshSupport": True}}}
    with Client(able) as client:
        client.open(user, USER)
        client.open(strings, "@misc{x}\n")
        client.diagnostics(user)
        client.diagnostics(strings)

        client.change(strings, (0, 0), (0, 0), STRINGS)
        client.wait_for("workspace/diagnostic/refresh")
        assert codes(client, user) == ["X703"]


def test_diagnostics_of_other_files_are_pushed_to_other_clients(tmp_path: Path) -> None:
    user, strings = (tmp_path / "user.bib").as_uri(), (tmp_path / "strings.bib").as_uri()

    def pushed_to(client: Client, uri: str) -> list[str]:
        while (params := client.wait_for("textDocument/publishDiagnostics"))["uri"] != uri:
            pass
        return [found["code"] for found in params["diagnostics"] if found["code"][0] == "X"]

    with Client(PUSH_CAPABILITIES) as client:
        client.open(user, USER)
        assert pushed_to(client, user) == ["X702", "X703"]

        client.open(strings, STRINGS)
        assert pushed_to(client, user) == ["X703"]


def test_a_file_that_is_not_saved_yet_is_used_with_others_too(tmp_path: Path) -> None:
    (tmp_path / "main.tex").write_text("\\bibliography{a,new}\n")
    (tmp_path / "a.bib").write_text("@misc{k, title = {A}}\n")
    new = (tmp_path / "new.bib").as_uri()
    with Client(folder=tmp_path) as client:
        sleep(0.3)  # the folder has been read by now
        client.open(new, "@misc{k, title = {A}}\n")
        wait_until(lambda: codes(client, new) == ["X701"])


def test_macro_files_count_as_soon_as_the_configuration_names_them(tmp_path: Path) -> None:
    folder, file = tmp_path / "refs", tmp_path / "refs" / "bibwright.toml"
    folder.mkdir()
    (tmp_path / "strings.bib").write_text(STRINGS)
    user = (folder / "user.bib").as_uri()
    with Client(folder=folder) as client:
        client.open(user, "@misc{k, note = tugboat}\n")
        for content, expected in [('macro-files = ["../strings.bib"]\n', []), ("", ["X702"])]:
            file.write_text(content)
            client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": file.as_uri(), "type": 2}]})
            wait_until(lambda expected=expected: codes(client, user) == expected)
    with Client(settings={"macroFiles": ["../strings.bib"]}, folder=folder) as client:
        client.open(user, "@misc{k, note = tugboat}\n")
        wait_until(lambda: codes(client, user) == [])


def test_without_watching_files_on_disk_are_read_again_when_a_document_is_saved(tmp_path: Path) -> None:
    user = (tmp_path / "user.bib").as_uri()
    with Client(folder=tmp_path) as client:
        client.open(user, USER)
        assert codes(client, user) == ["X702", "X703"]
        (tmp_path / "strings.bib").write_text(STRINGS)
        client.notify("textDocument/didSave", {"textDocument": {"uri": user}})
        wait_until(lambda: codes(client, user) == ["X703"])


def test_pointing_at_an_entry_shows_what_macros_of_other_files_stand_for(tmp_path: Path) -> None:
    (tmp_path / "strings.bib").write_text(STRINGS)
    user, others = (tmp_path / "user.bib").as_uri(), (tmp_path / "others.bib").as_uri()

    def shown(line: int) -> str:
        place = {"textDocument": {"uri": user}, "position": {"line": line, "character": 1}}
        return str(client.request("textDocument/hover", place)["contents"]["value"])

    with Client(folder=tmp_path) as client:
        client.open(user, "@article{k, title = {T}, journal = tugboat}\n@article{l, title = {T}, journal = new}\n")
        wait_until(lambda: "TUGboat" in shown(0))

        client.open(others, "@string{new = {News of Trees}}\n")
        client.diagnostics(others)
        assert "News of Trees" in shown(1)
