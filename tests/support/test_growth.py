from __future__ import annotations

import re

import pytest

from tests.support.growth import assert_in_proportion


def test_what_is_linear_passes() -> None:
    assert_in_proportion(lambda text: re.search("a+b", text), lambda n: "xa" * n, 10_000)


def test_a_quadratic_pattern_is_found() -> None:
    with pytest.raises(AssertionError, match="times as much"):
        assert_in_proportion(lambda text: re.search("a+b", text), lambda n: "a" * n, 1000)
