"""Items of CSL as JSON and as YAML: what citation processors read, and Zotero, pandoc and many services write."""

from __future__ import annotations

import re

from bibwright.formats.exchange import ExchangeFormat, Frame, Reading, ReadRecord, Unreadable
from bibwright.model.record import Record, Written

#: An object, or an array that begins with one, and a key that every item has.
_START = re.compile(r"\s*(?:\[\s*)?\{")
_LOOKED_AT = 4000


def _recognises(text: str) -> bool:
    return _START.match(text) is not None and '"type"' in text[:_LOOKED_AT]


def _read(text: str) -> Reading:
    from bibwright.formats.csl_data.json_source import find_items
    from bibwright.formats.csl_data.reader import read_item

    for item in find_items(text):
        yield item if isinstance(item, Unreadable) else ReadRecord(read_item(item), item.span)


def _write_record(record: Record, line_end: str) -> Written:
    from bibwright.formats.csl_data.writer import write_record

    return write_record(record, line_end)


CSL_JSON = ExchangeFormat(
    id="csl-json",
    title="CSL-JSON",
    language_id="json",
    suffixes=(".json",),
    recognises=_recognises,
    read=_read,
    write_record=_write_record,
    frame=Frame("[\n", ",\n", "\n]\n"),
)
