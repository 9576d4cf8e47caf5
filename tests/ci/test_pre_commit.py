"""The hooks, run by pre-commit itself: once as they are installed, and as they are fed with files."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
ARCHIVE = "server/bibwright/csl/data/official-styles.archive"
RANGE = "@misc{lang2001,\n  title = {Trees},\n  pages = {101-115},\n  year = {2001}\n}\n"
CLOSED = "@misc{lang2001},\n  title = {Trees},\n  year = {2001}\n"

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)  # of a commit that runs these tests
    git("init", "-q")
    return folder


def git(*arguments: str, folder: Path | None = None) -> None:
    identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def put(name: str, text: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, encoding="utf-8", newline="")


def hooks() -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    return loaded


def pre_commit(*arguments: str, **environment: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def run_hook(name: str) -> tuple[int, str]:
    """Run one hook over what is staged, with the program that is being tested in place of an installed one."""
    hook = next(hook for hook in hooks() if hook["id"] == name)
    local = {**hook, "language": "system"}
    put(".pre-commit-config.yaml", yaml.safe_dump({"repos": [{"repo": "local", "hooks": [local]}]}))
    git("add", "-A")
    return pre_commit("run", "--all-files", "--verbose")


def test_manifest_is_valid() -> None:
    status, said = pre_commit("validate-manifest", str(ROOT / ".pre-commit-hooks.yaml"))

    assert (status, said) == (0, "")


def test_check_is_given_bibliographies_only(repository: Path) -> None:
    put("refs/a.bib", CLOSED)
    put("B.BIB", RANGE)
    put("c.txt", "no bibliography")

    status, said = run_hook("bibwright-check")

    assert status == 1
    assert "refs/a.bib:1:15: error S101" in said
    assert " in 2 files" in said


def test_check_passes_where_nothing_is_wrong(repository: Path) -> None:
    put("a.bib", RANGE.replace("-", "--"))

    status, said = run_hook("bibwright-check")

    assert (status, "no findings in 1 file" in said) == (0, True)


def test_what_is_excluded_is_not_checked(repository: Path) -> None:
    put("old/a.bib", CLOSED)
    put(".bibwrightignore", "old/\n")

    status, _ = run_hook("bibwright-check")

    assert status == 0


def test_fix_changes_files_and_fails(repository: Path) -> None:
    put("a.bib", RANGE)

    status, said = run_hook("bibwright-fix")

    assert status == 1
    assert "files were modified by this hook" in said
    assert Path("a.bib").read_text(encoding="utf-8") == RANGE.replace("-", "--")
    assert run_hook("bibwright-fix")[0] == 0


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """The project's own files, as git would give them to somebody else.

    With them is the archive of citation styles, which an installation makes of packages from the network.
    """
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    folder = tmp_path / "clone"
    for name in (ARCHIVE, *filter(None, listed.split("\0"))):
        if (ROOT / name).is_file() and not name.startswith(("tests/", "clients/")):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    return folder


def test_the_hook_installs_as_users_do(repository: Path, clone: Path) -> None:
    """The packages of this environment stand in for the network."""
    git("init", "-q", folder=clone)
    git("add", "--all", "--force", folder=clone)
    git("commit", "-q", "-m", "all", folder=clone)
    put("a.bib", CLOSED)
    git("add", "a.bib")
    packages = [path for path in sys.path if path.endswith("site-packages")]

    status, said = pre_commit(
        "try-repo", str(clone), "bibwright-check", "--all-files",
        PYTHONPATH=os.pathsep.join(packages), PIP_NO_BUILD_ISOLATION="false", PIP_NO_DEPS="1", PIP_NO_INDEX="1",
    )  # fmt: skip

    assert "a.bib:1:15: error S101" in said
    assert status == 1


def test_what_is_installed_has_the_pages_of_the_rules_and_the_styles(
    repository: Path, clone: Path, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=clone, check=True, capture_output=True)

    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert ARCHIVE.removeprefix("server/") in names
    assert "bibwright/csl/data/NOTICE.md" in names
    packed = {Path(name).name for name in names if name.startswith("bibwright/docs/rules/")}
    assert packed == {path.name for path in (ROOT / "docs" / "rules").iterdir()}
