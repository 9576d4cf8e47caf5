"""How much work a style may make and a record may ask for: a style can come from anywhere, and so can a record.

Steps are counted, not seconds, so that the same style and record print the same everywhere. The numbers are far above
what is real: the largest official style has 3,600 elements, and no entry was seen to cost more than 600 steps.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bibwright.model.dates import Date, DateParts
from bibwright.model.names import OTHERS, Name
from bibwright.model.richtext import RichText, Run

if TYPE_CHECKING:
    from bibwright.model.record import Record

#: Elements of a style, those of a macro again for each area and each sort key that calls it.
MAX_ELEMENTS = 60_000
MAX_SORT_KEYS = 50
#: A step is an element or condition that is looked at, a few names, or so many characters.
MAX_STEPS = 20_000
CHARACTERS_A_STEP = 32
NAMES_A_STEP = 32
PIECES_A_STEP = 8
#: Steps are fetched in portions; one portion a rendering is free.
PORTION = 2_000
#: What a document may use beyond that: a stock for its odd entries, and something for every item.
_FOR_A_DOCUMENT, _FOR_AN_ITEM = 500_000, 4_000

#: Code points and runs of one value, code points of one name, names of one list, and the farthest year.
_LONGEST_VALUE, _MOST_RUNS, _LONGEST_NAME, _MOST_NAMES, _LAST_YEAR = 100_000, 10_000, 2_000, 20_000, 10**9
_CUT = "…"


class TooMuchWorkError(Exception):
    """A rendering has used its steps up; it happened at `line` of the style. Nobody outside the engine sees this."""

    def __init__(self, line: int) -> None:
        self.line = line
        super().__init__(line)


@dataclass(slots=True)
class Account:
    """The steps that the renderings of one document still may make beyond their free portions."""

    left: int


def open_account(items: int) -> Account:
    """The account of a document of so many items."""
    return Account(_FOR_A_DOCUMENT + items * _FOR_AN_ITEM)


def within_limits(record: Record) -> Record:
    """`record`, or where a value of it is out of all proportion a copy in which that is cut, with an ellipsis."""
    if not _is_boundless(record):
        return record
    return replace(
        record,
        texts={key: tuple(map(_cut_text, values)) for key, values in record.texts.items()},
        names={key: _cut_names(names) for key, names in record.names.items()},
        dates={key: _cut_date(date) for key, date in record.dates.items()},
    )


def _is_boundless(record: Record) -> bool:
    for values in record.texts.values():
        for value in values:
            if len(value) > _MOST_RUNS or sum([len(run.text) for run in value]) > _LONGEST_VALUE:
                return True
    for names in record.names.values():
        if len(names) > _MOST_NAMES or any(_is_long(name) for name in names):
            return True
    return any(_is_far(date) for date in record.dates.values())


def _cut_text(value: RichText) -> RichText:
    left = _LONGEST_VALUE
    runs: list[Run] = []
    for run in value[:_MOST_RUNS]:
        if len(run.text) > left:
            return (*runs, run._replace(text=run.text[:left] + _CUT))
        runs.append(run)
        left -= len(run.text)
    return value if len(value) <= _MOST_RUNS else (*runs, Run(_CUT))


def _is_long(name: Name) -> bool:
    parts = len(name.family) + len(name.given) + len(name.literal)
    return parts + len(name.dropping_particle) + len(name.non_dropping_particle) + len(name.suffix) > _LONGEST_NAME


def _cut_names(names: tuple[Name, ...]) -> tuple[Name, ...]:
    kept = (*names[:_MOST_NAMES], OTHERS) if len(names) > _MOST_NAMES else names
    return tuple(name.mapped(_shortened) if _is_long(name) else name for name in kept)


def _shortened(text: str) -> str:
    return text[:_LONGEST_NAME] + _CUT if len(text) > _LONGEST_NAME else text


def _is_far(date: Date) -> bool:
    return len(date.literal) > _LONGEST_NAME or _near(date.start) != date.start or _near(date.end) != date.end


def _cut_date(date: Date) -> Date:
    return replace(date, start=_near(date.start), end=_near(date.end), literal=_shortened(date.literal))


def _near(parts: DateParts | None) -> DateParts | None:
    """The date; None where it has a number that no calendar reaches, and Python may refuse to write."""
    if parts is None or max(abs(parts.year), abs(parts.month or 0), abs(parts.day or 0)) > _LAST_YEAR:
        return None
    return parts
