"""Labels that stand inside of number fields."""

from __future__ import annotations

import pytest

from bibwright.csl.number_fields import split_labels
from tests.csl.samples import record, render, style_of

_ISSUE = style_of('<group delimiter=" "><label variable="issue" form="short"/><text variable="issue"/></group>')
_EDITION = style_of('<number variable="edition" form="ordinal"/>')
_NUMBER = style_of('<group delimiter=" "><label variable="number" form="short"/><number variable="number"/></group>')


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3", [("issue", "3", "")]),
        ("no. 3", [("issue", "3", "")]),
        ("no. three", [("issue", "no. three", "")]),
        # Another label at the beginning is part of the text.
        ("vol. 3", [("issue", "vol. 3", "")]),
        ("3, p. 12-14", [("issue", "3", ""), ("page", "12-14", ", ")]),
        ("Spec. no. 3", [("issue", "Spec. no. 3", "")]),
    ],
)
def test_labels_are_found(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert expected == [tuple(part) for part in split_labels(text, "issue")]


@pytest.mark.parametrize(("issue", "expected"), [("3", "no. 3"), ("no. 3", "no. 3"), ("3-4", "nos. 3–4")])
def test_the_label_of_the_field_itself_prints_once(issue: str, expected: str) -> None:
    assert expected == render(_ISSUE, record("article-journal", issue=issue))


def test_a_label_further_on_keeps_its_number() -> None:
    assert render(_EDITION, record("book", edition="7, p. 3-8")) == "7th, pp. 3–8"


def test_the_number_of_a_case_is_no_range() -> None:
    assert render(_NUMBER, record("legal_case", number="99-1234")) == "no. 99-1234"
    assert render(_NUMBER, record("report", number="99-1234")) == "nos. 99–1234"
