"""The same records in two formats of other programs; `python -m tests.oracles.pairs` prints all figures."""

from __future__ import annotations

from tests.oracles.pairs import Comparison, all_pairs, compare, judgements
from tests.support.shared import SHARED, needs_shared


def comparisons() -> list[Comparison]:
    return [one for pair in all_pairs(SHARED / "corpus") for one in compare(pair)]


@needs_shared
def test_both_sides_of_a_pair_are_read_alike() -> None:
    found = comparisons()
    agreed = [one for one in found if one.outcome == "agree"]
    ours = [one for one in found if one.outcome == "ours"]

    assert [one for one in found if one.outcome == "unjudged"] == []
    assert len(agreed) > 2300
    assert len(agreed) / (len(agreed) + len(ours)) >= 0.97


@needs_shared
def test_every_judgement_is_about_something() -> None:
    reasons = {one.reason for one in comparisons()}

    assert [judged.reason for judged in judgements() if judged.reason not in reasons] == []
