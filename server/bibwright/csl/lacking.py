"""Which values a style would print if a record had them: found by giving it each, and looking whether it prints.

So conditions, substitutes and groups are respected without reading the style. A value that would only stand in the
place of another, as pages do where there is an article number, is none that is lacking.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from bibwright.csl.citation import Cite
from bibwright.csl.document import render_citation
from bibwright.csl.output import to_plain
from bibwright.csl.render import render_bibliography_entry
from bibwright.model.richtext import rich_text

if TYPE_CHECKING:
    from bibwright.csl.style import Style
    from bibwright.model.record import Record

#: A word and a number that stand in no record.
_WORD, _NUMBER = "Qxzzq", "98761"
_NUMBERS = frozenset(("page", "volume", "issue"))
_WORDS = re.compile(r"\w+")


def find_lacking(style: Style, record: Record, variables: Iterable[str]) -> list[str]:
    """Those of `variables` (texts and numbers that the record does not have) which the style would print besides."""
    printed = Counter(_WORDS.findall(print_alone(style, record)))
    return [variable for variable in variables if _would_print(style, record, variable, printed)]


def _would_print(style: Style, record: Record, variable: str, printed: Counter[str]) -> bool:
    sample = _NUMBER if variable in _NUMBERS else _WORD
    filled = replace(record, texts={**record.texts, variable: (rich_text(sample),)})
    words = Counter(_WORDS.findall(print_alone(style, filled)))
    return any(sample.lower() in word.lower() for word in words) and not printed - words


def print_alone(style: Style, record: Record) -> str:
    """The entry of the bibliography, or the citation in a style without one, as plain text."""
    if style.bibliography is None:
        return to_plain(render_citation(style, [Cite(record)]))
    return to_plain(render_bibliography_entry(style, record))
