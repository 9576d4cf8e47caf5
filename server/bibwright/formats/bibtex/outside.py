"""What stands between the entries of a .bib text: comment lines, prose, and pasted blocks of other formats.

BibTeX takes all of it for a comment. Lines that begin with `%` are meant as one; for the rest the rules decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.syntax.nodes import Node
from bibwright.syntax.outside import PASTED_ANYWHERE, Pasted, split_outside

_RIS_START = re.compile(r"TY {1,2}- ?[A-Z]")
_RIS_TAG_LINE = re.compile(r"[A-Z][A-Z0-9] {1,2}-(?: |\r|\n|\Z)")
_RIS_END = re.compile(r"ER {1,2}-")
#: Many people part their entries by commas.
_BLANK_OR_COMMA = re.compile(r"[\s,;\ufeff]*")


def outside_nodes(text: str, start: int, end: int) -> Iterator[Node]:
    """The nodes of `text[start:end]`, which no entry claims. Blanks and lone commas make none."""
    return split_outside(text, start, end, _PASTED, nothing=_BLANK_OR_COMMA, comment_sign="%")


def _count_ris_lines(lines: list[str], first: int) -> int:
    """Records go to the last `ER` line before prose; without any, to the last tag line."""
    last_end = None
    for index in range(first, len(lines)):
        if _RIS_END.match(lines[index]):
            last_end = index
        elif last_end is not None and lines[index].strip() and not _RIS_TAG_LINE.match(lines[index]):
            break
    if last_end is not None:
        return last_end - first + 1
    tags = [index for index in range(first, len(lines)) if _RIS_TAG_LINE.match(lines[index])]
    return max(tags, default=first) - first + 1


_PASTED = (Pasted("ris", _RIS_START, _count_ris_lines), *PASTED_ANYWHERE)
