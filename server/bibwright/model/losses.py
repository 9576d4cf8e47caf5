"""The losses of a conversion, told by the source's own fields.

A writer knows variables; whoever reads the report knows the fields that they came from. One loss is reported for each
field, and for the variable itself where no field filled it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bibwright.model.record import Loss

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bibwright.model.record import Record


def losses_of(
    record: Record, variable: str, code: str, message: str, *, severity: str = "warning", to: str = ""
) -> Iterator[Loss]:
    """One loss for each field that filled the variable; none for a note, which says it in a line of its own."""
    fields = [field for field in record.fields if variable in field.variables]
    names = [field.name for field in fields if variable == "note" or field.variables[0] != "note"]
    for name in dict.fromkeys(names if fields else [variable]):
        yield Loss(code, name, message, severity, to)


def macro_losses(record: Record) -> Iterator[Loss]:
    """One loss for each field whose string macro nobody defines, in a format that has no macros."""
    for field in record.fields:
        if field.macros and field.variables:
            message = f"nothing defines the string macro {field.macros}: its name stands for it"
            yield Loss("L01", field.name, message, "information")


def link_loss(record: Record, name: str, key: str) -> Loss:
    """The loss of a link (`crossref`) from which fields are inherited, in a format that has none."""
    if any(field.span == (0, 0) for field in record.fields):
        message = f"the fields of {key!r} were taken over, the link is gone"
        return Loss("L02", name, message, "information")
    return Loss("L02", name, f"the link to {key!r} is gone")
