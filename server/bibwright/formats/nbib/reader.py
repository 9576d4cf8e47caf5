"""A MEDLINE record to a record of the model.

Most names stand there twice, in full and with initials: they are one author. What is said twice (the abbreviated name
of the journal, the DOI as two kinds of id) fills one variable; what has none lives on as a field.
"""

from __future__ import annotations

import re

from bibwright.formats.nbib.lines import Lines
from bibwright.formats.nbib.names import read_full_name, read_short_name
from bibwright.formats.nbib.schema import PublicationType, Tag, schema
from bibwright.model.dates import Date
from bibwright.model.identifiers import find_doi
from bibwright.model.names import Name
from bibwright.model.placeholders import is_placeholder, is_placeholder_name
from bibwright.model.record import Record, SourceField
from bibwright.model.richtext import RichText, rich_text
from bibwright.model.vocabulary import DATE_VARIABLES, NAME_VARIABLES, TITLE_VARIABLES
from bibwright.model.written_dates import read_written_date

#: The kind of an identifier, behind it.
_KIND = re.compile(r"\s*\[([\w .-]{1,30})\]\s*\Z")
_NUMBER_LABEL = re.compile(r"\AIS[BS]N[:\s-]*", re.IGNORECASE)
_ANNOTATION = re.compile(r"\s*\([^()]{0,60}\)")
_RANGE = re.compile(r"([A-Za-z]{0,3})(\d{1,9})-(\d{1,9})", re.ASCII)
#: Variables that take as many values as there are.
_SEVERAL = frozenset(("keyword", "note", "ISSN", "ISBN", "URL", "language"))
_NO_TAG = Tag("")


def read_lines(lines: Lines) -> Record:
    """The record of some tag lines; the places of its fields count from the beginning of the text."""
    reading = _Reading(lines)
    reading.read_all()
    return Record(
        type=reading.csl_type,
        names={variable: tuple(names) for variable, names in reading.names.items()},
        dates=reading.dates,
        texts={variable: tuple(values) for variable, values in reading.texts.items()},
        source_format="nbib",
        source_type=reading.written_type,
        fields=tuple(
            SourceField(line.tag, line.text, line.span, tuple(reading.filled[at]))
            for at, line in enumerate(lines.fields)
        ),
    )


def full_pages(text: str) -> str:
    """The pages with the last ones written out: `454-81` is `454-481`."""
    return ", ".join(_full_range(part.strip()) for part in text.split(","))


def _full_range(text: str) -> str:
    match = _RANGE.fullmatch(text)
    if match is None or len(match[3]) >= len(match[2]):
        return text
    prefix, first, last = match.groups()
    return f"{prefix}{first}-{prefix}{first[: len(first) - len(last)]}{last}"


