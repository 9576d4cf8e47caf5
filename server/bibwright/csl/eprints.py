"""What styles print of a record in a repository: they ask for address, number and publisher, and know no eprints.

That a preprint is in arXiv stands in fields of its own in .bib files, so that without this no style would say it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from bibwright.model.repositories import find_labelled_eprint, find_repository, repository_name
from bibwright.model.richtext import rich_text

if TYPE_CHECKING:
    from bibwright.model.record import Record

#: What an id follows in an address, by repository.
_ADDRESSES = {
    "arxiv": "https://arxiv.org/abs/",
    "hal": "https://hal.science/",
    "hdl": "https://hdl.handle.net/",
    "jstor": "https://www.jstor.org/stable/",
}
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9./_-]*")
#: An id of arXiv, which nobody else has: of today (`2101.00001v2`) and of before 2007 (`math.GT/0309136`).
_ARXIV_ID = re.compile(r"[0-9]{4}\.[0-9]{4,5}(?:v[0-9]+)?|[a-z-]+(?:\.[A-Z]{2})?/[0-9]{7}(?:v[0-9]+)?")


def with_eprint(record: Record) -> Record:
    """`record`; one with an eprint has its address, too, unless it has a DOI or another one.

    A preprint (CSL type `article`) has the repository as its publisher and the id as its number, unless it has others.
    """
    if "eprint" not in record.texts:
        return record
    repository, eprint = _find_place(record)
    if repository not in _ADDRESSES or not _ID.fullmatch(eprint):
        return record
    added: dict[str, str] = {}
    if not record.text("DOI"):
        added["URL"] = _ADDRESSES[repository] + eprint
    if record.type == "article":
        added["publisher"] = repository_name(repository)
        added["number"] = f"arXiv:{eprint}" if repository == "arxiv" else eprint
    return replace(record, texts={**{name: (rich_text(text),) for name, text in added.items()}, **record.texts})


def _find_place(record: Record) -> tuple[str, str]:
    """The repository, empty where it is not known, and the id in it."""
    eprint = record.text("eprint").strip()
    if labelled := find_labelled_eprint(eprint):
        return labelled.repository, labelled.id
    if name := record.text("eprinttype"):
        return find_repository(name), eprint
    return "arxiv" if _ARXIV_ID.fullmatch(eprint) else "", eprint
