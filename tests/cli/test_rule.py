from __future__ import annotations

import json
from pathlib import Path

import pytest

from bibwright.cli.main import main
from bibwright.features.rule_docs import find_near, make_page, make_pages, page_path
from bibwright.rules import all_rules

DOCS = Path(__file__).resolve().parents[2] / "docs" / "rules"


@pytest.mark.parametrize("name", ["S101", "s101", "entry-closed-after-key", "Entry-Closed-After-Key"])
def test_a_rule_is_explained(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", name]) == 0

    out = capsys.readouterr().out
    assert out.startswith("# entry-closed-after-key (S101)\n\n| | |\n| --- | --- |\n| Severity | error |\n")
    assert "\n## Bad\n\n```bibtex\n@article{suh2015},\n" in out
    assert '\nignore = ["S101"]\n' in out
    assert "\n% bibwright: ignore[S101]\n" in out


def test_several_rules_are_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", "V408", "S201"]) == 0

    headings = [line for line in capsys.readouterr().out.splitlines() if line.startswith("# ")]
    assert headings == ["# page-range (V408)", "# ris-tag-separator (S201)"]


def test_rules_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", "--output", "json", "S101"]) == 0
    (rule,) = json.loads(capsys.readouterr().out)
    assert main(["rule", "--all", "--output", "json"]) == 0

    assert {key: rule[key] for key in ("code", "name", "severity", "default", "fixes", "formats")} == {
        "code": "S101",
        "name": "entry-closed-after-key",
        "severity": "error",
        "default": True,
        "fixes": ["safe"],
        "formats": ["bibtex"],
    }
    assert rule in json.loads(capsys.readouterr().out)


def test_an_unknown_rule_is_status_2_and_near_ones_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", "closed-after-key", "S101", "klingon"]) == 2
    out, err = capsys.readouterr()
    first, second = err.splitlines()
    assert out == ""
    assert first.startswith('bibwright: no rule is called "closed-after-key"; did you mean entry-closed-after-key')
    assert second == 'bibwright: no rule is called "klingon"; `bibwright rules` lists them'


def test_near_codes_are_named() -> None:
    assert find_near("v40")[0] == "V401"


@pytest.mark.parametrize("arguments", [["rule"], ["rule", "--all", "S101"]], ids=" ".join)
def test_wrong_use(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)

    assert ended.value.code == 2


# --- The pages


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_a_page_shows_everything(rule: object) -> None:
    page = make_page(rule)  # type: ignore[arg-type]

    assert page.count("\n## Bad\n") == page.count("\n## Good\n") == 1
    assert "::\n" not in page
    assert page.count("```") % 2 == 0


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("a.bib", "%s\n@misc{k, title = {Trees}, pages = {1-5}}\n", "V408"),
        ("a.ris", "TY  - JOUR\nTI  - Trees\nVL  - null\n%s\nER  - \n", "V401"),
    ],
)
@pytest.mark.parametrize("whole_file", [False, True])
def test_what_a_page_says_switches_a_rule_off(
    name: str, text: str, code: str, whole_file: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["rule", code])
    page = capsys.readouterr().out
    start = "U5  - " if name.endswith(".ris") else "% "
    (advice,) = [line for line in page.splitlines() if line.startswith(f"{start}bibwright: ")]
    path = tmp_path / name

    def codes(line: str) -> set[str]:
        path.write_text(text % line, encoding="utf-8")
        main(["check", "--isolated", "--output", "json", str(path)])
        return {finding["code"] for finding in json.loads(capsys.readouterr().out)}

    assert code in codes(start)
    assert code not in codes(advice.replace("ignore", "ignore-file") if whole_file else advice)


def test_the_pages_are_those_of_the_rules() -> None:
    stored = {path.name: path.read_text(encoding="utf-8") for path in DOCS.iterdir()}

    assert stored == make_pages(), "run `bibwright rule --all --write docs/rules`"


def test_a_page_is_found() -> None:
    path = page_path("S101")

    assert path is not None
    assert path.read_text(encoding="utf-8").startswith("# entry-closed-after-key (S101)\n")
    assert page_path("S000") is None


def test_writing_all_pages_takes_away_old_ones(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "rules"
    number = len(all_rules()) + 1

    assert main(["rule", "--all", "--write", str(folder)]) == 0
    (folder / "S000.md").write_text("# gone", encoding="utf-8")
    (folder / "NOTES.md").write_text("# mine", encoding="utf-8")
    (folder / "S101.md").write_text("# old", encoding="utf-8")
    assert main(["rule", "--all", "--write", str(folder)]) == 0

    assert (
        capsys.readouterr().out
        == f"{number} pages in {folder}, {number} written\n{number} pages in {folder}, 1 written\n"
    )
    assert {path.name for path in folder.iterdir()} == {*make_pages(), "NOTES.md"}
    assert (folder / "S101.md").read_text(encoding="utf-8") == make_pages()["S101.md"]


def test_a_page_may_be_written_alone(tmp_path: Path) -> None:
    assert main(["rule", "S101", "--write", str(tmp_path)]) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["S101.md"]


def test_pages_that_cannot_be_written_are_status_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    assert main(["rule", "S101", "--write", str(tmp_path / "file")]) == 2
    assert capsys.readouterr().err.startswith(f"bibwright: {tmp_path / 'file'}: cannot be written: ")
