"""What styles print of records whose place is a repository."""

from __future__ import annotations

import pytest

from bibwright.csl.styles import load_style
from bibwright.model.record import Record
from tests.csl.samples import record, render, style_of, year
from tests.support.growth import assert_in_proportion

STYLE = style_of(
    '<group delimiter="; "><text variable="title"/><text variable="publisher"/><text variable="number"/>'
    '<text variable="DOI"/><text variable="URL"/></group>'
)


@pytest.mark.parametrize(
    ("csl_type", "values", "expected"),
    [
        (
            "article",
            {"eprint": "2101.00001", "eprinttype": "arXiv"},
            "A; arXiv; arXiv:2101.00001; https://arxiv.org/abs/2101.00001",
        ),
        ("article", {"eprint": "arXiv:2101.1v2"}, "A; arXiv; arXiv:2101.1v2; https://arxiv.org/abs/2101.1v2"),
        (
            "article",
            {"eprint": "hal-01", "eprinttype": "HAL", "publisher": "P", "URL": "https://x.org"},
            "A; P; hal-01; https://x.org",
        ),
        ("article-journal", {"eprint": "math.GT/0309136"}, "A; https://arxiv.org/abs/math.GT/0309136"),
        ("article-journal", {"eprint": "123", "eprinttype": "jstor"}, "A; https://www.jstor.org/stable/123"),
        ("article-journal", {"eprint": "2101.00001", "eprinttype": "arxiv", "DOI": "10.1/2"}, "A; 10.1/2"),
        ("article", {"eprint": "12"}, "A"),
        ("article", {"eprint": "12", "eprinttype": "Elsewhere"}, "A"),
        ("article", {"eprint": 'a"> b', "eprinttype": "arxiv"}, "A"),
    ],
)
def test_the_place_in_a_repository_is_printed(csl_type: str, values: dict[str, str], expected: str) -> None:
    assert render(STYLE, record(csl_type, title="A", **values)) == expected


def test_the_cost_of_a_long_eprint_is_its_length() -> None:
    def make(times: int) -> Record:
        return record("article", title="A", eprint="arxiv:a" + " " * times + "x")

    assert_in_proportion(lambda item: render(STYLE, item), make, 5_000)


def test_real_styles_say_where_a_preprint_is() -> None:
    item = record("article", title="On what", eprint="2101.00001", eprinttype="arxiv", issued=year(2021))

    assert (
        render(load_style("apa"), item) == "On what (arXiv:2101.00001). (2021). arXiv. https://arxiv.org/abs/2101.00001"
    )
    assert "Preprint at https://arxiv.org/abs/2101.00001" in render(load_style("nature"), item)
