"""The formats that bibwright reads and writes, and how a file's format is found."""

from __future__ import annotations

import re
from typing import TypeAlias

from bibwright.formats.bibtex import BIBLATEX, BIBTEX
from bibwright.formats.csl_data import CSL_JSON, CSL_YAML
from bibwright.formats.endnote import ENDNOTE_XML, ENW
from bibwright.formats.exchange import ExchangeFormat
from bibwright.formats.format import Format
from bibwright.formats.hayagriva import HAYAGRIVA
from bibwright.formats.nbib import NBIB
from bibwright.formats.ris import RIS

AnyFormat: TypeAlias = Format | ExchangeFormat

#: Those that are checked and edited live, by id, in the order in which they are offered.
FORMATS: dict[str, Format] = {format.id: format for format in (BIBTEX, BIBLATEX, RIS)}
#: Those that are converted only.
EXCHANGE_FORMATS: dict[str, ExchangeFormat] = {
    format.id: format for format in (CSL_JSON, CSL_YAML, NBIB, ENW, ENDNOTE_XML, HAYAGRIVA)
}
ALL_FORMATS: dict[str, AnyFormat] = {**FORMATS, **EXCHANGE_FORMATS}
#: Those that a conversion can read, and those that it can write.
SOURCES: dict[str, AnyFormat] = {name: one for name, one in ALL_FORMATS.items() if one is not HAYAGRIVA}
TARGETS: dict[str, AnyFormat] = {name: one for name, one in ALL_FORMATS.items() if one.write_record is not None}

_RIS_START = re.compile(r"^TY {0,3}- *\S", re.MULTILINE)
_BIBTEX_START = re.compile(r"^[ \t]*@[ \t]*\w+[ \t]*[{(]", re.MULTILINE)


def format_of_name(path: str) -> Format | None:
    """The format that a path's or URI's suffix names; None when it names none."""
    name = path.lower()
    return next((format for format in FORMATS.values() if name.endswith(format.suffix)), None)


def suffix_of(format: AnyFormat) -> str:
    """The usual suffix of a file of a format."""
    return format.suffixes[0] if isinstance(format, ExchangeFormat) else format.suffix


def find_format(path: str, text: str, language_id: str = "") -> Format | None:
    """The format of a document: its suffix decides, then the editor's language id, then what the text begins with."""
    by_name = format_of_name(path)
    if by_name is not None:
        return by_name
    for format in FORMATS.values():
        # `bib` is Neovim's name for BibTeX.
        if language_id == format.language_id or (language_id == "bib" and format is BIBTEX):
            return format
    starts = [(match.start(), format) for format, match in _first_matches(text)]
    return min(starts, key=lambda start: start[0])[1] if starts else None


def find_any_format(path: str, text: str) -> AnyFormat | None:
    """The format of a file to convert: as a .bib or .ris it is one unless it plainly holds another format.

    Databases call MEDLINE's files .ris. Elsewhere what the text begins with decides, for .json and .xml are the
    suffixes of many things.
    """
    format = find_format(path, text)
    begun = [one for one, _ in _first_matches(text)]
    if format is not None and begun:
        return format if format in begun or format_of_name(path) is None else begun[0]
    recognised = [other for other in EXCHANGE_FORMATS.values() if other.recognises(text)]
    if not recognised:
        return format
    name = path.lower()
    return next((other for other in recognised if name.endswith(other.suffixes)), recognised[0])


def _first_matches(text: str) -> list[tuple[Format, re.Match[str]]]:
    found = ((BIBTEX, _BIBTEX_START.search(text)), (RIS, _RIS_START.search(text)))
    return [(format, match) for format, match in found if match is not None]
