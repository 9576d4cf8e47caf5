"""Which fields and tags hold what kind of text."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from bibwright.formats.bibtex.schema import canonical_field, datatype_of
from bibwright.rules.names.lists import NAME_FIELDS
from bibwright.rules.words import word_set

#: Titles of works, in a .bib and in RIS; those of journals and series stand apart.
WORK_TITLES: Final = (
    *("title", "subtitle", "booktitle", "booksubtitle", "maintitle", "mainsubtitle", "issuetitle"),
    *("ti", "t1", "ct", "bt"),
)
#: In a .bib what the styles print besides names. Abstracts, keywords, the annotations of reference managers and
#: everything they do not know never reach TeX.
PRINTED_FIELDS: Final = (
    *("title", "subtitle", "titleaddon", "booktitle", "booksubtitle", "booktitleaddon", "maintitle", "mainsubtitle"),
    *("maintitleaddon", "journal", "journaltitle", "journalsubtitle", "shortjournal", "issuetitle", "issuesubtitle"),
    *("eventtitle", "eventtitleaddon", "venue", "origtitle", "reprinttitle", "shorttitle", "series", "shortseries"),
    *("publisher", "institution", "school", "organization", "address", "location", "origpublisher", "origlocation"),
    *("howpublished", "note", "addendum", "edition", "type", "version", "chapter", "part"),
)
#: In a .bib numbers, which the styles print too.
NUMBER_FIELDS: Final = ("volume", "number", "issue", "pages", "eid", "pagetotal", "volumes")
PRINTED_NAMES: Final = NAME_FIELDS

#: Of the fields that programs take as they are written those with web addresses and identifiers.
ADDRESSES: Final = word_set("url doi ur do l2 link ee biburl opturl url2 bdsk-url-1 bdsk-url-2 lk di")

_VERBATIM_DATATYPES = ("verbatim", "identifier", "entrykey", "entrykeys", "options", "code")
#: Tags of RIS, and what reference managers and databases add to a .bib, besides the fields of these datatypes.
_VERBATIM = ADDRESSES | word_set("""
    key keys isrn bdsk-file-1 bdsk-file-2 local-url owner timestamp groups archiveprefix primaryclass eprinttype
    eprintclass langid hyphenation date-added date-modified bibsource abstract-url contents sentelink username
    ty er sn l1 l3 l4 id an m2
""")


@lru_cache(maxsize=1024)
def is_verbatim(name: str) -> bool:
    """Whether a field or tag (lower case) holds an address, an identifier, a key or a path, and no LaTeX."""
    return name in _VERBATIM or datatype_of(canonical_field(name)) in _VERBATIM_DATATYPES
