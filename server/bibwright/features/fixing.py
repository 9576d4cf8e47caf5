"""Applies fixes to a document in passes, until nothing is left that a fix would remove.

Fixes are made by rules that know nothing of each other. So a pass applies those that do not touch one another, in
document order, and the rest wait for the next pass, where the rules have looked at the new text. What was changed
is kept as a piece table over the original text: no character outside the edits can have changed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Generator, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from bibwright.analysis.diagnostics import Diagnostic, Fix, Safety
from bibwright.analysis.workspace import OpenDocument
from bibwright.features.pieces import Piece, cut, edits_of
from bibwright.features.steps import take_all
from bibwright.syntax.document import Position
from bibwright.text.blocklist import Block
from bibwright.text.columns import LineTable, PositionEncoding
from bibwright.text.spans import Edit, apply_edits

#: Each pass removes findings; rules that make work for each other for ever are stopped here.
_MOST_PASSES = 20
#: So many changed blocks are worth a thought about how to go on.
_MANY = 256


@dataclass(frozen=True, slots=True)
class Fixed:
    """A text after its fixes. `edits` lead there from the original text; `applied` counts fixes by rule code."""

    text: str
    edits: tuple[Edit, ...]
    applied: Mapping[str, int]
    document: OpenDocument


def fix_document(document: OpenDocument, *, unsafe: bool) -> Fixed:
    """Apply every preferred fix that is safe, or with `unsafe` every preferred fix, to `document` itself."""
    return take_all(_fix_in_place(document, unsafe=unsafe))


def fix_steps(document: OpenDocument, *, unsafe: bool, only: str = "") -> Generator[None, None, Fixed]:
    """The same for a copy of `document`, pausing after every block that was checked, for who has other work too.

    With `only`, the fixes are those of the rule with this code.
    """
    yield from document.check_steps()
    text = document.blocks.text()
    if not _choose(document, _Seen(), unsafe=unsafe, only=only).fixes:
        return Fixed(text, (), {}, document)
    copy = OpenDocument(
        document.uri,
        document.version,
        document.format,
        text,
        document.linter,
        project=document.project,
        path=document.path,
    )
    return (yield from _fix_in_place(copy, unsafe=unsafe, only=only))


def _fix_in_place(document: OpenDocument, *, unsafe: bool, only: str = "") -> Generator[None, None, Fixed]:
    yield from document.check_steps()
    size = sum(len(block.text) for block in document.blocks)
    pieces = [Piece(0, size, "")]
    applied: Counter[str] = Counter()
    seen = _Seen()
    for _ in range(_MOST_PASSES):
        chosen = _choose(document, seen, unsafe=unsafe, only=only)
        if not chosen.fixes:
            break
        edits = sorted((edit for fix in chosen.fixes for edit in fix.edits), key=_place)
        seen.move(chosen, edits)
        pieces = cut(pieces, edits)
        applied.update(fix.code for fix in chosen.fixes)
        if len(chosen.by_block) > _MANY and len(chosen.by_block) * 8 > len(document.blocks):
            # Most of the document changes: taking it in anew is quicker than block by block.
            document.replace(apply_edits(document.blocks.text(), edits))
            yield from document.check_steps()
        else:
            yield from _apply(document, chosen)
    return Fixed(document.blocks.text(), tuple(edits_of(pieces, size)), dict(sorted(applied.items())), document)


# --- One pass


class _Finding(NamedTuple):
    """A finding with a fix that may be applied; `start` and `edits` count from the start of the document."""

    code: str
    message: str
    start: int
    edits: tuple[Edit, ...]


class _Chosen(NamedTuple):
    """The fixes of a pass, the findings that must wait, and the edits by block, relative to it, in order."""

    fixes: list[_Finding]
    waiting: list[_Finding]
    by_block: list[tuple[int, Block, list[Edit]]]


def _choose(document: OpenDocument, seen: _Seen, *, unsafe: bool, only: str) -> _Chosen:
    chosen = _Chosen([], [], [])
    if not len(document.findings):
        return chosen
    start = line = 0
    for block in document.blocks:
        taken = _Taken()
        edits: list[Edit] = []
        for diagnostic in document.findings.of(block):
            fix = _preferred(diagnostic, unsafe=unsafe)
            if fix is None or (only and diagnostic.code != only):
                continue
            moved = tuple(Edit(edit.start + start, edit.end + start, edit.new_text) for edit in fix.edits)
            finding = _Finding(diagnostic.code, diagnostic.message, diagnostic.span.start + start, moved)
            if seen.is_stuck(finding):
                continue
            if taken.take(fix.edits):
                chosen.fixes.append(finding)
                edits += fix.edits
            else:
                chosen.waiting.append(finding)
        if edits:
            chosen.by_block.append((line, block, sorted(edits, key=_place)))
        start += len(block.text)
        line += block.line_ends
    return chosen


def _preferred(diagnostic: Diagnostic, *, unsafe: bool) -> Fix | None:
    """The first fix that may be applied; a fix without edits only says what could be done."""
    for fix in diagnostic.fixes:
        if fix.edits and (unsafe or fix.safety is Safety.SAFE):
            return fix
    return None


def _place(edit: Edit) -> tuple[int, int]:
    # Not the text too: the insertions of one fix at one place keep their order.
    return edit.start, edit.end


class _Taken:
    """The stretches of a block that fixes of this pass have taken."""

    def __init__(self) -> None:
        self._edits: list[Edit] = []

    def take(self, edits: Iterable[Edit]) -> bool:
        """Take these stretches, all or none."""
        wanted = sorted(edits)
        if any(self._is_taken(edit) for edit in wanted):
            return False
        for edit in wanted:
            self._edits.insert(bisect_left(self._edits, edit), edit)
        return True

    def _is_taken(self, edit: Edit) -> bool:
        at = bisect_left(self._edits, edit)
        # Those taken do not overlap each other, so the neighbours decide.
        return any(_touch(edit, other) for other in self._edits[max(at - 2, 0) : at + 2])


def _touch(first: Edit, second: Edit) -> bool:
    """Whether two edits overlap; an insertion also touches what begins or ends where it stands.

    Which of the two would come first there is anybody's guess.
    """
    if first.start == first.end or second.start == second.end:
        return first.start <= second.end and second.start <= first.end
    return first.start < second.end and second.start < first.end


def _apply(document: OpenDocument, chosen: _Chosen) -> Generator[None, None, None]:
    """Edit the blocks from the last to the first, so that where the others stand does not change, and check them."""
    for number, (line, block, edits) in enumerate(reversed(chosen.by_block)):
        if number % _MANY == 0:
            # Each edit costs time for all that waits to be checked.
            yield from document.check_steps()
        first, last = edits[0].start, max(edit.end for edit in edits)
        moved = [Edit(edit.start - first, edit.end - first, edit.new_text) for edit in edits]
        table = LineTable(block.text)
        start, end = (Position(*table.position(offset, PositionEncoding.UTF32)) for offset in (first, last))
        document.edit(
            Position(line + start.line, start.character),
            Position(line + end.line, end.character),
            apply_edits(block.text[first:last], moved),
            PositionEncoding.UTF32,
        )
    yield from document.check_steps()


# --- Fixes that do not help


class _Seen:
    """Which findings were fixed and are there still: trying again would only repeat the damage."""

    def __init__(self) -> None:
        self._tried: set[tuple[str, str, int]] = set()
        self._stuck: set[tuple[str, str, int]] = set()

    def is_stuck(self, finding: _Finding) -> bool:
        key = finding[:3]
        if key in self._tried:
            self._stuck.add(key)
        return key in self._stuck

    def move(self, chosen: _Chosen, edits: list[Edit]) -> None:
        """Note what a pass fixes, and where the places of earlier ones are after its edits."""
        moved = _Moved(edits)
        waiting = {(f.code, f.message, place) for f in chosen.waiting for place in moved.places(f.start)}
        tried = {(f.code, f.message, place) for f in chosen.fixes for place in moved.places(f.start)}
        self._tried = tried - waiting
        self._stuck = {(code, message, place) for code, message, at in self._stuck for place in moved.places(at)}


class _Moved:
    """Where offsets are after edits."""

    def __init__(self, edits: list[Edit]) -> None:
        self._starts: list[int] = [edit.start for edit in edits]
        self._edits = edits
        self._growth = [0]
        for edit in edits:
            self._growth.append(self._growth[-1] + len(edit.new_text) - (edit.end - edit.start))

    def places(self, offset: int) -> set[int]:
        """Before and after what is inserted there."""
        before = bisect_left(self._starts, offset)
        places = {offset + self._growth[before]}
        at = before
        while at < len(self._edits) and self._starts[at] == offset:
            at += 1
            places.add(offset + self._growth[at])
            places.add(offset + self._growth[at - 1] + len(self._edits[at - 1].new_text))
        if before and self._edits[before - 1].end > offset:
            places.add(self._starts[before - 1] + self._growth[before - 1])
        return places
