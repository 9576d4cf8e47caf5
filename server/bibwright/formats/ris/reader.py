"""A RIS record to a record of the model: both generations of tags, in the mixtures that databases export.

Where several tags can hold one variable, the order of the schema decides; a second, different value goes to the
schema's fallback, or stays unmapped. A name without a comma is one literal: which part is the family name nobody
has said.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from bibwright.formats.ris.dates import read_date
from bibwright.formats.ris.schema import meaning_of, schema
from bibwright.formats.ris.suppressions import field_directive
from bibwright.model.dates import Date
from bibwright.model.identifiers import bare_doi, find_doi
from bibwright.model.languages import language_tag
from bibwright.model.meanings import Meaning
from bibwright.model.names import OTHERS, Name
from bibwright.model.placeholders import CERTAIN, is_placeholder, is_placeholder_name
from bibwright.model.record import Record, SourceField
from bibwright.model.richtext import RichText, plain_text, rich_text
from bibwright.model.vocabulary import DATE_VARIABLES, NAME_VARIABLES, NUMBER_VARIABLES, TITLE_VARIABLES
from bibwright.syntax.nodes import Entry, Field, field_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bibwright.formats.format import Resolver

#: Tags whose line ends may be those of paragraphs.
_PARAGRAPH_TAGS = frozenset(("AB", "N1", "N2", "AD"))
#: Tags that begin or end nothing, and hold no comments to us.
_PLAIN_TAGS = frozenset(schema().tags) - {"TY", "ER", "U1", "U2", "U3", "U4", "U5"}
_ORDER = {tag: at for at, tag in enumerate(schema().tags)}
#: Databases whose accession numbers are eprint ids in biblatex.
_REPOSITORIES = frozenset(("arxiv", "biorxiv", "googlebooks", "hal", "hdl", "jstor", "medrxiv", "ssrn"))
_ANNOTATION = re.compile(r"\s*\([^()]*\)")
_ISSN = re.compile(r"\d{4}[-‐–]?\d{3}[\dXx]")
#: Blanks of ASCII and what some program takes for a line end. A no-break space or an ideographic one is text.
_BLANKS = re.compile(r"[\t-\r\x1c-\x20\x85\u2028\u2029]+")
#: What stands before a number that says itself what it is.
_NUMBER_LABEL = re.compile(r"\b[ep]?-?IS[BS]N(?:-1[03])?(?:\s*:\s*|\s+)(?=[\dX])", re.IGNORECASE)
#: A tag behind blanks in the value of another one.
_FUSED = re.compile(r"(?<=\S) {3,}+([A-Z][A-Z0-9]) {1,2}- ")
#: What may be a number: one word, or a few of which one has a digit.
_M1_NUMBER = re.compile(r"(?=\S+\Z|.*\d).{1,30}")
_RANGE = re.compile(r"\s*(?:--+|–|—|-)\s*")


class RawField(NamedTuple):
    """A tag line: the tag in upper case, as written, its value with paragraphs as line feeds, its place."""

    tag: str
    written: str
    text: str
    span: tuple[int, int]


def read_entry(text: str, entry: Entry, resolver: Resolver) -> Record:
    """The record of an entry of the block `text`; RIS names nothing that a resolver would have to look up."""
    written_type = entry.type.of(text).strip() if entry.type else ""
    return read_fields(written_type, entry.key.of(text).strip() if entry.key else "", read_raw_fields(text, entry))


def read_raw_fields(text: str, entry: Entry) -> list[RawField]:
    """The tag lines of an entry between those that begin and end it, without comments to us."""
    return [
        raw
        for field in entry.fields
        if field_directive(text, field) is None
        for raw in _raw_fields(text, field)
        if raw.tag not in ("TY", "ER")
    ]


def read_written(text: str) -> Record | None:
    """The record of an entry that has the form in which writers write all but a few; None where it has not.

    That form is a tag that is known and a value on one line, with single blanks: it is read as the parser reads it, in
    a fraction of the time.
    """
    line_end = "\r\n" if "\r\n" in text else "\n" if "\n" in text else "\r"
    first, *lines = text.split(line_end)
    if lines[-3:] != ["ER  - ", "", ""] or first[:6] != "TY  - " or not first[6:].isalnum():
        return None
    key = ""
    start = len(first) + len(line_end)
    fields: list[RawField] = []
    for line in lines[:-3]:
        tag, value = line[:2], line[6:]
        is_plain = line[2:6] == "  - " and tag in _PLAIN_TAGS and value.isprintable()
        if not is_plain or not value or value[0] == " " or value[-1] == " " or "  " in value:
            return None
        if tag == "ID" and not key:
            key = value
        fields.append(RawField(tag, tag, value, (start, start + len(line))))
        start += len(line) + len(line_end)
    return read_fields(first[6:], key, fields)


def read_fields(written_type: str, key: str, fields: list[RawField]) -> Record:
    """The record of a reference type and its tags, in their order."""
    reading = _Reading(written_type.upper(), fields)
    reading.read_all()
    return Record(
        type=reading.csl_type(),
        key=key,
        names={variable: tuple(names) for variable, names in reading.names.items()},
        dates=reading.dates,
        texts={variable: tuple(values) for variable, values in reading.texts.items()},
        source_format="ris",
        source_type=written_type,
        fields=tuple(
            SourceField(field.written, field.text, field.span, tuple(reading.filled[at]))
            for at, field in enumerate(fields)
        ),
    )


def fold_blanks(text: str) -> str:
    """The text on one line, with single blanks."""
    if text.isprintable() and "  " not in text:
        return text.strip(" ")  # of all blanks the space alone is printable
    return _BLANKS.sub(" ", text).strip(" ")


def read_name(text: str) -> Name:
    """`Family, Given, Suffix`; without a comma a literal of which nobody knows whether it is a person."""
    text = text.strip()
    if text.lower().strip(". ") in ("others", "et al"):
        return OTHERS
    family, comma, rest = text.partition(",")
    given, _, suffix = (part if not is_placeholder(part) else "" for part in rest.partition(","))
    if not comma or not family.strip():
        return Name(literal=text, unsure=True)
    if not given.strip() and not suffix.strip():
        # A comma alone marks an organization in EndNote.
        return Name(literal=family.strip())
    return Name(family=family.strip(), given=given.strip(), suffix=suffix.strip())


def is_wrapped(lines: list[str]) -> bool:
    """Whether lines are one text broken at some width: all but the last nearly equally long, none a paragraph's."""
    widths = [len(line) for line in lines[:-1]]
    if not widths or max(widths) > 130 or max(widths) - min(widths) > 16 or len(lines[-1]) > max(widths) + 16:
        return False
    return any(not line.endswith((".", "!", "?", ":")) for line in lines[:-1])