class _Reading:
    """A record in the making."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines.fields
        #: The variables that each line filled, by its place.
        self.filled: list[list[str]] = [[] for _ in lines.fields]
        self.names: dict[str, list[Name]] = {}
        self.dates: dict[str, Date] = {}
        self.texts: dict[str, list[RichText]] = {}
        #: The values of each variable in lower case: comparing with all of them would cost too much.
        self.known: dict[str, set[str]] = {}
        self.places: dict[str, list[int]] = {}
        for at, line in enumerate(lines.fields):
            if not self.says_nothing(line.tag, line.text):
                self.places.setdefault(line.tag, []).append(at)
        self.has_journal = "JT" in self.places or "TA" in self.places
        self.written_type = self.lines[self.places["PT"][0]].text if "PT" in self.places else ""
        self.csl_type = self.find_type()

    def read_all(self) -> None:
        self.read_names()
        for tag, meaning in schema().tags.items():
            if meaning.variable and meaning.variable not in NAME_VARIABLES:
                for at in self.places.get(tag, ()):
                    self.read(tag, meaning.variable, at)
        for at in self.places.get("TA", ()):
            if not self.filled[at]:
                self.fill(at, "container-title-short", self.lines[at].text)

    def says_nothing(self, tag: str, text: str) -> bool:
        """Whether a program had nothing to write here, and wrote a word for it."""
        variable = schema().tags.get(tag, _NO_TAG).variable
        if variable in NAME_VARIABLES or variable in TITLE_VARIABLES:
            return is_placeholder_name(text)
        return is_placeholder(text)

    def find_type(self) -> str:
        """The type that the first publication type of the table decides; else that of a part of a journal or a book."""
        given = {self.lines[at].text.lower(): at for at in reversed(self.places.get("PT", []))}
        for known in schema().types:
            at = given.get(known.publication.lower())
            if at is not None and not (known.apart and self.has_journal):
                return self.take_type(known, at)
        if "BTI" in self.places and not self.has_journal:
            return "chapter" if "TI" in self.places else "book"
        if (at := given.get("journal article")) is not None:
            self.filled[at].append("type")
            self.written_type = self.lines[at].text
        return "article-journal"

    def take_type(self, known: PublicationType, at: int) -> str:
        self.written_type = self.lines[at].text
        self.filled[at].append("genre" if known.genre else "type")
        if known.genre:
            self.texts["genre"] = [rich_text(self.lines[at].text)]
        if known.csl == "book" and "BTI" in self.places and "TI" in self.places:
            return "chapter"
        return known.csl

    def read_names(self) -> None:
        """Each name once, in the order of the lines: the one with initials behind the one in full is the same."""
        entire = ""
        for at, line in enumerate(self.lines):
            tag = schema().tags.get(line.tag, _NO_TAG)
            if tag.variable not in NAME_VARIABLES or self.says_nothing(line.tag, line.text):
                continue
            self.filled[at].append(tag.variable)
            names = self.names.setdefault(tag.variable, [])
            if line.tag == "CN":
                names.append(Name(literal=line.text))
            elif tag.entire:
                names.append(read_full_name(line.text))
            elif entire != tag.variable:
                names.append(read_short_name(line.text))
            entire = tag.variable if tag.entire else ""

    def read(self, tag: str, variable: str, at: int) -> None:
        text = self.lines[at].text
        match tag:
            case "TI" | "BTI" if tag == "BTI" and "TI" not in self.places:
                self.fill(at, "title", text)
            case "LID" | "AID":
                self.read_identifier(at, text)
            case "IS" | "ISBN":
                self.read_number(at, text)
            case "PG":
                self.fill(at, variable, full_pages(text))
            case "MH" | "OT" | "KW":
                self.fill(at, variable, text.replace("*", "").strip())
            case "LA":
                self.read_language(at, text)
            case "PL" if self.has_journal:
                # The country of a journal is no place of publication that anyone would print.
                return
            case "PMC":
                self.fill(at, variable, _KIND.sub("", text))
            case _ if variable in DATE_VARIABLES:
                self.read_date(at, variable, text)
            case _:
                self.fill(at, variable, text)

    def fill(self, at: int, variable: str, text: str) -> bool:
        """Add a value to a variable that takes several, or fill it if it is free or has this value; tell whether."""
        known = self.known.setdefault(variable, set())
        if known and text.lower() not in known and variable not in _SEVERAL:
            return False
        if text.lower() not in known:
            known.add(text.lower())
            self.texts.setdefault(variable, []).append(rich_text(text))
        if variable not in self.filled[at]:
            self.filled[at].append(variable)
        return True

    def read_identifier(self, at: int, text: str) -> None:
        kind = _KIND.search(text)
        value = text[: kind.start()] if kind is not None else text
        doi = find_doi(value)
        if doi is not None and (kind is None or kind[1].lower() == "doi"):
            self.fill(at, "DOI", doi)
        elif value.startswith(("http://", "https://")):
            self.fill(at, "URL", value)

    def read_number(self, at: int, text: str) -> None:
        from stdnum import isbn, issn

        number = _ANNOTATION.sub("", _NUMBER_LABEL.sub("", text)).strip()
        if isbn.is_valid(number) or self.lines[at].tag == "ISBN":
            self.fill(at, "ISBN", number)
        elif issn.is_valid(number) or re.fullmatch(r"\d{4}-?\d{3}[\dXx]", number, re.ASCII):
            self.fill(at, "ISSN", number)

    def read_language(self, at: int, text: str) -> None:
        code = text.lower()
        if code not in ("und", "mul"):
            self.fill(at, "language", schema().languages.get(code, text))

    def read_date(self, at: int, variable: str, text: str) -> None:
        if variable in self.dates:
            return
        self.dates[variable] = read_written_date(text)
        self.filled[at].append(variable)
