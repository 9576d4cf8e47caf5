"""Fixes of a range: no more is looked for than is offered."""

from __future__ import annotations

from bibwright.features.code_actions import MOST_QUICK_FIXES, find_quick_fixes
from bibwright.features.linters import open_text
from bibwright.formats import BIBTEX
from bibwright.syntax.document import Position
from bibwright.text.columns import PositionEncoding


def test_only_as_much_is_checked_as_is_offered() -> None:
    document = open_text("@misc{a, title={A} year={2020}}\n" * 2000, BIBTEX)
    steps = find_quick_fixes(document, Position(0, 0), Position(2000, 0), PositionEncoding.UTF16)

    assert sum(1 for _ in steps) < MOST_QUICK_FIXES
