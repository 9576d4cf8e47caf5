"""The GitHub action: its steps are run as a runner runs them, with the program in place that they would install."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]
INSTALL, CHECK = STEPS
INPUT = re.compile(r"\$\{\{ inputs\.([a-z-]+) \}\}")
CLOSED = "@misc{lang2001},\n  title = {Trees},\n  year = {2001}\n"

needs_bash = pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")


@pytest.fixture
def runner(tmp_path: Path) -> Path:
    """A runner's folders: the checkout, and the temporary one where the first step has installed the program."""
    programs = tmp_path / "temp" / "bibwright" / "bin"
    programs.mkdir(parents=True)
    (programs / "bibwright").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m bibwright "$@"\n', encoding="utf-8")
    (programs / "bibwright").chmod(0o755)
    (tmp_path / "checkout").mkdir()
    return tmp_path


def run(runner: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run the last step with these inputs (`_` for `-` in their names), the others as the action says."""
    given = {name: setting["default"] for name, setting in ACTION["inputs"].items()}
    given |= {name.replace("_", "-"): value for name, value in inputs.items()}
    values = {name: INPUT.sub(lambda match: given[match[1]], text) for name, text in CHECK["env"].items()}
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", CHECK["run"]],
        cwd=runner / "checkout",
        env={"PATH": "/usr/bin:/bin", "RUNNER_TEMP": str(runner / "temp"), "CI": "true", **values},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_it_is_a_composite_action() -> None:
    assert ACTION["runs"]["using"] == "composite"
    assert all({"name", "shell", "run"} <= set(step) for step in STEPS)
    assert all("description" in setting and "default" in setting for setting in ACTION["inputs"].values())


def test_scripts_hold_no_expressions() -> None:
    assert [step["name"] for step in STEPS if "${{" in step["run"]] == []


def test_every_input_reaches_the_script() -> None:
    used = {match for text in CHECK["env"].values() for match in INPUT.findall(text)}

    assert used == set(ACTION["inputs"])
    assert all(f"${name}" in CHECK["run"] for name in CHECK["env"])


def test_it_is_installed_from_its_own_folder() -> None:
    assert '"$GITHUB_ACTION_PATH"' in INSTALL["run"]


@needs_bash
def test_findings_are_annotations(runner: Path) -> None:
    (runner / "checkout" / "a.bib").write_text(CLOSED, encoding="utf-8")

    done = run(runner)

    assert done.returncode == 1
    assert done.stdout.startswith("::error title=S101 (entry-closed-after-key),file=a.bib,line=1,")


@needs_bash
def test_paths_and_arguments_are_one_a_line(runner: Path) -> None:
    folder = runner / "checkout"
    for name in ("a b.bib", "c.bib", "d.bib"):
        (folder / name).write_text(CLOSED, encoding="utf-8")

    done = run(
        runner,
        paths="a b.bib\r\nc.bib\n",
        output="json",
        output_file="out put.json",
        args="--exclude\nd.bib\n--exit-zero",
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    found = json.loads((folder / "out put.json").read_text(encoding="utf-8"))
    assert {finding["path"] for finding in found} == {"a b.bib", "c.bib"}


@needs_bash
def test_severity_that_fails_may_be_chosen(runner: Path) -> None:
    (runner / "checkout" / "a.bib").write_text("@misc{k, title = {Trees}, pages = {1-5}}\n", encoding="utf-8")

    assert run(runner, fail_on="error").returncode == 0
    assert run(runner, fail_on="hint").returncode == 1
    assert run(runner, fail_on="nothing").returncode == 2


@needs_bash
@pytest.mark.parametrize("name", ["paths", "output", "output_file", "fail_on", "args"])
def test_inputs_are_never_run(name: str, runner: Path) -> None:
    mark = runner / "mark"

    run(runner, **{name: f'x"; touch {mark}; $(touch {mark}) `touch {mark}` #'})

    assert not mark.exists()


@needs_bash
def test_a_path_is_no_option(runner: Path) -> None:
    done = run(runner, paths="--help")

    assert done.returncode == 2
    assert "--help: No such file or directory" in done.stderr


@needs_bash
@pytest.mark.parametrize("paths", ["", "\n"])
def test_without_paths_the_repository_is_checked(paths: str, runner: Path) -> None:
    (runner / "checkout" / "a.bib").write_text(CLOSED, encoding="utf-8")

    assert run(runner, paths=paths).stdout.startswith("::error title=S101 (entry-closed-after-key),file=a.bib,")
