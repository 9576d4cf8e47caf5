"""Records that use what EndNote can hold, and what it cannot."""

from __future__ import annotations

from bibwright.formats.exchange import ExchangeFormat, ReadRecord, Unreadable
from bibwright.model.record import Record


def read_one(format: ExchangeFormat, text: str) -> Record:
    """The only record of a text in which everything is understood."""
    (found,) = format.read(text)
    assert isinstance(found, ReadRecord), found
    return found.record


def read_all(format: ExchangeFormat, text: str) -> tuple[list[Record], list[Unreadable]]:
    """The records of a text, and what is none."""
    found = list(format.read(text))
    records = [item.record for item in found if isinstance(item, ReadRecord)]
    return records, [item for item in found if isinstance(item, Unreadable)]


def again(format: ExchangeFormat, record: Record) -> Record:
    """The record as it is read from what was written of it."""
    assert format.write_record is not None
    written = format.write_record(record, "\n")
    return read_one(format, format.frame.head + written.text + format.frame.tail)


def values(record: Record) -> dict[str, list[str]]:
    """The plain texts of all variables."""
    return {
        variable: ["".join(run.text for run in value) for value in values] for variable, values in record.texts.items()
    }