def _raw_fields(text: str, field: Field) -> Iterator[RawField]:
    """The tag line, or the several that Rayyan writes on one line, blanks between them (`10.1000/x     LK  - ...`)."""
    raw = _raw_field(text, field)
    content = field.pieces[0].content.of(text) if len(field.pieces) == 1 else ""
    parts = _FUSED.split(content) if "   " in content and raw.tag not in _PARAGRAPH_TAGS else [content]
    if len(parts) < 3 or not schema().tags.keys() >= set(parts[1::2]):
        yield raw
        return
    yield raw._replace(text=fold_blanks(parts[0]))
    for tag, value in zip(parts[1::2], parts[2::2], strict=True):
        yield RawField(tag, tag, fold_blanks(value), raw.span)


def _raw_field(text: str, field: Field) -> RawField:
    written = field_name(text, field)
    tag = written.upper()
    if len(field.pieces) == 1:
        value = fold_blanks(field.pieces[0].content.of(text))
        return RawField(tag, written, value, (field.name.start, field.end))
    lines = [line for piece in field.pieces if (line := fold_blanks(piece.content.of(text)))]
    if tag in _PARAGRAPH_TAGS and len(lines) > 1 and not is_wrapped(lines):
        value = "\n".join(lines)
    else:
        value = fold_blanks(" ".join(lines))
    return RawField(tag, written, value, (field.name.start, field.end))


