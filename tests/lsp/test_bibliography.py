"""Bibliographies and citations as an editor asks for them."""

from __future__ import annotations

from typing import Any

from tests.support.lsp_client import CAPABILITIES, Client, Json, range_json

URI = "file:///refs/a.bib"
ROE = "@misc{roe, author = {Roe, Ann}, title = {Zeta & eta}, year = {2001}, doi = {10.1/z}}\n"
DOE = "@misc{doe, author = {Doe, Bo}, title = {Beta}, year = {2000}}\n"
STYLE = "kci-apa"


def render(client: Client, **params: Any) -> Json:
    window: Json = client.request("bibwright/renderBibliography", {"uri": URI, "style": STYLE, **params})
    return window


def write(client: Client, **params: Any) -> Json:
    arguments = {"uri": URI, "style": STYLE, **params}
    written: Json = client.request(
        "workspace/executeCommand", {"command": "bibwright.writeBibliography", "arguments": [arguments]}
    )
    return written


def test_a_small_file_is_shown_as_the_style_has_it_and_follows_edits() -> None:
    with Client() as client:
        client.open(URI, ROE + DOE)

        window = render(client, style="apa", **{"as": "html"})
        assert [entry["key"] for entry in window["entries"]] == ["doe", "roe"]
        assert (window["total"], window["start"], window["at"], window["sorted"]) == (2, 0, None, True)
        assert window["version"] == 1
        roe = window["entries"][1]
        assert roe["range"] == range_json((0, 0), (0, len(ROE) - 1))
        assert roe["inText"] == "(Roe, 2001)"
        assert "<i>Zeta &amp; eta</i>" in roe["text"]

        client.change(URI, (1, 0), (1, len(DOE) - 1), DOE.replace("Doe, Bo", "Zoe, Bo").strip())
        window = render(client, style="apa", **{"as": "latex"})
        assert [entry["key"] for entry in window["entries"]] == ["roe", "doe"]
        assert window["version"] == 2
        assert r"\textit{Zeta \& eta}" in window["entries"][0]["text"]


def test_a_window_is_around_the_entry_asked_for() -> None:
    with Client() as client:
        client.open(URI, "".join(f"@misc{{k{n:03}, title = {{T}}, author = {{A{n:03}, B}}}}\n" for n in range(100)))

        window = render(client, count=10, position={"line": 50, "character": 3})
        assert (window["at"], window["start"]) == (50, 45)
        assert [entry["key"] for entry in window["entries"]] == [f"k{n:03}" for n in range(45, 55)]
        assert render(client, count=10, start=95)["start"] == 90
        assert render(client, count=10, start=-5)["start"] == 0


def test_a_large_file_is_shown_in_its_own_order_window_by_window() -> None:
    count = 20_000
    with Client() as client:
        text = "@string{x = {y}}\n" + "".join(f"@misc{{k{n}, title = {{T{n}}}, year = 2000}}\n" for n in range(count))
        client.open(URI, text)

        window = render(client, start=15_000, count=3)
        assert (window["total"], window["sorted"]) == (count, False)
        assert [entry["key"] for entry in window["entries"]] == ["k15000", "k15001", "k15002"]
        assert window["entries"][0]["range"]["start"] == {"line": 15_001, "character": 0}

        client.change(
            URI, (1, 0), (1, 0), "@misc{new, title = {N}}\n@misc{two, title = {N}} @misc{three, title = {N}}\n"
        )
        window = render(client, count=3, position={"line": 15_003, "character": 1})
        assert (window["total"], window["at"]) == (count + 3, 15_003)
        assert [entry["key"] for entry in window["entries"]] == ["k14999", "k15000", "k15001"]
        assert [entry["key"] for entry in render(client, start=0, count=3)["entries"]] == ["new", "two", "three"]


def test_what_does_not_fit_gets_no_answer_or_says_why() -> None:
    with Client() as client:
        client.open(URI, ROE)

        assert "no citation style" in render(client, style="none")["error"]
        assert render(client, uri="file:///refs/other.bib") is None
        assert client.request("bibwright/renderBibliography", None) is None
        odd = render(client, count="many", start=True, position={"line": "x"}, **{"as": "pdf"})
        assert len(odd["entries"]) == 1
        assert write(client, style="none") is None
        assert "no citation style" in client.wait_for("window/showMessage")["message"]


