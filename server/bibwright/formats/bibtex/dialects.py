"""Between BibTeX and biblatex: the entry's own fields, renamed where the dialects differ.

The source of a value is kept (LaTeX and all), and unknown fields go through. What differs is the names of types and
fields, the date, editions, and what BibTeX cannot do itself: biblatex's inheritance and its spelled-out names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bibwright.formats.bibtex.dates import MONTHS, fits_year_month, read_edtf, says_more, write_edtf, write_year_month
from bibwright.formats.bibtex.latex import decode_plain, encode_plain
from bibwright.formats.bibtex.names import has_extended, write_names
from bibwright.formats.bibtex.printer import FieldText, braced, braced_source
from bibwright.formats.bibtex.reader import ORDINALS, subtitle_separator
from bibwright.formats.bibtex.schema import (
    Dialect,
    canonical_field,
    canonical_type,
    datatype_of,
    field_name_in,
    has_venue,
    meaning_of,
    schema,
    thesis_kind,
)
from bibwright.model.losses import link_loss, name_part_losses
from bibwright.model.placeholders import is_placeholder
from bibwright.model.record import Loss

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bibwright.model.record import Record, SourceField

_ISSUED = ("date", "year", "month", "day")
_SUBTITLES = ("subtitle", "booksubtitle", "journalsubtitle")
_THESES = {"phdthesis": "phdthesis", "mathesis": "mastersthesis"}


def translate_type(record: Record, dialect: Dialect, losses: list[Loss]) -> str:
    """What the dialect calls the type of a .bib entry."""
    entry_type = canonical_type(record.source_type)
    known = schema().types.get(entry_type)
    if dialect is Dialect.BIBLATEX or known is None or not known.bibtex:
        return entry_type or "misc"
    if entry_type == "thesis":
        return _bibtex_thesis(record, losses)
    if known.bibtex != "techreport":  # that is biblatex's `report` by another name
        message = f"BibTeX has no type `{entry_type}`: `{known.bibtex}`"
        losses.append(Loss("L09", "@" + record.source_type, message, "information"))
    return known.bibtex


class Translated(NamedTuple):
    """A field in the dialect. `source` is the entry's field that it stands for, None where it is added to the others.

    `name` is that of the dialect, `value` delimited; `is_as_written` says that the value is the one of `source`.
    `repeats` says that another field of the entry has the name already.
    """

    source: SourceField | None
    name: str
    value: str
    is_as_written: bool
    repeats: bool = False


def translate_fields(record: Record, dialect: Dialect, losses: list[Loss]) -> list[FieldText]:
    """The fields of a .bib entry as the dialect wants them, in their order."""
    result: list[FieldText] = []
    for field in translate_each(record, dialect, losses):
        if field.repeats:
            # BibTeX reads only the first of two fields with one name.
            losses.append(Loss("L12", field.name, f"a second `{field.name}` is left out: {field.value}"))
        else:
            result.append(FieldText(field.name, field.value))
    return result


def translate_each(record: Record, dialect: Dialect, losses: list[Loss]) -> Iterator[Translated]:
    """What becomes of each field, in the order of the source; what is left out has no place in the dialect."""
    entry_type = canonical_type(record.source_type)
    seen: set[str] = set()
    for source, name, value in _translated(record, entry_type, dialect, losses):
        written = field_name_in(name, entry_type, dialect)
        as_written = source is not None and value == (source.macros or _written_value(source, name))
        yield Translated(source, written, value, as_written, written in seen)
        seen.add(written)


def _written_value(field: SourceField, name: str) -> str:
    if name == "month" and field.text.strip().lower() in MONTHS:
        return field.text.strip().lower()
    return braced_source(field.text)


def _translated(
    record: Record, entry_type: str, dialect: Dialect, losses: list[Loss]
) -> Iterator[tuple[SourceField | None, str, str]]:
    """The field of the source, and canonical name and delimited value of each field to write."""
    known_type = schema().types.get(record.source_type.lower())
    by_name = {canonical_field(field.name): field for field in reversed(record.fields)}
    to_bibtex = dialect is Dialect.BIBTEX
    issued_written = False
    venue = has_venue(entry_type, {field.name.lower() for field in record.fields})
    for field in record.fields:
        name = "venue" if venue and field.name.lower() == "location" else canonical_field(field.name)
        inherited = field.span == (0, 0)
        if inherited and not to_bibtex:
            continue  # the link that it came over stays
        if _is_unread_placeholder(field, name, entry_type):
            losses.append(Loss("L07", field.name, f"{field.text.strip()!r} is not a value", "information"))
        elif name in _ISSUED and "issued" in field.variables and by_name.get(name) is field:
            fits = fits_year_month(record.dates["issued"]) and not says_more(decode_plain(field.text))
            if to_bibtex and not fits and name == "date":
                losses.append(Loss("L09", field.name, f"BibTeX cannot say all of the date {field.text.strip()}"))
            if not issued_written:
                yield from _date(record, by_name, dialect)
                issued_written = True
        elif to_bibtex and name in ("crossref", "xdata") and field.text.strip():
            losses.append(link_loss(record, field.name, field.text.strip()))
        elif to_bibtex and name in _SUBTITLES and _head(name) in by_name and field.text.strip():
            head = field_name_in(_head(name), entry_type, dialect)
            losses.append(Loss("L09", field.name, f"joined to `{head}`", "information", head))
        elif to_bibtex and name == "type" and record.source_type.lower() == entry_type and _is_said(record, field):
            continue
        else:
            if to_bibtex:
                losses += _bibtex_losses(record, field, name)
                if is_overruled(record, field):
                    continue
            yield field, name, _value(record, field, name, by_name, dialect)
    if not to_bibtex and known_type is not None and known_type.genre and "type" not in by_name:
        yield None, "type", braced(known_type.genre)


def is_overruled(record: Record, field: SourceField) -> bool:
    """Whether biblatex passes over a year, month or day, for there is a `date`: what that says is given to BibTeX."""
    if canonical_field(field.name) not in ("year", "month", "day") or field.variables:
        return False
    return any(canonical_field(one.name) == "date" and "issued" in one.variables for one in record.fields)


def _bibtex_losses(record: Record, field: SourceField, name: str) -> Iterator[Loss]:
    """What BibTeX does not know of a field that it has."""
    text = field.text.strip()
    if is_overruled(record, field):
        start = record.dates["issued"].start
        said = getattr(start, name, None)
        month = MONTHS[said - 1] if name == "month" and said is not None and said < 13 else ""
        if text and text.lower() != month and (not text.isdecimal() or int(text) != said):
            yield Loss("L12", field.name, f"left out, for `date` says otherwise: {text}")
    elif datatype_of(name) == "names" and has_extended(field.text) and field.variables:
        yield from name_part_losses(record, field)
        particles = (one.non_dropping_particle for one in record.names[field.variables[0]])
        for particle in dict.fromkeys(filter(None, particles)):
            message = f"BibTeX cannot say that {particle!r} is always printed with the family name"
            yield Loss("L04", field.name, message, "information")


def _value(record: Record, field: SourceField, name: str, by_name: dict[str, SourceField], dialect: Dialect) -> str:
    """The value of a field, as written unless the dialect spells it otherwise."""
    text = field.text
    if field.macros:
        return field.macros  # another file may define it
    to_bibtex = dialect is Dialect.BIBTEX
    datatype = datatype_of(name)
    if to_bibtex and datatype == "names" and has_extended(text) and field.variables:
        return braced(write_names(record.names[field.variables[0]]))
    if name == "month" and text.strip().lower() in MONTHS:
        return text.strip().lower()
    if name == "edition" and "edition" in field.variables:
        edition = record.text("edition")
        if edition.isdecimal() and 1 <= int(edition) <= len(ORDINALS):
            return braced(ORDINALS[int(edition) - 1] if to_bibtex else edition)
    if to_bibtex and name == "type" and text.strip().lower() in schema().kinds:
        return braced(encode_plain(schema().kinds[text.strip().lower()]))
    tail = by_name.get(name.replace("title", "subtitle")) if to_bibtex else None
    if tail is not None and tail.text.strip() and name in ("title", "booktitle", "journaltitle") and tail is not field:
        text = text.strip() + subtitle_separator(decode_plain(text)) + tail.text.strip()
    return braced_source(text)


def _date(
    record: Record, by_name: dict[str, SourceField], dialect: Dialect
) -> Iterator[tuple[SourceField | None, str, str]]:
    """The date in the dialect's fields; as it is where TeX code stands in the year, or a part could not be read."""
    date = record.dates["issued"]
    year = by_name.get("year")
    source = by_name.get("date")
    unread = any(
        (field := by_name.get(name)) is not None and field.text.strip() and "issued" not in field.variables
        for name in ("month", "day")
    )
    if year is not None and source is None and ("\\" in year.text or date.start is None or unread):
        for name in ("year", "month", "day"):
            if (field := by_name.get(name)) is not None and "issued" in field.variables:
                yield field, name, field.macros or _written_value(field, name)
    elif dialect is Dialect.BIBLATEX:
        if source is None or (date.start is not None and read_edtf(decode_plain(source.text)).start is None):
            # With a month of its own an entry has a date of its own, even where the year is its parent's.
            parts = (by_name.get(name) for name in ("year", "month", "day"))
            own = next((part for part in parts if part is not None and part.span != (0, 0)), year)
            yield own, "date", braced(write_edtf(date))
        else:
            yield source, "date", braced_source(source.text)
    else:
        text, month = write_year_month(date)
        yield year or source, "year", braced(encode_plain(text))
        if month:
            yield by_name.get("month"), "month", month


