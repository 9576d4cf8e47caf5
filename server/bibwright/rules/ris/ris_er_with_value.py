"""The `ER` line, which ends a record, has a value.

It has no meaning, and programs ignore it.

Bad::

    TY  - BOOK
    TI  - On Trees
    ER  - 17

Good::

    TY  - BOOK
    TI  - On Trees
    ER  -
"""

from __future__ import annotations

from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, safe_fix, unsafe_fix
from bibwright.analysis.rule import SAFE, UNSAFE, Context, Report, fields, rule
from bibwright.rules.quoting import quoted
from bibwright.syntax.nodes import Entry, Field, value_text
from bibwright.text.spans import Edit


@rule("S211", "ris-er-with-value", Severity.HINT, watches=fields("er"), formats=("ris",), fixes=(SAFE, UNSAFE))
def ris_er_with_value(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """A sentence behind it may be the rest of an abstract on estrogen receptors: that is not deleted by itself."""
    if not field.pieces:
        return
    value = value_text(context.text, field)
    make_fix = safe_fix if len(value.split()) == 1 else unsafe_fix
    fix = make_fix("Delete the value", Edit(*field.value, ""))
    yield Report(field.value, f"ER has the value {quoted(value)}, expected none", (fix,))
