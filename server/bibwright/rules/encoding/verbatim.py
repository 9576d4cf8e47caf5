"""Fields whose value is an address, a path or a name for programs: no letter of it may be written otherwise."""

from __future__ import annotations

from bibwright.analysis.rule import Context
from bibwright.formats.bibtex.schema import canonical_field, datatype_of
from bibwright.rules.words import word_set
from bibwright.syntax.nodes import Field, field_name

_DATATYPES = word_set("verbatim identifier key entrykey entrykeys options code")
_FIELDS = word_set("file files pdf localfile local-url bdsk-url attachments owner groups")
_TAGS = word_set("UR LK DO DI L1 L2 L3 L4 ID DB DP")


def is_verbatim(context: Context, field: Field) -> bool:
    """Whether programs, not people, read the value of a field or tag."""
    name = field_name(context.text, field)
    if context.format == "ris":
        return name.upper() in _TAGS
    lower = name.lower()
    return lower in _FIELDS or lower.startswith("bdsk-") or datatype_of(canonical_field(lower)) in _DATATYPES
