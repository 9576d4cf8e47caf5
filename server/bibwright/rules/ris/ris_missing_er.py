"""A record does not end with an `ER` line.

rispy and JabRef make one record of it and the next, pandoc rejects the file.

Bad::

    TY  - BOOK
    TI  - On Trees

    TY  - BOOK
    TI  - On Leaves
    ER  -

Good::

    TY  - BOOK
    TI  - On Trees
    ER  -

    TY  - BOOK
    TI  - On Leaves
    ER  -
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, safe_fix
from bibwright.analysis.rule import FAULTS, SAFE, Context, Report, rule
from bibwright.rules.places import entry_at
from bibwright.syntax.nodes import Fault
from bibwright.text.spans import Edit

_BLANKS = re.compile(r"[ \t]*")


@rule("S202", "ris-missing-er", Severity.ERROR, watches=FAULTS, formats=("ris",), fixes=(SAFE,))
def ris_missing_er(context: Context, fault: Fault) -> Iterator[Report]:
    """Tag lines before the `TY` line are no record of their own: ending them would make one."""
    entry = entry_at(context.tree, fault.span.start)
    if entry is None or entry.opening is None:
        return
    at = _BLANKS.match(context.text, fault.spans[0].start).end()  # type: ignore[union-attr]
    # A blank line separates records; the block ends with it where the file had one.
    blank = context.line_end if len(context.text) - at <= 2 and context.text[at:] == context.line_end else ""
    fix = safe_fix("Insert the ER line", Edit(at, at, f"{context.line_end}ER  - {blank}"))
    yield Report(fault.span, "the record has no ER line before the next record or the end of the file", (fix,))
