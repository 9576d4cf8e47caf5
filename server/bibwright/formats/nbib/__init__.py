"""MEDLINE: what PubMed offers for download (`.nbib`), and other medical databases copy. It is only read."""

from __future__ import annotations

import re

from bibwright.formats.exchange import ExchangeFormat, Reading, ReadRecord, Unreadable

#: RIS has tags of two characters, so that a `PMID-` line cannot be one of it; ERIC begins with the owner.
_START = re.compile(r"[\s\ufeff]*(?:PMID *- *\d|OWN - )")


def _recognises(text: str) -> bool:
    return _START.match(text) is not None


def _read(text: str) -> Reading:
    from bibwright.formats.nbib.lines import find_records
    from bibwright.formats.nbib.reader import read_lines

    for lines in find_records(text):
        yield lines if isinstance(lines, Unreadable) else ReadRecord(read_lines(lines), lines.span)


NBIB = ExchangeFormat(
    id="nbib",
    title="MEDLINE/PubMed",
    language_id="plaintext",
    suffixes=(".nbib", ".medline"),
    recognises=_recognises,
    read=_read,
)
