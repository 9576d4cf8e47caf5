"""The page that the Korea Citation Index exports, from its faults to its citations."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
import rispy

from bibwright.cli.main import main
from bibwright.csl.styles import KCI_STYLES
from tests.support.shared import SHARED, needs_shared

pytestmark = needs_shared

#: Code, start line, start character, end line, end character; lines of the whole page.
BIB = [
    ("S101", 0, 21, 0, 22),
    ("T611", 2, 61, 2, 62),
    ("V408", 7, 8, 7, 9),
]
RIS = [
    ("S201", 9, 2, 9, 5),
    ("N503", 10, 5, 10, 16),
    ("T611", 11, 59, 11, 60),
    ("M316", 12, 0, 12, 2),
    ("V401", 14, 5, 14, 9),
    ("S208", 21, 0, 23, 385),
    ("V420", 24, 5, 24, 128),
]
FILES = {
    "entry.bib": (0, 9, BIB),
    "record.ris": (9, 27, RIS),
    "page.bib": (0, 36, [*BIB, ("S111", 9, 0, 26, 4), ("S110", 27, 0, 35, 179)]),
    "page.ris": (0, 36, [("S111", 0, 0, 8, 28), *RIS, ("S204", 27, 0, 35, 179)]),
}


def write_seed(folder: Path, name: str) -> Path:
    lines = (SHARED / "seed" / "kci-export.txt").read_bytes().splitlines(keepends=True)
    first, last, _ = FILES[name]
    path = folder / name
    path.write_bytes(b"".join(lines[first:last]))
    return path


def cite_all(path: Path) -> int:
    return main(["cite", str(path), *(part for style in KCI_STYLES for part in ("--style", style.id))])


@pytest.mark.parametrize("name", FILES)
def test_check_finds_exactly_what_is_wrong(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_seed(tmp_path, name)

    status = main(["check", "--output", "json", str(path)])

    first, _, expected = FILES[name]
    found = json.loads(capsys.readouterr().out)
    places = [
        (
            finding["code"],
            finding["range"]["start"]["line"] + first,
            finding["range"]["start"]["character"],
            finding["range"]["end"]["line"] + first,
            finding["range"]["end"]["character"],
        )
        for finding in found
    ]
    assert status == 1
    assert places == expected


@pytest.mark.parametrize("fixed", [False, True], ids=["as exported", "fixed"])
@pytest.mark.parametrize("name", FILES)
def test_cite_prints_the_citations_of_the_page(
    name: str, fixed: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_seed(tmp_path, name)
    if fixed:
        main(["check", "--fix", str(path)])
        capsys.readouterr()

    status = cite_all(path)

    page = (SHARED / "seed" / "kci-export.txt").read_text(encoding="utf-8").splitlines()
    assert capsys.readouterr().out == "".join(f"{line}\n" for line in page[27:36])
    assert status == 0


@pytest.mark.parametrize("name", FILES)
def test_fixing_leaves_no_error(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_seed(tmp_path, name)

    main(["check", "--fix", "--output", "json", str(path)])

    assert "error" not in [finding["severity"] for finding in json.loads(capsys.readouterr().out)]


@pytest.mark.parametrize("name", FILES)
def test_fixing_twice_changes_nothing_more(name: str, tmp_path: Path) -> None:
    path = write_seed(tmp_path, name)
    main(["check", "--fix", str(path)])
    once = path.read_bytes()

    main(["check", "--fix", str(path)])

    assert path.read_bytes() == once


@pytest.mark.skipif(shutil.which("biber") is None, reason="biber is not installed (Debian package biber)")
def test_biber_reads_the_fixed_entry(tmp_path: Path) -> None:
    path = write_seed(tmp_path, "entry.bib")
    main(["check", "--fix", str(path)])

    done = subprocess.run(
        ["biber", "--tool", "--validate-datamodel", path.name],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout
    assert "WARN" not in done.stdout


def test_rispy_reads_the_fixed_record(tmp_path: Path) -> None:
    path = write_seed(tmp_path, "record.ris")
    main(["check", "--fix", str(path)])

    records = rispy.loads(path.read_text(encoding="utf-8"))

    assert len(records) == 1
    (record,) = records
    assert record["type_of_reference"] == "JOUR"
    assert record["doi"] == "10.29212/mh.2015..95.1"
    assert len(record["keywords"]) == 4
    assert "unknown_tag" not in record
    assert "volume" not in record
    assert record["abstract"].startswith("This research")
    assert record["abstract"].endswith("respective interests.")
