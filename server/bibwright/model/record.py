"""The record: one bibliographic item, independent of the format it was read from, and losing nothing of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bibwright.model.dates import Date
from bibwright.model.names import Name
from bibwright.model.richtext import RichText, plain_text


@dataclass(frozen=True, slots=True)
class SourceField:
    """A field or tag of the source, in source order, and what became of it.

    `name` is the field or tag as written; `text` its value as written, without delimiters, macros resolved;
    `span` its place in the entry's block, code points, half open; (0, 0) when the value was inherited.
    `variables` are the keys of the record's mappings that it filled; none: the field is unmapped and lives on
    here alone. `macros` is the value as an expression (`IEEE_J_PAMI # { suppl.}`) where it names a string macro that
    nobody defines: `text` then holds the macro's name, which is not what would be printed. Else it is empty.
    `notation` is the value in JSON where the source has data and no text (a number, a list): `text` shows it only.
    """

    name: str
    text: str
    span: tuple[int, int]
    variables: tuple[str, ...] = ()
    macros: str = ""
    notation: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One item. The mappings' keys are CSL 1.0.2 variable names (`container-title`, `DOI`, ...).

    `type` is a CSL type (`article-journal`). `texts` holds every variable that is neither a name list nor a
    date, numbers included; a variable may have several values (keywords, URLs, notes, two ISSNs).
    `source_format` and `source_type` are the format id and type as written (`ris`, `JOUR`), so that a writer
    of the same format can give them back.
    """

    type: str
    key: str = ""
    names: Mapping[str, tuple[Name, ...]] = field(default_factory=dict)
    dates: Mapping[str, Date] = field(default_factory=dict)
    texts: Mapping[str, tuple[RichText, ...]] = field(default_factory=dict)
    source_format: str = ""
    source_type: str = ""
    fields: tuple[SourceField, ...] = ()

    def text(self, variable: str) -> str:
        """The variable's first value as plain text, or the empty string."""
        values = self.texts.get(variable)
        return plain_text(values[0]) if values else ""


@dataclass(frozen=True, slots=True)
class Loss:
    """What a conversion could not carry over, or changed. `code` is L01 to L14.

    `severity` is `warning` when the value is gone, `information` when it was moved or reformatted; `to` is the field
    or tag that it was moved to.
    """

    code: str
    field: str
    message: str
    severity: str = "warning"
    to: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """A record as text of some format, and the losses on the way there."""

    text: str
    losses: tuple[Loss, ...] = ()
