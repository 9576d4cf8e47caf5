"""What becomes of those parts of a .bib entry that another language has no use for, or that it says already."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bibwright.formats.bibtex.schema import canonical_field
from bibwright.model.record import Loss, Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bibwright.model.record import SourceField


def leave_bibtex(record: Record) -> tuple[Record, tuple[Loss, ...]]:
    """The record without a year, month or day that its `date` says too, and what TeX code in its date costs."""
    fields = tuple(field for field in record.fields if not _is_repeated(record, field))
    if len(fields) < len(record.fields):
        record = replace(record, fields=fields)
    return record, tuple(_losses(record))


def _is_repeated(record: Record, field: SourceField) -> bool:
    if field.variables or canonical_field(field.name) not in ("year", "month", "day"):
        return False
    date, text = record.dates.get("issued"), field.text.strip()
    said = getattr(date.start, canonical_field(field.name)) if date is not None and date.start is not None else None
    return said is not None and text.isdecimal() and int(text) == said


def _losses(record: Record) -> Iterator[Loss]:
    for field in record.fields:
        if "issued" in field.variables and "\\" in field.text and canonical_field(field.name) == "year":
            shown = " ".join(field.text.split())
            yield Loss("L13", field.name, f"the TeX code of the year is left out: {shown}", "information")
