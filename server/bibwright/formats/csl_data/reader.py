"""An item of CSL-JSON or CSL-YAML to a record.

Values of the wrong type are no reason to refuse an item: a name list that is a string, a date that is a number and a
number that is a string all occur, and say what they mean. What is not understood stays an unmapped field.

Lines such as `original-date: 1900` or `{:original-date: 1900}` in a note stand for variables that the program which
wrote it has no field for. They are read as such where the variable is empty, and stay in the note all the same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from bibwright.formats.csl_data.dates import read_date
from bibwright.formats.csl_data.items import Item, as_text
from bibwright.formats.csl_data.markup import read_markup
from bibwright.formats.csl_data.names import read_names
from bibwright.model.dates import Date
from bibwright.model.names import Name
from bibwright.model.placeholders import is_placeholder
from bibwright.model.record import Record, SourceField
from bibwright.model.richtext import RichText, plain_text
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


#: A no-break space is text.
_BLANKS = " \t\r\n"
#: A line of a note that gives a variable its value, in the two ways that processors read.
_NOTE_LINE = re.compile(r"^[ \t]*([a-z][a-z_-]{2,29}|DOI|ISBN|ISSN|PMCID|PMID|URL)[ \t]*:[ \t]*(\S.*)$", re.MULTILINE)
_NOTE_BRACES = re.compile(r"\{:([A-Za-z][A-Za-z_-]{1,29}):[ \t]*([^{}\n]+)\}")
#: What stands in notes as prose, too.
_NOT_IN_NOTES = frozenset(("note", "abstract", "annote", "title", "keyword", "references", "source", "section", "page"))
_ISSN_LIST = re.compile(r"\d{4}-\d{3}[\dXx](?:[,;\s]+\d{4}-\d{3}[\dXx])+\Z")
_ISBN_LIST = re.compile(r"[\dXx-]{10,17}(?:[,;\s]+[\dXx-]{10,17})+\Z")


def read_item(item: Item, source_format: str = "csl-json") -> Record:
    """The record of an item; the places of its fields count from the beginning of the text."""
    reader = _Reader()
    written_type = key = ""
    for name, value, span in item.members:
        # What stands twice counts once.
        if name == "type" and not written_type:
            written_type = as_text(value).strip()
            reader.fields.append(_field(name, value, span, ("type",)))
        elif name == "id" and not key:
            key = as_text(value).strip()
            reader.fields.append(_field(name, value, span, ("id",)))
        else:
            reader.read(name, value, span)
    reader.read_note()
    return Record(
        csl_type(written_type),
        key,
        reader.names,
        reader.dates,
        reader.texts,
        source_format,
        written_type,
        tuple(reader.fields),
    )


def csl_type(written: str) -> str:
    """The type that a word stands for; `document` for a word that stands for none."""
    return _TYPE_SPELLINGS.get(written, written) if is_type(written) else "document"


def is_type(written: str) -> bool:
    """Whether a word is a type of CSL, or stands for one."""
    return _TYPE_SPELLINGS.get(written, written) in TYPES


class Values(NamedTuple):
    """What fields say, by variable."""

    names: Mapping[str, tuple[Name, ...]]
    dates: Mapping[str, Date]
    texts: Mapping[str, tuple[RichText, ...]]

    def of(self, variable: str) -> object:
        """The value of a variable of any class, or None."""
        return self.names.get(variable) or self.dates.get(variable) or self.texts.get(variable)


def read_field(name: str, value: Any) -> Values:
    """What one key and its value say by themselves."""
    reader = _Reader()
    reader.read(name, value, (0, 0))
    reader.read_note()
    return Values(reader.names, reader.dates, reader.texts)


def value_of(field: SourceField) -> Any:
    """The value that a field was read from."""
    return json.loads(field.notation) if field.notation else field.text


def _field(name: str, value: Any, span: tuple[int, int], variables: tuple[str, ...]) -> SourceField:
    text = as_text(value)
    return SourceField(name, text, span, variables, notation="" if isinstance(value, str) else text)


class _Reader:
    def __init__(self) -> None:
        self.names: dict[str, tuple[Name, ...]] = {}
        self.dates: dict[str, Date] = {}
        self.texts: dict[str, tuple[RichText, ...]] = {}
        self.fields: list[SourceField] = []

    def read(self, name: str, value: Any, span: tuple[int, int]) -> None:
        variable = SPELLINGS.get(name, name)
        filled = variable if self.fill(variable, value) else ""
        self.fields.append(_field(name, value, span, (filled,) if filled else ()))

    def read_note(self) -> None:
        """The variables that lines of the note stand for."""
        note = self.texts.get("note")
        place = next((at for at, field in enumerate(self.fields) if "note" in field.variables), None)
        if note is None or place is None:
            return
        text = "\n".join(map(plain_text, note))
        names: dict[str, list[Any]] = {}
        filled: list[str] = []
        for pattern in (_NOTE_BRACES, _NOTE_LINE):
            for match in pattern.finditer(text):
                variable = SPELLINGS.get(match[1], match[1])
                value = match[2].strip()
                if variable in _NOT_IN_NOTES or is_placeholder(value):
                    continue
                if variable in NAME_VARIABLES:
                    names.setdefault(variable, []).append(_read_note_name(value))
                elif self.fill(variable, value):
                    filled.append(variable)
        filled += [variable for variable, values in names.items() if self.fill(variable, values)]
        if filled:
            field = self.fields[place]
            self.fields[place] = replace(field, variables=(*field.variables, *filled))

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
        texts = _keywords(value) if variable == "keyword" else _texts(_split_numbers(variable, value))
        if texts:
            self.texts[variable] = texts
        return bool(texts)


def _read_note_name(value: str) -> Any:
    """`Family || Given`, as citeproc-js has it; without the bars a name of one piece."""
    family, bars, given = value.partition("||")
    return {"family": family.strip(), "given": given.strip()} if bars else {"literal": value}


def _split_numbers(variable: str, value: Any) -> Any:
    """Several ISSNs or ISBNs in one string as a list."""
    pattern = {"ISSN": _ISSN_LIST, "ISBN": _ISBN_LIST}.get(variable)
    if pattern is None or not isinstance(value, str) or pattern.match(value.strip()) is None:
        return value
    return re.split(r"[,;\s]+", value.strip())


def _texts(value: Any) -> tuple[RichText, ...]:
    values = value if isinstance(value, list) else [value]
    if not all(isinstance(one, str | int | float) for one in values):
        return ()
    # A number that was written as one has no markup and no blanks; `2.0` stays what it is.
    return tuple(rich for one in values if (rich := read_markup(as_text(one).strip(_BLANKS))))


def _keywords(value: Any) -> tuple[RichText, ...]:
    """CSL has one string for all keywords; what separates them is a semicolon, or else a comma."""
    if isinstance(value, list):
        return _texts(value)
    text = as_text(value)
    return _texts([part for part in text.split(";" if ";" in text else ",") if part.strip()])