def test_a_bibliography_is_written_whole_or_of_a_range() -> None:
    with Client() as client:
        client.open(URI, ROE + DOE)

        latex = write(client, style="apa", **{"as": "latex"})
        assert latex["languageId"] == "latex"
        assert latex["count"] == 2
        assert latex["text"].index(r"\bibitem{doe}") < latex["text"].index(r"\bibitem{roe}")

        part = write(client, range=range_json((1, 0), (1, 5)), **{"as": "plain"})
        assert (part["count"], part["text"]) == (1, "Bo Doe. (2000). Beta.\n")
        cited = write(client, style="apa", inText=True, **{"as": "markdown"})
        assert cited["text"] == "(Doe, 2000)\n(Roe, 2001)\n"
        assert write(client, **{"as": "rtf"})["text"].startswith(r"{\rtf1")


def test_a_long_bibliography_shows_how_far_it_is() -> None:
    count = 1500
    window = {**CAPABILITIES["window"], "workDoneProgress": True}
    with Client({**CAPABILITIES, "window": window}) as client:
        client.open(URI, "".join(f"@misc{{k{n}, title = {{T{n}}}, year = 2000}}\n" for n in range(count)))

        assert write(client, **{"as": "plain"})["count"] == count
        kinds = [client.wait_for("$/progress")["value"]["kind"] for _ in range(2)]
        assert kinds[0] == "begin"


def test_a_citation_is_copied_in_any_language_and_form() -> None:
    def copy(**params: Any) -> str:
        arguments = {"uri": URI, "position": {"line": 0, "character": 3}, "style": "apa", **params}
        command = {"command": "bibwright.renderCitation", "arguments": [arguments]}
        text: str = client.request("workspace/executeCommand", command)["text"]
        return text

    with Client() as client:
        client.open(URI, ROE)

        assert copy().startswith("Roe, A. (2001). Zeta & eta. https://doi.org/10.1/z")
        assert copy(inText=True) == "(Roe, 2001)"
        assert "<i>" in copy(**{"as": "html"})
        assert copy(**{"as": "latex"}).startswith(r"Roe, A. (2001). \textit{Zeta \& eta}. \url{https://doi.org/10.1/z}")
        assert copy(**{"as": "rtf"}).startswith(r"{\rtf1")


def test_styles_are_searched() -> None:
    def ids(**params: Any) -> list[str]:
        command = {"command": "bibwright.listStyles", "arguments": [{"uri": URI, **params}]}
        return [style["id"] for style in client.request("workspace/executeCommand", command)]

    with Client(settings={"styles": ["kci-mla", "kci-apa"]}) as client:
        client.open(URI, ROE)
        client.diagnostics(URI)  # behind the settings

        assert ids(query="")[:3] == ["kci-mla", "kci-apa", "kci-harvard"]
        assert ids(query="turabian kci") == ["kci-turabian"]
        assert len(ids(query="a")) <= 200


def test_hover_shows_each_style_with_its_form_in_the_text() -> None:
    with Client(settings={"styles": ["apa", "chicago-notes-bibliography", "no-such-style"]}) as client:
        document = client.open(URI, ROE)
        client.diagnostics(URI)  # behind the settings

        hover = client.request("textDocument/hover", {**document, "position": {"line": 0, "character": 40}})
        apa, apa_entry, notes, notes_entry, note, unknown, *_ = hover["contents"]["value"].split("\n\n")
        assert apa.startswith("**APA Style 7th edition**")
        assert apa.endswith("\u00b7 (Roe, 2001)")
        assert apa_entry.startswith("Roe, A. (2001). *Zeta & eta*.")
        assert notes.startswith("**Chicago")
        assert notes_entry.startswith("Roe, Ann. ")
        assert note.startswith("*Note:* Ann Roe, ")
        assert unknown == "**no-such-style**"


def test_a_ris_file_has_a_bibliography_too() -> None:
    uri = "file:///refs/a.ris"
    with Client(settings={"styles": ["apa"]}) as client:
        client.open(uri, "TY  - GEN\nAU  - Roe, Ann\nTI  - Zeta\nPY  - 2001\nER  - \n", "ris")
        client.diagnostics(uri)

        window = render(client, uri=uri, style="apa", position={"line": 2, "character": 0}, **{"as": "plain"})
        assert [(entry["text"], entry["inText"]) for entry in window["entries"]] == [
            ("Roe, A. (2001). Zeta.", "(Roe, 2001)")
        ]
        assert (window["at"], window["total"]) == (0, 1)
        hover = client.request(
            "textDocument/hover", {"textDocument": {"uri": uri}, "position": {"line": 2, "character": 8}}
        )
        assert "**APA Style 7th edition** \u00b7 (Roe, 2001)" in hover["contents"]["value"]
