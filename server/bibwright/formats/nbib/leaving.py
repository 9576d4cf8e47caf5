"""What becomes of those parts of a PubMed record that another format has no use for.

PubMed tells with each work when and by whom its own record was made, and repeats the reference as a whole. That says
nothing more of the work, so its end is told and is no loss of a value.
"""

from __future__ import annotations

from dataclasses import replace

from bibwright.model.placeholders import is_placeholder
from bibwright.model.record import Loss, Record

_OF_THE_DATABASE = frozenset(
    ("OWN", "STAT", "SB", "OTO", "DA", "CRDT", "DCOM", "LR", "EDAT", "MHDA", "CTDT", "PST", "SO", "JID")
)


def leave_nbib(record: Record) -> tuple[Record, tuple[Loss, ...]]:
    """The record without what is about the database, and a word on each field that is."""
    about_database = [field for field in record.fields if not field.variables and field.name in _OF_THE_DATABASE]
    message = "left out, for it is about the record in PubMed, or said by other fields"
    losses = (Loss("L07", one.name, message, "information") for one in about_database if not is_placeholder(one.text))
    fields = tuple(field for field in record.fields if field not in about_database)
    return replace(record, fields=fields), tuple(dict.fromkeys(losses))
