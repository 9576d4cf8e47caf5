"""The unified diff of a text and its edits.

The edits are known, so nothing is searched for: a long file costs as much as what changes in it, and what is shown
as changed is what the fixes changed.
"""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from bibwright.text.columns import line_starts, split_lines
from bibwright.text.spans import Edit, apply_edits

#: How many unchanged lines stand around a change.
_CONTEXT = 3
#: What cannot stand in the name of a file on a line of its own.
_TO_QUOTE = re.compile(r'["\\\x00-\x1f\x7f\udc80-\udcff]')


class _Change(NamedTuple):
    """The lines from `first` to before `end` of the old text, and what stands there in the new one."""

    first: int
    end: int
    new: list[str]


def unified_diff(path: str, text: str, edits: Sequence[Edit]) -> str:
    """What the edits do to the text, as `diff -u` shows it; empty when they do nothing. Lines keep their own ends."""
    starts = line_starts(text)
    lines = [text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
    if not lines[-1]:
        lines.pop()
    changes = [change for change in _changes(text, starts, lines, edits) if change.first < change.end or change.new]
    if not changes:
        return ""
    hunks = [_hunk(lines, group, shift) for group, shift in _groups(changes)]
    name = _name(path)
    return "".join([f"--- {name}\n+++ {name}\n", *hunks])


def _name(path: str) -> str:
    """A path as `patch -p0` and `git apply -p0` read it: the latter refuses one that begins with a dot and a slash."""
    name = path.replace(os.sep, "/").removeprefix("./")
    if not _TO_QUOTE.search(name):
        # What stands behind a blank may be a date; a tab says that it is not.
        return f"{name}\t" if " " in name else name
    quoted = "".join(_octal(char) if _TO_QUOTE.match(char) else char for char in name)
    return f'"{quoted}"'


def _octal(char: str) -> str:
    return "".join(f"\\{byte:03o}" for byte in char.encode("utf-8", "surrogateescape"))


def _changes(text: str, starts: list[int], lines: list[str], edits: Iterable[Edit]) -> Iterator[_Change]:
    """The lines that change, without those at both ends that do not."""
    for first, end, group in _touched(starts, edits):
        begin = starts[first]
        stop = starts[end] if end < len(starts) else len(text)
        moved = [Edit(edit.start - begin, edit.end - begin, edit.new_text) for edit in group]
        new = [line for line in split_lines(apply_edits(text[begin:stop], moved)) if line]
        old = lines[first:end]
        while old and new and old[0] == new[0]:
            old, new, first = old[1:], new[1:], first + 1
        while old and new and old[-1] == new[-1]:
            old, new = old[:-1], new[:-1]
        yield _Change(first, first + len(old), new)


def _touched(starts: list[int], edits: Iterable[Edit]) -> Iterator[tuple[int, int, list[Edit]]]:
    """The stretches of lines that edits touch, with the edits."""
    group: list[Edit] = []
    first = end = 0
    for edit in sorted(edits, key=lambda edit: edit[:2]):
        line = bisect_right(starts, edit.start) - 1
        if group and line >= end:
            yield first, end, group
            group = []
        if not group:
            first = line
        group.append(edit)
        # What an edit takes away may end with a line: then the next one moves up.
        end = bisect_right(starts, edit.end)
    if group:
        yield first, end, group


def _groups(changes: list[_Change]) -> Iterator[tuple[list[_Change], int]]:
    """The changes that share a hunk, and by how many lines what stood before them has grown."""
    group: list[_Change] = []
    shift = grown = 0
    for change in changes:
        if group and change.first - group[-1].end > 2 * _CONTEXT:
            yield group, shift
            group, shift = [], grown
        group.append(change)
        grown += len(change.new) - (change.end - change.first)
    yield group, shift


def _hunk(lines: list[str], changes: list[_Change], shift: int) -> str:
    first = max(changes[0].first - _CONTEXT, 0)
    end = min(changes[-1].end + _CONTEXT, len(lines))
    shown: list[str] = []
    at = first
    for change in changes:
        shown += (f" {line}" for line in lines[at : change.first])
        shown += (f"-{line}" for line in lines[change.first : change.end])
        shown += (f"+{line}" for line in change.new)
        at = change.end
    shown += (f" {line}" for line in lines[at:end])
    removed = sum(line[0] != "+" for line in shown)
    added = sum(line[0] != "-" for line in shown)
    head = f"@@ -{_range(first, removed)} +{_range(first + shift, added)} @@\n"
    return head + "".join(line if line.endswith("\n") else _unended(line) for line in shown)


def _unended(line: str) -> str:
    # A lone CR ends a line too, but diff knows LF only.
    return f"{line}\n" if line.endswith("\r") else f"{line}\n\\ No newline at end of file\n"


def _range(first: int, count: int) -> str:
    return f"{first + 1 if count else first},{count}"
