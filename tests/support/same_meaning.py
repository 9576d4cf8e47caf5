"""How fields are compared over all formats: values by `bibwright.model.same_value`, and the words of tables.

- **Languages** by name or by code (`ngerman`, `German`, `ger`, `de`) are one language.
- **Editions** as numbers or as ordinals (`2`, `2nd`, `Second`) are one edition.
- **Kinds of theses and reports** by biblatex's key or in words (`phdthesis`, `PhD thesis`) are one kind.
- **Fields by another name**: what no variable holds is compared under the name that the dialects of BibTeX, or RIS and
  the two forms of EndNote, have in common (`school` and `institution`; `AN`, `%M` and `accession-num`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import TypeAlias

from bibwright.formats.bibtex.reader import ORDINALS
from bibwright.formats.bibtex.schema import canonical_field, schema
from bibwright.formats.endnote.schema import schema as endnote_schema
from bibwright.model.dates import Date
from bibwright.model.identifiers import bare_doi
from bibwright.model.names import OTHERS, Name
from bibwright.model.record import Record, SourceField
from bibwright.model.richtext import RichText, plain_text

Value: TypeAlias = "Name | Date | RichText | str"

SPELLINGS = {
    "language": schema().languages,
    "genre": {key: shown.lower() for key, shown in schema().kinds.items()},
    "edition": {word.lower(): str(number) for number, word in enumerate(ORDINALS, 1)},
}
_DASHES = re.compile(r"\s*[-‐‑‒–—]+\s*")
_NUMBERS = re.compile(r"[,;\s]+")


def values_of(record: Record, variable: str) -> tuple[Value, ...]:
    """The values of a variable, none where the record does not have it."""
    if variable in ("id", "citation-key") and variable not in record.texts:
        return (" ".join(record.key.split()),)
    if variable == "type":
        return (record.type,)
    if variable in record.names:
        return record.names[variable]
    if variable in record.dates:
        return (record.dates[variable],)
    return record.texts.get(variable, ())


def with_own_values(record: Record, field: SourceField, variable: str) -> Record:
    """The record with only those of several values that stand in this field, unless none stands there literally."""
    values = record.texts.get(variable, ())
    own = tuple(value for value in values if plain_text(value) in field.text)
    return replace(record, texts={**record.texts, variable: own}) if len(values) > 1 and own else record


def field_name(name: str) -> str:
    """A name for a field that other formats may call otherwise."""
    table = endnote_schema()
    if name.startswith("%"):
        return table.by_tag.get(name[1:], name)
    return table.by_path.get(name) or table.by_alike.get(name.upper()) or canonical_field(name)


def loose_forms(variable: str, value: Value) -> frozenset[str]:
    """The ways in which a value may stand as scalars of a file: for a format that is not read as records."""
    match value:
        case Name():
            family = f"{value.particle} {value.family}".strip()
            forms = [value.literal or ", ".join(part for part in (family, value.given, value.suffix) if part)]
            return frozenset() if value == OTHERS else frozenset(map(loose, forms))
        case Date():
            return frozenset(_date_forms(value))
        case str():
            return frozenset((loose(value),))
    plain = plain_text(value)
    forms = [plain, SPELLINGS.get(variable, {}).get(plain.lower(), plain)]
    if variable == "DOI":
        forms.append(bare_doi(plain))
    return frozenset(map(loose, forms))


def _date_forms(date: Date) -> Iterator[str]:
    start = date.start
    if start is None or date.end is not None or date.open_end or (start.month or 0) > 12:
        return
    sign = "~" if date.circa or date.uncertain else ""
    year = f"{start.year:04d}" if start.year >= 0 else f"-{-start.year:04d}"
    yield sign + "-".join([year, *(f"{part:02d}" for part in start[1:] if part is not None)])


def loose(text: str) -> str:
    """A text without regard to case, blanks, the kind of dashes, and what stands between numbers of a list."""
    plain = _DASHES.sub("-", " ".join(unicodedata.normalize("NFC", text).split())).lower()
    return _NUMBERS.sub(" ", plain)
