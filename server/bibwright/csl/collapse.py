"""Collapsing the cites of a citation: `[1]–[3]`, `(Smith 1900, 2000)`, `(Smith 2000a–c)`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bibwright.csl.pieces import CITATION_NUMBER, YEAR_SUFFIX, Piece, Pieces, text_of

#: Shorter runs of numbers are listed.
_SHORTEST_RANGE = 3


class Part(NamedTuple):
    """A cite as it prints, and the delimiter before it.

    `number` is its citation number or year suffix; 0 when it has none that a range could take up. A range may begin
    with a cite that ends in its number, and goes on through cites that are nothing else (`is_bare`).
    """

    pieces: Pieces
    delimiter: str
    number: int = 0
    role: int = 0
    is_bare: bool = False


def numbered_part(pieces: Pieces, delimiter: str, *, only_number: bool) -> Part:
    """The cite with the number that it ends in. `only_number`: no other variable, and no text around it, prints."""
    shown = [piece for piece in pieces if piece.text.strip()]
    found = next((piece for piece in reversed(shown) if piece.role), None)
    if found is None:
        return Part(pieces, delimiter)
    if found.role == YEAR_SUFFIX:
        is_bare = text_of(pieces).strip() == found.text
        ends_in_it = shown[-1] is found
    else:
        is_bare = ends_in_it = only_number
    if not ends_in_it:
        return Part(pieces, delimiter)
    return Part(pieces, delimiter, found.number, found.role, is_bare)


def join_cites(parts: Sequence[Part], range_delimiter: str, ranged: frozenset[int]) -> Pieces:
    """The cites with their delimiters; runs of three and more consecutive numbers of a `ranged` role become ranges."""
    joined: Pieces = []
    at = 0
    while at < len(parts):
        part = parts[at]
        if joined and part.delimiter:
            joined.append(Piece(part.delimiter))
        joined += part.pieces
        end = _run_end(parts, at) if part.role in ranged else at
        if end - at + 1 >= _SHORTEST_RANGE:
            joined.append(Piece(range_delimiter))
            joined += parts[end].pieces
            at = end
        at += 1
    return joined


def ranged_roles(collapse: str) -> frozenset[int]:
    """What the style's `collapse` makes ranges of."""
    match collapse:
        case "citation-number":
            return frozenset((CITATION_NUMBER,))
        case "year-suffix-ranged":
            return frozenset((YEAR_SUFFIX,))
        case _:
            return frozenset()


def _run_end(parts: Sequence[Part], start: int) -> int:
    """The last of the cites that go on counting from `start`."""
    end = start
    if parts[start].role == CITATION_NUMBER and not parts[start].is_bare:
        return start
    while (
        end + 1 < len(parts)
        and parts[end + 1].is_bare
        and parts[end + 1].role == parts[start].role
        and parts[end + 1].number == parts[end].number + 1
    ):
        end += 1
    return end
