"""What an entry takes over from others, as far as their facts tell: which fields, not what they say."""

from __future__ import annotations

from bibwright.analysis.rule import Context
from bibwright.formats.bibtex.inheritance import renames_between
from bibwright.formats.bibtex.schema import canonical_type, schema
from bibwright.formats.format import Fact
from bibwright.syntax.nodes import Entry, value_text

_LONGEST_CHAIN = 12


def find_parent(context: Context, entry: Entry) -> Fact | None:
    """The `key` fact of the entry that `crossref` names, when it is in this document."""
    field = context.field_of(entry, "crossref")
    if field is None:
        return None
    found = context.find_first("key", value_text(context.text, field).strip().lower())
    return found.fact if found is not None else None


def inherited_fields(context: Context, entry: Entry) -> frozenset[str] | None:
    """The canonical names of the fields that an entry takes over; None where that cannot be told.

    That is where a parent is not in this document, or takes over fields by `xdata` in its turn.
    """
    text = context.text
    result: set[str] = set()
    xdata = context.field_of(entry, "xdata")
    for key in value_text(text, xdata).split(",") if xdata is not None else ():
        found = context.find_first("key", key.strip().lower())
        if found is None or "xdata" in found.fact.detail.split()[1:]:
            return None
        result.update(found.fact.detail.split()[1:])
    if (crossref := context.field_of(entry, "crossref")) is not None and entry.type is not None:
        key = value_text(text, crossref).strip().lower()
        entry_type = canonical_type(entry.type.of(text))
        theirs = _from_parent(context, entry_type, key, {entry.key.of(text).lower() if entry.key else ""})
        if theirs is None:
            return None
        result |= theirs
    return frozenset(result)


def _from_parent(context: Context, entry_type: str, key: str, visited: set[str]) -> frozenset[str] | None:
    """What an entry of a canonical type takes over from the entry with a key, and that from its own parent."""
    if key in visited or len(visited) > _LONGEST_CHAIN:
        return frozenset()
    visited.add(key)
    found = context.find_first("key", key)
    if found is None:
        return None
    parent_type, *names = found.fact.detail.split()
    if "xdata" in names:
        return None
    parent_type = canonical_type(parent_type)
    theirs = set(names)
    grandparent = context.find_first("crossref", key)
    if grandparent is not None:
        further = _from_parent(context, parent_type, grandparent.fact.text, visited)
        if further is None:
            return None
        theirs |= further
    theirs -= schema().never_inherited
    renames = renames_between(parent_type, entry_type)
    # BibTeX renames nothing: there the proceedings need `booktitle` beside their `title`.
    if context.dialect == "bibtex" or not renames:
        return frozenset(theirs)
    renamed = {name for old in theirs for name in renames.get(old, (old,))}
    return frozenset(renamed if context.dialect == "biblatex" else renamed | theirs)
