from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibwright.features.unified_diff import unified_diff
from bibwright.text.spans import Edit, apply_edits

TEN = "".join(f"line {number}\n" for number in range(1, 11))


def replace(text: str, old: str, new: str) -> Edit:
    start = text.index(old)
    return Edit(start, start + len(old), new)


def test_a_change_has_three_lines_around_it() -> None:
    assert unified_diff("a.bib", TEN, [replace(TEN, "5", "five")]) == (
        "--- a.bib\n+++ a.bib\n@@ -2,7 +2,7 @@\n"
        " line 2\n line 3\n line 4\n-line 5\n+line five\n line 6\n line 7\n line 8\n"
    )


def test_far_changes_have_hunks_of_their_own() -> None:
    diff = unified_diff("a.bib", TEN, [replace(TEN, "line 1\n", "one\nand a half\n"), replace(TEN, "10", "ten")])

    assert [line for line in diff.splitlines() if line.startswith("@")] == ["@@ -1,4 +1,5 @@", "@@ -7,4 +8,4 @@"]


def test_near_changes_share_one() -> None:
    diff = unified_diff("a.bib", TEN, [replace(TEN, "2", "two"), replace(TEN, "4\nline ", "4\nline five is ")])

    assert [line for line in diff.splitlines() if line[0] in "@+-"][2:] == [
        "@@ -1,8 +1,8 @@",
        "-line 2",
        "+line two",
        "-line 5",
        "+line five is 5",
    ]


def test_lines_that_stay_are_not_shown_as_changed() -> None:
    assert "-line 4" not in unified_diff("a.bib", TEN, [replace(TEN, "line 4\nline 5\n", "line 4\nnew\nline 5\n")])
    assert unified_diff("a.bib", TEN, [Edit(5, 5, ""), replace(TEN, "line 4", "line 4")]) == ""


def test_a_missing_end_of_the_last_line_is_told() -> None:
    assert unified_diff("a.bib", "a", [Edit(1, 1, "\n")]) == (
        "--- a.bib\n+++ a.bib\n@@ -1,1 +1,1 @@\n-a\n\\ No newline at end of file\n+a\n"
    )


def test_everything_may_come_or_go() -> None:
    assert "@@ -0,0 +1,1 @@\n+a\n" in unified_diff("a.bib", "", [Edit(0, 0, "a\n")])
    assert "@@ -1,1 +0,0 @@\n-a\n" in unified_diff("a.bib", "a\n", [Edit(0, 2, "")])


@st.composite
def changed(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    text = draw(st.text("ab\n", max_size=60))
    places = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    pairs = list(zip(places[::2], places[1::2], strict=False))
    return text, [Edit(start, end, draw(st.text("xy\n", max_size=6))) for start, end in pairs]


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_git_applies_it(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("apply")
    cases: list[tuple[str, list[Edit]]] = []

    @given(changed())
    def collect(case: tuple[str, list[Edit]]) -> None:
        cases.append(case)

    collect()
    diffs = []
    for number, (text, edits) in enumerate(cases):
        (folder / f"{number}.bib").write_text(text, encoding="utf-8", newline="")
        diffs.append(unified_diff(f"{number}.bib", text, edits))
    (folder / "all.diff").write_text("".join(diffs), encoding="utf-8", newline="")
    if any(diffs):
        done = subprocess.run(
            ["git", "apply", "-p0", "--whitespace=nowarn", "all.diff"],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.stderr == ""

    for number, (text, edits) in enumerate(cases):
        assert Path(folder / f"{number}.bib").read_bytes().decode() == apply_edits(text, edits)


NAMES = [
    "a.bib",
    "of a thesis.bib",
    "in a folder/a.bib",
    'a"b.bib',
    "a\\b.bib",
    "a\nb.bib",
    "a\tb.bib",
    "ü.bib",
    "a\udcff.bib",
]


@pytest.mark.skipif(os.name != "posix", reason="names that other systems do not have")
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("command", [["patch", "-p0"], ["git", "apply", "-p0"]])
def test_every_name_is_one_that_patch_and_git_read(command: list[str], name: str, tmp_path: Path) -> None:
    if shutil.which(command[0]) is None:
        pytest.skip(f"no {command[0]}")
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("a\n")
    diff = unified_diff(f"./{name}", "a\n", [Edit(0, 1, "b")])

    subprocess.run(command, cwd=tmp_path, input=diff.encode(), check=True, capture_output=True, timeout=60)
    assert path.read_text() == "b\n"
