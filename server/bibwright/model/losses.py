"""The losses of a conversion, told by the source's own fields.

A writer knows variables; whoever reads the report knows the fields that they came from. One loss is reported for each
field, and for the variable itself where no field filled it.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from bibwright.model.placeholders import is_placeholder_name
from bibwright.model.record import Loss
from bibwright.model.vocabulary import DATE_VARIABLES, NAME_VARIABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bibwright.model.record import Record, SourceField

_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_COMMA = re.compile(",")
_OPEN_END = re.compile(r"\w\s*(?:-{1,3}|–|—)\s*\Z")
_NAME_PART = re.compile(r"(?:\A|,)\s*([\w-]+)\s*=")
_NAME_PARTS = frozenset(("family", "given", "prefix", "suffix", "middle", "useprefix"))
_TIME = re.compile(r"\d{4}-\d\d-\d\dT(\d\d:[\d:.]*(?:Z|[+-]\d\d(?::\d\d)?)?)")


def losses_of(
    record: Record, variable: str, code: str, message: str, *, severity: str = "warning", to: str = ""
) -> Iterator[Loss]:
    """One loss for each field that filled the variable; none for a note, which says it in a line of its own."""
    fields = [field for field in record.fields if variable in field.variables]
    names = [field.name for field in fields if variable == "note" or field.variables[0] != "note"]
    for name in dict.fromkeys(names if fields else [variable]):
        yield Loss(code, name, message, severity, to)


def lost_value_losses(record: Record, variable: str, code: str, place: str, text: str) -> Iterator[Loss]:
    """The losses of a further value of a variable where there is place for one: for the fields that it stands in."""
    losses = tuple(losses_of(record, variable, code, f"{place} holds one value; this one is lost: {text}"))
    holding = {field.name for field in record.fields if text in field.text}
    yield from [loss for loss in losses if loss.field in holding] or losses


def key_field(record: Record) -> str:
    """The field that the citation key stands in, or RIS's name for it where it stands in none."""
    names = (field.name for field in record.fields if {"citation-key", "id"}.intersection(field.variables))
    return next(names, "ID")


def type_field(record: Record) -> str:
    """What the source calls the place of its type: `TY`, `%0`, `@` with the entry type, or else `type`."""
    if record.source_format in ("bibtex", "biblatex"):
        return f"@{record.source_type}"
    names = [field.name for field in record.fields if "type" in field.variables]
    return "TY" if record.source_format == "ris" else names[-1] if names else "type"


def narrower_type_loss(record: Record, own: str, wider: str) -> Loss:
    """The loss of a type that is a kind of another one, which alone the record tells to other formats."""
    return Loss("L12", type_field(record), f"to other formats {own} is no more than {wider}", "information")


def macro_losses(record: Record) -> Iterator[Loss]:
    """One loss for each field whose string macro nobody defines, in a format that has no macros."""
    for field in record.fields:
        if field.macros and field.variables:
            message = f"nothing defines the string macro {field.macros}: its name stands for it"
            yield Loss("L01", field.name, message, "information")


def reading_losses(record: Record) -> Iterator[Loss]:
    """What of the source's values the record itself does not hold, so that no writer could know of it."""
    yield from macro_losses(record)
    for field in record.fields:
        variable = field.variables[0] if field.variables else ""
        if variable in NAME_VARIABLES and record.source_format in ("bibtex", "ris"):
            # A whole name of a list, or a part of the one that a tag holds.
            between = _AND if record.source_format == "bibtex" else _COMMA
            parts = (part.strip("{} \t\r\n") for part in between.split(field.text))
            for part in dict.fromkeys(part for part in parts if part and is_placeholder_name(part)):
                yield Loss("L07", field.name, f"{part!r} is not a name", "information")
            yield from name_part_losses(record, field)
        elif variable == "keyword" and record.source_format == "nbib" and "*" in field.text:
            shown = " ".join(field.text.split())
            yield Loss("L07", field.name, f"the asterisk of a major topic is left out: {shown}", "information")
        elif variable == "page" and record.source_format == "bibtex" and _OPEN_END.search(field.text):
            shown = " ".join(field.text.split())
            yield Loss("L06", field.name, f"the open end of the pages {shown} is left out", "information")
        elif variable in DATE_VARIABLES and (time := _TIME.search(field.text)) is not None:
            yield Loss("L05", field.name, f"the time of day is left out: {time[1]}")


def name_part_losses(record: Record, field: SourceField) -> Iterator[Loss]:
    """Parts that a name of biblatex's spelled-out form (`family=Berg, given=Jan`) has twice, or that no name has."""
    for name in _AND.split(field.text) if record.source_format == "bibtex" and "=" in field.text else ():
        parts = Counter(part.strip() for part in _NAME_PART.findall(name))
        for part, count in parts.items() if not _NAME_PARTS.isdisjoint(parts) else ():
            if count > 1:
                yield Loss("L14", field.name, f"of two parts `{part}` of a name one is left out: {name.strip()}")
            elif part not in _NAME_PARTS:
                yield Loss("L04", field.name, f"the part `{part}` of a name is left out: {name.strip()}")


def link_loss(record: Record, name: str, key: str) -> Loss:
    """The loss of a link (`crossref`) from which fields are inherited, in a format that has none."""
    if any(field.span == (0, 0) for field in record.fields):
        message = f"the fields of {key!r} were taken over, the link is gone"
        return Loss("L02", name, message, "information")
    return Loss("L02", name, f"the link to {key!r} is gone")
