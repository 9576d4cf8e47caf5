"""What comes back from CSL as it was, though CSL has no field of its own for it."""

from __future__ import annotations

import json

import pytest

from bibwright.features.conversion import Outcome, count_outcomes
from bibwright.features.convert import convert_text
from bibwright.formats import ALL_FORMATS


def to_csl(bib: str) -> str:
    return convert_text(bib, ALL_FORMATS["biblatex"], ALL_FORMATS["csl-json"]).text


def to_bib(csl: str, dialect: str = "biblatex") -> str:
    return convert_text(csl, ALL_FORMATS["csl-json"], ALL_FORMATS[dialect]).text


@pytest.mark.parametrize(
    "fields",
    [
        "journaltitle = {Journal},\n  eprint = {2101.00001},\n  eprinttype = {arxiv},\n  eprintclass = {cs.CL},",
        "journaltitle = {Journal},\n  eprint = {4HIWAAAAYAAJ},\n  eprinttype = {googlebooks},",
        "author = {{Vázquez de Parga}, Luis},",
        "author = {de la Cruz, Juana Inés},",
        "journaltitle = {Journal},\n  issuetitle = {Semantic Media},",
        "origdate = {1959},",
        "langid = {english},",
        "language = {latin and german},",
    ],
)
def test_a_field_comes_back(fields: str) -> None:
    entry = f"@article{{k,\n  {fields}\n}}\n"

    assert to_bib(to_csl(entry)) == entry


def test_the_id_in_a_repository_is_one_in_an_archive() -> None:
    entry = "@online{k,\n  eprint = {2101.00001},\n  eprinttype = {arxiv},\n  eprintclass = {cs.CL},\n}\n"
    conversion = convert_text(entry, ALL_FORMATS["biblatex"], ALL_FORMATS["csl-json"])
    (item,) = json.loads(conversion.text)

    assert (item["archive"], item["archive_location"]) == ("arXiv", "2101.00001 [cs.CL]")
    assert count_outcomes(conversion) == {Outcome.MOVED: 3}


def test_the_number_of_a_preprint_is_its_id_as_zotero_writes_it() -> None:
    preprint = '[{"id": "k", "type": "article", "number": "arXiv:2101.00001"}]'
    report = '[{"id": "k", "type": "report", "number": "12"}]'

    assert "  eprint = {2101.00001},\n  archiveprefix = {arXiv},\n" in to_bib(preprint, "bibtex")
    assert "  number = {12},\n" in to_bib(report, "bibtex")


def test_an_archive_that_is_no_repository_is_reported() -> None:
    item = '[{"id": "k", "type": "book", "archive": "National Archives", "archive_location": "Box 3"}]'
    conversion = convert_text(item, ALL_FORMATS["csl-json"], ALL_FORMATS["biblatex"])

    assert "eprint" not in conversion.text
    assert {loss.field for report in conversion.entries for loss in report.losses} == {"archive", "archive_location"}
