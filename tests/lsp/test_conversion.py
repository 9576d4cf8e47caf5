"""Conversion in an editor: to other documents, in place, and what is said before anything is lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from bibwright.formats import TARGETS
from bibwright.text.columns import LineTable, PositionEncoding
from tests.support.lsp_client import CAPABILITIES, Client, Json, range_json

URI = "file:///refs/a.bib"
BIBTEX = """\
% Of imaginary things
@string{jip = {Imaginary Physics}}

@article{smith,
  author = "Smith, Anna and Lee, Bo",
  title = {On {DNA} 𝒳},
  journal = jip, year = 1998
}

@phdthesis{roe, author = {Roe, Cleo}, title = {Æther}, school = {U}, year = {2001}}
"""
BIBLATEX = """\
% Of imaginary things
@string{jip = {Imaginary Physics}}

@article{smith,
  author = "Smith, Anna and Lee, Bo",
  title = {On {DNA} 𝒳},
  journaltitle = jip, date = 1998
}

@thesis{roe, author = {Roe, Cleo}, title = {Æther}, institution = {U}, date = {2001}, type = {phdthesis}}
"""
#: The range of dates of one of them is more than BibTeX can say.
LOSSY = """\
@article{smith,
  author = {Smith, Anna},
  title = {T},
  journaltitle = {J},
  date = {2020-01/2021-02},
}

