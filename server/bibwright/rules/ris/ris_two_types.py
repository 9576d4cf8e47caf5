"""Two `TY` lines follow each other, as if a record could have two types.

bibutils, citation-js and Zotero read two records, the first of them empty. rispy and pandoc keep the first type,
JabRef the last.

Bad::

    TY  - JOUR
    TY  - GEN
    TI  - On Trees
    ER  -

Good::

    TY  - GEN
    TI  - On Trees
    ER  -
"""

from __future__ import annotations

from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, unsafe_fix
from bibwright.analysis.rule import FAULTS, UNSAFE, Context, Report, rule
from bibwright.rules.places import delete_lines
from bibwright.rules.quoting import quoted
from bibwright.syntax.nodes import Fault


@rule("S210", "ris-two-types", Severity.WARNING, watches=FAULTS, formats=("ris",), fixes=(UNSAFE,))
def ris_two_types(context: Context, fault: Fault) -> Iterator[Report]:
    """Reported at the first of the two, which is a block of its own: a second one behind it has the record."""
    text = context.text
    fix = unsafe_fix("Delete this TY line", delete_lines(text, fault.span))
    message = (
        f"the TY line {quoted(fault.span.of(text))} has no record: the next line is a TY line too, or the file ends"
    )
    yield Report(fault.span, message, (fix,))
