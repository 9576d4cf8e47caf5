"""What stands between the entries of a .bib text: comment lines, prose, and pasted blocks of other formats.

BibTeX takes all of it for a comment. Lines that begin with `%` are meant as one; for the rest the rules decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.syntax.nodes import Comment, Node, Text
from bibwright.text.columns import split_lines
from bibwright.text.spans import trim

#: Per format the line that begins a pasted block of it.
_FOREIGN_STARTS = (
    ("ris", re.compile(r"TY {1,2}- ?[A-Z]")),
    ("enw", re.compile(r"%0 [A-Z]")),
    ("nbib", re.compile(r"PMID- ?\d")),
    ("csl-json", re.compile(r"[ \t]*+(?:\[[ \t]*+)?\{[ \t]*(?:\"|\r|\n)")),
)
_RIS_TAG_LINE = re.compile(r"[A-Z][A-Z0-9] {1,2}-(?: |\r|\n|\Z)")
_RIS_END = re.compile(r"ER {1,2}-")
_BLANK_OR_COMMA = re.compile(r"[\s,;\ufeff]*\Z")


def outside_nodes(text: str, start: int, end: int) -> Iterator[Node]:
    """The nodes of `text[start:end]`, which no entry claims. Blanks and lone commas make none."""
    run_start = at = start
    lines = split_lines(text[start:end])
    index = 0
    while index < len(lines):
        line = lines[index]
        foreign = next((name for name, pattern in _FOREIGN_STARTS if pattern.match(line)), "")
        if foreign:
            yield from _prose(text, run_start, at)
            count = _foreign_line_count(lines, index, foreign)
            block_end = at + sum(len(piece) for piece in lines[index : index + count])
            yield Text(trim(text, at, block_end), foreign)
            index += count
            run_start = at = block_end
            continue
        if line.lstrip(" \t\ufeff").startswith("%"):
            yield from _prose(text, run_start, at)
            yield Comment(trim(text, at, at + len(line)))
            run_start = at + len(line)
        at += len(line)
        index += 1
    yield from _prose(text, run_start, at)


def _prose(text: str, start: int, end: int) -> Iterator[Node]:
    if not _BLANK_OR_COMMA.match(text[start:end]):
        yield Text(trim(text, start, end))


def _foreign_line_count(lines: list[str], first: int, foreign: str) -> int:
    """How many lines from `first` on belong to the pasted block."""
    if foreign == "ris":
        last_end = None
        for index in range(first, len(lines)):
            if _RIS_END.match(lines[index]):
                last_end = index
            elif last_end is not None and lines[index].strip() and not _RIS_TAG_LINE.match(lines[index]):
                break  # prose behind a record is not part of it
        if last_end is not None:
            return last_end - first + 1
        tags = [index for index in range(first, len(lines)) if _RIS_TAG_LINE.match(lines[index])]
        return max(tags, default=first) - first + 1
    if foreign == "csl-json":
        return len(lines) - first
    # A tagged record ends with the first blank line.
    for index in range(first, len(lines)):
        if not lines[index].strip():
            return index - first
    return len(lines) - first
