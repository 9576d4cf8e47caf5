"""The formats that bibwright reads and writes, and how a file's format is found."""

from __future__ import annotations

import re

from bibwright.formats.bibtex import BIBLATEX, BIBTEX
from bibwright.formats.format import Format
from bibwright.formats.ris import RIS

#: By id, in the order in which they are offered.
FORMATS: dict[str, Format] = {format.id: format for format in (BIBTEX, BIBLATEX, RIS)}

_RIS_START = re.compile(r"^TY {0,3}- *\S", re.MULTILINE)
_BIBTEX_START = re.compile(r"^[ \t]*@[ \t]*\w+[ \t]*[{(]", re.MULTILINE)


def format_of_name(path: str) -> Format | None:
    """The format that a path's or URI's suffix names; None when it names none."""
    name = path.lower()
    return next((format for format in FORMATS.values() if name.endswith(format.suffix)), None)


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


def _first_matches(text: str) -> list[tuple[Format, re.Match[str]]]:
    found = ((BIBTEX, _BIBTEX_START.search(text)), (RIS, _RIS_START.search(text)))
    return [(format, match) for format, match in found if match is not None]
