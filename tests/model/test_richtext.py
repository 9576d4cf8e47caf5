from __future__ import annotations

from bibwright.model.richtext import Run, Style, join_runs
from tests.support.growth import assert_in_proportion


def test_neighbours_of_one_style_become_one_run() -> None:
    runs = [Run("a"), Run("", Style.ITALIC), Run("b"), Run("c", Style.BOLD), Run("d", Style.BOLD), Run("e")]

    assert join_runs(runs) == (Run("ab"), Run("cd", Style.BOLD), Run("e"))
    assert join_runs([Run(""), Run("", Style.BOLD)]) == ()


def test_a_long_text_of_many_runs_is_joined_in_proportion() -> None:
    assert_in_proportion(join_runs, lambda size: [Run("x" * 200)] * size, 2500)
