"""Configuration as the command line reads it and overrides it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bibwright.cli.main import main

FAULTY = "@misc{a, title={A} year={2020}, pages={1-2}}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.bib").write_text(FAULTY)
    (tmp_path / "bibwright.toml").write_text('select = ["V408"]\n')
    return tmp_path


def codes(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    main(["check", "--output", "concise", *arguments])
    return [line.split()[2] for line in capsys.readouterr().out.splitlines()[:-1]]


@pytest.mark.usefixtures("folder")
def test_arguments_come_before_the_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert codes(capsys, "a.bib") == ["V408"]
    assert codes(capsys, "--extend-select", "S103", "a.bib") == ["S103", "V408"]
    assert codes(capsys, "--select", "S103,missing-key", "a.bib") == ["S103"]
    assert codes(capsys, "--ignore", "V", "a.bib") == []
    assert "S103" in codes(capsys, "--isolated", "a.bib")


def test_a_file_can_be_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "strict.toml").write_text('select = ["S103"]\nseverity = { S103 = "warning" }\n')
    main(["check", "--output", "concise", "--config", "strict.toml", "a.bib"])

    assert capsys.readouterr().out.startswith("a.bib:1:18: warning S103 ")


def test_fixes_are_those_of_the_selected_rules(folder: Path) -> None:
    main(["check", "--fix", "a.bib"])

    assert (folder / "a.bib").read_text() == FAULTY.replace("1-2", "1--2")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_what_is_wrong_in_the_file_is_said_once(folder: Path, jobs: str, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "b.bib").write_text(FAULTY)
    (folder / "bibwright.toml").write_text('# ours\nselekt = ["S"]\nselect = ["V408", "V999"]\n')

    assert main(["check", "--jobs", jobs, "a.bib", "b.bib", "--output", "concise"]) == 0
    printed = capsys.readouterr()
    assert printed.err.splitlines() == [
        'bibwright: bibwright.toml:2:1: "selekt" is no setting; did you mean "select"?',
        'bibwright: bibwright.toml:3:19: no rule is called "V999"',
    ]
    assert [line.split()[2] for line in printed.out.splitlines()[:-1]] == ["V408", "V408"]


def test_a_file_of_which_nothing_can_be_used_is_status_2(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "bibwright.toml").write_text("select = [\n")

    assert main(["check", "a.bib"]) == 2
    assert capsys.readouterr().err.startswith("bibwright: bibwright.toml:1:1: this is not TOML")
    assert main(["check", "--config", "gone.toml", "a.bib"]) == 2
    assert capsys.readouterr().err.startswith("bibwright: gone.toml:1:1: cannot be read: ")


@pytest.mark.parametrize(
    "arguments", [["--fix"], ["--diff"], ["--fix", "--unsafe-fixes"], ["--config", "b.toml", "--fix"]]
)
def test_nothing_is_fixed_while_nobody_knows_which_rules_are_wanted(
    arguments: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if "--config" not in arguments:
        (folder / "bibwright.toml").write_text('ignore = ["V408"\n')

    assert main(["check", *arguments, "a.bib"]) == 2
    printed = capsys.readouterr()
    assert printed.err.splitlines()[1] == "bibwright: nothing is fixed, since it is not known which rules are wanted"
    assert "+++" not in printed.out
    assert (folder / "a.bib").read_text() == FAULTY


def test_a_text_is_passed_on_as_it_is_while_nobody_knows_which_rules_are_wanted(folder: Path) -> None:
    (folder / "bibwright.toml").write_text('ignore = ["V408"\n')
    command = [sys.executable, "-m", "bibwright", "check", "--fix", "--stdin-filename", "a.bib", "-"]
    done = subprocess.run(command, input=FAULTY.encode(), capture_output=True, timeout=60)

    assert (done.returncode, done.stdout) == (2, FAULTY.encode())


@pytest.mark.usefixtures("folder")
def test_an_argument_that_selects_nothing_is_status_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--ignore", "page-rang", "a.bib"]) == 2
    assert capsys.readouterr().err == 'bibwright: --ignore: no rule is called "page-rang"; did you mean "page-range"?\n'


def test_excluded_files_are_passed_over_unless_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "bibwright.toml").write_text('select = ["V408"]\nexclude = ["a.bib"]\n')
    (folder / "b.bib").write_text(FAULTY)

    assert codes(capsys, ".") == ["V408"]
    assert codes(capsys, "a.bib", "b.bib") == ["V408", "V408"]
    assert codes(capsys, "--force-exclude", "a.bib", "b.bib") == ["V408"]


def test_the_encoding_of_a_file_is_reported_as_the_user_wants(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "a.bib").write_bytes("@misc{a, title={Café au lait}, note={é à è ù}}\n".encode("latin-1"))

    assert codes(capsys, "--isolated", "--select", "E902", "a.bib") == ["E902"]
    assert codes(capsys, "--isolated", "--ignore", "E", "--select", "E,S101", "a.bib") == []


def test_what_is_found_in_the_bytes_of_a_file_is_ignored_in_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    comment = "% bibwright: ignore-file[not-utf8, E901] the printer wants it so\n"
    (folder / "a.bib").write_bytes(f"@misc{{a, title={{Café au lait}}, note={{é à è}},}}\n{comment}".encode("latin-1"))

    assert codes(capsys, "--isolated", "--select", "E,B", "a.bib") == []