def _is_unread_placeholder(field: SourceField, name: str, entry_type: str) -> bool:
    """Whether a field that would fill a variable holds a placeholder in its place."""
    if field.variables or not field.text.strip() or not is_placeholder(field.text):
        return False
    meaning = meaning_of(name, entry_type)
    return name in _ISSUED or (meaning is not None and bool(meaning.variable))


def _head(subtitle: str) -> str:
    return subtitle.replace("subtitle", "title")


def _bibtex_thesis(record: Record, losses: list[Loss]) -> str:
    """BibTeX's type for a thesis: the entry's own if BibTeX has it, else by the kind that `type` names."""
    written = record.source_type.lower()
    if written in _THESES.values():
        return written
    text = _thesis_type(record)
    kind = thesis_kind(text)
    if kind in _THESES or not text:
        return _THESES.get(kind, "phdthesis")
    message = f"BibTeX has types for master's and PhD theses alone: the kind {text!r} is left to `type`"
    losses.append(Loss("L09", "type", message, "information"))
    return "phdthesis" if not kind else "mastersthesis"


def _is_said(record: Record, field: SourceField) -> bool:
    """Whether the entry type that is written says all that `type` does."""
    text = field.text.strip().lower()
    key = next((key for key, shown in schema().kinds.items() if text in (key, shown.lower())), "")
    if record.source_type.lower() == "report":
        return key == "techreport"
    is_thesis = canonical_type(record.source_type) == "thesis"
    return is_thesis and key in _THESES and _THESES[key] == _bibtex_thesis(record, [])


def _thesis_type(record: Record) -> str:
    return next((decode_plain(field.text) for field in record.fields if field.name.lower() == "type"), "")
