"""A record to an item of CSL-JSON or CSL-YAML.

The variables of the record are those of CSL, so nearly everything has its place; what CSL has one value for and the
record several is joined where that is usual, and reported. An item that was read from CSL is given back as it was, but
for what has changed since.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bibwright.formats.csl_data.dates import read_date, write_date, write_short_date
from bibwright.formats.csl_data.items import as_text
from bibwright.formats.csl_data.markup import read_markup, write_markup
from bibwright.formats.csl_data.names import write_names
from bibwright.formats.csl_data.reader import Values, csl_type, read_field, value_of
from bibwright.formats.csl_data.yaml_values import WHOLE_NUMBER, to_yaml
from bibwright.formats.yaml_text import write_sequence
from bibwright.model.identifiers import find_doi
from bibwright.model.losses import link_loss, losses_of, lost_value_losses
from bibwright.model.names import OTHERS
from bibwright.model.placeholders import is_placeholder
from bibwright.model.record import Loss, Written
from bibwright.model.repositories import Eprint, repository_name, show_eprint
from bibwright.model.richtext import RichText, Run, Style, plain_text
from bibwright.model.vocabulary import (
    DATE_VARIABLES,
    NAME_VARIABLES,
    NUMBER_VARIABLES,
    STRING_VARIABLES,
    TITLE_VARIABLES,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from bibwright.model.dates import Date
    from bibwright.model.names import Name
    from bibwright.model.record import Record, SourceField

#: Formats whose records carry their fields as items have them.
_CSL = ("csl-json", "csl-yaml")
_VARIABLES = NUMBER_VARIABLES | STRING_VARIABLES | TITLE_VARIABLES
_WITH_NUMBERS = NUMBER_VARIABLES | DATE_VARIABLES
#: What joins several values of a variable, where there is a usual way.
_JOINED = {"ISSN": ", ", "ISBN": ", ", "note": "\n", "publisher": "; ", "publisher-place": "; "}
_EPRINT = ("eprint", "eprinttype", "eprintclass")
_LINKS = frozenset(("crossref", "xdata", "xref", "related", "entryset", "ids", "relatedtype"))


def write_item(
    record: Record, date_value: Callable[[Date], Any] = write_date
) -> tuple[dict[str, Any], tuple[Loss, ...]]:
    """The item, and what CSL could not hold."""
    writer = _Writer(record, date_value)
    writer.write()
    return writer.item, tuple(dict.fromkeys(writer.losses))


def write_record(record: Record, line_end: str) -> Written:
    """The item as indented JSON, without the comma that separates it from the next."""
    item, losses = write_item(record)
    text = json.dumps(item, ensure_ascii=False, indent=2)
    return Written(line_end.join("  " + line for line in text.splitlines()), losses)


def write_yaml(record: Record, line_end: str) -> Written:
    """The item as a member of a list in YAML, without the line end behind it."""
    item, losses = write_item(record, write_short_date)
    values = {key: to_yaml(key, value) for key, value in item.items()}
    if record.source_format not in _CSL:
        # Numbers were text where they come from.
        values = {key: _as_number(value) if key in _WITH_NUMBERS else value for key, value in values.items()}
    return Written(line_end.join(write_sequence([values])), losses)


def _as_number(value: Any) -> Any:
    # As a number, a year before Christ would be counted as historians do.
    return int(value) if isinstance(value, str) and WHOLE_NUMBER.match(value) and value[0] != "-" else value


def _has_shape(variable: str, value: Any) -> bool:
    """Whether a value of one of CSL's own variables is of a kind that it can be; pandoc rejects a file with any other.

    Crossref gives lists of titles and numbers, DataCite mappings of one name.
    """
    if variable in NAME_VARIABLES:
        return isinstance(value, list)
    return variable not in _VARIABLES or not isinstance(value, (list, dict))


class _Writer:
    def __init__(self, record: Record, date_value: Callable[[Date], Any]) -> None:
        self.record = record
        self.date_value = date_value
        self.item: dict[str, Any] = {}
        self.losses: list[Loss] = []
        #: Variables whose fields are written as they were read.
        self.done: set[str] = set()

    def report(self, code: str, variable: str, message: str, severity: str = "warning", to: str = "") -> None:
        self.losses += losses_of(self.record, variable, code, message, severity=severity, to=to)

    def write(self) -> None:
        record, item = self.record, self.item
        if record.source_format in _CSL:
            self.keep_fields()
        if "id" not in item or "type" not in item:
            self.item = item = {"id": record.key, "type": record.type, **item}
        for variable, names in record.names.items():
            if variable not in self.done:
                self.write_names(variable, names)
        for variable, date in record.dates.items():
            if variable not in self.done:
                self.write_date(variable, date)
        for variable, values in record.texts.items():
            if variable in self.done:
                continue
            if variable in _VARIABLES:
                self.write_texts(variable, values)
            elif variable in _EPRINT and self.has_archive_free():
                self.write_eprint(variable)
            else:
                shown = "; ".join(plain_text(value) for value in values)
                self.report("L10", variable, f"CSL has no variable for it: {shown}")
        if record.source_format not in _CSL:
            self.write_unmapped()

    def keep_fields(self) -> None:
        """Give back each field whose value the record still has, as it was: its spelling, numbers as numbers."""
        for field in self.record.fields:
            value = value_of(field)
            if not self.still_says(field, value):
                continue
            if not _has_shape(field.name, value):
                self.report_shape(field, value)
                continue
            if field.name in self.item:
                shown = " ".join(field.text.split())
                self.losses.append(Loss("L11", field.name, f"the key stands twice, and this value is lost: {shown}"))
                continue
            self.item[field.name] = value
            self.done.update(field.variables)

    def report_shape(self, field: SourceField, value: Any) -> None:
        """Tell of a value that programs refuse where it stands; what is known of it is written as CSL has it."""
        shown = " ".join(field.text.split())
        if field.variables:
            self.losses.append(Loss("L11", field.name, f"written as CSL has it: {shown}", "information"))
        else:
            level = "warning" if value else "information"
            self.losses.append(Loss("L11", field.name, f"CSL has no such values for it: {shown}", level))

    def still_says(self, field: SourceField, value: Any) -> bool:
        match field.variables:
            case ("id",):
                return as_text(value).strip() == self.record.key
            case ("type",):
                return csl_type(as_text(value).strip()) == self.record.type
            case ():
                return True
        record = Values(self.record.names, self.record.dates, self.record.texts)
        found = read_field(field.name, value)
        return all(found.of(variable) == record.of(variable) for variable in field.variables)

    def write_names(self, variable: str, names: tuple[Name, ...]) -> None:
        if variable not in NAME_VARIABLES:
            shown = "; ".join(name.literal or f"{name.family}, {name.given}" for name in names)
            self.report("L10", variable, f"CSL has no variable for it: {shown}")
            return
        written = write_names(names)
        if written:
            self.item[variable] = written
        if OTHERS in names:
            self.report("L04", variable, "CSL cannot say that more names follow (`others`)")

    def write_date(self, variable: str, date: Date) -> None:
        self.item[variable] = value = self.date_value(date)
        if read_date(value) != date:
            message = "an uncertain date became a circa date" if date.uncertain else "the date is read as another one"
            self.report("L05", variable, message, "information")

    def write_texts(self, variable: str, values: tuple[RichText, ...]) -> None:
        for value in values:
            styles = Style.NONE
            for run in value:
                styles |= run.style
            if Style.VERBATIM in styles:
                self.report("L13", variable, "LaTeX that could not be decoded is kept as written", "information")
            if Style.UNDERLINE in styles:
                self.report("L13", variable, "CSL has no underlining: it is gone", "information")
            if "<" in plain_text(value) and read_markup(plain_text(value)) != (Run(plain_text(value)),):
                self.report("L13", variable, "what looks like markup will be read as markup", "information")
        texts = [write_markup(value) for value in values]
        if variable == "URL" and len(texts) > 1:
            texts = self.without_resolvers(texts)
        if variable == "keyword":
            self.write_keywords(texts)
        elif len(texts) == 1:
            self.item[variable] = texts[0]
        elif (joint := _JOINED.get(variable)) is not None:
            self.item[variable] = joint.join(texts)
            if read_field(variable, self.item[variable]).of(variable) != values:
                self.report("L10", variable, f"{len(texts)} values became one", "information")
        else:
            self.item[variable] = texts[0]
            for text in texts[1:]:
                self.losses += lost_value_losses(self.record, variable, "L10", "CSL", text)

    def has_archive_free(self) -> bool:
        texts = self.record.texts
        return "eprint" in texts and "archive" not in texts and "archive_location" not in texts

    def write_eprint(self, variable: str) -> None:
        """The id in a repository as that in an archive, which is what CSL has."""
        record = self.record
        place = "archive" if variable == "eprinttype" else "archive_location"
        if variable == "eprinttype":
            self.item[place] = repository_name(record.text("eprinttype"))
        else:
            self.item[place] = show_eprint(Eprint(record.text("eprint"), record.text("eprintclass")))
        self.report("L10", variable, f"moved to `{place}`", "information", place)

    def without_resolvers(self, addresses: list[str]) -> list[str]:
        """The addresses that say something which the DOI does not; the first one where none does."""
        doi = self.record.text("DOI").lower()
        others = [address for address in addresses if not doi or (find_doi(address) or "").lower() != doi]
        if len(others) < len(addresses):
            self.report("L10", "URL", "the address of the DOI is left out: the DOI says it", "information")
        return others or addresses[:1]

    def write_keywords(self, words: list[str]) -> None:
        """CSL has one string for all: with commas, as is usual, where no keyword contains one."""
        has_commas = any("," in word for word in words)
        self.item["keyword"] = ("; " if has_commas else ", ").join(words)
        if any(";" in word for word in words) or (has_commas and len(words) == 1):
            self.report("L10", "keyword", "a keyword with a comma or semicolon is read as two", "information")

    def write_unmapped(self) -> None:
        for field in self.record.fields:
            if field.variables:
                continue
            shown = " ".join(field.text.split())
            if is_placeholder(field.text):
                if shown:
                    self.losses.append(Loss("L07", field.name, f"{shown!r} is not a value", "information"))
            elif field.name.lower() in ("crossref", "xdata"):
                self.losses.append(link_loss(self.record, field.name, shown))
            elif field.name.lower() in _LINKS:
                self.losses.append(Loss("L02", field.name, f"CSL has no links between items: {shown}"))
            else:
                self.losses.append(Loss("L10", field.name, f"CSL has no variable for it: {shown}"))
