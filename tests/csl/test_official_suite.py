"""The official CSL test suite, read where it lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.csl.fixtures import fixture_paths, run_fixture
from tests.support.shared import SHARED, needs_shared

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = SHARED / "csl-fixtures"
_LOCALE = "it needs an official locale"
_OLD_LOCALE = "it expects a term that the official locale no longer has"
NOT_YET = {
    "bugreports_ArabicLocale": _LOCALE,
    "bugreports_FrenchApostrophe": _LOCALE,
    "date_LocalizedDateFormats-kh-KH": _LOCALE,
    "date_NegativeDateSort": _OLD_LOCALE,
    "date_NegativeDateSortViaMacroOnYearMonthOnly": _OLD_LOCALE,
    "flipflop_NumericField": "it wants the tags of a field that holds a number shown as text",
    "label_NonexistentNameVariableLabel": _LOCALE,
    "magic_NumberRangeFrench": _LOCALE,
    "magic_SubsequentAuthorSubstituteNotFooled": _OLD_LOCALE,
    "name_EtAlKanji": _LOCALE,
    "number_NewOrdinalsEdition": _LOCALE,
    "number_NewOrdinalsWithGenderChange": _LOCALE,
    "number_StrangeError": _LOCALE,
    "quotes_QuotesUnderQuotesFalse": _LOCALE,
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
