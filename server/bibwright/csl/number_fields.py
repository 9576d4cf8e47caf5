"""Labels that stand inside of number fields: `no. 3`, `pp. 12-14`, `12, ch. 5`.

People type the label that a style would print. One that says what the field is goes, one that says something else
is a label like the style's own: it stands before its number, in the words of the style.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from bibwright.csl.numbers import is_numeric

#: The short labels that citeproc-js knows, and the terms of CSL that they stand for.
_LABELS = {
    "add": "addendum", "amend": "amendment", "annot": "annotation", "app": "appendix", "art": "article",
    "bibliog": "bibliography", "bk": "book", "ch": "chapter", "cl": "clause", "cmt": "comment", "col": "column",
    "dec": "decision", "dept": "department", "ex": "example", "fig": "figure", "fld": "field", "fol": "folio",
    "hypo": "hypothetical", "illus": "illustration", "intro": "introduction", "l": "line", "n": "note",
    "no": "issue", "op": "opus", "p": "page", "para": "paragraph", "pmbl": "preamble", "pp": "page",
    "princ": "principle", "pt": "part", "pub": "publication", "r": "rule", "sched": "schedule", "sec": "section",
    "ser": "series", "subch": "subchapter", "subdiv": "subdivision", "subpara": "subparagraph",
    "subsec": "subsection", "supp": "supplement", "sv": "sub-verbo", "tbl": "table", "tit": "title",
    "vol": "volume", "vrs": "verse",
}  # fmt: skip
_LABEL = re.compile(rf"(?:^|(?<=\s))({'|'.join(sorted(_LABELS, key=len, reverse=True))})\.\s*(?=\d|[ivxlc]+\b)")
_JOINER = re.compile(r"\s*(?:[,;&]|\band\b)?\s*\Z")


class NumberPart(NamedTuple):
    """Numbers of one label, a term of CSL. `joiner` is what stands before it in the field."""

    label: str
    text: str
    joiner: str = ""


@lru_cache(maxsize=4096)
def split_labels(text: str, own: str) -> tuple[NumberPart, ...]:
    """The numbers of a field by their labels; those without one have the label `own`, that of the field."""
    if "." not in text:
        return (NumberPart(own, text),)
    found = [match for match in _LABEL.finditer(text) if _applies(match, text, own)]
    if not found:
        return (NumberPart(own, text),)
    parts: list[NumberPart] = []
    before = text[: found[0].start()]
    joiner = ""
    if before.strip():
        joiner = _joiner(before)
        parts.append(NumberPart(own, before.removesuffix(joiner)))
    for match, following in zip(found, [*found[1:], None], strict=True):
        number = text[match.end() : following.start() if following else len(text)]
        ending = _joiner(number) if following else ""
        parts.append(NumberPart(_term(match[1], own), number.removesuffix(ending), joiner))
        joiner = ending
    return tuple(parts)


def is_numeric_field(text: str, own: str) -> bool:
    """Whether the field holds numbers alone, its own label left out."""
    return is_numeric(split_labels(text, own)[0].text)


def _applies(match: re.Match[str], text: str, own: str) -> bool:
    """A label at the beginning has to be one that may stand in the field; one further on follows a number."""
    if text[: match.start()].strip():
        before = text[: match.start()]
        return is_numeric(before.removesuffix(_joiner(before)).rpartition(".")[2])
    return _term(match[1], own) == own or own in _ANY


def _term(label: str, own: str) -> str:
    term = _LABELS[label]
    return own if term == "issue" and own == "number" else term


def _joiner(text: str) -> str:
    found = _JOINER.search(text)
    return found[0] if found else ""


#: The kinds of place that a locator names: it may turn out to be another.
_ANY = frozenset((*_LABELS.values(), "sub verbo", "locator")) - {"issue", "volume", "section", "page", "part"}
