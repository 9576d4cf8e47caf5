"""`bibwright check` with several files: what one defines is known in the others, and nothing more is read than that."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from bibwright.cli.main import main

USER = "@misc{k, title = {T}, note = jt}\n@misc{l, title = {T}, crossref = {parent}}\n"
DEFINED = "@string{jt = {Trees}}\n@misc{parent, title = {P}}\n"


def found(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> list[tuple[str, str]]:
    main(["check", "--select", "X701,X702,X703,X708,X710", "--output", "json", *map(str, arguments)])
    return [(Path(finding["path"]).name, finding["code"]) for finding in json.loads(capsys.readouterr().out)]


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        path = folder / (name.replace("__", "/") + ".bib")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)


def test_what_stands_in_the_same_folder_is_known(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, user=USER)
    assert [code for _, code in found(capsys, tmp_path / "user.bib")] == ["X702", "X703"]

    write(tmp_path, other=DEFINED)
    assert found(capsys, tmp_path / "user.bib") == []
    assert found(capsys, tmp_path / "other.bib") == []


def test_what_stands_elsewhere_is_known_when_it_is_checked_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, user=USER, below__other=DEFINED)

    assert len(found(capsys, tmp_path / "user.bib")) == 2
    assert found(capsys, tmp_path) == []
    assert found(capsys, "--jobs", "2", tmp_path / "user.bib", tmp_path / "below" / "other.bib") == []


def test_macro_files_of_the_configuration_are_known(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, paper__user=USER, shared__strings=DEFINED)
    (tmp_path / "bibwright.toml").write_text('macro-files = ["shared/strings.bib"]\n')

    assert found(capsys, tmp_path / "paper" / "user.bib") == []


def test_what_a_document_uses_together_is_known(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, user=USER, shared__strings=DEFINED)
    (tmp_path / "main.tex").write_text("\\bibliography{user,shared/strings}\n")

    assert found(capsys, tmp_path / "user.bib") == []


ONE = "@misc{k, title = {A}, doi = {10.1234/a}}\n@misc{l, title = {B}, doi = {10.1234/b}}\n"
TWO = "@misc{k, title = {C}, doi = {10.1234/c}}\n@misc{m, title = {B}, doi = {10.1234/B}}\n"


BOTH = [("one.bib", "X701"), ("one.bib", "X708"), ("two.bib", "X701"), ("two.bib", "X708")]


def test_files_named_side_by_side_are_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, one=ONE, two=TWO, below__three=ONE)

    paths = [tmp_path / "one.bib", tmp_path / "two.bib", tmp_path / "below" / "three.bib"]
    assert found(capsys, *paths) == BOTH
    assert found(capsys, tmp_path) == []
    assert found(capsys, tmp_path / "one.bib") == []


def test_files_that_a_document_names_are_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, one=ONE, two=TWO, three=ONE)
    (tmp_path / "main.tex").write_text("\\bibliography{one,two}\n")

    assert found(capsys, tmp_path) == BOTH
    assert found(capsys, tmp_path / "one.bib") == []


def test_standard_input_knows_the_folder_of_its_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, other=DEFINED)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(USER.encode())))

    assert found(capsys, "--stdin-filename", tmp_path / "user.bib", "-") == []


@pytest.mark.parametrize("where", ["in the folder", "named by the configuration"])
def test_macros_of_other_files_have_their_values(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], where: str
) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    strings = folder / "strings.bib" if where == "in the folder" else tmp_path / "strings.bib"
    strings.write_text('@string{a = "Acta"}\n@string{acta = a # { Arborum}}\n@misc{b, title = {T}}\n')
    if where != "in the folder":
        (folder / "bibwright.toml").write_text('macro-files = ["../strings.bib"]\n')
    refs = folder / "refs.bib"
    refs.write_text("@article{k, author = {Doe, A.}, title = {T}, journal = ACTA, month = jan, year = 2020}\n")

    assert main(["convert", str(refs), "--to", "csl-json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["container-title"] == "Acta Arborum"
    assert main(["cite", str(refs), "--style", "apa"]) == 0
    assert "Acta Arborum" in capsys.readouterr().out
