"""The round trips that other converters were measured on; `python -m tests.oracles.roundtrips` prints all figures."""

from __future__ import annotations

import pytest

from bibwright.features.convert import convert_text
from bibwright.formats import ALL_FORMATS
from tests.oracles.roundtrips import EXAMPLES, Outcome, is_bibliographic, measure_bib, measure_csl
from tests.support.shared import SHARED, needs_shared

pytestmark = needs_shared


def examples() -> str:
    return (SHARED / "corpus" / EXAMPLES).read_text(encoding="utf-8")


def percent(found: list[bool]) -> float:
    return 100 * sum(found) / len(found)


def unreported(outcomes: list[Outcome]) -> list[Outcome]:
    return [one for one in outcomes if not one.identical and not one.reported]


def test_biblatex_through_csl() -> None:
    outcomes = list(measure_bib(examples(), ("csl-json",)))
    of_the_work = list(filter(is_bibliographic, outcomes))

    assert len(of_the_work) > 680
    assert percent([one.after is not None for one in of_the_work]) >= 95
    assert percent([one.identical for one in of_the_work]) >= 95
    assert unreported(outcomes) == []


def test_csl_through_ris() -> None:
    csl = convert_text(examples(), ALL_FORMATS["biblatex"], ALL_FORMATS["csl-json"]).text
    outcomes = list(measure_csl(csl, ("ris",)))

    assert len(outcomes) > 800
    assert percent([one.after is not None for one in outcomes]) >= 95
    assert unreported(outcomes) == []


@pytest.mark.parametrize("through", ["csl-json", "ris"])
def test_everything_comes_back_when_it_is_kept(through: str) -> None:
    outcomes = list(measure_bib(examples(), (through,), keep=True))

    assert [one for one in outcomes if not one.identical] == []
