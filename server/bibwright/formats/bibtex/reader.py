"""A .bib entry to a record, for BibTeX and biblatex alike: files mix the two, so one reader knows both.

Each field is decoded by its datatype and fills the variable that the schema names for the entry's type. Every field
is kept in `Record.fields`, whether it filled a variable or not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bibwright.formats.bibtex.dates import read_edtf, read_year_month
from bibwright.formats.bibtex.inheritance import RawField, inherited_fields, own_fields
from bibwright.formats.bibtex.latex import decode_plain, decode_text, decode_title, decode_verbatim, strip_outer_braces
from bibwright.formats.bibtex.names import read_names
from bibwright.formats.bibtex.schema import canonical_type, has_venue, meaning_of, schema
from bibwright.model.identifiers import bare_doi
from bibwright.model.languages import language_tag
from bibwright.model.names import Name
from bibwright.model.placeholders import is_placeholder, is_placeholder_name
from bibwright.model.record import Record, SourceField
from bibwright.model.richtext import RichText, Run, Style, plain_text, rich_text

if TYPE_CHECKING:
    from bibwright.formats.format import Resolver
    from bibwright.model.dates import Date
    from bibwright.syntax.nodes import Entry

_ORDER = {name: at for at, name in enumerate(schema().fields)}
_TITLES = frozenset(
    ("title", "title-short", "container-title", "container-title-short", "collection-title", "event-title")
)
_ISSUED = ("date", "year", "month", "day")
#: No blank before the blanks: else each of many would begin a search to the end of them.
_RANGE = re.compile(r"(?<!\s)\s*+(-{1,3}|–|—)\s*+")
_OPEN_END = re.compile(r"(?<=\w)(?:-{1,3}|–|—)\Z")
_PAGE_NUMBER = re.compile(r"\d+|[ivxlcdm]+", re.IGNORECASE)
_URL_ALONE = re.compile(r"\s*+(https?://\S++)\s*+(?:\.\s*+)?\Z")
_URL_LIST = re.compile(r"\s*+(?:\\url\s*+\{(?:[^{}]|\{[^{}]*\})*+\}[\s,;.]*+)++\Z")
_URL_COMMAND = re.compile(r"\\url\s*+\{((?:[^{}]|\{[^{}]*\})*+)\}")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)\Z", re.IGNORECASE)
ORDINALS = [
    "First",
    "Second",
    "Third",
    "Fourth",
    "Fifth",
    "Sixth",
    "Seventh",
    "Eighth",
    "Ninth",
    "Tenth",
    "Eleventh",
    "Twelfth",
    "Thirteenth",
    "Fourteenth",
    "Fifteenth",
    "Sixteenth",
    "Seventeenth",
    "Eighteenth",
    "Nineteenth",
    "Twentieth",
]
_ORDINAL_WORDS = {word.lower(): str(number) for number, word in enumerate(ORDINALS, 1)}
_EDITOR_ROLES = {"compiler": "compiler", "director": "director", "organizer": "organizer", "composer": "composer"}


def read_entry(text: str, entry: Entry, resolver: Resolver) -> Record:
    """The record of an entry of the block `text`; macros and parents come from the resolver."""
    written_type = entry.type.of(text) if entry.type else ""
    fields = own_fields(text, entry, resolver)
    fields += inherited_fields(canonical_type(written_type), fields, resolver)
    return read_fields(written_type, entry.key.of(text) if entry.key else "", fields)


def read_fields(written_type: str, key: str, fields: list[RawField]) -> Record:
    """The record of an entry type and fields, as written; those that are inherited stand behind the others."""
    entry_type = canonical_type(written_type)
    reading = _Reading(entry_type, fields)
    for at in sorted(range(len(fields)), key=lambda at: _ORDER.get(fields[at].name, len(_ORDER))):
        reading.read(at)
    reading.finish(written_type.lower())
    return Record(
        type=reading.csl_type(written_type.lower()),
        key=key,
        names=reading.names,
        dates=reading.dates,
        texts=reading.texts,
        source_format="bibtex",
        source_type=written_type,
        fields=tuple(
            SourceField(field.written, field.text, field.span, tuple(reading.filled[at]), field.macros)
            for at, field in enumerate(fields)
        ),
    )


class _Reading:
    """A record in the making."""

    def __init__(self, entry_type: str, fields: list[RawField]) -> None:
        self.entry_type = entry_type
        self.fields = fields = _with_venue(entry_type, fields)
        self.by_name: dict[str, int] = {}
        for at, field in enumerate(fields):
            self.by_name.setdefault(field.name, at)
        #: The variables that each field filled, by its place.
        self.filled: list[list[str]] = [[] for _ in fields]
        self.names: dict[str, tuple[Name, ...]] = {}
        self.dates: dict[str, Date] = {}
        self.texts: dict[str, tuple[RichText, ...]] = {}

    def value(self, name: str) -> str:
        """The value of a field as written; empty where there is none, or only a placeholder."""
        at = self.by_name.get(name)
        text = self.fields[at].text if at is not None else ""
        return "" if is_placeholder(text) else text

    def read(self, at: int) -> None:
        field = self.fields[at]
        known = schema().fields.get(field.name)
        # A second field of one name is what BibTeX ignores.
        if known is None or not field.text.strip() or self.by_name[field.name] != at:
            return
        if field.name in _ISSUED:
            if "issued" not in self.dates:
                self.read_issued()
            return
        meaning = meaning_of(field.name, self.entry_type)
        variable = meaning.variable if meaning else ""
        if field.name == "editor":
            variable = _EDITOR_ROLES.get(self.value("editortype").strip().lower(), variable)
        if not variable or _says_nothing(field.text, named=known.datatype == "names" or variable in _TITLES):
            return
        match known.datatype:
            case "names":
                self.add_names(at, variable, read_names(field.text, particle_kept=self.keeps_particles()))
            case "date":
                self.add_date(at, variable, read_edtf(decode_verbatim(field.text)))
            case "keywords":
                self.add_keywords(at, tuple(decode_text(word) for word in split_keywords(field.text)))
            case "verbatim" if variable == "URL":
                self.add_urls(at, _read_urls(field.text) or (decode_verbatim(field.text),))
            case "verbatim":
                self.add_texts(at, variable, (self.special(variable, rich_text(decode_verbatim(field.text))),))
            case _ if variable == "organizer":
                self.add_names(at, variable, (Name(literal=decode_plain(field.text)),))
            case _:
                self.read_text(at, variable, known.joined, known.repeat)

    def read_text(self, at: int, variable: str, joined: bool, repeat: bool) -> None:
        field = self.fields[at]
        if field.name in ("howpublished", "note") and (addresses := _read_urls(field.text)):
            self.add_urls(at, addresses)
            return
        decode = decode_title if variable in _TITLES else decode_text
        value = self.special(variable, decode(field.text))
        if joined and variable in self.texts:
            # `booksubtitle` beside a `journaltitle` would join what does not belong together.
            head = "booktitle" if field.name == "booksubtitle" else field.name.replace("subtitle", "title")
            if head in self.by_name and variable in self.filled[self.by_name[head]]:
                self.texts[variable] = (join_titles(self.texts[variable][0], value),)
                self.filled[at].append(variable)
        elif repeat and variable in self.texts:
            self.texts[variable] += (value,)
            self.filled[at].append(variable)
        else:
            self.add_texts(at, variable, (value,))

    def special(self, variable: str, value: RichText) -> RichText:
        """Values that each format spells in its own way, brought to one form."""
        text = plain_text(value).strip()
        match variable:
            case "page":
                return rich_text(read_pages(text))
            case "edition":
                ordinal = _ORDINAL.match(text)
                return rich_text(ordinal[1] if ordinal else _ORDINAL_WORDS.get(text.lower(), text))
            case "DOI":
                return rich_text(bare_doi(text))
            case "language":
                return rich_text(schema().languages.get(text.lower()) or language_tag(text))
            case "genre":
                return rich_text(schema().kinds.get(text.lower(), text))
        return value

    def read_issued(self) -> None:
        date_at = self.by_name.get("date")
        date = read_edtf(decode_verbatim(self.value("date")))
        month_name = "month"
        if date_at is not None and date.start is None and self.value("year").strip():
            # `date = {Mar 3}` beside a year, as JabRef's importers write it; biber takes the year alone.
            month_name = "month" if self.value("month").strip() else "date"
        elif date_at is not None and not is_placeholder(self.fields[date_at].text):
            self.add_date(date_at, "issued", date)
            # `year` beside `date` repeats it.
            if (year_at := self.by_name.get("year")) is not None:
                start = self.dates["issued"].start
                if start is not None and self.value("year").strip() == str(start.year):
                    self.filled[year_at].append("issued")
            return
        year, month, day = (self.value(name) for name in ("year", month_name, "day"))
        if not year.strip():
            return
        plain_year = year if "\\noopsort" in year else decode_plain(year)
        date, month_used = read_year_month(plain_year, decode_plain(month), decode_plain(day))
        self.dates["issued"] = date
        has_day = date.start is not None and date.start.day is not None
        for name, used in (("year", True), (month_name, month_used), ("day", has_day)):
            if used and (at := self.by_name.get(name)) is not None:
                self.filled[at].append("issued")

    def keeps_particles(self) -> bool:
        return "useprefix=true" in self.value("options").replace(" ", "").lower()

    def add_names(self, at: int, variable: str, names: tuple[Name, ...]) -> None:
        names = tuple(name for name in names if not is_placeholder_name(name.literal or name.family))
        if names and variable not in self.names:
            self.names[variable] = names
            self.filled[at].append(variable)

    def add_date(self, at: int, variable: str, date: Date) -> None:
        if variable not in self.dates:
            self.dates[variable] = date
            self.filled[at].append(variable)

    def add_texts(self, at: int, variable: str, values: tuple[RichText, ...]) -> None:
        """Fill a variable that is still free; equal values count as filling it too."""
        values = tuple(value for value in values if plain_text(value).strip())
        if values and (variable not in self.texts or self.texts[variable] == values):
            self.texts[variable] = values
            self.filled[at].append(variable)

    def add_keywords(self, at: int, words: tuple[RichText, ...]) -> None:
        """Add keywords: databases have a field for those of the authors and one for their own."""
        words = tuple(word for word in words if plain_text(word).strip())
        if words:
            self.texts["keyword"] = self.texts.get("keyword", ()) + words
            self.filled[at].append("keyword")

    def add_urls(self, at: int, addresses: tuple[str, ...]) -> None:
        """Add web addresses: that of `url` before those that other fields hold."""
        urls = tuple(rich_text(address) for address in addresses if not is_placeholder(address))
        if not urls:
            return
        known = self.texts.get("URL", ())
        both = (*urls, *known) if self.fields[at].name == "url" else (*known, *urls)
        self.texts["URL"] = tuple(dict.fromkeys(both))
        self.filled[at].append("URL")

    def finish(self, written_type: str) -> None:
        """What depends on several fields at once."""
        known = schema().types.get(written_type)
        role = _EDITOR_ROLES.get(self.value("editortype").strip().lower(), "")
        if role and "editor" in self.by_name and role in self.filled[self.by_name["editor"]]:
            self.filled[self.by_name["editortype"]].append(role)
        if known is not None and known.genre and "genre" not in self.texts:
            self.texts["genre"] = (rich_text(schema().kinds[known.genre]),)
        if self.entry_type == "inbook" and "container-title" not in self.texts and "title" in self.texts:
            # BibTeX's own `inbook` is a part of the book that `title` names; the part has no title.
            self.move("title", "container-title")
        repository = plain_text(self.texts["eprinttype"][0]).lower() if "eprinttype" in self.texts else ""
        if repository in ("pubmed", "pmid") and "PMID" not in self.texts:
            self.move("eprint", "PMID")
            self.move("eprinttype", "PMID")

    def move(self, old: str, new: str) -> None:
        """Let the fields that filled `old` fill `new`."""
        values = self.texts.pop(old, None)
        if values is not None:
            self.texts.setdefault(new, values)
        for variables in self.filled:
            variables[:] = [new if variable == old else variable for variable in variables]

    def csl_type(self, written_type: str) -> str:
        known = schema().types.get(written_type)
        csl = known.csl if known is not None else "document"
        subtype = self.value("entrysubtype").strip().lower()
        match csl:
            case "article-journal" if subtype in ("magazine", "newspaper"):
                return f"article-{subtype}"
            case "article-journal" | "document" if "eprint" in self.texts and "container-title" not in self.texts:
                return "article"
            case "document" if "URL" in self.texts and "publisher" not in self.texts:
                return "webpage" if known is not None and known.name == "misc" else csl
            case "manuscript" if "event-title" in self.texts or "event-place" in self.texts:
                return "speech"
            case "webpage" if subtype in ("blog", "forum"):
                return "post-weblog" if subtype == "blog" else "post"
        return csl


def _with_venue(entry_type: str, fields: list[RawField]) -> list[RawField]:
    if not has_venue(entry_type, {field.written.lower() for field in fields}):
        return fields
    return [field._replace(name="venue") if field.written.lower() == "location" else field for field in fields]


def _read_urls(value: str) -> tuple[str, ...]:
    r"""The addresses of a value that holds nothing else: one, or several in `\url`."""
    if (url := _URL_ALONE.match(value)) is not None:
        return (decode_verbatim(url[1]),)
    if _URL_LIST.match(value) is None:
        return ()
    return tuple(decode_verbatim(match[1]) for match in _URL_COMMAND.finditer(value))


def _says_nothing(value: str, *, named: bool) -> bool:
    """Whether a value is empty or a placeholder; in names and titles fewer words are."""
    bare = value.strip("{} \t\r\n")
    return is_placeholder_name(bare) if named else is_placeholder(bare)


def read_pages(text: str) -> str:
    """Pages as CSL writes them: a hyphen within a range of plain numbers, else an en dash, which nothing else is.

    `A-1--A-9` with hyphens alone could not be taken apart again. An end that is open (`12--`) is left out.
    """
    return "".join(_read_page_range(part) for part in re.split("([,;])", text))


def _read_page_range(text: str) -> str:
    text = _OPEN_END.sub("", _RANGE.sub(r"\1", text).rstrip())
    signs = [match[1] for match in _RANGE.finditer(text)]
    if len(signs) == 1 and all(map(_PAGE_NUMBER.fullmatch, _RANGE.sub(" ", text).split())):
        return _RANGE.sub("-", text)
    return _RANGE.sub(lambda match: "-" if match[1] == "-" else "–", text)


def split_keywords(value: str) -> list[str]:
    """The keywords of a value: at `;` if one stands outside braces, else at `,`."""
    for separator in ";,":
        # `{{a; b}}` is how the Web of Science writes a list; with a comma it is one keyword that contains one.
        inner = strip_outer_braces(value) if separator == ";" else value
        parts = _split_outside_braces(inner, separator)
        if len(parts) > 1:
            return [part for part in parts if part]
    return [value.strip()]


def _split_outside_braces(value: str, separator: str) -> list[str]:
    if "{" not in value:
        return [part.strip() for part in value.split(separator)]
    parts, depth, start = [], 0, 0
    for match in re.finditer(rf"[{{}}{separator}]", value):
        if match.group() == "{":
            depth += 1
        elif match.group() == "}":
            depth = max(0, depth - 1)
        elif depth == 0 and value[match.start() - 1 : match.start()] != "\\":
            parts.append(value[start : match.start()].strip())
            start = match.end()
    parts.append(value[start:].strip())
    return parts


def join_titles(title: RichText, subtitle: RichText) -> RichText:
    """Title and subtitle with `: ` between them, or a blank where the title ends in a mark of its own."""
    return (*title, Run(subtitle_separator(plain_text(title)), Style.NONE), *subtitle)


def subtitle_separator(title: str) -> str:
    """What goes between a title and its subtitle."""
    return " " if title.rstrip().endswith(("?", "!", ".", ":")) else ": "
