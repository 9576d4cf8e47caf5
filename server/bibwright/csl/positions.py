"""Positions: whether a cite is the first of its item, comes again, or repeats the one directly before (`ibid`)."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import NamedTuple

FIRST = frozenset(("first",))
SUBSEQUENT = frozenset(("subsequent",))
IBID = frozenset(("subsequent", "ibid"))
IBID_WITH_LOCATOR = frozenset(("subsequent", "ibid", "ibid-with-locator"))
_NEAR = frozenset(("near-note",))


class PlacedCite(NamedTuple):
    """What its position depends on: the item, and the place in it with its label."""

    item: Hashable
    locator: str = ""
    label: str = ""


class PlacedCitation(NamedTuple):
    """The cites of one citation and the number of the note that it stands in; 0 in the text itself."""

    cites: Sequence[PlacedCite]
    note: int = 0
    #: A citation that prints authors alone is no reference to go back to.
    authors_only: bool = False


class Position(NamedTuple):
    """The conditions that hold for a cite, and the note in which its item is cited first; 0 when this is the first."""

    conditions: frozenset[str]
    first_note: int = 0


def find_positions(citations: Sequence[PlacedCitation], near_note_distance: int) -> list[list[Position]]:
    """The position of each cite of each citation of a document.

    Citations in the text and those in notes are two rows of their own. Where note numbers begin anew, with a chapter,
    everything is cited anew.
    """
    found: list[list[Position]] = [[] for _ in citations]
    for in_notes in (False, True):
        places = [at for at, citation in enumerate(citations) if bool(citation.note) is in_notes]
        row = _Row(near_note_distance)
        for at in places:
            found[at] = row.add(citations[at])
    return found


class _Row:
    """The citations of a document so far, notes or text."""

    def __init__(self, near_note_distance: int) -> None:
        self.near_note_distance = near_note_distance
        self.first_notes: dict[Hashable, int] = {}
        self.last_notes: dict[Hashable, int] = {}
        self.previous: PlacedCitation | None = None
        self.cites_in_note = 0

    def add(self, citation: PlacedCitation) -> list[Position]:
        if self.previous and citation.note < self.previous.note:
            self.first_notes.clear()
            self.last_notes.clear()
            self.previous = None
        shares_note = self.previous is not None and self.previous.note == citation.note
        positions = [self._position(citation, at, shares_note=shares_note) for at in range(len(citation.cites))]
        if not citation.authors_only:
            self.cites_in_note = len(citation.cites) + (self.cites_in_note if shares_note else 0)
            self.previous = citation
        return positions

    def _position(self, citation: PlacedCitation, at: int, *, shares_note: bool) -> Position:
        cite = citation.cites[at]
        if citation.authors_only:
            return Position(FIRST)
        if cite.item not in self.first_notes:
            self.first_notes[cite.item] = self.last_notes[cite.item] = citation.note
            return Position(FIRST)
        before = citation.cites[at - 1] if at else self._cite_before(citation, shares_note=shares_note)
        conditions = _repeated(before, cite) if before and before.item == cite.item else SUBSEQUENT
        if citation.note and citation.note - self.last_notes[cite.item] <= self.near_note_distance:
            conditions |= _NEAR
        self.last_notes[cite.item] = citation.note
        first = self.first_notes[cite.item]
        return Position(conditions, first if first != citation.note else 0)

    def _cite_before(self, citation: PlacedCitation, *, shares_note: bool) -> PlacedCite | None:
        """The cite that an *ibid.* at the start of `citation` would go back to; None when that is not clear."""
        previous = self.previous
        if previous is None or not previous.cites:
            return None
        if shares_note:
            return previous.cites[-1]
        # The note before, and it names nothing else.
        return previous.cites[0] if previous.note >= citation.note - 1 and self.cites_in_note == 1 else None


def _repeated(before: PlacedCite, cite: PlacedCite) -> frozenset[str]:
    """The position of a cite of the same item as the one directly before."""
    if before.locator and not cite.locator:
        return SUBSEQUENT
    if (before.locator, before.label) == (cite.locator, cite.label) or not cite.locator:
        return IBID
    return IBID_WITH_LOCATOR
