"""A record to values of EndNote's fields, for tagged files and for XML, and what they cannot hold.

What was written is read again before it is given away: whatever would not come back as it was is reported, so that
nothing is lost without a word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bibwright.formats.endnote.names import write_name
from bibwright.formats.endnote.reader import (
    LINE_FIELDS,
    PARAGRAPH_FIELDS,
    REPOSITORIES,
    TypeName,
    Value,
    fold_blanks,
    is_wrapped,
    read_values,
)
from bibwright.formats.endnote.schema import ReferenceType, fields_to_write, find_type, meaning_of, schema
from bibwright.model.losses import link_loss, losses_of, lost_value_losses
from bibwright.model.names import OTHERS, Name
from bibwright.model.placeholders import is_placeholder
from bibwright.model.record import Loss, Record
from bibwright.model.rereading import find_changes
from bibwright.model.richtext import RichText, Run, Style, join_runs, plain_text, rich_text
from bibwright.model.writing import write_variables
from bibwright.model.written_dates import write_month_and_day, write_year

if TYPE_CHECKING:
    from bibwright.model.dates import Date
    from bibwright.model.record import SourceField

#: The formats whose fields are those of EndNote.
FAMILY = frozenset(("enw", "endnote-xml"))
_LINKS = frozenset(("crossref", "xdata", "xref", "related", "entryset", "ids", "relatedtype"))
_FACES = Style.ITALIC | Style.BOLD | Style.SUPERSCRIPT | Style.SUBSCRIPT | Style.UNDERLINE
#: The fields that are lists in XML.
_LISTS = frozenset(("keywords", "related-urls", "pdf-urls"))
#: Variables without a field that go to a note rather than being lost.
_TO_NOTE = frozenset(("status",))


class Syntax(NamedTuple):
    """A way to write fields down. `name_of` gives what stands in the source's field list for a field."""

    format: str
    title: str
    tagged: bool


class ValuesWritten(NamedTuple):
    """The reference type and the values of a record in no order, and what they cannot hold."""

    type: ReferenceType
    written_type: str
    values: tuple[Value, ...]
    losses: tuple[Loss, ...]


def write_values(record: Record, syntax: Syntax) -> ValuesWritten:
    """The record as values of EndNote's fields."""
    writer = _Writer(record, syntax)
    writer.write()
    writer.check()
    return ValuesWritten(writer.type, writer.written_type, tuple(writer.values), tuple(dict.fromkeys(writer.losses)))


def reference_type(record: Record) -> ReferenceType:
    """The type as the source has it, if that was one of EndNote; else that of the CSL type."""
    if record.source_format in FAMILY and record.source_type:
        return find_type(record.source_type) or schema().types["Generic"]
    for choice in schema().choices:
        if choice.csl == record.type and choice.names in record.names:
            return schema().types[choice.type]
    return schema().types[schema().type_of_csl.get(record.type, "Generic")]


