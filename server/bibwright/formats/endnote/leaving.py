"""What becomes of those parts of an EndNote record that another format has no use for.

EndNote writes into each record of its XML which library it comes from, and under which number it stands there. That
says nothing of the work, so its end is told and is no loss of a value.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bibwright.formats.endnote.schema import find_type
from bibwright.formats.endnote.writer import reference_type
from bibwright.model.losses import narrower_type_loss
from bibwright.model.placeholders import is_placeholder
from bibwright.model.record import Loss, Record

_OF_THE_LIBRARY = frozenset(("database", "source-app", "rec-number", "foreign-keys"))


def leave_endnote(record: Record) -> tuple[Record, tuple[Loss, ...]]:
    """The record without what is about the user's library, and a word on each field that is."""
    about_library = [field for field in record.fields if not field.variables and is_of_the_library(field.name)]
    if not about_library:
        return record, ()
    message = "left out, for it says where the record stood in EndNote, and nothing of the work"
    losses = (
        Loss("L07", field.name, message, "information") for field in about_library if not is_placeholder(field.text)
    )
    fields = tuple(field for field in record.fields if field not in about_library)
    return replace(record, fields=fields), tuple(dict.fromkeys(losses))


def is_of_the_library(name: str) -> bool:
    """Whether an element or attribute (`database/@name`) says where a record stood in EndNote."""
    return name.partition("/")[0] in _OF_THE_LIBRARY


def type_losses(record: Record) -> Iterator[Loss]:
    """What a format that is not EndNote's cannot say of the reference type."""
    own = find_type(record.source_type)
    wider = reference_type(replace(record, source_format=""))
    if own is not None and own != wider:
        yield narrower_type_loss(record, own.name, wider.name)
