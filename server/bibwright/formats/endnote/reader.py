"""The values of an EndNote record, tagged or XML, to a record of the model.

Where several fields can hold one variable, the order of the schema decides; a second, different value goes to the
schema's fallback, or stays unmapped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from bibwright.formats.endnote.names import read_name
from bibwright.formats.endnote.schema import ReferenceType, find_type, meaning_of, schema
from bibwright.model.dates import Date
from bibwright.model.identifiers import find_doi
from bibwright.model.meanings import Meaning
from bibwright.model.names import Name
from bibwright.model.placeholders import is_placeholder, is_placeholder_name
from bibwright.model.record import Record, SourceField
from bibwright.model.richtext import RichText, Run, plain_text, rich_text
from bibwright.model.vocabulary import DATE_VARIABLES, NAME_VARIABLES, TITLE_VARIABLES
from bibwright.model.written_dates import find_date, read_written_date

#: Fields whose line ends are those of paragraphs.
PARAGRAPH_FIELDS = frozenset(("abstract", "notes", "research-notes", "auth-address", "caption"))
#: Fields of which each line is a value.
LINE_FIELDS = frozenset(
    ("keywords", "related-urls", "web-urls", "text-urls", "pdf-urls", "image-urls", "isbn", "language")
)
#: Databases whose accession numbers are eprint ids in biblatex.
REPOSITORIES = frozenset(("arxiv", "biorxiv", "googlebooks", "hal", "hdl", "jstor", "medrxiv", "ssrn"))
_PUBMED = frozenset(("pubmed", "medline", "nlm", "pmid"))
_SEVERAL = frozenset(("note", "annote", "file", "language", "URL", "keyword", "ISSN", "ISBN"))
_ANNOTATION = re.compile(r"\s*\([^()]{0,60}\)")
_ISSN = re.compile(r"\d{4}[-‐–]?\d{3}[\dXx]")
#: What stands before a number that says itself what it is.
_NUMBER_LABEL = re.compile(r"\b[ep]?-?IS[BS]N(?:-1[03])?(?: ?: ?| )(?=[\dX])", re.IGNORECASE)
_NUMBERS = re.compile(r"[;,\n] ?| (?=\d)")
_DASH = re.compile(r" ?(?:--++|–|—|-) ?")
_RANGE = re.compile(r"\d{1,6} ?[-–] ?\d{1,6}", re.ASCII)
#: Ranges whose dashes can be no part of a number.
_RANGES = re.compile(
    r"(?:\d++|[ivxlcdm]++)(?: ?(?:--++|–|—|-) ?(?:\d++|[ivxlcdm]++))?"
    r"(?:[,;] ?(?:\d++|[ivxlcdm]++)(?: ?(?:--++|–|—|-) ?(?:\d++|[ivxlcdm]++))?)*+"
)
#: Blanks of ASCII and what some program takes for a line end. A no-break space or an ideographic one is text.
BLANKS = re.compile(r"[\t-\r\x1c-\x20\x85\u2028\u2029]+")


class Value(NamedTuple):
    """A value of the source: the id of its field ("" for none that EndNote has), its name and place there."""

    field: str
    name: str
    text: RichText
    span: tuple[int, int] = (0, 0)


class TypeName(NamedTuple):
    """A reference type as written: its name, and its number in XML."""

    name: str
    number: str = ""


def read_values(source_format: str, written: TypeName, values: Sequence[Value]) -> Record:
    """The record of the values; those of the field `type` say what the reference type is."""
    known = find_type(written.name, written.number)
    reading = _Reading(known, values)
    reading.read_all()
    return Record(
        type=reading.csl_type(),
        key=reading.key,
        names={variable: tuple(names) for variable, names in reading.names.items()},
        dates=reading.dates,
        texts={variable: tuple(found) for variable, found in reading.texts.items()},
        source_format=source_format,
        source_type=written.name or (known.name if known is not None else ""),
        fields=tuple(
            SourceField(value.name, plain_text(value.text), value.span, tuple(reading.filled[at]))
            for at, value in enumerate(values)
        ),
    )


def is_wrapped(lines: Sequence[str]) -> bool:
    """Whether lines are one text broken at some width: all but the last nearly equally long, none a paragraph's."""
    widths = [len(line) for line in lines[:-1]]
    if not widths or max(widths) > 130 or max(widths) - min(widths) > 16 or len(lines[-1]) > max(widths) + 16:
        return False
    return any(not line.endswith((".", "!", "?", ":")) for line in lines[:-1])


