"""What a DOI is."""

from __future__ import annotations

import pytest

from bibwright.model.identifiers import bare_doi, find_doi, locate_doi


@pytest.mark.parametrize(
    "doi",
    [
        "10.1000/182",
        "10.29212/mh.2015..95.1",
        "10.1002/(SICI)1097-0142(19880915)62:6<1145::AID-CNCR282>3.0.CO;2-#",
        "10.1016/0022-2836(70)90057-4",
        "10.1000.10/ABC",
        "10.5555/자료.1",
        "10.1000/a(b)",
    ],
)
def test_doi_is_itself(doi: str) -> None:
    assert find_doi(doi) == doi


@pytest.mark.parametrize(
    "text",
    [
        "https://doi.org/10.1000/182",
        "http://dx.doi.org/10.1000/182",
        "doi.org/10.1000/182",
        "doi:10.1000/182",
        "DOI: 10.1000/182",
        "doi 10.1000/182",
        "doi:https://doi.org/10.1000/182",
        "http://doi.acm.org/10.1000/182",
        "https://doi-org.library.example.edu/10.1000/182",
        "https://doi.org/10.1000%2F182",
        "info:doi/10.1000/182",
        " 10.1000/182. ",
        "10.1000/182)",
        "10.1000/182,",
    ],
)
def test_what_stands_around_a_doi_is_left_out(text: str) -> None:
    assert find_doi(text) == "10.1000/182"


@pytest.mark.parametrize(
    "text", ["", "10.1000", "doi", "10.10/182", "see 10.1000/182", "10.1000/182 and more", "https://x.org/10.1000/1"]
)
def test_other_text_is_no_doi(text: str) -> None:
    assert find_doi(text) is None
    assert bare_doi(text) == text


def test_character_references_stand_for_characters() -> None:
    assert find_doi("10.1002/a&lt;1::AID&gt;") == "10.1002/a<1::AID>"


def test_place_of_a_doi() -> None:
    assert locate_doi("doi:10.1000/182.") == (4, 15)
