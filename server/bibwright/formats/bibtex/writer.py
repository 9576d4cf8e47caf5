"""A record to a BibTeX or biblatex entry.

A record that was read from a .bib is written from its own fields (`dialects`), so that nothing in them is rewritten
that need not be; one from any other format, from its variables.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from bibwright.formats.bibtex.dates import MONTHS, fits_year_month, write_edtf, write_year_month
from bibwright.formats.bibtex.dialects import translate_fields, translate_type
from bibwright.formats.bibtex.inheritance import RawField
from bibwright.formats.bibtex.keys import citation_key
from bibwright.formats.bibtex.latex import encode_plain, encode_text, is_balanced
from bibwright.formats.bibtex.names import write_names
from bibwright.formats.bibtex.parser import parse
from bibwright.formats.bibtex.printer import FieldText, braced, print_entry
from bibwright.formats.bibtex.reader import ORDINALS, read_entry, read_fields
from bibwright.formats.bibtex.schema import (
    Dialect,
    canonical_field,
    datatype_of,
    field_name_in,
    fields_to_write,
    schema,
    thesis_kind,
)
from bibwright.formats.format import NoResolver
from bibwright.model.kept import has_kept_line
from bibwright.model.losses import key_field, losses_of, type_field
from bibwright.model.placeholders import is_placeholder
from bibwright.model.record import Loss, Written
from bibwright.model.repositories import Eprint, find_labelled_eprint, find_repository, read_eprint, repository_name
from bibwright.model.rereading import find_changes
from bibwright.model.richtext import RichText, Style, plain_text, rich_text
from bibwright.model.writing import write_variables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bibwright.model.dates import Date
    from bibwright.model.names import Name
    from bibwright.model.record import Record
    from bibwright.model.same_value import Spellings

#: No command of BibTeX, and nothing that could end a type, a key or a name.
_PLAIN_TYPE = re.compile(r"(?!(?:string|preamble|comment)\Z)[A-Za-z]+", re.IGNORECASE)
_PLAIN_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9:_.+/-]*")
_PLAIN_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
#: The place of a field that nobody has printed yet; (0, 0) would be that of an inherited one.
_WRITTEN = (1, 1)
#: What ends the name of a field, or cannot begin it.
_NO_NAME = re.compile(r"[\s\"#%'(),={}]+|^(?=\d)")
_PAGE_RANGE = re.compile(r"([^-,;\s]+)-([^-,;\s]+)")
#: Roles that biblatex expresses as a kind of editor.
_EDITOR_TYPES = {"director": "director", "compiler": "compiler", "organizer": "organizer", "composer": "composer"}
_ORDER = {name: at for at, name in enumerate(schema().fields)}


def write_bibtex(record: Record, line_end: str) -> Written:
    """The record as BibTeX's standard styles know it: `year` and `month`, `journal`, `school`, `address`."""
    return _write(record, line_end, Dialect.BIBTEX)


def write_biblatex(record: Record, line_end: str) -> Written:
    """The record as biblatex knows it: `date`, `journaltitle`, `institution`, `location`."""
    return _write(record, line_end, Dialect.BIBLATEX)


def write_text(record: Record, line_end: str, dialect: Dialect) -> str:
    """The entry alone, for one who does not ask what is lost."""
    return print_entry(*_entry(record, dialect, []), line_end)


def _write(record: Record, line_end: str, dialect: Dialect) -> Written:
    losses: list[Loss] = []
    entry_type, key, fields = _entry(record, dialect, losses)
    text = print_entry(entry_type, key, fields, line_end)
    if record.source_format not in ("bibtex", "biblatex"):
        back = read_plain(entry_type, key, fields)
        losses += _find_changes(record, text, losses) if back is None else _changes(record, back, losses)
    return Written(text, tuple(dict.fromkeys(losses)))


def _entry(record: Record, dialect: Dialect, losses: list[Loss]) -> tuple[str, str, list[FieldText]]:
    """Type, key and fields to be printed; what they cost is added to the losses."""
    key = citation_key(record)
    if record.key and key != record.key:
        losses.append(Loss("L11", key_field(record), f"the citation key {record.key!r} became {key!r}", "information"))
    if record.source_format in ("bibtex", "biblatex") and record.fields:
        entry_type = translate_type(record, dialect, losses)
        fields = translate_fields(record, dialect, losses)
    else:
        writer = _Writer(record, dialect)
        entry_type, fields = writer.write()
        losses += writer.losses
    return entry_type, key, list(_with_valid_names(fields, losses))


