"""The official CSL test suite, read where it lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.csl.fixtures import fixture_paths, run_fixture
from tests.support.shared import SHARED, needs_shared

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = SHARED / "csl-fixtures"
_OLD_LOCALE = "it expects a term that the official locale no longer has"
NOT_YET = {
    "date_NegativeDateSort": _OLD_LOCALE,
    "date_NegativeDateSortViaMacroOnYearMonthOnly": _OLD_LOCALE,
    "flipflop_NumericField": "it wants the tags of a field that holds a number shown as text",
    "magic_SubsequentAuthorSubstituteNotFooled": _OLD_LOCALE,
    "sort_OmittedBibRefMixedNumericStyle": "an entry of which nothing prints is left out, not marked as an error",
}


@needs_shared
@pytest.mark.parametrize("path", fixture_paths(FOLDER, "bibliography"), ids=lambda path: path.stem)
def test_bibliography(path: Path, request: pytest.FixtureRequest) -> None:
    _check(path, request)


@needs_shared
@pytest.mark.parametrize("path", fixture_paths(FOLDER, "citation"), ids=lambda path: path.stem)
def test_citation(path: Path, request: pytest.FixtureRequest) -> None:
    _check(path, request)


def _check(path: Path, request: pytest.FixtureRequest) -> None:
    if reason := NOT_YET.get(path.stem):
        request.applymarker(pytest.mark.xfail(reason=reason, strict=True))
    outcome = run_fixture(path)

    assert outcome.expected == outcome.actual
