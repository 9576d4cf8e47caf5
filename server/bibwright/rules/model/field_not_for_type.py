"""A field stands in an entry whose type has no place for it, so styles leave its value out.

Only fields are reported that show a confusion: the journal of a conference paper, the book title of an article, the
school of a book, the pages of whole proceedings, and an ISSN in a book of its own (a book in a series has that of the
series). Other fields that a type does not take are nobody's mistake: databases give the publisher of every article.

Bad::

    @inproceedings{smith2020,
      author = {Smith, Ann},
      title = {On Trees},
      journal = {Proceedings of the Forest Conference},
      year = {2020}
    }

Good::

    @inproceedings{smith2020,
      author = {Smith, Ann},
      title = {On Trees},
      booktitle = {Proceedings of the Forest Conference},
      year = {2020}
    }
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from bibwright.analysis.diagnostics import Fix, Severity, unsafe_fix
from bibwright.analysis.rule import UNSAFE, Context, Report, fields, rule
from bibwright.formats.bibtex.datamodel import takes_field
from bibwright.formats.bibtex.schema import canonical_field, canonical_type
from bibwright.rules.words import word_set
from bibwright.syntax.nodes import Entry, Field
from bibwright.text.spans import Edit

_PARTS = word_set("inproceedings incollection inbook bookinbook suppbook suppcollection inreference")
_BOOKS = word_set("book mvbook collection mvcollection reference mvreference")
#: The types in which a field is reported.
_TYPES = {
    "journaltitle": _PARTS | _BOOKS | {"proceedings", "mvproceedings"},
    "booktitle": frozenset({"article"}),
    "institution": _PARTS | _BOOKS | {"article", "proceedings"},
    "pages": frozenset({"proceedings"}),
    "issn": _BOOKS,
}


@rule(
    "M305",
    "field-not-for-type",
    Severity.INFORMATION,
    watches=fields("journal", "journaltitle", "booktitle", "school", "pages", "issn"),
    formats=("bibtex",),
    fixes=(UNSAFE,),
)
def field_not_for_type(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """Fields that tell of another type than the entry has."""
    if entry.type is None:
        return
    text = context.text
    name, written_type = field.name.of(text), entry.type.of(text)
    if not _may_be_misplaced(name, written_type):
        return
    canonical, entry_type = canonical_field(name), canonical_type(written_type)
    if takes_field(entry_type, canonical, context.dialect):
        return
    if canonical == "issn" and context.field_of(entry, "series", "number", "volume") is not None:
        return
    message = f"styles leave {name} out of @{written_type}"
    yield Report(field.name, message, tuple(_fixes(context, entry, field, canonical, entry_type)))


@lru_cache(maxsize=1024)
def _may_be_misplaced(name: str, written_type: str) -> bool:
    return canonical_type(written_type) in _TYPES[canonical_field(name)]


def _fixes(context: Context, entry: Entry, field: Field, canonical: str, entry_type: str) -> Iterator[Fix]:
    assert entry.type is not None
    if canonical == "journaltitle" and entry_type in _PARTS and context.field_of(entry, "booktitle") is None:
        yield unsafe_fix("Write booktitle", Edit(*field.name, "booktitle"))
    if canonical == "booktitle" and context.field_of(entry, "journal", "journaltitle") is None:
        yield unsafe_fix("Write @inproceedings", Edit(*entry.type, "inproceedings"))
