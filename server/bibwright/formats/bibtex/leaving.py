"""What becomes of those parts of a .bib entry that another language has no use or word for, or that it says already."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bibwright.formats.bibtex.schema import Dialect, canonical_field, canonical_type, schema
from bibwright.formats.bibtex.writer import entry_type_of
from bibwright.model.losses import narrower_type_loss, type_field
from bibwright.model.record import Loss, Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bibwright.model.record import SourceField


#: Where a part of a book has editors it is one of a collection, so these are told apart without a type.
_PARTS = frozenset(("inbook", "incollection"))


def leave_bibtex(record: Record) -> tuple[Record, tuple[Loss, ...]]:
    """The record without a year, month or day that its `date` says too; what its type and TeX code in its date cost."""
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
    own = canonical_type(record.source_type)
    known = schema().types.get(own)
    if known is None:
        if own:
            message = f"nobody knows the entry type {own}: it is taken for misc"
            yield Loss("L12", type_field(record), message, "information")
    elif known.csl == record.type:
        wider = entry_type_of(replace(record, source_type=""), Dialect.BIBLATEX)
        if own != wider and not _PARTS.issuperset((own, wider)):
            yield narrower_type_loss(record, f"@{own}", f"@{wider}")
    for field in record.fields:
        if "issued" in field.variables and "\\" in field.text and canonical_field(field.name) == "year":
            shown = " ".join(field.text.split())
            yield Loss("L13", field.name, f"the TeX code of the year is left out: {shown}", "information")
