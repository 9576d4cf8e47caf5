"""The state of a reprint is none that RIS knows.

`RP` is one of `IN FILE`, `NOT IN FILE` and `ON REQUEST (MM/DD/YY)`. Programs that know the tag ignore anything else;
some databases put the address for reprints there.

Bad::

    TY  - JOUR
    RP  - in file
    ER  -

Good::

    TY  - JOUR
    RP  - IN FILE
    ER  -
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Fix, Severity, unsafe_fix
from bibwright.analysis.rule import UNSAFE, Context, Report, fields, rule
from bibwright.rules.placeholders import is_placeholder_value
from bibwright.rules.quoting import quoted
from bibwright.rules.values.plain import plain_span
from bibwright.syntax.nodes import Entry, Field
from bibwright.text.spans import Edit

_KNOWN = re.compile(r"(?:NOT )?IN FILE|ON REQUEST(?: ?\(\d{1,2}/\d{1,2}/\d{2}(?:\d{2})?\))?")


@rule("V428", "reprint-status", Severity.HINT, watches=fields("rp"), formats=("ris",), fixes=(UNSAFE,))
def reprint_status(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """A year of four digits is common and harms nobody."""
    span = plain_span(context, field)
    if span is None or _KNOWN.fullmatch(context.text, *span):
        return
    value = span.of(context.text)
    if is_placeholder_value(value):
        return
    upper = " ".join(value.upper().split())
    fixes: tuple[Fix, ...] = ()
    if _KNOWN.fullmatch(upper):
        fixes = (unsafe_fix(f"Write {upper}", Edit(*span, upper)),)
    yield Report(span, f"{quoted(value)} in RP is no state of a reprint", fixes)