class _Reading:
    """A record in the making."""

    def __init__(self, reference_type: str, fields: list[RawField]) -> None:
        self.type = reference_type
        self.fields = fields
        #: The variables that each field filled, by its place.
        self.filled: list[list[str]] = [[] for _ in fields]
        self.names: dict[str, list[Name]] = {}
        self.name_places: dict[str, list[int]] = {}
        self.dates: dict[str, Date] = {}
        self.texts: dict[str, list[RichText]] = {}
        self.places: dict[str, list[int]] = {}
        for at, field in enumerate(fields):
            if not self.says_nothing(field):
                self.places.setdefault(field.tag, []).append(at)

    def read_all(self) -> None:
        self.read_pages()
        self.read_issued()
        for tag in sorted(_ORDER.keys() & self.places, key=_ORDER.__getitem__):
            for at in self.places[tag]:
                if not self.filled[at]:
                    self.read(tag, at)
        for variable, places in self.name_places.items():
            # `A1` and `AU` alternate where records were merged: the order is that of the lines.
            self.names[variable] = [read_name(self.fields[at].text) for at in sorted(places)]
        self.read_repository()

    def says_nothing(self, field: RawField) -> bool:
        """Whether a program had nothing to write here, and wrote a word for it."""
        if field.text[:1] in CERTAIN:
            return False
        meaning = meaning_of(field.tag, self.type)
        variable = meaning.variable if meaning is not None else ""
        if variable in NAME_VARIABLES:
            return all(is_placeholder_name(part) for part in field.text.split(","))
        if variable in TITLE_VARIABLES:
            return is_placeholder_name(field.text)
        parts = re.split("[/-]", field.text) if variable in DATE_VARIABLES or variable == "page" else ()
        return is_placeholder(field.text) or (len(parts) > 1 and all(map(is_placeholder, parts)))

    def read(self, tag: str, at: int) -> None:
        text = self.fields[at].text
        meaning = meaning_of(tag, self.type) or Meaning("")
        doi = find_doi(text) if tag in ("M3", "L3", "UR", "LK") else None
        if tag == "ID":
            self.filled[at].append("citation-key")
        elif doi is not None and (tag != "UR" or "DOI" not in self.texts or self.has_doi(doi)):
            self.add(at, "DOI", doi)
        elif tag == "SN":
            self.read_number(at, text, meaning.variable)
        elif meaning.variable == "DOI":
            self.add(at, "DOI", bare_doi(text))
        elif meaning.variable in ("URL", "keyword"):
            parts = text.split(";") if meaning.variable == "keyword" or "; http" in text else [text]
            for part in parts:
                self.append(at, meaning.variable, part.strip())
        elif tag == "N2" and self.replaces_abstract(at, text):
            return
        elif meaning.variable in NAME_VARIABLES:
            self.name_places.setdefault(meaning.variable, []).append(at)
            self.filled[at].append(meaning.variable)
        elif tag == "M1" and meaning.variable in NUMBER_VARIABLES and not _M1_NUMBER.fullmatch(text):
            return  # addresses, kinds of articles and references stand there, too
        elif meaning.variable == "PMCID" and text.isdecimal():
            self.add(at, "PMID", text)  # Scopus; an id of PubMed Central begins with `PMC`
        elif not self.add(at, meaning.variable, text) and meaning.fallback:
            self.add(at, meaning.fallback, text)

    def add(self, at: int, variable: str, text: str) -> bool:
        """Fill a variable if it is free, has this value already, or takes several (notes); tell whether it could."""
        if not variable:
            return False
        if variable in DATE_VARIABLES:
            if variable in self.dates:
                return False
            self.dates[variable] = read_date(text)
        elif variable in ("note", "annote", "file", "language"):
            self.append(at, variable, language_tag(text) if variable == "language" else text)
            return True
        elif variable in self.texts:
            if plain_text(self.texts[variable][0]).lower() != text.lower():
                return False
        else:
            self.texts[variable] = [rich_text(text)]
        self.filled[at].append(variable)
        return True

    def append(self, at: int, variable: str, text: str) -> None:
        if not is_placeholder(text):
            self.texts.setdefault(variable, []).append(rich_text(text))
            if variable not in self.filled[at]:
                self.filled[at].append(variable)

    def has_doi(self, doi: str) -> bool:
        return plain_text(self.texts["DOI"][0]).lower() == doi.lower()

    def read_number(self, at: int, text: str, variable: str) -> None:
        """`SN` by the shape of its value; by the type of the record when that tells nothing."""
        from stdnum import isbn, issn

        for part in re.split(r"[;,]\s*|\s+(?=\d)", _NUMBER_LABEL.sub("", text)):
            number = _ANNOTATION.sub("", part).strip()
            if is_placeholder(number):
                continue
            if _ISSN.fullmatch(number) and (issn.is_valid(number) or variable in ("ISSN", "ISBN")):
                self.append(at, "ISSN", number)
            elif isbn.is_valid(number):
                self.append(at, "ISBN", number)
            elif variable in ("ISSN", "ISBN"):
                digits = sum(character.isalnum() for character in number)
                self.append(at, "ISBN" if digits in (10, 13) else variable, number)
            else:
                self.add(at, variable, text)
                return

    def read_pages(self) -> None:
        """`SP` and `EP` together; `SP` alone is the number of pages of a book."""
        start, end = self.places.get("SP", []), self.places.get("EP", [])
        meaning = meaning_of("SP", self.type)
        counts = meaning is not None and meaning.variable == "number-of-pages"
        if (not start and not end) or (not end and (counts or meaning is None or meaning.variable != "page")):
            return
        first = _RANGE.sub("-", self.fields[start[0]].text) if start else ""
        last = _RANGE.sub("-", self.fields[end[0]].text) if end else ""
        if first and last and "-" not in first and first != last:
            first = f"{first}-{last}"
        self.texts["page"] = [rich_text(first or last)]
        for at in (*start[:1], *end[:1]):
            self.filled[at].append("page")

    def read_issued(self) -> None:
        """The date from a complete `DA`, else `PY` or `Y1`, else the text of `DA`."""
        places = [
            at
            for tag in ("PY", "Y1", "DA")
            for at in self.places.get(tag, ())
            if (meaning := meaning_of(tag, self.type)) is not None and meaning.variable == "issued"
        ]
        year = next((date.start.year for at in places if (date := read_date(self.fields[at].text)).start), None)
        dates = [(at, read_date(self.fields[at].text, year=year)) for at in places]
        if not dates:
            return
        best = max(dates, key=lambda item: _detail(item[1]))[1]
        self.dates["issued"] = best
        for at, date in dates:
            if date == best or _is_part(date, best):
                self.filled[at].append("issued")

    def replaces_abstract(self, at: int, text: str) -> bool:
        """Beside `AB` the longer one is the abstract, and the other a note."""
        abstract = self.texts.get("abstract")
        if abstract is None or len(plain_text(abstract[0])) >= len(text):
            return False
        old = next(place for place, variables in enumerate(self.filled) if "abstract" in variables)
        self.filled[old] = ["note"]
        self.texts.setdefault("note", []).append(abstract[0])
        self.texts["abstract"] = [rich_text(text)]
        self.filled[at].append("abstract")
        return True

    def read_repository(self) -> None:
        """An accession number is an identifier where the database is one that citations name."""
        numbers, databases = self.places.get("AN", []), self.places.get("DB", [])
        if not numbers or not databases:
            return
        number, database = self.fields[numbers[0]].text, self.fields[databases[0]].text
        if database.lower() in _REPOSITORIES:
            self.add(numbers[0], "eprint", number)
            self.add(databases[0], "eprinttype", database)
        elif database.lower() in ("pubmed", "medline", "pmid") and number.isdecimal():
            self.add(numbers[0], "PMID", number)
            self.filled[databases[0]].append("PMID")

    def csl_type(self) -> str:
        known = schema().types.get(self.type)
        if known is None:
            return "document"
        if known.csl == "paper-conference" and not self.names.get("author") and "container-title" not in self.texts:
            return "book"
        if known.name == "INPR" and "status" not in self.texts:
            self.texts["status"] = [rich_text("in press")]
        return known.csl


def _is_part(date: Date, best: Date) -> bool:
    """Whether a more detailed date says all that this one does."""
    if date.start is None or best.start is None:
        return False
    return all(part in (None, of_best) for part, of_best in zip(date.start, best.start, strict=True))


def _detail(date: Date) -> int:
    """How much a date says: text, year, month, day, the end of a range."""
    if date.start is None:
        return 0
    is_range = date.end is not None or date.open_end
    return 1 + (date.start.month is not None) + (date.start.day is not None) + is_range
