"""A tag comes from the first generation of RIS; programs write another one today.

All programs still read it. Only a tag whose successor is not in the record can be replaced.

Bad::

    TY  - JOUR
    A1  - Smith, Ann
    TI  - On Trees
    ER  -

Good::

    TY  - JOUR
    AU  - Smith, Ann
    TI  - On Trees
    ER  -
"""

from __future__ import annotations

from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, safe_fix
from bibwright.analysis.rule import ENTRIES, SAFE, Context, Report, rule
from bibwright.formats.ris.datamodel import data_model
from bibwright.syntax.nodes import Entry, Field
from bibwright.text.spans import Edit


@rule("M317", "ris-deprecated-tag", Severity.HINT, watches=ENTRIES, formats=("ris",), default=False, fixes=(SAFE,))
def ris_deprecated_tag(context: Context, entry: Entry) -> Iterator[Report]:
    """Once for each tag of a record: authors that were renamed one by one would change their order."""
    if entry.type is None:
        return
    text = context.text
    older: dict[str, list[Field]] = {}
    for field in entry.fields:
        tag = text[field.name.start : field.name.end]
        if tag in data_model().successors:
            older.setdefault(tag, []).append(field)
    reference_type = entry.type.of(text).upper()
    for tag, found in older.items():
        for successor in data_model().successors[tag]:
            if successor.types and reference_type not in successor.types:
                continue
            free = context.field_of(entry, *(name.lower() for name in successor.unless)) is None
            edits = (Edit(*field.name, successor.to) for field in found)
            fixes = (safe_fix(f"Write {successor.to}", *edits),) if free else ()
            yield Report(found[0].name, f"{tag} is an older tag for {successor.to}", fixes)
