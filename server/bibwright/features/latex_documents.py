"""Which dialect the LaTeX documents near a .bib file read it in, and which others they use with it.

Only text is looked at, and little of it: the `.tex` files in the folder of the .bib and in the two above, up to the
root of a repository. Where they disagree, or none names the file, nothing is known.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bibwright.features.nearby import NearbyDocuments, folders_about

_COMMENT = re.compile(r"(?<!\\)%[^\n]*")
# No two patterns side by side match the same blanks or words: a hostile document would cost time without end.
_LOADS = re.compile(r"\\(?:usepackage|RequirePackage)\s*(?:\[[^\]]{0,2000}\]\s*)?\{([^{}]*)\}")
_BIBLATEX = re.compile(r"\bbiblatex\b")
_NAMES_FOR_BIBLATEX = re.compile(
    r"\\add(?:bib|globalbib|sectionbib)(?:resource)?\s*(?:\[[^\]]{0,2000}\]\s*)?\{([^{}]+)\}"
)
_NAMES = re.compile(r"\\bibliography\s*\{([^{}]+)\}")
_HAS_BIBTEX_STYLE = re.compile(r"\\bibliographystyle\s*\{")


@dataclass(frozen=True, slots=True)
class _Document:
    """What a .tex file says: the .bib files that it names, in lower case, and for which programs it is made."""

    for_biblatex: frozenset[str]
    for_either: frozenset[str]
    loads_biblatex: bool
    has_bibtex_style: bool


class LatexDocuments(NearbyDocuments[_Document]):
    """Reads each folder once; `forget` when files may have changed."""

    def __init__(self) -> None:
        super().__init__((".tex",), _read_document)

    def find_dialect(self, path: Path) -> str:
        """`bibtex` or `biblatex` for the .bib file at `path`, or empty."""
        bib = os.path.normcase(os.path.abspath(path))
        found: set[str] = set()
        for folder in folders_about(os.path.dirname(bib)):
            documents = self.in_folder(folder)
            biblatex = any(document.loads_biblatex for document in documents)
            bibtex = any(document.has_bibtex_style for document in documents)
            for document in documents:
                if bib in document.for_biblatex:
                    found.add("biblatex")
                elif bib in document.for_either and biblatex != bibtex:
                    # `\bibliography` is understood by both; what goes with it stands in the same folder.
                    found.add("biblatex" if biblatex else "bibtex")
        return found.pop() if len(found) == 1 else ""

    def find_companions(self, path: Path) -> frozenset[str]:
        """The .bib files that a LaTeX document uses together with the one at `path`, that one left out."""
        bib = os.path.normcase(os.path.abspath(path))
        found: set[str] = set()
        for folder in folders_about(os.path.dirname(bib)):
            for document in self.in_folder(folder):
                named = document.for_biblatex | document.for_either
                if bib in named:
                    found |= named
        return frozenset(found - {bib})


def _read_document(path: str, text: str) -> _Document:
    folder = os.path.dirname(path)
    text = _COMMENT.sub("", text)
    return _Document(
        frozenset(_named(_NAMES_FOR_BIBLATEX, text, folder)),
        frozenset(_named(_NAMES, text, folder)),
        any(_BIBLATEX.search(match[1]) for match in _LOADS.finditer(text)),
        _HAS_BIBTEX_STYLE.search(text) is not None,
    )


def _named(pattern: re.Pattern[str], text: str, folder: str) -> Iterator[str]:
    for match in pattern.finditer(text):
        for name in match[1].split(","):
            name = name.strip()
            if name and "\0" not in name:
                path = os.path.abspath(os.path.join(folder, name if name.lower().endswith(".bib") else f"{name}.bib"))
                yield os.path.normcase(path)
