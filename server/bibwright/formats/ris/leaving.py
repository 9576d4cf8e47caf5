"""What becomes of those parts of a RIS record for which another format has no place.

Tags without a variable go to notes, each with its tag before it, rather than being lost. Within RIS they stay tags.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bibwright.formats.ris.dates import other_information
from bibwright.formats.ris.reader import fold_blanks
from bibwright.formats.ris.schema import KNOWN_TAGS, REFERENCE_TYPES
from bibwright.formats.ris.writer import reference_type
from bibwright.model.identifiers import find_doi
from bibwright.model.losses import narrower_type_loss, type_field
from bibwright.model.placeholders import is_placeholder
from bibwright.model.record import Loss, Record
from bibwright.model.richtext import rich_text
from bibwright.model.vocabulary import DATE_VARIABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Tags that say something of a database, or of a library's copy, and nothing of the work.
_NOT_OF_THE_WORK = frozenset(("AN", "DB", "DP", "LB", "RP", "ID"))
#: Two names of one type, and types that the record tells by something else: a status, editors.
_NOT_NARROWER = frozenset(("WEB", "INPR", "EDBOOK"))


def leave_ris(record: Record) -> tuple[Record, tuple[Loss, ...]]:
    """The record as another format can write it, and what that costs."""
    notes = list(record.texts.get("note", ()))
    fields = []
    losses: list[Loss] = []
    for field in record.fields:
        tag = field.name.upper()
        if not field.variables and tag in KNOWN_TAGS - _NOT_OF_THE_WORK and not is_placeholder(field.text):
            text = fold_blanks(field.text)
            notes.append(rich_text(f"{tag}: {text}"))
            losses.append(Loss("L07", field.name, f"moved to a note: {text}", "information", "note"))
            field = replace(field, variables=("note",))
        fields.append(field)
    losses += _other_losses(record)
    texts = {**record.texts, "note": tuple(notes)} if notes else record.texts
    return replace(record, texts=texts, fields=tuple(fields)), tuple(dict.fromkeys(losses))


def _other_losses(record: Record) -> Iterator[Loss]:
    yield from _type_losses(record)
    for field in record.fields:
        if DATE_VARIABLES.intersection(field.variables) and (other := other_information(field.text)):
            yield Loss("L08", field.name, f"what stands behind the date's third slash is left out: {other}")
        if "DOI" in field.variables and field.name.upper() in ("UR", "LK") and find_doi(field.text) is not None:
            yield Loss("L08", field.name, "the address of the DOI is left out: the DOI says it", "information")
    for variable, names in record.names.items():
        for name in names:
            if name.unsure:
                tag = next((field.name for field in record.fields if variable in field.variables), variable)
                message = f"{name.literal!r} has no comma: it is taken for a name without parts"
                yield Loss("L14", tag, message, "information")


def _type_losses(record: Record) -> Iterator[Loss]:
    own = record.source_type.strip().upper()
    wider = reference_type(replace(record, source_format=""))
    if own not in REFERENCE_TYPES:
        if own:
            message = f"nobody knows the reference type {own}: it is taken for {wider}"
            yield Loss("L12", type_field(record), message, "information")
    elif own != wider and own not in _NOT_NARROWER:
        yield narrower_type_loss(record, own, wider)
