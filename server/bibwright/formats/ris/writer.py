"""A record to RIS: one value a tag, in the order that other programs write them.

What has no tag is reported, field by field. Tags of a RIS source that fill no variable are written as they came.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bibwright.formats.ris.dates import other_information, write_date, write_year
from bibwright.formats.ris.reader import RawField, fold_blanks, read_fields
from bibwright.formats.ris.schema import REFERENCE_TYPES, REPEATABLE_TAGS, meaning_of, schema, tags_to_write
from bibwright.model.losses import key_field, link_loss, losses_of, lost_value_losses
from bibwright.model.names import OTHERS, Name
from bibwright.model.placeholders import is_placeholder
from bibwright.model.record import Loss, Written
from bibwright.model.rereading import find_changes
from bibwright.model.richtext import RichText, Style, plain_text
from bibwright.model.writing import write_variables

if TYPE_CHECKING:
    from bibwright.model.dates import Date
    from bibwright.model.record import Record, SourceField

_ORDER = [
    "TY",
    "ID",
    "TI",
    "ST",
    "AU",
    "A2",
    "A3",
    "A4",
    "T2",
    "C3",
    "T3",
    "J2",
    "PY",
    "DA",
    "VL",
    "IS",
    "M1",
    "SV",
    "NV",
    "SP",
    "EP",
    "SE",
    "C7",
    "ET",
    "CY",
    "C1",
    "PB",
    "SN",
    "DO",
    "UR",
    "AB",
    "KW",
    "N1",
    "RN",
    "LA",
    "M3",
    "Y2",
    "L1",
]
_PLACES = {tag: at for at, tag in enumerate(_ORDER)}
_SAFE_RANGE = re.compile(r"\s*(\d+|[ivxlcdm]+)\s*-\s*(\d+|[ivxlcdm]+)\s*|\s*([^-–]+?)\s*(?:--|–)\s*([^-–]+?)\s*", re.I)
#: Variables without a tag that go to a note rather than being lost.
_TO_NOTE = frozenset(("status",))
_LINKS = frozenset(("crossref", "xdata", "xref", "related", "entryset", "ids", "relatedtype"))


def write_record(record: Record, line_end: str) -> Written:
    """The record from `TY` to `ER` and a blank line, and what RIS could not hold."""
    writer = _Writer(record)
    writer.write()
    writer.check()
    return Written(writer.text(line_end), tuple(dict.fromkeys(writer.losses)))


def write_text(record: Record, line_end: str) -> str:
    """As `write_record`, for one who does not ask what RIS could not hold."""
    writer = _Writer(record)
    writer.write()
    return writer.text(line_end)


def reference_type(record: Record) -> str:
    """The type as the source has it, if that was RIS; else that of the CSL type."""
    written = record.source_type.upper()
    if record.source_format == "ris" and written in REFERENCE_TYPES:
        return written
    for choice in schema().choices:
        has = choice.names in record.names or (choice.source and choice.source == record.source_type.lower())
        if choice.csl == record.type and has:
            return choice.type
    return schema().type_of_csl.get(record.type, "GEN")


def write_name(name: Name) -> str:
    """`Family, Given, Suffix`, a particle before the family name."""
    if name.literal:
        return name.literal
    family = f"{name.particle} {name.family}" if name.particle else name.family
    if name.suffix:
        return f"{family}, {name.given}, {name.suffix}"
    return f"{family}, {name.given}" if name.given else family


class _Writer:
    """The tags of one record, and its losses."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.type = reference_type(record)
        self.tags = dict(tags_to_write(self.type))
        if "event-title" not in record.texts and self.tags.get("event-title") == "T2":
            # Only where the event has a name of its own does the book's title make room for it.
            self.tags["container-title"] = "T2"
        self.lines: list[tuple[str, str]] = []
        self.holders: dict[str, str] = {}
        self.losses: list[Loss] = []

    def write(self) -> None:
        record = self.record
        self.lines.append(("TY", self.type))
        if key := fold_blanks(record.key):
            self.lines.append(("ID", key))
            if key != record.key:
                self.losses.append(
                    Loss("L11", key_field(record), f"the citation key {record.key!r} became {key!r}", "information")
                )
        write_variables(record, self)
        for field in record.fields:
            if not field.variables:
                self.write_unmapped(field)

    def text(self, line_end: str) -> str:
        """The lines, `ER` and a blank line."""
        return line_end.join((*(f"{tag}  - {value}" for tag, value in self.ordered()), "ER  - ", "", ""))

    def ordered(self) -> list[tuple[str, str]]:
        """The lines in the order of writing; tags that it does not name at the end."""
        return sorted(self.lines, key=lambda line: _PLACES.get(line[0], len(_PLACES)))

    def check(self) -> None:
        """Read the lines again, and report what would not come back and was not told yet."""
        lines = [RawField(tag, tag, value, (0, 0)) for tag, value in self.ordered()[1:]]
        back = read_fields(self.type, self.record.key, lines)
        self.losses += find_changes(self.record, back, self.losses, self.type)

    def report(self, code: str, variable: str, message: str, severity: str = "warning", to: str = "") -> None:
        self.losses += losses_of(self.record, variable, code, message, severity=severity, to=to)

    def tag_for(self, variable: str) -> str | None:
        """The tag of a variable, unless another variable holds it already."""
        tag = self.tags.get(variable)
        if tag is None or self.holders.setdefault(tag, variable) != variable:
            return None
        return tag

    def write_names(self, variable: str, names: tuple[Name, ...]) -> None:
        tag = self.tag_for(variable)
        if tag is None and variable == "organizer":
            self.write_organizer(names)
            return
        if tag is None:
            shown = "; ".join(write_name(name) for name in names)
            self.report("L04", variable, f"no tag of {self.type} holds this name list: {shown}")
            return
        for name in names:
            if name == OTHERS:
                self.report("L04", variable, "RIS cannot say that more names follow (`others`)")
                continue
            if "," in name.literal or "," in name.family:
                message = f"the comma in {write_name(name)!r} will be read as that between family and given name"
                self.report("L14", variable, message, "information")
            if name.particle:
                message = f"the particle {name.particle!r} is now part of the family name"
                self.report("L04", variable, message, "information")
            self.lines.append((tag, write_name(name)))

    def write_organizer(self, names: tuple[Name, ...]) -> None:
        """Who held a conference stands for its publisher where there is none, as in BibTeX; else in a note."""
        shown = "; ".join(write_name(name) for name in names if name != OTHERS)
        if "publisher" not in self.record.texts and self.tags.get("publisher") == "PB":
            self.lines.append(("PB", shown))
            self.report("L04", "organizer", f"written as the publisher: {shown}", "information", "PB")
        else:
            self.lines.append(("N1", f"Organizer: {shown}"))
            self.report("L04", "organizer", f"moved to a note: {shown}", "information", "N1")

    def write_date(self, variable: str, date: Date) -> None:
        if variable == "issued":
            self.lines.append(("PY", self.date_as_written(variable, "PY", "Y1") or write_year(date)))
            is_range = date.end is not None or date.open_end
            exact = date.start is not None and (date.start.month is not None or is_range)
            meaning = meaning_of("DA", self.type)
            if exact and meaning is not None and meaning.variable == "issued":
                self.lines.append(("DA", self.date_as_written(variable, "DA") or write_date(date)))
            elif exact:
                self.report("L05", variable, f"{self.type} has a tag for the year alone")
        elif (tag := self.tag_for(variable)) is not None:
            self.lines.append((tag, self.date_as_written(variable, tag) or write_date(date)))
        else:
            self.report("L06", variable, f"no tag of {self.type} holds the date {write_date(date)!r}")
            return
        if date.end is not None or date.open_end:
            message = "RIS has no ranges of dates: the end stands behind the third slash"
            self.report("L05", variable, message, "information")
        if date.circa or date.uncertain:
            self.report("L05", variable, "RIS cannot say that a date is uncertain")
        written = {value for tag, value in self.lines}
        for field in self.record.fields:
            if variable in field.variables and other_information(field.text) and fold_blanks(field.text) not in written:
                self.losses.append(Loss("L08", field.name, "what stands behind the date's third slash is left out"))

    def date_as_written(self, variable: str, *tags: str) -> str:
        """The text of a RIS source where more than a date stands in it: a time, or what the date is of."""
        for field in self.record.fields if self.record.source_format == "ris" else ():
            if field.name.upper() in tags and variable in field.variables and other_information(field.text):
                return fold_blanks(field.text)
        return ""

    def write_texts(self, variable: str, values: tuple[RichText, ...]) -> None:
        texts = [self.flat(variable, value) for value in values]
        match variable:
            case "page":
                self.write_pages(texts[0])
            case "number-of-pages" if self.tags.get(variable) == "SP" and "page" in self.record.texts:
                self.report("L06", variable, f"`SP` holds the pages, so the number of pages is lost: {texts[0]}")
            case "eprint":
                repository = self.record.text("eprinttype")
                self.lines += [("AN", texts[0])] + ([("DB", repository)] if repository else [])
            case "eprinttype" if "eprint" in self.record.texts:
                return
            case "language" if self.record.source_format == "ris":
                # The word that was read as a tag of BCP 47.
                fields = (field for field in self.record.fields if variable in field.variables)
                self.lines += [("LA", fold_blanks(field.text)) for field in fields]
            case "PMID" if "eprint" not in self.record.texts:
                self.lines += [("AN", texts[0]), ("DB", "PubMed")]
            case "PMID":
                self.report("L06", variable, f"`AN` holds the eprint's number, so this one is lost: {texts[0]}")
            case "citation-key" if texts[0] == self.record.key:
                return
            case _:
                self.write_tag(variable, texts)

    def write_tag(self, variable: str, texts: list[str]) -> None:
        tag = self.tag_for(variable)
        if tag is None and variable in ("ISSN", "ISBN"):
            tag = "SN"
        if tag is None and variable in _TO_NOTE:
            self.lines += [("N1", text) for text in texts]
            self.report("L06", variable, f"moved to a note: {'; '.join(texts)}", "information", "N1")
        elif tag is None and variable == "container-title" and texts[0] == self.record.text("title"):
            self.report("L06", variable, "the same as the title", "information")
        elif tag is None:
            self.report("L06", variable, f"no tag of {self.type} holds it: {'; '.join(texts)}")
        elif tag in REPEATABLE_TAGS:
            self.lines += [(tag, text) for text in texts]
        else:
            self.lines.append((tag, texts[0]))
            for text in texts[1:]:
                self.losses += lost_value_losses(self.record, variable, "L06", f"`{tag}`", text)

    def write_pages(self, pages: str) -> None:
        """`SP` and `EP`, split only where it is certain that the sign between them is that of a range."""
        match = _SAFE_RANGE.fullmatch(pages)
        meaning = meaning_of("SP", self.type)
        if match is not None:
            first, last = (match[1], match[2]) if match[1] else (match[3], match[4])
            self.lines += [("SP", first), ("EP", last)]
            if first == last:
                self.report("L06", "page", f"the range {pages} is read as one page", "information")
        elif meaning is not None and meaning.variable != "page":
            self.lines += [("SP", pages), ("EP", pages)]  # `SP` alone would be the number of pages
        else:
            self.lines.append(("SP", pages))

    def flat(self, variable: str, value: RichText) -> str:
        """The value as one line of plain text, with a report of what that costs."""
        styles = Style.NONE
        for run in value:
            if run.style is not Style.NONE:  # nearly all text has none, and sets of them are slow
                styles |= run.style
        if styles is not Style.NONE and styles & ~(Style.VERBATIM | Style.NOCASE):
            self.report("L03", variable, "RIS has no markup: italics and the like are gone", "information")
        if styles is not Style.NONE and Style.NOCASE in styles:
            self.report("L03", variable, "RIS cannot protect capitals", "information")
        if styles is not Style.NONE and Style.VERBATIM in styles:
            self.report("L13", variable, "LaTeX that could not be decoded is kept as written", "information")
        text = plain_text(value)
        if "\n" in text:
            count = text.count("\n") + 1
            self.report("L13", variable, f"{count} paragraphs became one", "information")
        return fold_blanks(text)

    def write_unmapped(self, field: SourceField) -> None:
        if is_placeholder(field.text):
            if field.text.strip():
                message = f"{field.text.strip()!r} is not a value"
                self.losses.append(Loss("L07", field.name, message, "information"))
        elif self.record.source_format == "ris":
            flattened = fold_blanks(field.text)
            self.lines.append((field.name.upper(), flattened))
            if "\n" in field.text:
                self.losses.append(Loss("L13", field.name, "paragraphs became one", "information"))
        elif (self.record.source_format, field.name) == ("nbib", "AD"):
            self.lines.append(("AD", fold_blanks(field.text)))  # the authors' address in both
        elif field.name.lower() in ("crossref", "xdata"):
            self.losses.append(link_loss(self.record, field.name, field.text.strip()))
        elif field.name.lower() in _LINKS:
            self.losses.append(Loss("L02", field.name, f"RIS has no links between records: {field.text}"))
        elif field.name.lower() == "howpublished":
            # Beside a publisher; the place where it would stand is taken.
            shown = fold_blanks(field.text)
            self.lines.append(("N1", shown))
            self.losses.append(Loss("L06", field.name, f"moved to a note: {shown}", "information", "N1"))
        else:
            shown = fold_blanks(field.text)
            self.losses.append(Loss("L06", field.name, f"RIS has no tag for it: {shown}"))
