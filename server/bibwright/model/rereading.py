"""What was written is read again before it is given away: whatever would not come back as it was is reported.

Writers tell what they know of, in the best words; this finds the rest, so that nothing is lost without a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from bibwright.model.losses import losses_of, type_field
from bibwright.model.names import OTHERS
from bibwright.model.record import Loss
from bibwright.model.richtext import plain_text
from bibwright.model.same_value import Spellings, folded, is_said

if TYPE_CHECKING:
    from bibwright.model.record import Record


def find_changes(
    record: Record, back: Record, told: Iterable[Loss], written_type: str, spellings: Spellings | None = None
) -> Iterator[Loss]:
    """One loss for each field whose value is another one in `back`, unless one of the losses `told` is about it.

    `written_type` is what the type is called in the format that was written.
    """
    named = {loss.field for loss in told}
    for variable in (*record.names, *record.dates, *record.texts):
        if is_said(variable, record, back, spellings):
            continue
        code, message, severity = _describe(variable, record, back)
        for loss in losses_of(record, variable, code, message, severity=severity):
            if loss.field not in named:
                yield loss
    if back.type != record.type and type_field(record) not in named:
        yield Loss(
            "L12",
            type_field(record),
            f"written as {written_type}, this {record.type!r} will be read as {back.type!r}",
            "information",
        )


def _describe(variable: str, record: Record, back: Record) -> tuple[str, str, str]:
    """The code, what happened, and how bad it is: a value that stands somewhere else is not gone."""
    if variable in record.names:
        names = record.names[variable]
        shown = "; ".join(name.literal or f"{name.particle} {name.family}, {name.given}".strip() for name in names)
        if OTHERS in names and OTHERS not in back.names.get(variable, ()):
            return "L04", f"that more names follow (`others`) is lost: {shown}", "warning"
        if variable in back.names:
            return "L14", f"these names will be read as others: {shown}", "information"
        return "L04", f"this name list is lost: {shown}", "warning"
    if variable in record.dates:
        date = back.dates.get(variable)
        if date is None:
            return "L05", "this date is lost", "warning"
        is_text = date.literal or record.dates[variable].start is None  # the same words all the same
        return "L05", "the date will be read as another one", "information" if is_text else "warning"
    texts = [plain_text(value) for value in record.texts[variable]]
    elsewhere = {folded(plain_text(value)).lower() for values in back.texts.values() for value in values}
    elsewhere |= {folded(field.text).lower() for field in back.fields}
    lost = [text for text in texts if folded(text).lower() not in elsewhere]
    if lost:
        return "L06", f"this will not be read as it is: {'; '.join(lost)}", "warning"
    return "L06", f"this will be read as something else: {'; '.join(texts)}", "information"
