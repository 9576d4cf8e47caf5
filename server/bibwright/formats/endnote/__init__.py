"""What EndNote writes: tagged files, which are those of refer with more tags, and XML. Both hold the same fields."""

from __future__ import annotations

from bibwright.formats.exchange import ExchangeFormat, Frame, Reading
from bibwright.model.record import Record, Written


def _recognises_tagged(text: str) -> bool:
    if "%" not in text[:4000]:
        return False
    from bibwright.formats.endnote.tagged import recognises

    return recognises(text)


def _read_tagged(text: str) -> Reading:
    from bibwright.formats.endnote.tagged import read

    yield from read(text)


def _write_tagged(record: Record, line_end: str) -> Written:
    from bibwright.formats.endnote.tagged import write_record

    return write_record(record, line_end)


def _recognises_xml(text: str) -> bool:
    if "<record" not in text[:50_000]:
        return False
    from bibwright.formats.endnote.xml_format import recognises

    return recognises(text)


def _read_xml(text: str) -> Reading:
    from bibwright.formats.endnote.xml_format import read

    yield from read(text)


def _write_xml(record: Record, line_end: str) -> Written:
    from bibwright.formats.endnote.xml_format import write_record

    return write_record(record, line_end)


ENW = ExchangeFormat(
    id="enw",
    title="EndNote (refer)",
    language_id="plaintext",
    suffixes=(".enw",),
    recognises=_recognises_tagged,
    read=_read_tagged,
    write_record=_write_tagged,
    frame=Frame(between="\n\n", tail="\n"),
)

ENDNOTE_XML = ExchangeFormat(
    id="endnote-xml",
    title="EndNote XML",
    language_id="xml",
    suffixes=(".xml",),
    recognises=_recognises_xml,
    read=_read_xml,
    write_record=_write_xml,
    frame=Frame('<?xml version="1.0" encoding="UTF-8"?>\n<xml>\n<records>\n', "\n", "\n</records>\n</xml>\n"),
)
