"""What stands outside every record of a .ris text: provider headers, prose, and pasted BibTeX."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.syntax.nodes import Node, Text
from bibwright.text.columns import split_lines
from bibwright.text.spans import trim

_FOREIGN_STARTS = (
    ("bibtex", re.compile(r"[ \t]*@[ \t]*\w+[ \t]*[{(]")),
    ("enw", re.compile(r"%0 [A-Z]")),
    ("nbib", re.compile(r"PMID- ?\d")),
    ("csl-json", re.compile(r"[ \t]*+(?:\[[ \t]*+)?\{[ \t]*(?:\"|\r|\n)")),
)
#: A line that can be part of an entry: it begins with a field, or ends as a value or an entry does.
_BIBTEX_LINE = re.compile(r"[ \t]*(?:@|[\w:+-]+[ \t]*=|.*[}\"),][ \t]*[\r\n]*\Z)")


def outside_nodes(text: str, start: int, end: int) -> Iterator[Node]:
    """The nodes of `text[start:end]`, which no record claims; blank lines make none."""
    run_start = at = start
    lines = split_lines(text[start:end])
    index = 0
    while index < len(lines):
        foreign = next((name for name, pattern in _FOREIGN_STARTS if pattern.match(lines[index])), "")
        if foreign:
            yield from _prose(text, run_start, at)
            count = _foreign_line_count(lines, index, foreign)
            block_end = at + sum(len(line) for line in lines[index : index + count])
            yield Text(trim(text, at, block_end), foreign)
            index += count
            run_start = at = block_end
        else:
            at += len(lines[index])
            index += 1
    yield from _prose(text, run_start, at)


def _prose(text: str, start: int, end: int) -> Iterator[Node]:
    if text[start:end].strip("\ufeff \t\r\n\f\v"):
        yield Text(trim(text, start, end))


def _foreign_line_count(lines: list[str], first: int, foreign: str) -> int:
    if foreign == "csl-json":
        return len(lines) - first
    if foreign == "bibtex":
        last = first
        for index in range(first, len(lines)):
            if _BIBTEX_LINE.match(lines[index]):
                last = index
            elif lines[index].strip() and not lines[index - 1].strip():
                break  # prose behind a blank line
        return last - first + 1
    # MEDLINE and EndNote records follow one another with blank lines between them.
    return len(lines) - first
