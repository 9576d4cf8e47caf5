"""`bibwright convert`: several files into one, from any format, with a report of what became of each field."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from bibwright.cli import arguments
from bibwright.cli.main import main
from bibwright.formats import SOURCES, TARGETS

ENTRY = (
    "@article{smith2020,\n  author = {Smith, Anna},\n  title = {On {DNA}},\n  shorthand = {S},\n  year = {2020},\n}\n"
)


def write(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_the_formats_that_can_be_named_are_those_that_there_are() -> None:
    assert set(arguments._TARGETS) == set(TARGETS)
    assert set(arguments._SOURCES) == set(SOURCES)


def test_many_files_into_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = write(tmp_path, "a.bib", ENTRY)
    second = write(tmp_path, "b.json", '[{"id": "b", "type": "book", "title": "B"}, {"id": "c", "type": "book"}]')

    assert main(["convert", first, second, "--to", "csl-json"]) == 0
    out, err = capsys.readouterr()
    assert [item["id"] for item in json.loads(out)] == ["smith2020", "b", "c"]
    assert f"{first}: 1 record converted; 1 field lost" in err
    assert f"{second}: 2 records converted; nothing lost" in err


def test_keys_are_unique_over_all_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ris = "TY  - JOUR\nAU  - Suh, S.\nPY  - 2015\nER  - \n"

    assert main(["convert", write(tmp_path, "a.ris", ris), write(tmp_path, "b.ris", ris), "--to", "biblatex"]) == 0
    out = capsys.readouterr().out
    assert "@article{suh2015,\n" in out
    assert "@article{suh2015a,\n" in out


def test_standard_input(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ENTRY.encode())))

    assert main(["convert", "-", "--to", "ris"]) == 0
    assert capsys.readouterr().out.startswith("TY  - JOUR\nID  - smith2020\n")


def test_the_format_may_be_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, "a.txt", '{"id": "b", "title": "B"}')

    assert main(["convert", path, "--to", "ris"]) == 2
    assert "is of no format that can be read; --from names one" in capsys.readouterr().err
    assert main(["convert", path, "--to", "ris", "--from", "csl-json"]) == 0


def test_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, report = write(tmp_path, "a.bib", ENTRY), tmp_path / "report.json"

    assert main(["convert", path, "--to", "ris", "--report", str(report)]) == 0
    (file,) = json.loads(report.read_text())
    assert (file["path"], file["from"], file["to"], file["records"]) == (path, "bibtex", "ris", 1)
    assert file["fields"] == {"kept": 2, "moved": 0, "changed": 1, "dropped": 1}
    (entry,) = file["entries"]
    assert entry["key"] == "smith2020"
    assert [(field["name"], field["outcome"]) for field in entry["fields"]] == [
        ("author", "kept"),
        ("title", "changed"),
        ("shorthand", "dropped"),
        ("year", "kept"),
    ]
    shorthand = entry["fields"][2]
    assert shorthand["range"] == {"start": {"line": 3, "character": 2}, "end": {"line": 3, "character": 18}}
    assert [(loss["code"], loss["severity"]) for loss in shorthand["losses"]] == [("L06", "warning")]


@pytest.mark.parametrize(("target", "status"), [("ris", 1), ("biblatex", 0)])
def test_losses_may_be_a_failure(tmp_path: Path, target: str, status: int) -> None:
    path = write(tmp_path, "a.bib", ENTRY)

    assert main(["convert", path, "--to", target, "--fail-on-loss"]) == status


def test_a_file_that_cannot_be_read_does_not_stop_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path, "a.bib", ENTRY)

    assert main(["convert", str(tmp_path / "none.bib"), path, "--to", "ris"]) == 2
    out, err = capsys.readouterr()
    assert "TI  - On DNA" in out
    assert "none.bib: No such file or directory" in err


def test_report_and_result_do_not_share_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["convert", "a.bib", "--to", "ris", "--report", "-"])
    assert "--report - needs -o" in capsys.readouterr().err


def test_damaged_items_are_named_and_the_others_converted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, "a.json", '[{"id": "a", "type": "book"},\n {"id": "b",,},\n {"id": "c", "type": "book"}]')

    assert main(["convert", path, "--to", "ris"]) == 2
    out, err = capsys.readouterr()
    assert out.count("TY  - BOOK") == 2
    assert "not converted: an entry without key: a key in double quotes was expected" in err


def test_what_the_format_cannot_hold_may_travel_in_its_note(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, out = write(tmp_path, "a.bib", ENTRY), tmp_path / "a.ris"

    assert main(["convert", path, "--to", "ris", "--keep-unmapped", "--fail-on-loss", "-o", str(out)]) == 0
    assert "N1  - tex.shorthand: S" in out.read_text(encoding="utf-8")
    assert main(["convert", str(out), "--to", "bibtex"]) == 0
    assert "title = {On {DNA}}" in capsys.readouterr().out


def test_one_bib_file_is_edited_and_not_printed_anew(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "@string{j = {J}}\n@article(a,  % read\n   JOURNAL = j,\n   year    = 2001)\n"

    assert main(["convert", write(tmp_path, "a.bib", text), "--to", "biblatex"]) == 0
    assert capsys.readouterr().out == text.replace("JOURNAL", "JOURNALTITLE").replace("year", "date")


def test_keys_by_a_pattern_are_unique_over_all_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ris = "TY  - JOUR\nID  - 7\nAU  - Suh, S.\nPY  - 2015\nTI  - On the Sea\nER  - \n"
    files = [write(tmp_path, name, ris) for name in ("a.ris", "b.ris")]

    assert main(["convert", *files, "--to", "bibtex", "--key-pattern", "[auth]:[shortyear][veryshorttitle]"]) == 0
    out, err = capsys.readouterr()
    assert [line for line in out.splitlines() if line.startswith("@")] == [
        "@article{Suh:15Sea,",
        "@article{Suh:15Seaa,",
    ]
    assert "the citation key '7' became 'Suh:15Sea'" in err


def test_the_configuration_of_a_file_says_how_it_is_converted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, "bibwright.toml", '[convert]\nkeep-unmapped = true\nkey-pattern = "[auth:upper]"\n')
    bib = write(tmp_path, "a.bib", "@misc{a, title = {T}, shorthand = {Sh}}\n")
    ris = write(tmp_path, "a.ris", "TY  - GEN\nID  - own\nAU  - Smith, Anna\nTI  - T\nER  - \n")

    def converted(*arguments: str) -> str:
        assert main(["convert", *arguments]) == 0
        return capsys.readouterr().out

    assert "tex.shorthand: Sh" in converted(bib, "--to", "ris")
    assert "tex.shorthand" not in converted(bib, "--to", "ris", "--no-keep-unmapped")
    assert "tex.shorthand" not in converted(bib, "--to", "ris", "--isolated")
    assert "@misc{SMITH," in converted(ris, "--to", "bibtex")
    assert "@misc{own," in converted(ris, "--to", "bibtex", "--key-pattern", "")
    assert "own:\n" in converted(ris, "--to", "hayagriva")


def test_a_report_for_people(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bib = write(tmp_path, "a.bib", "@misc{a,\n title = {T}, shorthand = {a|b *c*}}\n")

    assert main(["convert", bib, "--to", "ris", "--report", str(tmp_path / "report.md")]) == 0
    report = (tmp_path / "report.md").read_text(encoding="utf-8")
    assert "1 record. Fields: 1 kept, 0 moved, 0 changed, 1 dropped.\n" in report
    assert "| shorthand | 2:15 | **dropped** | L06 | RIS has no tag for it: a\\|b \\*c\\* |\n" in report


def test_a_pattern_that_is_none_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, "a.bib", ENTRY)

    assert main(["convert", path, "--to", "bibtex", "--key-pattern", "[foo]"]) == 2
    assert '"[foo]" is no marker of a key pattern' in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["convert", path, "--to", "ris", "--key-pattern", "[auth]"])


@pytest.mark.parametrize(
    ("text", "name", "format", "title"),
    [
        ("PMID- 123\nTI  - On Trees\nAU  - Smith A\n", "a.ris", "nbib", "MEDLINE/PubMed"),
        ("%0 Book\n%T On Trees\n%A Smith, A.\n", "a.ris", "enw", "EndNote"),
        ("@book{a,\n  title = {On Trees},\n}\n", "a.ris", "bibtex", "BibTeX"),
        ("TY  - BOOK\nTI  - On Trees\nER  - \n", "a.bib", "ris", "RIS"),
    ],
)
def test_a_file_under_the_name_of_another_format(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, name: str, format: str, title: str
) -> None:
    path, out = write(tmp_path, name, text), tmp_path / "out.json"

    assert main(["convert", path, "--to", "csl-json", "-o", str(out), "--report", "-"]) == 0
    assert json.loads(out.read_text())[0]["title"] == "On Trees"
    report, err = capsys.readouterr()
    assert json.loads(report)[0]["from"] == format
    assert f"{path}: is read as {title}" in err
