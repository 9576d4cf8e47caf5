"""Repositories whose ids citations name (`arXiv:2101.00001`), as the formats spell them."""

from __future__ import annotations

import re
from typing import NamedTuple

#: How a repository is written for people, by its key in biblatex.
_SHOWN = {
    "arxiv": "arXiv",
    "biorxiv": "bioRxiv",
    "googlebooks": "Google Books",
    "hal": "HAL",
    "hdl": "HDL",
    "jstor": "JSTOR",
    "medrxiv": "medRxiv",
    "ssrn": "SSRN",
}
_LABELLED = re.compile(r"\s*(arxiv)\s*:\s*(\S+)\s*(?:\[([^\[\]]*)\]\s*)?", re.IGNORECASE)
_WITH_SECTION = re.compile(r"(\S+)\s+\[([^\[\]]*)\]")


class Eprint(NamedTuple):
    """An id, the section of the repository, and the repository as biblatex names it; empty what is not said."""

    id: str
    section: str = ""
    repository: str = ""


def repository_name(key: str) -> str:
    """How a repository is written for people; a name that nobody knows as it stands."""
    return _SHOWN.get(key.strip().lower(), key.strip())


def find_repository(name: str) -> str:
    """The key in biblatex of a repository by any of its names, or empty."""
    key = "".join(name.split()).lower()
    return key if key in _SHOWN else ""


def show_eprint(eprint: Eprint) -> str:
    """`2101.00001 [cs.CL]`, as arXiv has it."""
    return f"{eprint.id} [{eprint.section}]" if eprint.section else eprint.id


def read_eprint(text: str) -> Eprint:
    """The parts of what `show_eprint` wrote."""
    match = _WITH_SECTION.fullmatch(text.strip())
    return Eprint(match[1], match[2]) if match else Eprint(text.strip())


def find_labelled_eprint(text: str) -> Eprint | None:
    """The id in a text that is nothing but one with the name of its repository before it (`arXiv:2101.00001`)."""
    match = _LABELLED.fullmatch(text)
    return Eprint(match[2], match[3] or "", match[1].lower()) if match else None