class _Writer:
    """The values of one record, and its losses."""

    def __init__(self, record: Record, syntax: Syntax) -> None:
        self.record = record
        self.syntax = syntax
        self.type = reference_type(record)
        # Users have types of their own.
        self.written_type = (record.source_format in FAMILY and fold_blanks(record.source_type)) or self.type.name
        self.fields = dict(fields_to_write(self.type.name, tagged=syntax.tagged))
        if "event-title" not in record.texts and self.fields.get("event-title") == "secondary-title":
            # Only where the event has a name of its own does the book's title make room for it.
            self.fields["container-title"] = "secondary-title"
        self.values: list[Value] = []
        #: Where the first value of each field stands, and what else is to be said there.
        self.first: dict[str, int] = {}
        self.more: dict[str, list[Run]] = {}
        self.holders: dict[str, str] = {}
        self.losses: list[Loss] = []

    def write(self) -> None:
        record = self.record
        if record.key:
            self.put("label", rich_text(record.key))
        write_variables(record, self)
        for field in record.fields:
            if not field.variables:
                self.write_unmapped(field)
        for place, runs in self.more.items():
            at = self.first[place]
            self.values[at] = self.values[at]._replace(text=join_runs([*self.values[at].text, *runs]))
        if not self.syntax.tagged:
            self.join_numbers()

    def join_numbers(self) -> None:
        """ISSN and ISBN in one element, a line for each."""
        numbers = [value for value in self.values if value.field == "isbn"]
        if len(numbers) > 1:
            self.values = [value for value in self.values if value.field != "isbn"]
            self.put("isbn", rich_text("\n".join(plain_text(value.text) for value in numbers)))

    def put(self, field: str, text: RichText, name: str = "") -> None:
        self.first.setdefault(field, len(self.values))
        self.values.append(Value(field, name, text))

    def report(self, code: str, variable: str, message: str, severity: str = "warning", to: str = "") -> None:
        self.losses += losses_of(self.record, variable, code, message, severity=severity, to=to)

    def report_moved(self, variable: str, message: str, field: str) -> None:
        """Tell which field a value went to."""
        code = "L04" if variable in self.record.names else "L06"
        self.report(code, variable, message, "information", self.name_of(field))

    def name_of(self, field: str) -> str:
        """What a field is called in the syntax: `%Z`, `notes`."""
        row = schema().fields[field]
        return f"%{row.tag}" if self.syntax.tagged else row.path

    def field_for(self, variable: str) -> str | None:
        """The field of a variable, unless another variable holds it already."""
        field = self.fields.get(variable)
        if field is None or self.holders.setdefault(field, variable) != variable:
            return None
        return field

    def write_names(self, variable: str, names: tuple[Name, ...]) -> None:
        field = self.field_for(variable)
        shown = _shown(names)
        if field is None and variable == "organizer":
            if "publisher" not in self.record.texts and self.fields.get("publisher") == "publisher":
                self.put("publisher", rich_text(shown))
                self.report_moved("organizer", f"written as the publisher: {shown}", "publisher")
            else:
                self.put("notes", rich_text(f"Organizer: {shown}"))
                self.report_moved("organizer", f"moved to a note: {shown}", "notes")
            return
        if field is None:
            self.report("L04", variable, f"no field of {self.type.name} holds this name list: {shown}")
            return
        for name in names:
            if name == OTHERS:
                self.report("L04", variable, "EndNote cannot say that more names follow (`others`)")
                continue
            if name.particle:
                message = f"the particle {name.particle!r} is now part of the family name"
                self.report("L04", variable, message, "information")
            self.put(field, rich_text(fold_blanks(write_name(name))))

    def write_date(self, variable: str, date: Date) -> None:
        field = self.field_for(variable)
        if variable == "issued":
            self.put("year", rich_text(fold_blanks(write_year(date))))  # a literal may have lines
            detail = write_month_and_day(date)
            meaning = meaning_of("date", self.type.name)
            if detail and meaning is not None and meaning.variable == "issued":
                self.put("date", rich_text(detail))
            elif detail:
                self.report("L05", variable, f"{self.type.name} has a field for the year alone: {detail} is lost")
        elif field is not None:
            self.put(field, rich_text(fold_blanks(_whole_date(date))))
        else:
            self.report("L06", variable, f"no field of {self.type.name} holds the date {_whole_date(date)!r}")

    def write_texts(self, variable: str, values: tuple[RichText, ...]) -> None:
        texts = [self.marked_up(variable, value) for value in values]
        match variable:
            case "eprint":
                self.write_accession_number(variable, texts[0], self.record.text("eprinttype"))
            case "eprinttype" if "eprint" in self.record.texts:
                return
            case "PMID" if "eprint" not in self.record.texts:
                self.write_accession_number(variable, texts[0], "PubMed")
            case "citation-key" if plain_text(texts[0]) == self.record.key:
                return
            case _:
                self.write_field(variable, texts)

    def write_accession_number(self, variable: str, number: RichText, database: str) -> None:
        self.put("accession-num", number)
        if database:
            self.put("remote-database-name", rich_text(database))
        if variable == "eprint" and database.lower() not in REPOSITORIES:
            self.report_moved(variable, f"written as an accession number: {plain_text(number)}", "accession-num")
            if database:
                message = f"written as the name of a database: {database}"
                self.report_moved("eprinttype", message, "remote-database-name")

    def write_field(self, variable: str, texts: list[RichText]) -> None:
        field = self.field_for(variable)
        shown = "; ".join(fold_blanks(plain_text(text)) for text in texts)
        if field is None and variable in ("ISSN", "ISBN"):
            field = "isbn"
        if field is None and variable in _TO_NOTE:
            self.put("notes", rich_text(shown))
            self.report_moved(variable, f"moved to a note: {shown}", "notes")
        elif field is None and variable == "container-title" and shown == self.record.text("title"):
            self.report("L06", variable, "the same as the title", "information")
        elif field is None and variable == "page" and self.has_place_for_pages():
            self.put("pages", texts[0])
        elif field is None:
            self.report("L06", variable, f"no field of {self.type.name} holds it: {shown}")
        else:
            self.put_all(field, variable, texts)

    def has_place_for_pages(self) -> bool:
        """Whether the field of the number of pages is free."""
        return self.fields.get("number-of-pages") == "pages" and "number-of-pages" not in self.record.texts

    def put_all(self, field: str, variable: str, texts: list[RichText]) -> None:
        repeats = schema().fields[field].repeat or field in LINE_FIELDS
        if len(texts) == 1 or (repeats and (self.syntax.tagged or field in _LISTS)):
            for text in texts:
                self.put(field, text)
        elif repeats:
            lines = [run for text in texts for run in (Run("\n"), *text)][1:]
            self.put(field, join_runs(lines))
            if field not in LINE_FIELDS:
                self.report("L06", variable, f"{len(texts)} values became one", "information")
        else:
            self.put(field, texts[0])
            for text in texts[1:]:
                self.losses += lost_value_losses(self.record, variable, "L06", f"`{field}`", plain_text(text))

    def marked_up(self, variable: str, value: RichText) -> RichText:
        """The value with the markup that can be written, and with a report of what that costs."""
        styles = Style.NONE
        for run in value:
            styles |= run.style
        kept = Style.NONE if self.syntax.tagged else _FACES
        if styles & ~(kept | Style.VERBATIM | Style.NOCASE):
            what = "no markup" if self.syntax.tagged else "no small capitals"
            self.report("L03", variable, f"{self.syntax.title} has {what}: this is plain text now", "information")
        if Style.NOCASE in styles:
            self.report("L03", variable, "EndNote cannot protect capitals", "information")
        if Style.VERBATIM in styles:
            self.report("L13", variable, "LaTeX that could not be decoded is kept as written", "information")
        runs = [Run(run.text, run.style & kept) for run in value]
        if any("\n" in run.text for run in runs):
            return self.paragraphs(variable, runs)
        return join_runs(runs)

    def paragraphs(self, variable: str, runs: list[Run]) -> RichText:
        """Line ends stay in the fields that have paragraphs, unless they would look like those of a wrapped text."""
        lines = "".join(run.text for run in runs).split("\n")
        keeps = self.fields.get(variable) in PARAGRAPH_FIELDS and all(line.strip() for line in lines)
        if keeps and not (self.syntax.tagged and is_wrapped(lines)):
            return join_runs(runs)
        self.report("L13", variable, f"{len(lines)} paragraphs became one", "information")
        return join_runs([Run(run.text.replace("\n", " "), run.style) for run in runs])

    def write_unmapped(self, field: SourceField) -> None:
        shown = fold_blanks(field.text)
        name = field.name.lower()
        if is_placeholder(field.text):
            if shown:
                self.losses.append(Loss("L07", field.name, f"{shown!r} is not a value", "information"))
        elif self.record.source_format == self.syntax.format:
            self.put(find_field(field.name) or "", self.unmapped_text(field), field.name)
        elif place := self.place_here(field.name):
            self.put_unmapped(place, field)
        elif name in ("crossref", "xdata"):
            self.losses.append(link_loss(self.record, field.name, shown))
        elif name in _LINKS:
            self.losses.append(Loss("L02", field.name, f"EndNote has no links between records: {shown}"))
        elif name == "howpublished":
            # Beside a publisher; the place where it would stand is taken.
            self.put("notes", rich_text(shown))
            message = f"moved to a note: {shown}"
            self.losses.append(Loss("L06", field.name, message, "information", self.name_of("notes")))
        else:
            self.losses.append(Loss("L06", field.name, f"EndNote has no field for it: {shown}"))

    def unmapped_text(self, field: SourceField) -> RichText:
        if "\n" in field.text and self.syntax.tagged and find_field(field.name) not in PARAGRAPH_FIELDS:
            self.losses.append(Loss("L13", field.name, "several lines became one", "information"))
            return rich_text(fold_blanks(field.text))
        return rich_text(field.text)

    def place_here(self, name: str) -> str:
        """The field that is the same as an unmapped one of the source; empty where there is none, or it is taken."""
        if self.record.source_format in FAMILY:
            found = find_field(name)
        elif self.record.source_format == "ris" or (self.record.source_format, name) == ("nbib", "AD"):
            found = schema().by_alike.get(name.upper())
        else:
            found = None
        field = schema().fields.get(found or "")
        if field is None or not (field.tag if self.syntax.tagged else field.path):
            return ""
        if field.id in PARAGRAPH_FIELDS or self.syntax.tagged or field.repeat:
            return field.id
        return "" if field.id in self.first else field.id

    def put_unmapped(self, place: str, field: SourceField) -> None:
        """In XML what is in one paragraph of the source is one here, and all of them are one element."""
        text = self.unmapped_text(field)
        if place not in self.first or self.syntax.tagged or place not in PARAGRAPH_FIELDS:
            self.put(place, text)
        else:
            self.losses.append(Loss("L06", field.name, f"one of several paragraphs of `{place}` now", "information"))
            self.more.setdefault(place, []).extend((Run("\n"), *text))

    def check(self) -> None:
        """Read the values again, and report what would not come back."""
        back = read_values(self.syntax.format, TypeName(self.written_type), self.values)
        record = self.record
        self.losses += find_changes(record, back, self.losses, self.written_type)
        if back.key != record.key:
            self.losses.append(
                Loss("L11", "key", f"the citation key {record.key!r} became {back.key!r}", "information")
            )


def find_field(name: str) -> str | None:
    """The id of the field that a tag with its percent sign, or a path, stands for."""
    return schema().by_tag.get(name[1:]) if name.startswith("%") else schema().by_path.get(name)


def _shown(names: tuple[Name, ...]) -> str:
    return "; ".join(name.literal or write_name(name) for name in names if name != OTHERS)


def _whole_date(date: Date) -> str:
    """A date in one field."""
    start = date.start
    if start is not None and start.month is not None and start.month < 13 and date == type(date)(start):
        day = f"-{start.day:02d}" if start.day is not None else ""
        return f"{write_year(date)}-{start.month:02d}{day}"
    detail = write_month_and_day(date)
    if detail and start is not None and date.end is not None and date.end.year != start.year:
        return detail
    return f"{write_year(date)} {detail}".rstrip()
