"""A tag says something that records of this type do not have, so the type or the tag is the wrong one.

What a tag means depends on the type of the record: a book has a series in `T2` and no journal, and the issue of a
thesis is lost. In the first case the type is wrong, in the second the tag.

Bad::

    TY  - CHAP
    AU  - Smith, Ann
    TI  - On Trees
    JF  - Handbook of Trees
    PY  - 2020
    ER  -

Good::

    TY  - CHAP
    AU  - Smith, Ann
    TI  - On Trees
    T2  - Handbook of Trees
    PY  - 2020
    ER  -
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, unsafe_fix
from bibwright.analysis.rule import UNSAFE, Context, Report, fields, rule
from bibwright.formats.ris.datamodel import data_model
from bibwright.rules.quoting import quoted
from bibwright.syntax.nodes import Entry, Field, value_text
from bibwright.text.spans import Edit

_ISBN_13 = re.compile(r"97[89][ -]?(?:\d[ -]?){9}\d")
_ISSN = re.compile(r"\d{4}-?\d{3}[\dXx]")
_JOURNAL = re.compile(r"(?:The )?(?:[A-Z][\w.]* ){0,3}(?:Journal|Transactions|Annals|Zeitschrift|Revue)\b")
_JOURNALS = frozenset({"JOUR", "EJOUR", "INPR"})
_BOOKS = frozenset({"BOOK", "EBOOK"})


@rule(
    "M315",
    "ris-type-tag-mismatch",
    Severity.INFORMATION,
    watches=fields("jo", "jf", "is", "cp", "sn", "t2"),
    formats=("ris",),
    fixes=(UNSAFE,),
)
def ris_type_tag_mismatch(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """Tags of another kind of work; and numbers and titles that tell another type."""
    if entry.type is None:
        return
    text = context.text
    tag, reference_type = field.name.of(text).upper(), entry.type.of(text).upper()
    misplaced = data_model().misplaced.get((reference_type, tag))
    if misplaced is not None:
        if context.field_of(entry, *(name.lower() for name in misplaced.unless)) is None:
            fix = unsafe_fix(f"Write {misplaced.to}", Edit(*field.name, misplaced.to))
            yield Report(field.name, f"{tag} holds {misplaced.holds}, which no {reference_type} record has", (fix,))
    elif tag == "SN" and reference_type in _JOURNALS:
        value = value_text(text, field).strip()
        if _ISBN_13.fullmatch(value):
            yield Report(field.value, f"{quoted(value)} is the ISBN of a book, but the record is a {reference_type}")
    elif tag == "T2" and reference_type in _BOOKS and _is_article(context, entry, field):
        fix = unsafe_fix("Write JOUR", Edit(*entry.type, "JOUR"))
        journal = quoted(value_text(text, field))
        yield Report(field.value, f"{journal} seems to be a journal, but the record is a {reference_type}", (fix,))


def _is_article(context: Context, entry: Entry, field: Field) -> bool:
    """Whether more than its name tells that the title is that of a journal: there are series called so too."""
    if not _JOURNAL.match(value_text(context.text, field)) or context.field_of(entry, "is", "cp") is None:
        return False
    number = context.field_of(entry, "sn")
    return number is None or _ISSN.fullmatch(value_text(context.text, number).strip()) is not None
