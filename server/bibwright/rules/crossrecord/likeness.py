"""What two records with the same DOI or title say against being of one work."""

from __future__ import annotations

import re

from bibwright.model.works import Work, comparable_text
from bibwright.rules.words import word_set

_WHOLES = word_set(
    "book mvbook collection mvcollection proceedings mvproceedings periodical reference edbook conf jfull"
)
_PARTS = word_set(
    "inbook incollection inproceedings conference bookinbook suppbook suppcollection inreference chap cpaper"
)
#: Types that come with a work, or describe none.
_OTHERS = word_set("set xdata comment customa customb customc review dataset data comp software")
#: What is written about a work, and often under its DOI.
_ABOUT_WORKS = re.compile(
    r"erratum|errata|corrigend|correctionto|correctionof|retract|addendum|commenton|replyto|responseto|discussionof"
    r"|^correction|^comments?on|^reply|^review|bookreview|supplement|appendix|translation|withdrawn"
)
_NUMBER = re.compile(r"\d+|[ivxlcdm]+\b", re.IGNORECASE)
#: Types for the same kind of work in the one file or the other.
_LIKE = {"conference": "inproceedings", "cpaper": "inproceedings", "mastersthesis": "thesis", "phdthesis": "thesis"} | {
    "techreport": "report",
    "electronic": "online",
    "www": "online",
    "misc": "",
    "gen": "",
}


def is_about_works(work: Work) -> bool:
    """Whether the title is that of an erratum, a reply, a review."""
    return _ABOUT_WORKS.search(work.title) is not None


def are_part_and_whole(one: Work, other: Work) -> bool:
    """Whether one is a chapter and the other may be the book, or one comes with the other."""
    if not _OTHERS.isdisjoint((one.type, other.type)):
        return True
    return (one.type in _PARTS and other.type in _WHOLES) or (one.type in _WHOLES and other.type in _PARTS)


def are_parts_of_a_book(one: Work, other: Work) -> bool:
    """Whether both are parts, or volumes, of what may be one book, and not the same one."""
    if one.type in _PARTS and other.type in _PARTS:
        return one.title != other.title or _differ(one.pages, other.pages)
    return (
        one.type in _WHOLES
        and other.type in _WHOLES
        and (_differ(one.volume, other.volume) or _differ(one.edition, other.edition))
    )


def are_different(one: Work, other: Work) -> bool:
    """Whether anything that both say differs, so that a common title, name and year are no proof."""
    types = [_LIKE.get(work.type, work.type) for work in (one, other)]
    if types[0] and types[1] and types[0] != types[1]:
        return True  # a preprint, a talk and an article are different records of the same thing
    return (
        _differ(one.doi, other.doi)
        or any(_differ(one[at], other[at]) for at in (3, 4, 5, 6))
        or _differ_in_words(one.container, other.container)
    )


def _differ(one: str, other: str) -> bool:
    """Whether two values both say something, and begin with different numbers, or with different words."""
    if not one or not other:
        return False
    numbers = [_NUMBER.search(value) for value in (one, other)]
    if numbers[0] is not None and numbers[1] is not None:
        return numbers[0].group().lower() != numbers[1].group().lower()
    return comparable_text(one) != comparable_text(other)


def _differ_in_words(one: str, other: str) -> bool:
    return bool(one) and bool(other) and comparable_text(one) != comparable_text(other)
