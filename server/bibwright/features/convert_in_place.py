"""Conversion in place: the edits of a .bib in groups, so that an editor can show and ask what they lose.

Between other formats there is no conversion in place: a document is of one language.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Generator
from dataclasses import dataclass
from typing import NamedTuple

from bibwright.analysis.workspace import OpenDocument
from bibwright.features.conversion import Conversion, EntryReport, Outcome, outcome_of
from bibwright.features.convert_dialect import find_dialect_edits
from bibwright.formats import AnyFormat
from bibwright.text.columns import first_line_end
from bibwright.text.spans import Edit, Span

#: An editor shows each group with its own heading; of more than these nobody reads the headings.
_MOST_GROUPS = 30
_MOST_NAMED = 5


class EditGroup(NamedTuple):
    """Edits that lose the same, which is what the `label` says. `description` is an example, or empty."""

    label: str
    description: str
    loses: bool


@dataclass(frozen=True, slots=True)
class InPlace:
    """Edits in order and in code points from the beginning of the document, for each its group, and the report."""

    edits: tuple[Edit, ...]
    group_of: tuple[int, ...]
    groups: tuple[EditGroup, ...]
    conversion: Conversion


def is_in_place(document: OpenDocument, target: AnyFormat) -> bool:
    """Whether a document stays of the same language when it is converted."""
    return document.format.language_id == target.language_id == "bibtex"


def convert_in_place(
    document: OpenDocument, target: AnyFormat, chosen: Span | None = None
) -> Generator[None, None, InPlace]:
    """The edits that bring a .bib, or the entries that touch a span of it, into a dialect: one step an entry.

    The facts of the document must be known.
    """
    line_end = first_line_end(next((block.text for block in document.blocks if block.line_ends), ""))
    found = yield from find_dialect_edits(document, target, chosen)
    group_of_entry, groups = _group(found.entries, target)
    starts = [entry.span.start for entry in found.entries]
    group_of = tuple(group_of_entry[bisect_right(starts, edit.start) - 1] for edit in found.edits)
    conversion = Conversion(target, line_end, (), found.records, found.entries, found.failures)
    return InPlace(found.edits, group_of, groups, conversion)


def _group(entries: tuple[EntryReport, ...], target: AnyFormat) -> tuple[list[int], tuple[EditGroup, ...]]:
    """The number of each entry's group, and the groups."""
    numbers: dict[tuple[str, ...], int] = {}
    groups: list[EditGroup] = []
    group_of: list[int] = []
    for entry in entries:
        dropped = [loss for loss in entry.losses if outcome_of(loss) is Outcome.DROPPED]
        names = tuple(dict.fromkeys(loss.field for loss in dropped))
        if names and names not in numbers and len(groups) >= _MOST_GROUPS:
            names = ("other fields",)
        if names not in numbers:
            numbers[names] = len(groups)
            label = f"To {target.title}, losing {_listed(names)}" if names else f"To {target.title}"
            description = f"{entry.key}: {dropped[0].message}" if dropped else ""
            groups.append(EditGroup(label, description, bool(names)))
        group_of.append(numbers[names])
    return group_of, tuple(groups)


def _listed(names: tuple[str, ...]) -> str:
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
