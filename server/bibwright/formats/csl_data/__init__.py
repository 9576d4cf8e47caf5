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


#: The heading of the list, or a list whose first member has the key of an item.
_YAML_START = re.compile(
    r"^references[ \t]*:[ \t]*(?:#.*|\[.*)?\r?$"
    r"|\A(?:\ufeff)?(?:---[ \t]*\r?\n|[ \t]*(?:#.*)?\r?\n)*[ ]*-\s+(?:id|type|title|author|issued)[ \t]*:",
    re.MULTILINE,
)


def _recognises_yaml(text: str) -> bool:
    return _YAML_START.search(text if "\n" in text else text.replace("\r", "\n")) is not None


def _read_yaml(text: str) -> Reading:
    from bibwright.formats.csl_data.reader import read_item
    from bibwright.formats.csl_data.yaml_source import find_items

    for item in find_items(text):
        yield item if isinstance(item, Unreadable) else ReadRecord(read_item(item, "csl-yaml"), item.span)


def _write_yaml(record: Record, line_end: str) -> Written:
    from bibwright.formats.csl_data.writer import write_yaml

    return write_yaml(record, line_end)


#: The ids of both forms of CSL data, which hold the same items.
CSL_DATA = frozenset(("csl-json", "csl-yaml"))

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

CSL_YAML = ExchangeFormat(
    id="csl-yaml",
    title="CSL-YAML",
    language_id="yaml",
    suffixes=(".yaml", ".yml"),
    recognises=_recognises_yaml,
    read=_read_yaml,
    write_record=_write_yaml,
    frame=Frame("---\nreferences:\n", "\n", "\n...\n"),
)
