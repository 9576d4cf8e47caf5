"""Identifiers as they stand in sources, brought to their bare form. What a DOI is, is decided here alone."""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote

#: `https://doi.org/`, `doi:` and both together; publishers and libraries have resolvers under names of their own. The
#: bound on a host's name keeps hostile values from costing more than their length.
_DOI_PREFIX = re.compile(
    r"""
    (?: doi\s*[:=]?\s*(?=10\.|https?:|doi|dx\.|www\.)
      | (?:https?://)?(?:dx\.|www\.)?doi\.(?:acm\.|ieeecomputersociety\.)?org/\s*
      | https?://[\w.-]{0,60}\bdoi\b[\w.-]{0,60}/(?=10\.\d{4})
      | info:doi/ | urn:doi:
    )+
    """,
    re.IGNORECASE | re.VERBOSE,
)
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*(?:/|%2[Ff])\S+")
#: A DOI has no upper limit, but nobody has seen one of even this length.
_LONGEST_DOI = 2000
_CLOSING = {")": "(", "]": "[", "}": "{", ">": "<"}
_ENTITIES = ("&lt;", "&gt;", "&amp;")


class DoiPlace(NamedTuple):
    """Where in a text the DOI stands that all of it is about; what is around it is a resolver, a label or a mark."""

    start: int
    end: int


def locate_doi(text: str) -> DoiPlace | None:
    """The place of the DOI in a text that holds nothing but one, with or without a resolver before it.

    A mark at the end belongs to the sentence that the DOI was cut out of, a bracket only if it was not opened.
    """
    if len(text) > _LONGEST_DOI:
        return None
    stripped = text.strip()
    start = text.index(stripped)
    prefix = _DOI_PREFIX.match(stripped)
    if prefix is not None:
        start += prefix.end()
    match = _DOI.match(text, start)
    if match is None or text[match.end() :].strip():
        return None
    end = _end_of_doi(text, start, match.end())
    return DoiPlace(start, end) if _DOI.fullmatch(text, start, end) else None


def bare_doi(text: str) -> str:
    """A DOI without the address of a resolver or `doi:` before it; other text without outer blanks."""
    return find_doi(text) or text.strip()


def find_doi(text: str) -> str | None:
    """The DOI that a whole text is, with or without a resolver before it; None when it is anything else."""
    place = locate_doi(text)
    if place is None:
        return None
    doi = text[place.start : place.end]
    # An address has its signs percent-encoded.
    if "%" in doi and ("://" in text[: place.start] or "/" not in doi):
        doi = unquote(doi)
    return unescape(doi) if any(entity in doi for entity in _ENTITIES) else doi


def _end_of_doi(text: str, start: int, end: int) -> int:
    while end > start and _is_superfluous(text, start, end):
        end -= 1
    return end


def _is_superfluous(text: str, start: int, end: int) -> bool:
    last = text[end - 1]
    if last in _CLOSING:
        return text.count(last, start, end) > text.count(_CLOSING[last], start, end)
    return last in ".,\"'" or (last in ";:" and not _ends_in_entity(text, end))


def _ends_in_entity(text: str, end: int) -> bool:
    return text[max(end - 5, 0) : end].endswith(_ENTITIES)
