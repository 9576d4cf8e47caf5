"""Edits that have a rule ignored, tried on the texts that they are for."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from bibwright.analysis.workspace import OpenDocument
from bibwright.features.configuration import Configurations
from bibwright.features.configuration_edit import ignore_rule
from bibwright.features.ignoring import ignore_in_entry, ignore_in_file, ignore_in_project
from bibwright.features.linters import open_text
from bibwright.formats import BIBTEX, RIS
from bibwright.formats.format import Format
from bibwright.text.columns import PositionEncoding
from bibwright.text.spans import apply_edits


def opened(text: str, format: Format) -> OpenDocument:
    document = open_text(text, format)
    document.check_all()
    return document


def codes(text: str, format: Format) -> list[str]:
    return [found.code for _, _, found in opened(text, format).placed_diagnostics()]


def ignored_in_entry(text: str, format: Format, code: str) -> str | None:
    document = opened(text, format)
    _, block, found = next(found for found in document.placed_diagnostics() if found[2].code == code)
    edit = ignore_in_entry(document, block, found)
    return None if edit is None else text.replace(block.text, apply_edits(block.text, [edit]))


def ignored_in_file(text: str, format: Format, code: str) -> str | None:
    document = opened(text, format)
    place, block, found = next(found for found in document.placed_diagnostics() if found[2].code == code)
    change = ignore_in_file(document, place, block, found)
    return None if change is None else text.replace(change.block.text, apply_edits(change.block.text, [change.edit]))


UTF16 = PositionEncoding.UTF16
ENTRY = "@misc{a, title={A : B}, pages={1-2},}\n"
RECORD = "TY  - JOUR\nTI  - A : B\nSP  - 1\nER  - \n"


@pytest.mark.parametrize(
    ("before", "comment"),
    [
        ("", "% bibwright: ignore[T611]\n"),
        ("% bibwright: ignore[V408] so\n", "% bibwright: ignore[V408, T611] so\n"),
        ("@comment{bibwright: ignore[V408]}\n", "@comment{bibwright: ignore[V408, T611]}\n"),
        ("% a comment\n", "% a comment\n% bibwright: ignore[T611]\n"),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_in_an_entry(before: str, comment: str, line_end: str) -> None:
    text = (before + ENTRY).replace("\n", line_end)
    ignored = ignored_in_entry(text, BIBTEX, "T611")

    assert ignored == (comment + ENTRY).replace("\n", line_end)
    assert "T611" in codes(text, BIBTEX)
    assert "T611" not in codes(ignored, BIBTEX)


def test_an_entry_keeps_its_indentation_and_its_neighbours() -> None:
    assert ignored_in_entry("  " + ENTRY, BIBTEX, "T611") == f"  % bibwright: ignore[T611]\n  {ENTRY}"
    assert ignored_in_entry("@misc{b, title={B},} " + ENTRY, BIBTEX, "T611") is None


def test_in_a_record() -> None:
    ignored = ignored_in_entry(RECORD, RIS, "T611")
    assert ignored == RECORD.replace("ER", "U5  - bibwright: ignore[T611]\nER")
    assert "T611" not in codes(ignored, RIS)
    assert ignored_in_entry(RECORD.replace("  -", " -"), RIS, "T611") == RECORD.replace(
        "ER", "U5  - bibwright: ignore[T611]\nER"
    ).replace("  -", " -")
    open_record = RECORD.removesuffix("ER  - \n").removesuffix("\n")
    assert ignored_in_entry(open_record, RIS, "T611") == open_record + "\nU5  - bibwright: ignore[T611]"


def test_what_is_wrong_in_a_comment_is_ignored_in_the_file_only() -> None:
    unused = RECORD.replace("ER", "U5  - bibwright: ignore[S201]\nER")

    assert ignored_in_entry(unused, RIS, "B001") is None
    assert ignored_in_file(unused, RIS, "B001") == unused.replace("ER", "U5  - bibwright: ignore-file[B001]\nER")


def test_a_string_macro_is_an_entry_too() -> None:
    text = "@misc{a, title={A},}\n@string{unused = {U}}\n"

    assert ignored_in_entry(text, BIBTEX, "X710") == text.replace("@string", "% bibwright: ignore[X710]\n@string")


def test_in_a_file() -> None:
    assert ignored_in_file(ENTRY, BIBTEX, "T611") == "% bibwright: ignore-file[T611]\n" + ENTRY
    head = "\ufeff% Encoding: UTF-8\n% !BIB program = biber\n"
    ignored = ignored_in_file(head + "\n" + ENTRY, BIBTEX, "T611")
    assert ignored == f"{head}% bibwright: ignore-file[T611]\n\n{ENTRY}"
    assert "T611" not in codes(ignored, BIBTEX)

    text = f"{ENTRY}\n% bibwright: ignore-file[V408] so\n"
    assert ignored_in_file(text, BIBTEX, "T611") == text.replace("V408", "V408, T611")

    assert ignored_in_file(RECORD * 2, RIS, "T611") is not None
    assert "T611" not in codes(RECORD.replace("ER", "U5  - bibwright: ignore-file[T611]\nER") + RECORD, RIS)


# --- Configuration files


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("bibwright.toml", "", 'ignore = ["T611"]\n'),
        ("bibwright.toml", "# ours\n", 'ignore = ["T611"]\n\n# ours\n'),
        ("bibwright.toml", "ignore = []  # none", 'ignore = ["T611"]  # none'),
        ("bibwright.toml", "ignore = ['S']\n", "ignore = ['S', \"T611\"]\n"),
        (
            "bibwright.toml",
            'ignore = [\n  "S", # why\n  "V",\n]\n',
            'ignore = [\n  "S", # why\n  "V",\n  "T611",\n]\n',
        ),
        ("bibwright.toml", 'dialect = "bibtex" # x\n', 'dialect = "bibtex" # x\nignore = ["T611"]\n'),
        ("bibwright.toml", 'dialect = "bibtex"', 'dialect = "bibtex"\nignore = ["T611"]\n'),
        ("bibwright.toml", '[severity]\r\nS = "hint"\r\n', 'ignore = ["T611"]\r\n\r\n[severity]\r\nS = "hint"\r\n'),
        ("bibwright.toml", "a = 1\n\n[severity]\n", 'a = 1\nignore = ["T611"]\n\n[severity]\n'),
        (
            "pyproject.toml",
            "[tool.bibwright] # x\n[tool.ruff]\nignore = []\n",
            '[tool.bibwright] # x\nignore = ["T611"]\n[tool.ruff]\nignore = []\n',
        ),
        (
            "pyproject.toml",
            '[tool.bibwright]\nselect = ["S"]\n\n[tool.bibwright.severity]\n',
            '[tool.bibwright]\nselect = ["S"]\nignore = ["T611"]\n\n[tool.bibwright.severity]\n',
        ),
        ("pyproject.toml", "[project]\nname = 'x'", "[project]\nname = 'x'\n\n[tool.bibwright]\nignore = [\"T611\"]\n"),
        ("pyproject.toml", "[tool]\nbibwright = {}\n", '[tool]\nbibwright = {ignore = ["T611"]}\n'),
    ],
)
def test_in_a_configuration_file(name: str, before: str, after: str) -> None:
    edit = ignore_rule(Path(name), before, "T611")

    assert edit is not None
    assert apply_edits(before, [edit]) == after
    assert tomllib.loads(after)


@pytest.mark.parametrize(
    "text",
    ["ignore = ['T611']", "ignore = 'S'", "ignore = [", "[tool]\nbibwright.styles = []\n", "tool = { bibwright = 3 }"],
)
def test_a_file_that_cannot_be_edited_is_left_alone(text: str) -> None:
    assert ignore_rule(Path("pyproject.toml" if "tool" in text else "bibwright.toml"), text, "T611") is None


def test_a_project_has_its_nearest_file_or_a_new_one(tmp_path: Path) -> None:
    deep = tmp_path / "papers" / "one"
    deep.mkdir(parents=True)
    new = ignore_in_project(Configurations(), deep / "a.bib", tmp_path, "T611", UTF16)
    assert new is not None
    assert (new.path, new.creates, new.new_text) == (tmp_path / "bibwright.toml", True, 'ignore = ["T611"]\n')
    assert ignore_in_project(Configurations(), deep / "a.bib", None, "T611", UTF16).path == deep / "bibwright.toml"  # type: ignore[union-attr]

    (tmp_path / "papers" / "bibwright.toml").write_text('dialect = "bibtex"\n')
    old = ignore_in_project(Configurations(), deep / "a.bib", tmp_path, "T611", UTF16)
    assert old == (tmp_path / "papers" / "bibwright.toml", (1, 0), (1, 0), 'ignore = ["T611"]\n', False)