@article{kim,
  author = {Kim, Bora},
  title = {T},
  journaltitle = {J},
  date = {2019},
}
"""
RIS = """\
TY  - JOUR
ID  - smith
AU  - Smith, Anna
TI  - On Things
PY  - 1998
C8  - Custom
ER  -
"""
#: What shows a preview of edits, and what asks before it edits.
ANNOTATING: Json = {
    **CAPABILITIES,
    "workspace": {
        **CAPABILITIES["workspace"],
        "workspaceEdit": {
            **CAPABILITIES["workspace"]["workspaceEdit"],
            "changeAnnotationSupport": {"groupsOnLabel": True},
        },
    },
}
WHOLE = range_json((0, 0), (99, 0))


def command(client: Client, name: str, **argument: Any) -> Any:
    return client.request("workspace/executeCommand", {"command": f"bibwright.{name}", "arguments": [argument]})


def apply(text: str, edit: Json) -> str:
    table = LineTable(text)

    def offset(position: Json) -> int:
        return table.offset(position["line"], position["character"], PositionEncoding.UTF16)

    [change] = edit["documentChanges"]
    for one in sorted(change["edits"], key=lambda one: offset(one["range"]["start"]), reverse=True):
        start, end = offset(one["range"]["start"]), offset(one["range"]["end"])
        text = text[:start] + one["newText"] + text[end:]
    return text


def actions(client: Client, uri: str, where: Json) -> dict[str, Json]:
    params = {"textDocument": {"uri": uri}, "range": where, "context": {"diagnostics": [], "only": ["refactor"]}}
    return {action["title"]: action for action in client.request("textDocument/codeAction", params)}


def messages(client: Client) -> list[str]:
    return [one["params"]["message"] for one in client.received if one["method"] == "window/showMessage"]


def test_every_format_that_can_be_written_is_a_target() -> None:
    with Client() as client:
        client.open(URI, BIBTEX)
        client.open("file:///refs/a.ris", RIS, "ris")
        client.open("untitled:Untitled-1", RIS, "ris")
        targets = command(client, "listTargets", uri=URI)
        assert [target["id"] for target in targets] == list(TARGETS)
        assert [target["id"] for target in targets if target["inPlace"]] == ["bibtex", "biblatex"]
        from_ris = command(client, "listTargets", uri="file:///refs/a.ris")
        assert [target["id"] for target in from_ris] == [name for name in TARGETS if name != "ris"]
        assert not [target for target in from_ris if target["inPlace"]]

        found = {}
        for target in targets:
            converted = command(client, "convertFile", uri=URI, to=target["id"])
            assert converted["languageId"] == target["languageId"]
            assert "DNA" in converted["text"]
            found[target["id"]] = converted["suggestedName"], converted["languageId"]
        assert found == {
            "bibtex": ("a.bib", "bibtex"),
            "biblatex": ("a.bib", "bibtex"),
            "ris": ("a.ris", "ris"),
            "csl-json": ("a.json", "json"),
            "csl-yaml": ("a.yaml", "yaml"),
            "enw": ("a.enw", "plaintext"),
            "endnote-xml": ("a.xml", "xml"),
            "hayagriva": ("a.yml", "yaml"),
        }
        assert command(client, "convertFile", uri=URI, to="biblatex")["text"] == BIBLATEX
        assert json.loads(command(client, "convertFile", uri="untitled:Untitled-1", to="csl-json")["text"])


def test_the_selected_entries_are_converted_with_the_line_ends_that_they_have() -> None:
    with Client() as client:
        client.open(URI, BIBTEX.replace("\n", "\r\n"))
        one = command(client, "convertEntry", uri=URI, range=range_json((5, 3), (5, 3)), to="ris")
        both = command(client, "convertEntry", uri=URI, range=range_json((5, 3), (9, 3)), to="ris")

        assert one["text"].count("TY  - ") == 1
        assert "T2  - Imaginary Physics\r\n" in one["text"]
        assert both["text"].count("TY  - ") == 2
        assert both["text"].count("\n") == both["text"].count("\r\n")
        assert command(client, "convertEntry", uri=URI, range=range_json((0, 0), (0, 3)), to="ris") is None


def test_what_would_be_lost_is_known_before_and_where_it_stands() -> None:
    text = "@misc{smith,\n  title = {T},\n  shorthand = {Sm},\n}\n\n@misc{kim, title = {U}}\n"
    with Client() as client:
        client.open(URI, text)
        lossy = command(client, "convertFile", uri=URI, to="ris")
        second = command(client, "convertEntry", uri=URI, range=range_json((5, 0), (5, 0)), to="ris")

        assert lossy["question"] == "1 value would be lost in RIS (shorthand)"
        assert "### smith, line 1" in lossy["report"]
        assert "| shorthand | 3:3 | **dropped** | L06 |" in lossy["report"]
        assert second["question"] == ""
        assert "## Entries that are kept whole\n\nkim\n" in second["report"]


def test_the_settings_count() -> None:
    with Client(settings={"convert": {"keepUnmapped": True, "keyPattern": "[auth:upper][year]"}}) as client:
        client.open(URI, "@misc{a, title = {T}, shorthand = {Sh}}")
        client.open("file:///refs/a.ris", RIS, "ris")
        client.wait_for("workspace/configuration")
        client.diagnostics(URI)

        assert "tex.shorthand: Sh" in command(client, "convertFile", uri=URI, to="ris")["text"]
        converted = command(client, "convertFile", uri="file:///refs/a.ris", to="bibtex")
        assert converted["text"].startswith("@article{SMITH1998,\n")
        assert "ris.C8: Custom" in converted["text"]


def test_citation_keys_are_those_that_no_other_file_of_the_workspace_has(tmp_path: Path) -> None:
    (tmp_path / "other.bib").write_text("@misc{Smith, title = {T}}\n@misc{x, title = {T}, ids = {smith-2}}\n")
    uri = (tmp_path / "a.ris").as_uri()
    with Client(folder=tmp_path) as client:
        client.open(uri, RIS, "ris")
        for _ in range(50):  # the folder is read bit by bit
            converted = command(client, "convertFile", uri=uri, to="biblatex")
            if "@article{smith-3," in converted["text"]:
                break
        assert "@article{smith-3," in converted["text"]
        entry = command(client, "convertEntry", uri=uri, range=WHOLE, to="bibtex")
        assert "@article{smith-3," in entry["text"]
        assert "| ID | 2:1 | changed | L11 |" in entry["report"]


def test_a_file_is_converted_in_place_by_the_edits_that_it_needs() -> None:
    for capabilities in (CAPABILITIES, ANNOTATING):
        with Client(capabilities) as client:
            client.open(URI, BIBTEX)
            answer = command(client, "convertInPlace", uri=URI, to="biblatex")
            asked = client.wait_for("workspace/applyEdit")

            assert (answer["applied"], answer["question"]) == (True, "")
            assert asked["edit"]["documentChanges"][0]["textDocument"] == {"uri": URI, "version": 1}
            assert apply(BIBTEX, asked["edit"]) == BIBLATEX
            if capabilities is ANNOTATING:
                groups = asked["edit"]["changeAnnotations"].values()
                assert list(groups) == [{"label": "To biblatex", "needsConfirmation": False}]


def test_selected_entries_are_converted_in_place() -> None:
    with Client(ANNOTATING) as client:
        client.open(URI, BIBTEX)
        command(client, "convertInPlace", uri=URI, to="biblatex", range=range_json((9, 0), (9, 0)), preview=True)
        edit = client.wait_for("workspace/applyEdit")["edit"]

        first, second = BIBTEX.split("@phdthesis"), BIBLATEX.split("@thesis")
        assert apply(BIBTEX, edit) == f"{first[0]}@thesis{second[1]}"
        assert [group["needsConfirmation"] for group in edit["changeAnnotations"].values()] == [True]


def test_edits_that_lose_something_say_so_and_need_a_word() -> None:
    with Client(ANNOTATING) as client:
        client.open(URI, LOSSY)
        answer = command(client, "convertInPlace", uri=URI, to="bibtex")
        edit = client.wait_for("workspace/applyEdit")["edit"]

        lossy, lossless = edit["changeAnnotations"]["group-0"], edit["changeAnnotations"]["group-1"]
        assert lossy == {
            "label": "To BibTeX, losing date",
            "description": "smith: BibTeX cannot say all of the date 2020-01/2021-02",
            "needsConfirmation": True,
        }
        assert lossless == {"label": "To BibTeX", "needsConfirmation": False}
        lines = {one["annotationId"]: [] for one in edit["documentChanges"][0]["edits"]}
        for one in edit["documentChanges"][0]["edits"]:
            lines[one["annotationId"]].append(one["range"]["start"]["line"])
        assert {number: max(found) < 7 for number, found in lines.items()} == {"group-0": True, "group-1": False}
        question = answer["question"]
        assert question == "1 value would be lost in BibTeX (date)"
        assert client.wait_for("window/showMessageRequest")["message"].startswith(f"a.bib: {question}. ")

        action = actions(client, URI, range_json((1, 0), (1, 0)))["Convert entry to BibTeX in place"]
        assert "changeAnnotations" in client.request("codeAction/resolve", action)["edit"]
        assert client.wait_for("window/showMessageRequest")["message"].startswith(f"a.bib: {question}. ")
    assert client.stderr == b""


def test_who_has_no_preview_is_asked_and_can_read_the_report_first() -> None:
    shown: list[str] = []

    def show(params: Json) -> Json:
        shown.append(Path(unquote(urlsplit(params["uri"]).path)).read_text(encoding="utf-8"))
        return {"success": True}

    with Client() as client:
        client.open(URI, LOSSY)
        client.answers["window/showDocument"] = show
        client.answers["window/showMessageRequest"] = lambda params: {"title": "Cancel"}
        assert command(client, "convertInPlace", uri=URI, to="bibtex") is False
        asked = client.wait_for("window/showMessageRequest")
        assert asked["message"] == "a.bib: 1 value would be lost in BibTeX (date)"

        client.answers["window/showMessageRequest"] = lambda params: params["actions"][1]
        assert command(client, "convertInPlace", uri=URI, to="bibtex") is False
        assert shown[0].startswith("# a.bib as BibTeX\n")
        assert not [one for one in client.received if one["method"] == "workspace/applyEdit"]

        client.answers["window/showMessageRequest"] = lambda params: params["actions"][0]
        assert command(client, "convertInPlace", uri=URI, to="bibtex")["applied"] is True
        assert "year = {2020--2021}" in apply(LOSSY, client.wait_for("workspace/applyEdit")["edit"])
    assert client.stderr == b""


def test_a_document_that_was_changed_is_not_edited_for_a_text_that_is_gone() -> None:
    with Client() as client:
        client.open(URI, LOSSY)

        def change(params: Json) -> Json:
            client.change(URI, (0, 0), (0, 0), "\n")
            return {"title": "Convert"}

        client.answers["window/showMessageRequest"] = change
        assert command(client, "convertInPlace", uri=URI, to="bibtex") is False
        assert command(client, "convertInPlace", uri=URI, to="bibtex", version=1) is False
        assert messages(client) == ["a.bib was changed in the meantime: convert it again"] * 2
        assert not [one for one in client.received if one["method"] == "workspace/applyEdit"]


def test_a_file_that_is_edited_while_it_is_converted_is_converted_as_it_is_then() -> None:
    text = "".join(f"@misc{{k{number}, title = {{T}}, year = {{2001}}}}\n" for number in range(2000))
    everything = range_json((0, 0), (1999, 0))
    with Client() as client:
        client.open(URI, text)
        whole = {"command": "bibwright.convertFile", "arguments": [{"uri": URI, "to": "ris"}]}
        some = {"command": "bibwright.convertEntry", "arguments": [{"uri": URI, "to": "ris", "range": everything}]}
        first, second = (client.send("workspace/executeCommand", one) for one in (whole, some))
        client.change(URI, (0, 0), (0, 0), "@misc{new, title = {New}}\n")

        assert client.answer_to(first)["result"]["text"].startswith("TY  - GEN\nID  - new\n")
        # The range is no longer that of what was selected.
        assert client.answer_to(second)["result"] is False
        assert messages(client) == ["a.bib was changed in the meantime: convert it again"]
    assert client.stderr == b""


def test_the_menu_is_short_and_offers_only_what_makes_a_difference() -> None:
    with Client(ANNOTATING, options={"clientCommands": ["bibwright.openConverted"]}) as client:
        client.open(URI, BIBTEX)
        client.open("file:///refs/a.ris", RIS, "ris")
        conversions = [title for title in actions(client, URI, range_json((5, 0), (5, 0))) if "Convert" in title]
        assert conversions == [
            "Convert entry to RIS",
            "Convert file to RIS",
            "Convert entry to CSL-JSON",
            "Convert file to CSL-JSON",
            "Convert entry to biblatex in place",
            "Convert file to BibTeX in place",
            "Convert file to biblatex in place",
        ]
        from_ris = [title for title in actions(client, "file:///refs/a.ris", WHOLE) if "file" in title]
        assert from_ris == ["Convert file to BibTeX", "Convert file to biblatex", "Convert file to CSL-JSON"]


def test_an_action_in_place_is_worked_out_when_it_is_chosen() -> None:
    with Client(ANNOTATING) as client:
        client.open(URI, BIBTEX)
        found = actions(client, URI, range_json((5, 0), (5, 0)))
        for what in ("entry", "file"):
            action = found[f"Convert {what} to biblatex in place"]
            assert "edit" not in action
            edit = client.request("codeAction/resolve", action)["edit"]
            assert ("@thesis" in apply(BIBTEX, edit)) is (what == "file")
            assert "journaltitle = jip, date = 1998" in apply(BIBTEX, edit)

        client.change(URI, (0, 0), (0, 0), "\n")
        assert "edit" not in client.request("codeAction/resolve", found["Convert file to biblatex in place"])


def test_without_a_preview_an_action_in_place_is_a_command() -> None:
    with Client() as client:
        client.open(URI, BIBTEX)
        action = actions(client, URI, range_json((5, 0), (5, 0)))["Convert file to biblatex in place"]
        named = {"command": action["command"]["command"], "arguments": action["command"]["arguments"]}

        assert client.request("workspace/executeCommand", named)["applied"] is True
        assert apply(BIBTEX, client.wait_for("workspace/applyEdit")["edit"]) == BIBLATEX


def test_what_is_of_the_dialect_already_stays_as_it_is() -> None:
    with Client() as client:
        client.open(URI, BIBLATEX)
        assert command(client, "convertInPlace", uri=URI, to="biblatex") is False
        assert messages(client) == ["a.bib stays as it is: it is biblatex already"]


@pytest.mark.parametrize("name", ["listTargets", "convertInPlace", "convertEntry", "convertFile"])
def test_arguments_that_do_not_fit_give_no_answer(name: str) -> None:
    with Client() as client:
        client.open(URI, BIBTEX)
        for argument in ({}, {"uri": URI, "to": "nbib"}, {"uri": URI, "to": "ris", "range": 1}, {"uri": 1}):
            answer = command(client, name, **argument)
            assert answer in (None, []) or (name, argument.get("to")) in {
                ("listTargets", "nbib"),
                ("listTargets", "ris"),
                ("convertFile", "ris"),
            }
    assert client.stderr == b""
