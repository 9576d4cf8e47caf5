"""What stands outside the entries of any format: prose, comment lines, and blocks pasted from other formats."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from bibwright.syntax.nodes import Comment, Node, Text
from bibwright.text.columns import split_lines
from bibwright.text.spans import trim


class Pasted(NamedTuple):
    """How a block of another format is known: by a line that begins it; `count_lines` tells how far it goes.

    `count_lines` takes all lines and the index of the first one of the block; none means that it is none after all.
    """

    format: str
    start: re.Pattern[str]
    count_lines: Callable[[list[str], int], int]


def split_outside(
    text: str,
    start: int,
    end: int,
    pasted: Sequence[Pasted],
    *,
    nothing: re.Pattern[str],
    comment_sign: str | None = None,
) -> Iterator[Node]:
    """The nodes of `text[start:end]`, which no entry claims.

    Stretches that `nothing` matches as a whole make none. With `comment_sign`, lines that begin with it are comments.
    """
    run_start = at = start
    lines = split_lines(text[start:end])
    index = 0
    while index < len(lines):
        line = lines[index]
        block = next((block for block in pasted if block.start.match(line)), None)
        count = block.count_lines(lines, index) if block is not None else 0
        if block is not None and count:
            yield from _prose(text, run_start, at, nothing)
            block_end = at + sum(len(piece) for piece in lines[index : index + count])
            yield Text(trim(text, at, block_end), block.format)
            index += count
            run_start = at = block_end
            continue
        if comment_sign is not None and line.lstrip(" \t\ufeff").startswith(comment_sign):
            yield from _prose(text, run_start, at, nothing)
            yield Comment(trim(text, at, at + len(line)))
            run_start = at + len(line)
        at += len(line)
        index += 1
    yield from _prose(text, run_start, at, nothing)


def _prose(text: str, start: int, end: int, nothing: re.Pattern[str]) -> Iterator[Node]:
    if not nothing.fullmatch(text, start, end):
        yield Text(trim(text, start, end))


def _tagged_records(start: re.Pattern[str]) -> Callable[[list[str], int], int]:
    """Records of tagged lines: they go to a blank line behind which no other record begins."""

    def count_lines(lines: list[str], first: int) -> int:
        last = first
        for index in range(first + 1, len(lines)):
            if lines[index].strip():
                if not lines[index - 1].strip() and not start.match(lines[index]):
                    break
                last = index
        return last - first + 1

    return count_lines


def _all_that_follows(lines: list[str], first: int) -> int:
    return len(lines) - first


def _records_of_endnote(lines: list[str], first: int) -> int:
    """All that follows, where what XML begins with is soon a reference with its type; other XML is prose."""
    if first > _LATEST:
        return 0
    seen = 0
    for index in range(first, len(lines)):
        if "<ref-type" in lines[index][: _LOOKED_AT - seen]:
            return len(lines) - first
        seen += len(lines[index])
        if seen >= _LOOKED_AT:
            break
    return 0


_ENDNOTE = re.compile(r"%0 [A-Z]")
_MEDLINE = re.compile(r"PMID- ?\d")
_XML = re.compile(r"[ \t\ufeff]*+<(?:\?xml[ \t]|xml[ \t]*>|records?[ \t>])")
#: Code points of XML in which a type must stand, and the line (from 0) of a stretch on which it begins at the latest.
_LOOKED_AT, _LATEST = 50_000, 20
_WEB_OF_SCIENCE = re.compile(r"\ufeff?FN [^\r\n]{0,40}(?:Web of (?:Science|Knowledge)|ISI Export)")
_JSON = re.compile(r"[ \t]*+(?:\[[ \t]*+)?\{[ \t]*(?:\"|\r|\n)")

#: What is pasted into files of any format.
PASTED_ANYWHERE = (
    Pasted("enw", _ENDNOTE, _tagged_records(_ENDNOTE)),
    Pasted("nbib", _MEDLINE, _tagged_records(_MEDLINE)),
    Pasted("csl-json", _JSON, _all_that_follows),
    Pasted("endnote-xml", _XML, _records_of_endnote),
    Pasted("wos", _WEB_OF_SCIENCE, _all_that_follows),
)
