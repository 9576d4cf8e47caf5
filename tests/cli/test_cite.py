from __future__ import annotations

import json
from pathlib import Path

import pytest

from bibwright.cli.main import main

STYLE = """\
<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">
  <info><title>Own</title></info>
  <locale xml:lang="de"><terms><term name="no date">ohne Jahr</term></terms></locale>
  <citation disambiguate-add-year-suffix="true">
    <layout prefix="(" suffix=")">
      <group delimiter=" ">
        <names variable="author"><name form="short"/></names>
        <date variable="issued"><date-part name="year"/></date>
      </group>
    </layout>
  </citation>
  <bibliography>
    <sort><key variable="author"/><key variable="title"/></sort>
    <layout suffix=".">
      <group delimiter=". ">
        <names variable="author"><name form="short"/></names>
        <date variable="issued"><date-part name="year"/></date>
        <text variable="title" font-style="italic"/>
        <text variable="genre"/>
        <text variable="DOI"/>
        <text term="no date"/>
      </group>
    </layout>
  </bibliography>
</style>
"""
ROE = "@misc{roe, author = {Roe, Ann}, title = {Zeta & eta}, year = {2001}, doi = {10.1/z}}\n"
DOE = "@misc{doe1, author = {Doe, Bo}, title = {Beta}, year = {2000}}\n"
DOE += "@misc{doe2, author = {Doe, Bo}, title = {Alpha}, year = 2000}\n"


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "roe.bib").write_text(ROE, "utf-8")
    (tmp_path / "doe.bib").write_text(DOE, "utf-8")
    (tmp_path / "own.csl").write_text(STYLE, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def cite(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> str:
    assert main(["cite", *arguments, "--style", "own.csl"]) == status
    return capsys.readouterr().out


def test_several_files_in_their_order(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cite(capsys, "roe.bib", "doe.bib").splitlines() == [
        "Roe. 2001. Zeta & eta. 10.1/z. no date.",
        "Doe. 2000. Beta. no date.",
        "Doe. 2000. Alpha. no date.",
    ]


def test_in_the_text(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cite(capsys, "roe.bib", "doe.bib", "--in-text").splitlines() == ["(Roe 2001)", "(Doe 2000)", "(Doe 2000)"]


def test_a_bibliography_is_sorted_and_told_apart(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cite(capsys, "roe.bib", "doe.bib", "--bibliography").splitlines() == [
        "Doe. 2000a. Alpha. no date.",
        "Doe. 2000b. Beta. no date.",
        "Roe. 2001. Zeta & eta. 10.1/z. no date.",
    ]
    assert cite(capsys, "roe.bib", "doe.bib", "--bibliography", "--in-text").splitlines() == [
        "(Doe 2000a)",
        "(Doe 2000b)",
        "(Roe 2001)",
    ]


def test_only_the_keys_asked_for_from_whatever_file(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed = cite(capsys, "roe.bib", "doe.bib", "--key", "doe2", "--key", "roe", "--bibliography")

    assert [line.split(".")[0] for line in printed.splitlines()] == ["Doe", "Roe"]


def test_a_key_that_no_file_has(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cite", "roe.bib", "doe.bib", "--style", "own.csl", "--key", "smth"]) == 2
    assert capsys.readouterr().err == 'bibwright: no entry has the key "smth"\n'


def test_what_can_be_read_is_cited(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(cite(capsys, "none.bib", "doe.bib", status=2).splitlines()) == 2


def test_every_language(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed = {
        language: cite(capsys, "roe.bib", "--as", language)
        for language in ("plain", "markdown", "html", "latex", "rtf")
    }

    assert "*Zeta & eta*. [10.1/z](https://doi.org/10.1/z)" in printed["markdown"]
    assert "<i>Zeta &amp; eta</i>" in printed["html"]
    assert r"\textit{Zeta \& eta}. \href{https://doi.org/10.1/z}{10.1/z}" in printed["latex"]
    assert printed["rtf"].startswith(r"{\rtf1")
    assert r"{\i Zeta & eta}" in printed["rtf"]


def test_a_bibliography_in_latex_has_the_keys_and_in_html_one_element(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    latex = cite(capsys, "doe.bib", "--as", "latex", "--bibliography")
    assert latex.splitlines()[0] == r"\begin{thebibliography}{2}"
    assert r"\bibitem{doe2} Doe. 2000a. \textit{Alpha}" in latex

    html = cite(capsys, "doe.bib", "--as", "html", "--bibliography")
    assert html.startswith('<div class="csl-bib-body">\n  <div class="csl-entry">Doe. 2000a.')


def test_json_has_the_language_asked_for(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed = json.loads(cite(capsys, "roe.bib", "doe.bib", "--output", "json", "--as", "html", "--in-text"))

    assert printed[0] == {"file": "roe.bib", "key": "roe", "style": "own.csl", "text": "(Roe 2001)"}
    assert [one["key"] for one in printed] == ["roe", "doe1", "doe2"]


def test_a_style_without_a_language_speaks_the_one_asked_for(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cite(capsys, "roe.bib", "--locale", "de-DE").endswith("10.1/z. ohne Jahr.\n")


def test_what_would_move_the_cursor_of_a_terminal_is_left_out(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (files / "bad.bib").write_text("@misc{a, title = {A\x1b[2JB}}\n", "utf-8")

    for language in ("plain", "markdown", "html", "latex", "rtf"):
        assert "\x1b" not in cite(capsys, "bad.bib", "--as", language)
        assert "\x1b" not in cite(capsys, "bad.bib", "--as", language, "--bibliography")


def test_the_configuration_chooses_style_and_language(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (files / "bibwright.toml").write_text('styles = ["own.csl", "kci-apa"]\nlocale = "de-AT"\n', "utf-8")

    assert main(["cite", "roe.bib"]) == 0
    own, kci = capsys.readouterr().out.splitlines()
    assert own.endswith("10.1/z. ohne Jahr.")
    assert kci == "Ann Roe. (2001). Zeta & eta."
    assert main(["cite", "roe.bib", "doe.bib", "--bibliography"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 3


PUBMED = "PMID- 30922926\nTI  - On Trees\nFAU - Roe, Ann\nDP  - 2001\n"
ITEMS = """\
[
  {"id": "roe", "type": "book", "title": "On Trees",
   "author": [{"family": "Roe"}], "issued": {"date-parts": [[2001]]}}"""


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("refs.nbib", PUBMED),
        ("refs.enw", "%0 Book\n%A Roe, Ann\n%D 2001\n%T On Trees\n"),
        ("refs.json", f"{ITEMS}]\n"),
        ("refs.yaml", "references:\n- id: roe\n  type: book\n  author: Roe\n  title: On Trees\n  issued: 2001\n"),
        (
            "refs.xml",
            '<xml><records><record><ref-type name="Book">6</ref-type><contributors><authors><author>Roe, Ann</author>'
            "</authors></contributors><titles><title>On Trees</title></titles><dates><year>2001</year></dates>"
            "</record></records></xml>\n",
        ),
        ("refs.txt", ROE.replace("Zeta & eta", "On Trees").replace("doi", "note")),
    ],
)
def test_every_format_that_is_read_is_cited(
    files: Path, capsys: pytest.CaptureFixture[str], name: str, text: str
) -> None:
    (files / name).write_text(text, "utf-8")

    assert cite(capsys, name).startswith("Roe. 2001. On Trees.")


@pytest.mark.parametrize(("text", "title"), [(PUBMED, "MEDLINE/PubMed"), (f"{ITEMS}]", "CSL-JSON"), (ROE, "BibTeX")])
def test_a_ris_that_is_none_is_read_as_what_it_is(
    files: Path, capsys: pytest.CaptureFixture[str], text: str, title: str
) -> None:
    (files / "refs.ris").write_text(text, "utf-8")

    assert main(["cite", "refs.ris", "--style", "own.csl"]) == 0
    printed = capsys.readouterr()
    assert printed.out.startswith("Roe. 2001. ")
    assert printed.err.startswith(f"refs.ris: is read as {title}")


def test_what_cannot_be_read_of_an_exchange_format_is_told_and_the_rest_cited(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (files / "refs.json").write_text(f"{ITEMS},\n  17]\n", "utf-8")

    assert main(["cite", "refs.json", "--style", "own.csl"]) == 2
    printed = capsys.readouterr()
    assert printed.out.startswith("Roe. 2001. On Trees.")
    assert printed.err.startswith("bibwright: refs.json:4: ")


def test_the_format_can_be_named(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (files / "refs.txt").write_text("TI  - On Trees\nPMID- 3\nFAU - Roe, Ann\nDP  - 2001\n", "utf-8")

    assert cite(capsys, "refs.txt", "--from", "nbib").startswith("Roe. 2001. On Trees.")


def test_text_that_is_no_bibliography(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (files / "notes.txt").write_text("Nothing of the kind.\n", "utf-8")

    assert main(["cite", "notes.txt", "--style", "own.csl"]) == 2
    assert capsys.readouterr().err == ("bibwright: notes.txt: is of no format that can be read; --from names one\n")
