"""What CSL data says that the record does not hold: a word for a type that CSL has not, and doubled dates."""

from __future__ import annotations

from collections.abc import Iterator

from bibwright.formats.csl_data.reader import is_type, value_of
from bibwright.model.losses import type_field
from bibwright.model.record import Loss, Record
from bibwright.model.vocabulary import DATE_VARIABLES


def leaving_losses(record: Record) -> Iterator[Loss]:
    """What another format is not told, so that no writer can report it."""
    if record.source_type and not is_type(record.source_type):
        message = f"nobody knows the type {record.source_type!r}: it is taken for {record.type}"
        yield Loss("L12", type_field(record), message, "information")
    for field in record.fields:
        variable = next((one for one in field.variables if one in DATE_VARIABLES), "")
        value = value_of(field) if variable and field.notation else None
        date = record.dates.get(variable)
        if not isinstance(value, dict) or date is None or date.start is None or "date-parts" not in value:
            continue
        if value.get("season") and (date.start.month or 0) < 13 and date.start.month is not None:
            yield Loss("L11", field.name, f"the season beside a month is left out: {value['season']}")
        for name in ("literal", "raw", "edtf"):
            if value.get(name):
                message = f"beside the parts of the date its text is left out: {value[name]}"
                yield Loss("L11", field.name, message, "information")
