"""Which fields and tags hold what kind of text."""

from __future__ import annotations

from typing import Final

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

#: Tags and fields that programs take as they are written, without LaTeX: addresses, identifiers, keys, paths.
VERBATIM: Final = word_set("""
    url doi eprint file pdf verba verbb verbc pmid pmcid isbn issn isrn crossref xref xdata ids entryset related
    key keys options execute code bdsk-url-1 bdsk-url-2 bdsk-file-1 bdsk-file-2 local-url owner timestamp groups
    archiveprefix primaryclass eprinttype eprintclass langid hyphenation date-added date-modified link ee biburl
    bibsource url2 abstract-url opturl contents sentelink username
    ty er ur do sn l1 l2 l3 l4 id an m2 lk di
""")
#: Of these the ones that hold web addresses and identifiers, where an entity is a slip too.
ADDRESSES: Final = word_set("url doi ur do l2 link ee biburl opturl url2 bdsk-url-1 bdsk-url-2 lk di")
