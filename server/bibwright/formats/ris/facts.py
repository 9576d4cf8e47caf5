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
        tags.setdefault(text[field.name.start : field.name.end].upper(), field)

    def value(*wanted: str) -> str:
        for tag in wanted:
            if tag in tags:
                return value_text(text, tags[tag])
        return ""

    doi, doi_field = "", None
    for tag in _DOI:
        if tag in tags and (doi := comparable_doi(value_text(text, tags[tag]))):
            doi_field = tags[tag]
            break
    title_field = tags.get("TI") or tags.get("T1")
    title = work = ""
    if title_field is not None:
        written = value_text(text, title_field)
        title = comparable_text(written)
        if has_title_of_its_own(written):
            work = work_value(title, value("AU", "A1", "ED"), value("PY", "Y1", "DA"))
    if not doi and not work:
        return
    entry_type = entry.type.of(text).lower() if entry.type is not None else ""
    detail = write_work((entry_type, title, doi, *(value(*wanted) for wanted in _TOLD)))
    if doi_field is not None:
        yield Fact("doi", doi, key, doi_field.value, detail)
    if work and title_field is not None:
        yield Fact("work", work, key, title_field.value, detail)
