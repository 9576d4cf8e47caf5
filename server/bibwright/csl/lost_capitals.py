"""Which texts of a record a style prints in small letters: found by giving it capitals, and looking what prints.

So conditions, substitutes and macros are respected without reading the style. What sentence case does to the first
letters of words is no loss: a style asks for it, and only people know which words are names.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from bibwright.csl.lacking import print_alone
from bibwright.model.richtext import rich_text

if TYPE_CHECKING:
    from bibwright.csl.style import Style
    from bibwright.model.record import Record

#: A title with an acronym and a capital inside a word. Neither stands in any record.
_SAMPLE = "Lorem QXZZQ ipsum vXqqv dolor"
_MEANT = ("QXZZQ", "vXqqv")


def find_lowered(style: Style, record: Record, variables: Iterable[str]) -> list[str]:
    """Those of `variables`, texts of the record, of which the style prints no capitals, wherever it prints them."""
    return [variable for variable in variables if _is_lowered(style, record, variable)]


def _is_lowered(style: Style, record: Record, variable: str) -> bool:
    printed = print_alone(style, replace(record, texts={**record.texts, variable: (rich_text(_SAMPLE),)}))
    return all(word not in printed and word.lower() in printed for word in _MEANT)