def _find_changes(record: Record, text: str, losses: list[Loss]) -> Iterator[Loss]:
    """What would not be read from an entry as it is in the record, and was not told yet."""
    for entry in parse(text).entries:
        yield from _changes(record, read_entry(text, entry, NoResolver()), losses)


def _changes(record: Record, back: Record, losses: list[Loss]) -> Iterator[Loss]:
    return find_changes(record, back, losses, f"@{back.source_type}", _spellings())


def read_plain(entry_type: str, key: str, fields: list[FieldText]) -> Record | None:
    """The record that would be read from the printed entry; None where a look at its parts does not tell.

    They tell it where type, key and names hold nothing that could end them, and each value is one line in braces, a
    number or a month. Then there is nothing that printing and parsing could change.
    """
    if not _PLAIN_TYPE.fullmatch(entry_type) or not _PLAIN_KEY.fullmatch(key):
        return None
    raw: list[RawField] = []
    for name, value in fields:
        if not _PLAIN_NAME.fullmatch(name) or "\n" in value or "\r" in value:
            return None
        if value[:1] == "{" and value[-1:] == "}" and is_balanced(value[1:-1]):
            text = value[1:-1]
        elif value in MONTHS or (value.isascii() and value.isdecimal()):
            text = value
        else:
            return None
        raw.append(RawField(canonical_field(name), name, text, _WRITTEN))
    return read_fields(entry_type, key, raw)


@cache
def _spellings() -> Spellings:
    """The words that stand for one language, edition or kind of thesis."""
    return {
        "language": schema().languages,
        "genre": {key: shown.lower() for key, shown in schema().kinds.items()},
        "edition": {word.lower(): str(number) for number, word in enumerate(ORDINALS, 1)},
    }


def _with_valid_names(fields: list[FieldText], losses: list[Loss]) -> Iterator[FieldText]:
    """The fields, names that no program reads (`funding_text 1`) changed to such as all do."""
    taken = {field.name.lower() for field in fields}
    for field in fields:
        name = field.name
        if _NO_NAME.search(name):
            name = _NO_NAME.sub("_", name)
            while name.lower() in taken:
                name += "_"
            taken.add(name.lower())
            losses.append(Loss("L11", field.name, f"no field can be called {field.name!r}", "information", name))
        yield FieldText(name, field.value)


