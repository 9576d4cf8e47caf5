"""How a record is handed to whoever writes it: variable by variable, names before dates before texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bibwright.model.dates import Date
    from bibwright.model.names import Name
    from bibwright.model.record import Record
    from bibwright.model.richtext import RichText


class VariableWriter(Protocol):
    """What writes each variable of a record, or reports it as lost."""

    def write_names(self, variable: str, names: tuple[Name, ...]) -> None:
        """Write a name list."""

    def write_date(self, variable: str, date: Date) -> None:
        """Write a date."""

    def write_texts(self, variable: str, values: tuple[RichText, ...]) -> None:
        """Write the values of any other variable."""


def write_variables(record: Record, writer: VariableWriter) -> None:
    """Hand all variables of the record to the writer, in the order in which the record has them."""
    for variable, names in record.names.items():
        writer.write_names(variable, names)
    for variable, date in record.dates.items():
        writer.write_date(variable, date)
    for variable, values in record.texts.items():
        writer.write_texts(variable, values)
