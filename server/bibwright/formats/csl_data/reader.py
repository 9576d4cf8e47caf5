"""An item of CSL-JSON to a record.

Values of the wrong type are no reason to refuse an item: a name list that is a string, a date that is a number and a
number that is a string all occur, and say what they mean. What is not understood stays an unmapped field.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bibwright.formats.csl_data.dates import read_date
from bibwright.formats.csl_data.json_source import Item, as_text
from bibwright.formats.csl_data.markup import read_markup
from bibwright.formats.csl_data.names import read_names
from bibwright.model.dates import Date
from bibwright.model.names import Name
from bibwright.model.record import Record, SourceField
from bibwright.model.richtext import RichText
from bibwright.model.vocabulary import (
    DATE_VARIABLES,
    NAME_VARIABLES,
    NUMBER_VARIABLES,
    STRING_VARIABLES,
    TITLE_VARIABLES,
    TYPES,
)

#: Other spellings of variables: those of the JSON schema and those of older versions.
SPELLINGS: Mapping[str, str] = {
    "journalAbbreviation": "container-title-short",
    "shortTitle": "title-short",
    "event": "event-title",
    "part": "part-number",
    "printing": "printing-number",
    "supplement": "supplement-number",
}
_TEXTS = NUMBER_VARIABLES | TITLE_VARIABLES | STRING_VARIABLES
#: Spellings of types: `legal-case` is what some exporters write.
_TYPE_SPELLINGS = {
    "article-journal ": "article-journal",
    "journal-article": "article-journal",
    "legal-case": "legal_case",
    "motion-picture": "motion_picture",
    "personal-communication": "personal_communication",
    "musical-score": "musical_score",
}


def read_item(item: Item) -> Record:
    """The record of an item; the places of its fields count from the beginning of the text."""
    reader = _Reader()
    written_type = key = ""
    for name, value, span in item.members:
        match name:
            case "type":
                written_type = as_text(value).strip()
                reader.fields.append(SourceField(name, written_type, span, ("type",)))
            case "id":
                key = as_text(value).strip()
                reader.fields.append(SourceField(name, key, span, ("id",)))
            case _:
                reader.read(name, value, span)
    csl_type = _TYPE_SPELLINGS.get(written_type, written_type)
    return Record(
        csl_type if csl_type in TYPES else "document",
        key,
        reader.names,
        reader.dates,
        reader.texts,
        "csl-json",
        written_type,
        tuple(reader.fields),
    )


class _Reader:
    def __init__(self) -> None:
        self.names: dict[str, tuple[Name, ...]] = {}
        self.dates: dict[str, Date] = {}
        self.texts: dict[str, tuple[RichText, ...]] = {}
        self.fields: list[SourceField] = []

    def read(self, name: str, value: Any, span: tuple[int, int]) -> None:
        variable = SPELLINGS.get(name, name)
        filled = variable if self.fill(variable, value) else ""
        self.fields.append(SourceField(name, as_text(value), span, (filled,) if filled else ()))

    def fill(self, variable: str, value: Any) -> bool:
        """Whether the value could be read as what the variable holds, which was empty until now."""
        if variable in self.names or variable in self.dates or variable in self.texts:
            return False
        if variable in NAME_VARIABLES:
            names = read_names(value)
            if names:
                self.names[variable] = names
            return bool(names)
        if variable in DATE_VARIABLES:
            date = read_date(value)
            if date is not None:
                self.dates[variable] = date
            return date is not None
        if variable not in _TEXTS or isinstance(value, bool | dict) or value is None:
            return False
        texts = _keywords(value) if variable == "keyword" else _texts(value)
        if texts:
            self.texts[variable] = texts
        return bool(texts)


def _texts(value: Any) -> tuple[RichText, ...]:
    values = value if isinstance(value, list) else [value]
    if not all(isinstance(one, str | int | float) for one in values):
        return ()
    # A number that was written as one has no markup and no blanks; `2.0` stays what it is.
    return tuple(rich for one in values if (rich := read_markup(as_text(one).strip())))


def _keywords(value: Any) -> tuple[RichText, ...]:
    """CSL has one string for all keywords; what separates them is a semicolon, or else a comma."""
    if isinstance(value, list):
        return _texts(value)
    text = as_text(value)
    return _texts([part for part in text.split(";" if ";" in text else ",") if part.strip()])