def with_hyphens(pages: str) -> str:
    """Pages with one hyphen in each range, whatever dash stood there; numbers with dashes of their own as they are."""
    pages = fold_blanks(pages)
    return _DASH.sub("-", pages) if _RANGES.fullmatch(pages) else pages


def fold_blanks(text: str) -> str:
    """The text on one line, with single blanks."""
    return BLANKS.sub(" ", text).strip(" ")


class _Reading:
    """A record in the making."""

    def __init__(self, known: ReferenceType | None, values: Sequence[Value]) -> None:
        self.known = known
        self.type = known.name if known is not None else "Generic"
        self.values = values
        #: The variables that each value filled, by its place.
        self.filled: list[list[str]] = [[] for _ in values]
        self.key = ""
        self.names: dict[str, list[Name]] = {}
        self.dates: dict[str, Date] = {}
        self.texts: dict[str, list[RichText]] = {}
        #: ISSN and ISBN, which databases say once for each edition.
        self.numbers: set[tuple[str, str]] = set()
        self.places: dict[str, list[int]] = {}
        for at, value in enumerate(values):
            if value.field == "type":
                self.filled[at].append("type")
            elif value.field == "label" or not self.says_nothing(value):
                self.places.setdefault(value.field, []).append(at)

    def read_all(self) -> None:
        self.read_issued()
        for field in schema().fields:
            for at in self.places.get(field, ()):
                if not self.filled[at]:
                    self.read(field, at)
        self.read_accession_number()

    def meaning(self, field: str) -> Meaning:
        return meaning_of(field, self.type) or Meaning("")

    def says_nothing(self, value: Value) -> bool:
        """Whether a program had nothing to write here, and wrote a word for it."""
        text = plain_text(value.text)
        variable = self.meaning(value.field).variable
        if variable in NAME_VARIABLES:
            return all(is_placeholder_name(part) for part in text.split(","))
        if variable in TITLE_VARIABLES:
            return is_placeholder_name(text)
        parts = re.split("[/-]", text) if variable in DATE_VARIABLES or variable == "page" else ()
        return is_placeholder(text) or (len(parts) > 1 and all(map(is_placeholder, parts)))

    def read(self, field: str, at: int) -> None:
        meaning = self.meaning(field)
        value = self.values[at].text
        text = fold_blanks(plain_text(value))
        doi = find_doi(text) if meaning.variable in ("DOI", "URL") else None
        if doi is not None and (meaning.variable == "DOI" or "DOI" not in self.texts or self.has_doi(doi)):
            self.add(at, "DOI", rich_text(doi))
        elif meaning.variable == "DOI":
            return
        elif field == "isbn":
            self.read_number(at, meaning.variable)
        elif meaning.variable == "citation-key":
            self.key = self.key or text
            if self.key and self.key == text:
                self.filled[at].append("citation-key")
        elif meaning.variable in NAME_VARIABLES:
            self.read_names(at, meaning.variable)
        elif field in LINE_FIELDS:
            self.read_list(at, meaning.variable)
        elif meaning.variable == "page" or (meaning.variable == "number-of-pages" and _RANGE.fullmatch(text)):
            self.read_pages(at, meaning)
        elif not self.add(at, meaning.variable, value) and meaning.fallback:
            self.add(at, meaning.fallback, value)

    def add(self, at: int, variable: str, value: RichText) -> bool:
        """Fill a variable if it is free, has this value already, or takes several; tell whether it could."""
        text = plain_text(value)
        if not variable:
            return False
        if variable in DATE_VARIABLES:
            if variable in self.dates:
                return False
            self.dates[variable] = read_written_date(fold_blanks(text))
        elif (variable, text) in self.numbers:
            pass
        elif variable in self.texts and variable not in _SEVERAL:
            if plain_text(self.texts[variable][0]).lower() != text.lower():
                return False
        else:
            self.texts.setdefault(variable, []).append(value)
            if variable in ("ISSN", "ISBN"):
                self.numbers.add((variable, text))
        if variable not in self.filled[at]:
            self.filled[at].append(variable)
        return True

    def has_doi(self, doi: str) -> bool:
        return plain_text(self.texts["DOI"][0]).lower() == doi.lower()

    def read_names(self, at: int, variable: str) -> None:
        """A name, or one on each line."""
        for line in plain_text(self.values[at].text).split("\n"):
            if not is_placeholder_name(line):
                self.names.setdefault(variable, []).append(read_name(line))
        self.filled[at].append(variable)

    def read_list(self, at: int, variable: str) -> None:
        """Keywords or addresses, in one field or in several."""
        for line in _lines(self.values[at].text):
            text = plain_text(line)
            split = ";" in text and (variable == "keyword" or (variable == "URL" and "; http" in text))
            for part in (rich_text(one) for one in text.split(";")) if split else (line,):
                stripped = _stripped(part)
                if not is_placeholder(plain_text(stripped)):
                    self.add(at, variable, stripped)

    def read_number(self, at: int, variable: str) -> None:
        """`isbn` by the shape of its value; by the type of the record when that tells nothing."""
        from stdnum import isbn, issn

        text = plain_text(self.values[at].text)
        for part in _NUMBERS.split(_NUMBER_LABEL.sub("", text)):
            number = _ANNOTATION.sub("", part).strip()
            if is_placeholder(number):
                continue
            if _ISSN.fullmatch(number) and (issn.is_valid(number) or variable in ("ISSN", "ISBN")):
                self.add(at, "ISSN", rich_text(number))
            elif isbn.is_valid(number):
                self.add(at, "ISBN", rich_text(number))
            elif variable in ("ISSN", "ISBN"):
                digits = sum(character.isalnum() for character in number)
                self.add(at, "ISBN" if digits in (10, 13) else variable, rich_text(number))
            else:
                self.add(at, variable, rich_text(fold_blanks(text)))
                return

    def read_pages(self, at: int, meaning: Meaning) -> None:
        """Pages with one hyphen; a first page beside them says nothing new."""
        pages = with_hyphens(plain_text(self.values[at].text))
        known = self.texts.get("page")
        if known is not None and plain_text(known[0]).split("-")[0] == pages:
            self.filled[at].append("page")
        elif not self.add(at, "page", rich_text(pages)) and meaning.fallback:
            self.add(at, meaning.fallback, rich_text(pages))

    def read_issued(self) -> None:
        """The date from `year`, completed by `date`."""
        places = [
            at
            for field in ("year", "date")
            for at in self.places.get(field, ())
            if self.meaning(field).variable == "issued"
        ]
        texts = [(at, fold_blanks(plain_text(self.values[at].text))) for at in places]
        first = next((date for _, text in texts if (date := find_date(text)) is not None), None)
        year = first.start.year if first is not None and first.start is not None else None
        dates = [(at, find_date(text, year=year) or Date(literal=text)) for at, text in texts]
        if not dates:
            return
        best = max(dates, key=lambda item: _detail(item[1]))[1]
        self.dates["issued"] = Date(
            best.start,
            best.end,
            open_end=any(date.open_end for _, date in dates) and best.end is None,
            circa=any(date.circa for _, date in dates),
            uncertain=any(date.uncertain for _, date in dates),
            literal=best.literal,
        )
        for at, date in dates:
            same = date.start is not None and best.start is not None and date.start.year == best.start.year
            if same or date == best:
                self.filled[at].append("issued")

    def read_accession_number(self) -> None:
        """An accession number is an identifier where the database is one that citations name."""
        numbers = self.places.get("accession-num", [])
        databases = [
            at for field in ("remote-database-name", "remote-database-provider") for at in self.places.get(field, ())
        ]
        if not numbers:
            return
        number = fold_blanks(plain_text(self.values[numbers[0]].text))
        for at in databases:
            database = fold_blanks(plain_text(self.values[at].text))
            if database.lower() in REPOSITORIES:
                self.add(numbers[0], "eprint", rich_text(number))
                self.add(at, "eprinttype", rich_text(database))
                return
            if database.lower() in _PUBMED and number.isdecimal():
                self.add(numbers[0], "PMID", rich_text(number))
                self.filled[at].append("PMID")
                return

    def csl_type(self) -> str:
        if self.known is None:
            return "document"
        if self.known.csl == "paper-conference" and not self.names.get("author"):
            return "paper-conference" if "container-title" in self.texts else "book"
        return self.known.csl


def _lines(value: RichText) -> list[RichText]:
    lines: list[list[Run]] = [[]]
    for run in value:
        first, *rest = run.text.split("\n")
        lines[-1].append(Run(first, run.style))
        lines += [[Run(piece, run.style)] for piece in rest]
    return [tuple(line) for line in lines]


def _stripped(value: RichText) -> RichText:
    runs = [run for run in value if run.text]
    if runs:
        runs[0] = Run(runs[0].text.lstrip(), runs[0].style)
        runs[-1] = Run(runs[-1].text.rstrip(), runs[-1].style)
    return tuple(run for run in runs if run.text)


def _detail(date: Date) -> int:
    """How much a date says: text, year, month, day, the end of a range."""
    if date.start is None:
        return 0
    is_range = date.end is not None or date.open_end
    return 1 + (date.start.month is not None) + (date.start.day is not None) + is_range
