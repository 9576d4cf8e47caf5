"""A record lacks what records of its type mostly have: a title, an author, a date, a journal.

RIS demands nothing but the type, so the record is read all the same; a citation of it has a hole. Legal texts, web
pages, works of art and messages often have no author or no date, and nothing is said about theirs. A tag whose value
is empty or a placeholder does not count.

Bad::

    TY  - JOUR
    AU  - Smith, Ann
    TI  - On Trees
    T2  - Trees
    ER  -

Good::

    TY  - JOUR
    AU  - Smith, Ann
    TI  - On Trees
    T2  - Trees
    PY  - 2020
    ER  -
"""

from __future__ import annotations

from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity
from bibwright.analysis.rule import ENTRIES, Context, Report, rule
from bibwright.formats.ris.datamodel import recommended_for
from bibwright.formats.ris.schema import REFERENCE_TYPES
from bibwright.rules.placeholders import says_nothing
from bibwright.syntax.nodes import Entry, Field


@rule("M304", "ris-missing-recommended", Severity.INFORMATION, watches=ENTRIES, formats=("ris",))
def ris_missing_recommended(context: Context, entry: Entry) -> Iterator[Report]:
    """Once a record, at its type."""
    if entry.type is None:
        return
    reference_type = entry.type.of(context.text)
    if reference_type.upper() not in REFERENCE_TYPES:
        return
    by_name = context.fields_by_name(entry)
    missing = [
        what
        for what, names in recommended_for(reference_type.upper())
        if not any(_says_something(context, name, by_name.get(name)) for name in names)
    ]
    if missing:
        listed = missing[0] if len(missing) == 1 else f"{', '.join(missing[:-1])} or {missing[-1]}"
        yield Report(entry.type, f"the {reference_type} record has no {listed}")


def _says_something(context: Context, name: str, field: Field | None) -> bool:
    return field is not None and not says_nothing(name, field.value.of(context.text))
