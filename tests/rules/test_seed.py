"""The export page of the Korea Citation Index, from which the project started: exactly these findings."""

from __future__ import annotations

import pytest

from bibwright.features.check import check_text, fix_text
from bibwright.formats.bibtex import BIBTEX
from bibwright.formats.format import Format
from bibwright.formats.ris import RIS
from tests.support.shared import SHARED, needs_shared

BIB_PART = """
S101 0:21-0:22 error
T611 2:61-2:62 hint
V408 7:8-7:9 hint
"""
RIS_PART = """
S201 9:2-9:5 error
N503 10:5-10:16 warning
T611 11:59-11:60 hint
M316 12:0-12:2 hint
V401 14:5-14:9 warning
S208 21:0-23:385 information
V420 24:5-24:128 information
"""


def page(first: int, last: int) -> str:
    """Lines of the page, from 1."""
    text = (SHARED / "seed" / "kci-export.txt").read_bytes().decode("utf-8")
    return "".join(text.splitlines(keepends=True)[first - 1 : last])


def report(text: str, format: Format, first_line: int = 0) -> list[str]:
    return [
        f"{finding.diagnostic.code} {start.line + first_line}:{start.character}-{end.line + first_line}:{end.character}"
        f" {finding.diagnostic.severity.label}"
        for finding in check_text(text, format)
        for start, end in [finding.range]
    ]


@needs_shared
@pytest.mark.parametrize(
    ("first", "last", "format", "expected"),
    [
        pytest.param(1, 9, BIBTEX, BIB_PART, id="A: the entry as .bib"),
        pytest.param(10, 27, RIS, RIS_PART, id="B: the record as .ris"),
        pytest.param(10, 36, RIS, RIS_PART + "S204 27:0-35:179 warning", id="C: record and citations as .ris"),
        pytest.param(
            1,
            36,
            BIBTEX,
            BIB_PART + "S111 9:0-26:4 warning\nS110 27:0-35:179 information",
            id="D: the whole page as .bib",
        ),
        pytest.param(
            1,
            36,
            RIS,
            "S111 0:0-8:28 warning" + RIS_PART + "S204 27:0-35:179 warning",
            id="E: the whole page as .ris",
        ),
    ],
)
def test_page_has_exactly_these_findings(first: int, last: int, format: Format, expected: str) -> None:
    assert [line for line in expected.split("\n") if line] == report(page(first, last), format, first - 1)


@needs_shared
def test_citations_behind_the_entry_are_one_finding() -> None:
    text = page(1, 9) + page(28, 36)

    assert "S110 9:0-17:179 information" in report(text, BIBTEX)


@needs_shared
def test_fixed_entry_is_closed_behind_its_last_field() -> None:
    result = fix_text(page(1, 9), BIBTEX, unsafe=False).text

    assert result.startswith("@article{ART001998415,\nauthor={Sangmun Suh},\n")
    assert result.endswith("\npages={1--54},\ndoi={10.29212/mh.2015..95.1}\n}\n")


@needs_shared
def test_fixed_record_has_regular_tags_and_no_placeholder() -> None:
    result = fix_text(page(10, 27), RIS, unsafe=False).text

    assert result.startswith("TY  - JOUR\nAU  - Sangmun Suh\n")
    assert "PY  - 2015\nIS  - 95\n" in result
    assert "\nKW  - Korean War\nKW  - Sino-North Korea Combined Forces Command\nKW  - Dispatching China" in result
    assert result.endswith("\nDO  - 10.29212/mh.2015..95.1\nER  - \n")
    assert [line[:4] for line in report(result, RIS)] == ["N503", "T611", "M316", "S208"]
