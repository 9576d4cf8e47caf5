"""Safe fixes keep their promises on real files: a small sample of what `tests/oracles/safe_fixes.py` tries."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bibwright.analysis.diagnostics import Severity, safe_fix
from bibwright.analysis.linter import Linter
from bibwright.analysis.rule import BLOCKS, SAFE, Context, Report, Rule, rule
from bibwright.text.spans import Edit, Span
from tests.oracles import ours
from tests.oracles.corpus import CorpusFile, corpus_files, default_corpus
from tests.oracles.safe_fixes import choose, find_candidates, is_broken, try_fixes
from tests.support.shared import needs_shared

#: Larger files only take longer.
LARGEST = 20_000
#: Tables of characters that only look like entries: without its one field such an entry is none.
NO_BIBLIOGRAPHY = "/testwidth"
#: Of each rule.
FIXES = 6


@needs_shared
@pytest.mark.parametrize("suffix", [".bib", ".ris"])
def test_safe_fixes_remove_their_finding_and_nothing_else(suffix: str) -> None:
    files = [file for file in corpus_files(default_corpus(), suffix, LARGEST) if NO_BIBLIOGRAPHY not in file.name]
    candidates = find_candidates(files)

    chosen = choose(candidates, FIXES, seed=1)

    broken = [one for one in try_fixes(one for some in chosen.values() for one in some) if is_broken(one)]
    assert broken == []


def file_of(folder: Path, text: str) -> CorpusFile:
    (folder / "a.bib").write_text(text, "utf-8")
    return CorpusFile(folder / "a.bib", "a.bib")


def test_every_safe_fix_of_a_file_is_tried(tmp_path: Path) -> None:
    file = file_of(tmp_path, "@misc{a, pages = {1-2}}\n@misc{b, pages = {3-4}}\n")

    candidates = find_candidates([file])["V408"]

    assert [(one.block, one.code) for one in candidates] == [(0, "V408"), (1, "V408")]
    assert list(try_fixes(candidates)) == []


def edit_at(context: Context, found: str, start: int, end: int, new_text: str) -> Iterator[Report]:
    """A finding at `found`, with a fix that edits from `start` to `end`, counted from there."""
    at = context.text.find(found)
    if at >= 0:
        fix = safe_fix("Mend it", Edit(at + start, at + end, new_text))
        yield Report(Span(at, at + 1), f"there is {found}", (fix,))


@rule("Z001", "a-letter", Severity.WARNING, watches=BLOCKS, fixes=(SAFE,))
def a_letter(context: Context) -> Iterator[Report]:
    yield from edit_at(context, "X", 0, 1, "Y")


@rule("Z002", "what-the-fix-makes", Severity.WARNING, watches=BLOCKS)
def what_the_fix_makes(context: Context) -> Iterator[Report]:
    yield from edit_at(context, "Y", 0, 0, "")


@rule("Z003", "useless", Severity.WARNING, watches=BLOCKS, fixes=(SAFE,))
def useless(context: Context) -> Iterator[Report]:
    yield from edit_at(context, "X", 1, 1, "")


@rule("Z004", "outside", Severity.WARNING, watches=BLOCKS, fixes=(SAFE,))
def outside(context: Context) -> Iterator[Report]:
    yield from edit_at(context, "X", 0, 1000, "")


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        pytest.param([a_letter], [], id="kept"),
        pytest.param([a_letter, what_the_fix_makes], ["a new finding"], id="another rule fires"),
        pytest.param([useless], ["the finding is still there"], id="nothing changes"),
        pytest.param([outside], ["edits overlap or leave the block"], id="outside the block"),
    ],
)
def test_a_broken_promise_is_noticed(
    rules: list[Rule], expected: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ours, "_linter", lambda format_id, *_: Linter(rules, format_id))
    file = file_of(tmp_path, "@misc{a,\n  title = {X},\n  note = {V},\n}\n")

    candidates = [one for some in find_candidates([file]).values() for one in some if one.code != "Z002"]

    assert [one.kind for one in try_fixes(candidates)] == expected


@rule("Z005", "key", Severity.WARNING, watches=BLOCKS, fixes=(SAFE,))
def key(context: Context) -> Iterator[Report]:
    yield from edit_at(context, "X", 0, 1, "Y")


def test_a_change_of_another_field_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ours, "_linter", lambda format_id, *_: Linter([key], format_id))
    file = file_of(tmp_path, "@misc{X,\n  title = {T},\n}\n")

    (violation,) = try_fixes(find_candidates([file])["Z005"])

    assert (violation.kind, violation.detail) == ("the record differs", "key: 'X' became 'Y'")
