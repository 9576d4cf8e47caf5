"""Spans and edits: half-open stretches of a text, in code points, and what is to stand there instead."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Span(NamedTuple):
    """`text[start:end]`, in code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of `text` that the span covers."""
        return text[self.start : self.end]


class Edit(NamedTuple):
    """Replace `text[start:end]` by `new_text`; an insertion when the span is empty."""

    start: int
    end: int
    new_text: str


def trim(text: str, start: int, end: int) -> Span:
    """The span without the white space at both ends; empty at `start` when there is nothing else."""
    piece = text[start:end]
    stripped = piece.strip()
    if not stripped:
        return Span(start, start)
    first = start + len(piece) - len(piece.lstrip())
    return Span(first, first + len(stripped))


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """`text` with all edits made at once; they must not overlap. Insertions at one place keep their order."""
    pieces: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start < at:
            raise ValueError(f"overlapping edits at {edit.start}")
        pieces += (text[at : edit.start], edit.new_text)
        at = edit.end
    pieces.append(text[at:])
    return "".join(pieces)
