"""When two values say the same although they are not spelled alike: the whole list, each with its reason.

What is read again after writing is compared by this. Anything that is not here counts as different, and whoever writes
it has to say so.

- **Blanks** between words: no format means anything by their number. Line ends between paragraphs are compared; dates
  in words have none.
- **Signs as typewriters and TeX have them**: `--`, `---`, two grave accents and two apostrophes are dashes and
  quotation marks; a .bib gives back what they print. In addresses and identifiers they are what they are.
- **Signs in two encodings**: a letter with its accent as one character or as two (Unicode's canonical equivalence).
- **Dashes of a page range**: `12--34` (BibTeX), `12-34` (CSL) and `12–34` (print) are one range.
- **DOIs** are compared without the resolver's address and without regard to case, as the DOI handbook says.
- **Web addresses that resolve the record's own DOI** say what the DOI says.
- **A citation key** as a field of its own says no more than the key of the record.
- **Editions** as ordinals (`2nd`) are their numbers.
- **ISSNs and ISBNs** are numbers: one value that lists several is the same as several values.
- **A short title that is the whole title** says nothing more.
- **Names in one piece**: a `family` alone and a `literal` are printed and sorted alike; whether it is a person is not
  said by either. That nobody knows which part is which (`unsure`) is a doubt of the reader, not of the source.
- **Particles** that a format without a place for them has in its family name (`van der Berg, Jan`) may be read apart by
  a format that has one: the name is written with the same letters. The other way round, a distinction is lost.
- **Others** at the end of a list, which some formats cannot say, are reported where they are left out.

Languages, editions and kinds of theses by name, number or code are one where a table of `spellings` says so.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from bibwright.model.dates import Date
from bibwright.model.identifiers import bare_doi, find_doi
from bibwright.model.names import OTHERS, Name
from bibwright.model.richtext import RichText, Run, Style, join_runs, plain_text

if TYPE_CHECKING:
    from bibwright.model.record import Record

#: By variable and spelling in lower case, the one spelling that stands for all.
Spellings: TypeAlias = Mapping[str, Mapping[str, str]]

#: Code points of a text that is remembered.
_LONGEST_KNOWN = 300
_BLANKS = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" *\n\s*")
_DASHES = re.compile(r"\s*[-‐‑‒–—]+\s*")
_NUMBERS = re.compile(r"[,;\s]+")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
_TYPED = {"---": "—", "--": "–", "``": "“", "''": "”"}
_TYPED_SIGNS = re.compile("---?|``|''")


def is_said(variable: str, record: Record, back: Record, spellings: Spellings | None = None) -> bool:
    """Whether all values of a variable are among those of a record that was read back; names in their order too."""
    if variable in record.names:
        if record.names[variable] == back.names.get(variable):
            return True
        rest = iter(back.names.get(variable, ()))
        return all(any(is_same_name(name, other) for other in rest) for name in record.names[variable])
    if variable in record.dates:
        found = back.dates.get(variable)
        if found == record.dates[variable]:
            return True
        return found is not None and _comparable_date(found) == _comparable_date(record.dates[variable])
    if variable == "citation-key" and record.text(variable) == back.key:
        return True
    values, found_values = record.texts.get(variable, ()), back.texts.get(variable, ())
    if values == found_values:
        return True
    if variable.endswith("-short") and not found_values:
        found_values = back.texts.get(variable.removesuffix("-short"), ())
    if variable == "URL":
        doi = back.text("DOI").lower()
        values = tuple(url for url in values if not doi or (find_doi(plain_text(url)) or "").lower() != doi)
    table = (spellings or {}).get(variable, {})
    return not Counter(_each(variable, values, table)) - Counter(_each(variable, found_values, table))


def is_same_name(before: Name, after: Name) -> bool:
    """Whether a name was read back with all of its parts."""
    if before == after:
        return True
    if before == OTHERS or after == OTHERS:
        return False
    before, after = _comparable_name(before), _comparable_name(after)
    if before == after:
        return True
    whole = _in_one_piece(before)
    if whole and whole == _in_one_piece(after):
        return True
    family = f"{after.particle} {after.family}".strip()
    return before == replace(after, dropping_particle="", non_dropping_particle="", family=family)


def folded(text: str) -> str:
    """A text with single blanks and line ends, and with signs as they are printed."""
    # What is compared is folded on both sides, and mostly the same there.
    return (_fold_known if len(text) <= _LONGEST_KNOWN else _fold)(text)


def _fold(text: str) -> str:
    typed = _TYPED_SIGNS.sub(lambda match: _TYPED[match.group()], text)
    return _LINES.sub("\n", _BLANKS.sub(" ", unicodedata.normalize("NFC", typed))).strip()


_fold_known = lru_cache(maxsize=1024)(_fold)


def _comparable_name(name: Name) -> Name:
    spelled = name.mapped(folded)
    return replace(spelled, unsure=False) if spelled.unsure else spelled


def _in_one_piece(name: Name) -> str:
    if name.literal:
        return name.literal
    return "" if name.given or name.suffix else f"{name.particle} {name.family}".strip()


def _comparable_date(date: Date) -> Date:
    return replace(date, literal=" ".join(folded(date.literal).split()))


def _each(variable: str, values: tuple[RichText, ...], table: Mapping[str, str]) -> Iterator[object]:
    for value in values:
        plain = folded(plain_text(value))
        match variable:
            case "page":
                yield _DASHES.sub("-", plain)
            case "DOI":
                yield bare_doi(plain_text(value).strip()).lower()
            case "URL" | "eprint" | "PMID" | "PMCID":
                yield plain_text(value).strip()
            case "ISSN" | "ISBN":
                yield from (number.upper() for number in _NUMBERS.split(plain))
            case "edition" if (ordinal := _ORDINAL.fullmatch(plain)) is not None:
                yield ordinal[1] if table else (Run(ordinal[1]),)
            case _ if table:
                yield table.get(plain.lower(), plain.lower())
            case _:
                yield _comparable_text(value)


def _comparable_text(value: RichText) -> RichText:
    if all(run.style is Style.NONE for run in value):
        return (Run(folded(plain_text(value))),)
    # What could not be decoded is kept letter by letter.
    runs = join_runs(
        [run if Style.VERBATIM in run.style else Run(folded(f"|{run.text}|")[1:-1], run.style) for run in value]
    )
    if len(runs) == 1:
        return (Run(runs[0].text.strip(), runs[0].style),)
    return runs
