"""The value of `TY` is no reference type.

Programs then take the record for a journal article, for something general, or for nothing.

Bad::

    TY  - JOURN
    TI  - On Trees
    ER  -

Good::

    TY  - JOUR
    TI  - On Trees
    ER  -
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from bibwright.analysis.diagnostics import Severity, unsafe_fix
from bibwright.analysis.rule import UNSAFE, Context, Report, fields, rule
from bibwright.formats.ris.schema import REFERENCE_TYPES
from bibwright.rules.quoting import quoted
from bibwright.syntax.nodes import Entry, Field, value_text
from bibwright.text.spans import Edit

#: Types in no specification that programs write and read all the same.
_WRITTEN_BY_PROGRAMS = frozenset({"PRESS", "POD", "INTV"})
#: Names that programs and people give to known types.
_ALIASES = {
    "ARTICLE": "JOUR",
    "CHAPTER": "CHAP",
    "CONFERENCE": "CONF",
    "GRNT": "GRANT",
    "JOURNAL": "JOUR",
    "MISC": "GEN",
    "OTHER": "GEN",
    "REPORT": "RPRT",
    "STD": "STAND",
    "THESIS": "THES",
    "WEBPAGE": "ELEC",
}


@rule("S206", "ris-unknown-type", Severity.WARNING, watches=fields("ty"), formats=("ris",), fixes=(UNSAFE,))
def ris_unknown_type(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """The case of the letters does not matter."""
    if field.value.start == field.value.end:
        yield Report(field.name, "the record has no reference type behind TY")
        return
    value = value_text(context.text, field)
    name = value.upper()
    if name in REFERENCE_TYPES or name in _WRITTEN_BY_PROGRAMS:
        return
    close = [_ALIASES[name]] if name in _ALIASES else get_close_matches(name, sorted(REFERENCE_TYPES), 1, 0.75)
    if close:
        fix = unsafe_fix(f"Write {close[0]}", Edit(*field.value, close[0]))
        message = f"RIS has no reference type {quoted(value)}, perhaps {close[0]} is meant"
    else:
        fix = unsafe_fix("Write GEN, a work of any other kind", Edit(*field.value, "GEN"))
        message = f"RIS has no reference type {quoted(value)}"
    yield Report(field.value, message, (fix,))
