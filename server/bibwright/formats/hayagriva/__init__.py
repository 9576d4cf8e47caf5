"""Hayagriva: the YAML in which Typst keeps its bibliographies. It is written and not read."""

from __future__ import annotations

from bibwright.formats.exchange import ExchangeFormat, Frame, Reading, Unreadable
from bibwright.model.record import Record, Written
from bibwright.text.spans import Span


def _recognises(text: str) -> bool:
    return False


def _read(text: str) -> Reading:
    yield Unreadable("Hayagriva is written and not read", Span(0, len(text)))


def _write_record(record: Record, line_end: str) -> Written:
    from bibwright.formats.hayagriva.writer import write_record

    return write_record(record, line_end)


HAYAGRIVA = ExchangeFormat(
    id="hayagriva",
    title="Hayagriva",
    language_id="yaml",
    suffixes=(".yml", ".yaml"),
    recognises=_recognises,
    read=_read,
    write_record=_write_record,
    frame=Frame("", "\n\n", "\n"),
)
