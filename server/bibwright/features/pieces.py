"""A piece table: an edited text as stretches of the original and of what was put in between.

It says what several rounds of edits come to, measured against the original text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bibwright.text.spans import Edit


class Piece(NamedTuple):
    """`original[start:end]`, or `new` where that is not empty."""

    start: int
    end: int
    new: str


def cut(pieces: Iterable[Piece], edits: Iterable[Edit]) -> list[Piece]:
    """The pieces after edits of the text that they stand for; the edits are sorted and do not overlap."""
    done: list[Piece] = []
    queue = list(reversed(list(pieces)))
    at = 0

    def pass_to(offset: int, *, keep: bool) -> None:
        nonlocal at
        while at < offset:
            piece = queue.pop()
            size = _size(piece)
            if at + size > offset:
                size = offset - at
                piece, rest = _split(piece, size)
                queue.append(rest)
            if keep:
                done.append(piece)
            at += size

    for edit in edits:
        pass_to(edit.start, keep=True)
        if edit.new_text:
            done.append(Piece(0, 0, edit.new_text))
        pass_to(edit.end, keep=False)
    return [*done, *reversed(queue)]


def edits_of(pieces: Iterable[Piece], size: int) -> Iterator[Edit]:
    """What makes the edited text of an original of `size` characters: one edit for each stretch that differs."""
    at = 0
    new = ""
    for piece in (*pieces, Piece(size, size, "")):
        if piece.new:
            new += piece.new
            continue
        if new or piece.start > at:
            yield Edit(at, piece.start, new)
        at, new = piece.end, ""


def _size(piece: Piece) -> int:
    return len(piece.new) or piece.end - piece.start


def _split(piece: Piece, at: int) -> tuple[Piece, Piece]:
    if piece.new:
        return Piece(0, 0, piece.new[:at]), Piece(0, 0, piece.new[at:])
    return Piece(piece.start, piece.start + at, ""), Piece(piece.start + at, piece.end, "")
