"""What other blocks may ask of a RIS block.

- `key`: a reference id, in lower case.
- `doi`: in lower case; its text is the reference id, its detail the work (`model.works`). `work`: title, first name and
  year, with the same text and detail.
"""

from __future__ import annotations

from collections.abc import Iterator

from bibwright.formats.format import Fact
from bibwright.model.works import comparable_doi, comparable_text, has_title_of_its_own, work_value, write_work
from bibwright.syntax.nodes import Entry, Field, Tree, value_text

_DOI = ("DO", "DI", "M3", "UR")
_PEOPLE = ("AU", "A1", "ED")
_ISSUED = ("PY", "Y1", "DA")
#: The tags for what a `Work` says besides its type, title and DOI.
_TOLD = (("SP",), ("VL",), ("IS",), ("ET",), ("T2", "JF", "JO", "JA", "BT"))


def find_facts(text: str, tree: Tree) -> tuple[Fact, ...]:
    """All facts of a block."""
    return tuple(fact for entry in tree.entries for fact in _facts(text, entry))


def _facts(text: str, entry: Entry) -> Iterator[Fact]:
    key = entry.key.of(text) if entry.key is not None else ""
    if entry.key is not None:
        yield Fact("key", key.lower(), key, entry.key)
    tags: dict[str, Field] = {}
    for field in entry.fields:
        start, end = field.name
        tags.setdefault(text[start:end].upper(), field)
    doi, doi_field = "", None
    for tag in _DOI:
        if tag in tags and (doi := comparable_doi(_value(text, tags[tag]))):
            doi_field = tags[tag]
            break
    title_field = tags.get("TI") or tags.get("T1")
    title = work = ""
    if title_field is not None:
        written = _value(text, title_field)
        title = comparable_text(written)
        if has_title_of_its_own(written):
            work = work_value(title, _first(text, tags, _PEOPLE), _first(text, tags, _ISSUED))
    if not doi and not work:
        return
    entry_type = entry.type.of(text).lower() if entry.type is not None else ""
    detail = write_work((entry_type, title, doi, *[_first(text, tags, wanted) for wanted in _TOLD]))
    if doi_field is not None:
        yield Fact("doi", doi, key, doi_field.value, detail)
    if work and title_field is not None:
        yield Fact("work", work, key, title_field.value, detail)


def _first(text: str, tags: dict[str, Field], wanted: tuple[str, ...]) -> str:
    for tag in wanted:
        if tag in tags:
            return _value(text, tags[tag])
    return ""


def _value(text: str, field: Field) -> str:
    """As `value_text`, which is too slow for all of a library's records."""
    if len(field.pieces) != 1:
        return value_text(text, field)
    start, end, *_ = field.pieces[0]
    return text[start:end]
