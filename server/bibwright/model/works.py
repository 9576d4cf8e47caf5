"""What tells works apart as far as a glance at the source can: for finding the same work in two records.

Every entry of a library is looked at when it is opened, so nothing is decoded here: titles and names are compared by
the letters in them, without commands, accents and signs. What is compared this way is never shown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from bibwright.model.identifiers import find_doi

_PLAIN_DOI = re.compile(r"10\.\d{4,9}/[\w.()/:<>-]*\w", re.ASCII)
_COMMAND = re.compile(r"\\[A-Za-z]+")
_WORD = re.compile(r"[^\W_]+")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
#: Titles are told apart by so much of them.
_LONGEST = 96
#: Shorter titles are those of a hundred works.
_FEWEST_WORDS = 3
_FEWEST_LETTERS = 14
_BETWEEN = "\x1f"
_GENERIC = """
    letter to the editor; letters to the editor; letter from the editor; from the editor; from the editors;
    editorial comments; editorial introduction; introduction to the special issue; in this issue; book review;
    book reviews; about the authors; about the author; table of contents; list of contributors; call for papers;
    front matter; back matter; title page; message from the chairs; guest editors introduction;
    guest editorial introduction; introduction and overview; program committee; author index; subject index;
    notes on contributors; preface to the second edition; preface to the first edition; from the president;
    from the board of directors; calendar of events; collected works; selected papers; annual report; review article;
    notes and references; conclusions and future work; summary and conclusions; state of the art
"""
_GENERIC_TITLES = frozenset("".join(title.split()) for title in _GENERIC.split(";"))
_LETTERS_AND_DIGITS = bytes(range(256)).lower()
_SIGNS = bytes(code for code in range(128) if not chr(code).isalnum())


class Work(NamedTuple):
    """What tells the work of one record from that of another; each part empty where the record does not say.

    `type` is the entry or reference type in lower case, `title` comparable; `pages`, `volume`, `number`, `edition` and
    `container` are as written.
    """

    type: str = ""
    title: str = ""
    doi: str = ""
    pages: str = ""
    volume: str = ""
    number: str = ""
    edition: str = ""
    container: str = ""


def write_work(parts: Iterable[str]) -> str:
    """The parts of a `Work` in one text, as a fact's detail holds them."""
    return _BETWEEN.join(parts)


def read_work(text: str) -> Work:
    """What `write_work` wrote."""
    return Work(*text.split(_BETWEEN)[: len(Work._fields)])


def comparable_doi(text: str) -> str:
    """The DOI that a whole value is, in lower case, as DOIs are compared; empty when it is anything else."""
    if _PLAIN_DOI.fullmatch(text):
        return text.lower()
    if "\\" in text or "{" in text:
        text = text.replace("\\", "").replace("{", "").replace("}", "")
    return (find_doi(text) or "").lower()


def comparable_text(text: str) -> str:
    """The letters and digits in lower case, without LaTeX commands and accents; of a long text the beginning."""
    text = text[: 4 * _LONGEST]
    if "\\" in text:
        text = _COMMAND.sub("", text)
    if text.isascii():
        return text.encode().translate(_LETTERS_AND_DIGITS, _SIGNS)[:_LONGEST].decode()
    return "".join(_WORD.findall(unicodedata.normalize("NFKD", text.lower())))[:_LONGEST]


def comparable_family(name: str) -> str:
    """The family name of one name, `Doe, Jane` or `Jane Doe`, as far as a glance tells."""
    family, comma, _ = name.partition(",")
    if not comma:
        family = family.rsplit(None, 1)[-1] if family.strip() else ""
    return comparable_text(family)


def work_value(title: str, names: str, date: str) -> str:
    """What the records of one work have in common: its title, the first name and the year; empty if that is not enough.

    `title` is comparable, `names` a list of names or only its beginning.
    """
    year = _YEAR.search(date)
    if year is None or len(title) < _FEWEST_LETTERS or title in _GENERIC_TITLES:
        return ""
    family = comparable_family(names)
    return f"{title} {family} {year.group()}" if family else ""


def has_title_of_its_own(title: str) -> bool:
    """Whether a title as written has words enough to stand for one work."""
    return len(title.split(None, _FEWEST_WORDS - 1)) == _FEWEST_WORDS