class _Writer:
    """The fields of one entry, from the variables of a record, and what was lost."""

    def __init__(self, record: Record, dialect: Dialect) -> None:
        self.record = record
        self.dialect = dialect
        self.type = entry_type_of(record, dialect)
        self.places = fields_to_write(self.type)
        #: By canonical name.
        self.values: dict[str, str] = {}
        self.notes: list[str] = []
        #: Lines that fields of another format travel in: each is a paragraph, behind the notes.
        self.kept: list[str] = []
        self.losses: list[Loss] = []

    def write(self) -> tuple[str, list[FieldText]]:
        """The entry type, and the fields in the schema's order."""
        record = self.record
        write_variables(record, self)
        if self.type == "inbook" and "title" not in record.texts and "booktitle" in self.values:
            # BibTeX's own `inbook`: a part without a title, of the book that `title` names.
            self.values["title"] = self.values.pop("booktitle")
        if self.notes or self.kept:
            notes = ["; ".join(self.notes)] if self.notes else []
            if "note" in record.texts and len(self.notes) > 1:
                # A tag that holds nothing but what moved here is found again in part.
                self.report("L08", "note", "what moved to the note stands beside it", "information")
            self.values["note"] = braced("\n\n".join(notes + self.kept))
        if record.type in ("article-magazine", "article-newspaper") and self.dialect is Dialect.BIBLATEX:
            self.values["entrysubtype"] = braced(record.type.removeprefix("article-"))
        for field in record.fields:
            if not field.variables:
                self.report_unmapped(field.name, field.text)
        name_in = {name: field_name_in(name, self.type, self.dialect) for name in self.values}
        fields = [
            FieldText(name_in[name], self.values[name])
            for name in sorted(self.values, key=lambda name: _ORDER.get(name, len(_ORDER)))
        ]
        return self.type_name(), fields

    def type_name(self) -> str:
        known = schema().types[self.type]
        if self.dialect is Dialect.BIBLATEX:
            return self.type
        if self.type == "thesis" and thesis_kind(self.record.text("genre")) == "mathesis":
            return "mastersthesis"
        name = known.bibtex or self.type
        if name == "misc" and self.type != "misc":
            message = f"BibTeX has no type for {known.help[0].lower()}{known.help[1:-1]}: `misc`"
            self.losses.append(Loss("L09", type_field(self.record), message, "information"))
        return name

    def report(self, code: str, variable: str, message: str, severity: str = "warning", to: str = "") -> None:
        self.losses += losses_of(self.record, variable, code, message, severity=severity, to=to)

    def put(self, variable: str, value: str) -> bool:
        """Write a variable to its field; tell whether it has one that is free."""
        name = self.places.get(variable)
        if name is None or name in self.values:
            return False
        self.values[name] = value
        known = schema().fields[name]
        if self.dialect is Dialect.BIBTEX and known.only is Dialect.BIBLATEX:
            self.report("L09", variable, f"the standard styles of BibTeX do not print `{name}`", "information")
        return True

    def write_names(self, variable: str, names: tuple[Name, ...]) -> None:
        text = write_names(names)
        if variable == "organizer" and all(name.literal for name in names):
            text = " and ".join(encode_plain(name.literal) for name in names)
        if self.put(variable, braced(text)):
            return
        if variable in _EDITOR_TYPES and "editor" not in self.record.names:
            self.values["editor"] = braced(text)
            self.values["editortype"] = braced(_EDITOR_TYPES[variable])
        else:
            self.report("L07", variable, f"no field of @{self.type} holds this name list: {text}")

    def write_date(self, variable: str, date: Date) -> None:
        if variable != "issued":
            if not self.put(variable, braced(write_edtf(date))):
                self.report("L07", variable, f"no field of @{self.type} holds the date {write_edtf(date)}")
        elif self.dialect is Dialect.BIBLATEX and date.start is not None:
            self.values["date"] = braced(write_edtf(date))
        else:
            year, month = write_year_month(date)
            self.values["year"] = braced(encode_plain(year))
            if month:
                self.values["month"] = month
            if not fits_year_month(date):
                message = f"BibTeX cannot say all of the date {write_edtf(date)}"
                self.report("L09", variable, message)

    def write_texts(self, variable: str, values: tuple[RichText, ...]) -> None:
        match variable:
            case "keyword":
                # A comma inside a keyword would end it.
                words = [encode_text(value) for value in values]
                self.values["keywords"] = braced(", ".join(braced(word) if "," in word else word for word in words))
            case "note":
                first = next((at for at, value in enumerate(values) if has_kept_line(plain_text(value))), len(values))
                own = values[:first]
                self.kept = [encode_text(value) for value in values[first:]]
                self.notes = [encode_text(value) for value in own] + self.notes
                if len(own) > 1:
                    self.report("L08", variable, "several notes became one", "information")
            case "URL":
                self.put(variable, braced(_verbatim(values[0])))
                if len(values) > 1:
                    self.notes += [f"\\url{{{_verbatim(value)}}}" for value in values[1:]]
                    message = "all web addresses but the first moved to `note`"
                    self.report("L08", variable, message, "information", "note")
            case "genre" if self.type == "thesis":
                self.write_thesis_kind(plain_text(values[0]))
            case "issue" if self.dialect is Dialect.BIBTEX and self.number_is_free():
                # BibTeX has one field for all numbers.
                self.values["number"] = braced(encode_text(values[0]))
            case "archive" if "archive_location" in self.record.texts and self.eprint() is not None:
                self.report("L12", variable, "moved to `eprinttype`", "information", "eprinttype")
            case "archive_location" | "number" if (eprint := self.eprint()) is not None and eprint[0] == variable:
                self.write_eprint(*eprint)
            case "language" if self.dialect is Dialect.BIBLATEX and plain_text(values[0]) in _language_names():
                # `language` is printed beside the title, which nobody asked for.
                self.values["langid"] = braced(_language_names()[plain_text(values[0])])
            case "status" if self.dialect is Dialect.BIBTEX:
                self.notes.append(encode_text(values[0]))
                self.report("L09", variable, "moved to `note`", "information", "note")
            case "citation-key" if plain_text(values[0]) == self.record.key:
                return
            case _:
                self.write_text(variable, values)

    def eprint(self) -> tuple[str, Eprint] | None:
        """The id in a repository that another format has no field of its own for, and the variable that holds it."""
        record = self.record
        if "eprint" in record.texts:
            return None
        if repository := find_repository(record.text("archive")):
            place = read_eprint(record.text("archive_location"))
            return ("archive_location", place._replace(repository=repository)) if place.id else None
        found = find_labelled_eprint(record.text("number"))
        return ("number", found) if found is not None else None

    def write_eprint(self, variable: str, eprint: Eprint) -> None:
        parts = {"eprint": eprint.id, "eprinttype": eprint.repository, "eprintclass": eprint.section}
        if self.dialect is Dialect.BIBTEX:
            parts["eprinttype"] = repository_name(eprint.repository)
        self.values |= {name: braced(_verbatim(rich_text(text))) for name, text in parts.items() if text}
        self.report("L12", variable, "moved to `eprint`", "information", "eprint")

    def number_is_free(self) -> bool:
        others = ("number", "collection-number")
        return not any(self.places.get(other) == "number" and other in self.record.texts for other in others)

    def write_text(self, variable: str, values: tuple[RichText, ...]) -> None:
        name = self.places.get(variable, "")
        if datatype_of(name) == "verbatim":
            value = ";".join(_verbatim(value) for value in values)
        else:
            value = ", ".join(encode_text(self.shaped(variable, value)) for value in values)
        if not self.put(variable, braced(value)):
            code = "L07" if self.record.source_format == "ris" else "L12"
            shown = "; ".join(plain_text(value) for value in values)
            self.report(code, variable, f"no field of @{self.type} holds it: {shown}")
            return
        if len(values) > 1:
            self.report("L08", variable, f"several values became one in `{name}`", "information")
        if any(Style.VERBATIM in run.style for value in values for run in value):
            self.report("L13", variable, "LaTeX that could not be decoded is kept as written", "information")

    def shaped(self, variable: str, value: RichText) -> RichText:
        """Values that each dialect spells in its own way."""
        text = plain_text(value)
        match variable:
            case "page":
                # Where an en dash is the sign of the range, hyphens are parts of the pages.
                return rich_text("".join(_write_page_range(part) for part in re.split("([,;])", text)))
            case "edition" if self.dialect is Dialect.BIBTEX and text.isdecimal() and 1 <= int(text) <= len(ORDINALS):
                return rich_text(ORDINALS[int(text) - 1])
            case "language":
                return rich_text(_language_names().get(text, text))
            case "genre":
                keys = {shown: key for key, shown in schema().kinds.items()}
                return rich_text(keys.get(text, text) if self.dialect is Dialect.BIBLATEX else text)
        return value

    def write_thesis_kind(self, genre: str) -> None:
        """`type` holds the kind; in BibTeX the entry type says it where it is one of the two that it has."""
        kind = thesis_kind(genre)
        usual = genre == schema().kinds.get(kind)
        if self.dialect is Dialect.BIBLATEX:
            self.values["type"] = braced(kind if usual else encode_plain(genre))
        elif not usual or kind not in ("phdthesis", "mathesis"):
            self.values["type"] = braced(encode_plain(genre))

    def report_unmapped(self, name: str, text: str) -> None:
        if is_placeholder(text):
            if text.strip():
                self.losses.append(Loss("L07", name, f"{text.strip()!r} is not a value", "information"))
            return
        shown = " ".join(text.split())
        self.losses.append(Loss("L07", name, f"no field of @{self.type} holds it: {shown}"))


def entry_type_of(record: Record, dialect: Dialect) -> str:
    """The biblatex type for a record."""
    match record.type:
        case "book" if record.source_type.upper() in ("CONF", "CPAPER"):
            return "proceedings"
        case "book" if "editor" in record.names and "author" not in record.names:
            return "collection"
        case "chapter" if "title" not in record.texts:
            return "inbook"
        case "chapter" if "editor" not in record.names and dialect is Dialect.BIBLATEX:
            return "inbook"
    return schema().type_of_csl.get(record.type, "misc")


@cache
def _language_names() -> dict[str, str]:
    """The babel name to write for each language code."""
    return {code: name for name, code in reversed(schema().languages.items())}


def _write_page_range(text: str) -> str:
    return text.replace("–", "--") if "–" in text else _PAGE_RANGE.sub(r"\1--\2", text)


def _verbatim(value: RichText) -> str:
    """A value that is written without escapes: only lone braces must not stand in it."""
    text = plain_text(value)
    return text if is_balanced(text) else text.replace("{", "%7B").replace("}", "%7D")
