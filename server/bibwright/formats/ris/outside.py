"""What stands outside every record of a .ris text: provider headers, prose, and pasted blocks of other formats."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.syntax.nodes import Node
from bibwright.syntax.outside import PASTED_ANYWHERE, Pasted, split_outside

_BIBTEX_START = re.compile(r"[ \t]*@[ \t]*\w+[ \t]*[{(]")
#: A line that can be part of an entry: it begins with a field, or ends as a value or an entry does.
_BIBTEX_LINE = re.compile(r"[ \t]*(?:@|[\w:+-]+[ \t]*=|.*[}\"),][ \t]*[\r\n]*\Z)")
_BLANK = re.compile(r"[\s\ufeff]*")


def outside_nodes(text: str, start: int, end: int) -> Iterator[Node]:
    """The nodes of `text[start:end]`, which no record claims; blank lines make none."""
    return split_outside(text, start, end, _PASTED, nothing=_BLANK)


def _count_bibtex_lines(lines: list[str], first: int) -> int:
    """Entries go to the last line that can be part of one, before prose behind a blank line."""
    last = first
    for index in range(first, len(lines)):
        if _BIBTEX_LINE.match(lines[index]):
            last = index
        elif lines[index].strip() and not lines[index - 1].strip():
            break
    return last - first + 1


_PASTED = (Pasted("bibtex", _BIBTEX_START, _count_bibtex_lines), *PASTED_ANYWHERE)
