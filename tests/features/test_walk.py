"""Which files are found. Git itself is asked where it has an opinion."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from bibwright.features.walk import WalkOptions, find_files, is_left_out

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def grow(root: Path, *paths: str) -> None:
    """Make empty files."""
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("", encoding="utf-8")


def put(root: Path, path: str, *lines: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def found(root: Path, *names: str, options: WalkOptions | None = None) -> list[str]:
    """What is found in `root` (or in these paths below it), relative to it."""
    errors: list[OSError] = []
    paths = [str(root / name) for name in names] or [str(root)]
    files = find_files(paths, options or WalkOptions(), errors.append)

    assert errors == []
    return [os.path.relpath(file, root).replace(os.sep, "/") for file in files]


def test_files_of_known_suffix_in_order(tmp_path: Path) -> None:
    grow(tmp_path, "b.bib", "a/z.ris", "a/B.BIB", "a/notes.txt", ".hidden/x.bib", ".x.bib")

    assert found(tmp_path) == ["a/B.BIB", "a/z.ris", "b.bib"]


def test_named_files_come_first_and_once(tmp_path: Path) -> None:
    grow(tmp_path, "a.bib", "b.bib", "notes.txt")

    assert found(tmp_path, "notes.txt", "b.bib", ".", "./a.bib") == ["notes.txt", "b.bib", "a.bib"]


def test_ignore_files_count_for_their_folder_and_below(tmp_path: Path) -> None:
    grow(tmp_path, "a.bib", "out/a.bib", "sub/a.bib", "sub/out/a.bib", "sub/deep/b.bib")
    put(tmp_path, "sub/.gitignore", "out/", "/deep/b.bib")

    assert found(tmp_path) == ["a.bib", "out/a.bib", "sub/a.bib"]


def test_later_and_deeper_patterns_win(tmp_path: Path) -> None:
    grow(tmp_path, "a.bib", "b.bib", "sub/a.bib", "sub/b.bib")
    put(tmp_path, ".gitignore", "*.bib", "!b.bib")
    put(tmp_path, "sub/.gitignore", "!a.bib", "b.bib")

    assert found(tmp_path) == ["b.bib", "sub/a.bib"]


def test_our_own_ignore_file_has_the_last_word(tmp_path: Path) -> None:
    grow(tmp_path, "generated.bib", "mine.bib", "old.bib")
    put(tmp_path, ".gitignore", "generated.bib")
    put(tmp_path, ".ignore", "!generated.bib", "old.bib")
    put(tmp_path, ".bibwrightignore", "mine.bib", "!old.bib")

    assert found(tmp_path) == ["generated.bib", "old.bib"]


def test_a_folder_that_is_left_out_is_not_entered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    grow(tmp_path, "build/keep.bib", "a.bib")
    put(tmp_path, ".gitignore", "build/", "!build/keep.bib")
    entered: list[str] = []
    scan = os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: (entered.append(str(path)), scan(path))[1])

    assert found(tmp_path) == ["a.bib"]
    assert entered == [str(tmp_path)]


def test_the_folders_above_count_up_to_the_repository(tmp_path: Path) -> None:
    grow(tmp_path, "repo/sub/deep/a.bib", "repo/sub/deep/b.bib", "repo/sub/deep/c.bib", "repo/sub/deep/d.bib")
    put(tmp_path, ".gitignore", "d.bib")
    put(tmp_path, "repo/.git/info/exclude", "c.bib")
    put(tmp_path, "repo/.gitignore", "a.bib")
    put(tmp_path, "repo/sub/.bibwrightignore", "b.bib")

    assert found(tmp_path / "repo/sub/deep") == ["d.bib"]
    assert found(tmp_path / "repo") == ["sub/deep/d.bib"]


def test_a_further_working_tree_shares_what_is_excluded(tmp_path: Path) -> None:
    grow(tmp_path, "tree/a.bib", "tree/b.bib")
    put(tmp_path, "main/.git/info/exclude", "a.bib")
    put(tmp_path, "main/.git/worktrees/tree/commondir", "../..")
    put(tmp_path, "tree/.git", "gitdir: ../main/.git/worktrees/tree")

    assert found(tmp_path / "tree") == ["b.bib"]


def test_outside_of_a_repository_the_current_folder_is_the_top(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    grow(tmp_path, "here/refs/a.bib", "here/refs/b.bib")
    put(tmp_path, ".ignore", "b.bib")
    put(tmp_path, "here/.ignore", "a.bib")

    monkeypatch.chdir(tmp_path / "here")
    assert find_files(["refs"], WalkOptions(), lambda _: None) == [os.path.join("refs", "b.bib")]
    monkeypatch.chdir(tmp_path / "here/refs")
    assert find_files(["."], WalkOptions(), lambda _: None) == [os.path.join(".", "a.bib"), os.path.join(".", "b.bib")]


def test_what_is_named_is_checked_unless_it_is_excluded_by_force(tmp_path: Path) -> None:
    grow(tmp_path, "out/a.bib", "out/b.bib", "c.bib")
    put(tmp_path, ".git/info/exclude", "out/")
    forced = WalkOptions(force_exclude=True)

    assert found(tmp_path, "out/a.bib", "c.bib") == ["out/a.bib", "c.bib"]
    assert found(tmp_path, "out") == ["out/a.bib", "out/b.bib"]
    assert found(tmp_path, "out/a.bib", "c.bib", options=forced) == ["c.bib"]
    assert found(tmp_path, "out", options=forced) == []
    assert is_left_out(str(tmp_path / "out" / "new.bib"), forced)
    assert not is_left_out(str(tmp_path / "new.bib"), forced)


def test_patterns_may_be_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    grow(tmp_path, "a.bib", "old/a.bib", "sub/old/b.bib", "sub/c.ris")
    monkeypatch.chdir(tmp_path)

    assert found(tmp_path, options=WalkOptions(("old/", "*.ris"))) == ["a.bib"]
    assert found(tmp_path, options=WalkOptions(("/old",))) == ["a.bib", "sub/c.ris", "sub/old/b.bib"]
    assert found(tmp_path, "a.bib", options=WalkOptions(("a.bib",))) == ["a.bib"]
    assert found(tmp_path, "a.bib", options=WalkOptions(("a.bib",), force_exclude=True)) == []


def test_ignore_files_may_be_passed_over(tmp_path: Path) -> None:
    grow(tmp_path, "a.bib", "b.bib")
    put(tmp_path, ".gitignore", "a.bib")

    assert found(tmp_path, options=WalkOptions(ignore_files=False)) == ["a.bib", "b.bib"]


def test_what_is_no_pattern_is_passed_over(tmp_path: Path) -> None:
    grow(tmp_path, "a.bib", "b.bib", "\u00fc.bib")
    (tmp_path / ".gitignore").write_bytes("\ufeffa.bib\r\n!\n# b.bib\n\n/\n\xfc\n\u00fc.bib\n".encode() + b"\xff[\n")

    assert found(tmp_path) == ["b.bib"]


def test_a_file_is_found_once_whatever_links_to_it(tmp_path: Path) -> None:
    grow(tmp_path, "refs.bib", "elsewhere/far.bib")
    (tmp_path / "thesis").mkdir()
    for link in ("a.bib", "z.bib"):
        (tmp_path / link).symlink_to("refs.bib")
        (tmp_path / "thesis" / link).symlink_to("../elsewhere/far.bib")

    assert found(tmp_path) == ["elsewhere/far.bib", "refs.bib"]
    assert found(tmp_path, "thesis") == ["thesis/a.bib"]
    assert found(tmp_path, "z.bib", "thesis/z.bib", "thesis") == ["z.bib", "thesis/z.bib"]


def test_circles_of_links_end(tmp_path: Path) -> None:
    grow(tmp_path, "sub/a.bib")
    (tmp_path / "sub" / "up").symlink_to(tmp_path)
    (tmp_path / "sub" / "same.bib").symlink_to("a.bib")
    (tmp_path / "self.bib").symlink_to("self.bib")

    assert found(tmp_path) == ["sub/a.bib"]


PATTERNS = {
    "root": ["*.ris", "!keep.ris", "/top.bib", "build/", "**/cache", "a/**/z.bib", r"\#odd.bib", "sp ace.bib  "],
    "all but": ["/*", "!/a", "/a/*", "!/a/b"],
    "marks": ["[ab].bib", "?.ris", "x*y.bib", "!xay.bib", "dir/c.bib", "end/"],
}
TREE = [
    "top.bib", "a/top.bib", "one.ris", "keep.ris", "a/keep.ris", "build/x.bib", "a/build/x.bib", "build.bib",
    "cache/x.bib", "a/b/cache/x.bib", "a/z.bib", "a/b/z.bib", "a/b/c/z.bib", "#odd.bib", "sp ace.bib", "a.bib",
    "b.bib", "c.bib", "q.ris", "x1y.bib", "xay.bib", "dir/c.bib", "a/dir/c.bib", "end", "a/end/x.bib", "ü/a.bib",
]  # fmt: skip


@needs_git
@pytest.mark.parametrize("name", PATTERNS)
def test_git_leaves_out_the_same(name: str, tmp_path: Path) -> None:
    tree = [path for path in TREE if path != "end"]
    grow(tmp_path, *tree)
    put(tmp_path, ".gitignore", *PATTERNS[name])
    put(tmp_path, "a/.gitignore", "!x.bib", "q.ris")
    git = ["git", "-C", str(tmp_path), "-c", "core.excludesFile=", "-c", "core.quotePath=false"]
    subprocess.run([*git, "init", "-q"], check=True)
    listed = subprocess.run(
        [*git, "ls-files", "-z", "--others", "--exclude-standard"], capture_output=True, check=True
    ).stdout.decode()

    expected = sorted(path for path in listed.split("\0") if path.endswith((".bib", ".ris")))

    assert sorted(found(tmp_path)) == expected
