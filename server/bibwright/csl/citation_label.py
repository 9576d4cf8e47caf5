"""Citation labels (`RoNo78`): made of authors and year for an item that brings none of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bibwright.csl.typed_names import with_typed_parts

if TYPE_CHECKING:
    from bibwright.model.names import Name
    from bibwright.model.record import Record

#: How many letters each of one, two, three, or four and more authors gives.
_LETTERS = ((4,), (2, 2), (2, 1, 1), (1, 1, 1, 1))
_CREATORS = ("author", "editor", "translator", "container-author", "collection-editor")


def citation_label(record: Record) -> str:
    """The label of `record`: letters of at most four authors and the last two digits of the year."""
    given = record.text("citation-label")
    if given:
        return given
    names = next((record.names[variable] for variable in _CREATORS if record.names.get(variable)), ())
    return (_letters(names[:4]) or _title(record)) + _year(record)


def _letters(names: tuple[Name, ...]) -> str:
    if not names:
        return ""
    counts = _LETTERS[len(names) - 1]
    return "".join(_family(name)[:count].capitalize() for name, count in zip(names, counts, strict=True))


def _title(record: Record) -> str:
    """The first letters of the title: of a work without an author."""
    return "".join(letter for letter in record.text("title") if letter.isalnum())[:4]


def _family(name: Name) -> str:
    family = with_typed_parts(name).family or name.literal or name.given
    return "".join(letter for letter in family if letter.isalnum())


def _year(record: Record) -> str:
    date = record.dates.get("issued")
    return f"{abs(date.start.year) % 100:02}" if date and date.start else "00"
