"""A record does not begin with a `TY` line.

rispy, bibutils and citation-js find no record without it, and drop the tags that stand before it.

Bad::

    JO  - Journal of Trees
    TI  - On Trees
    ER  -

Good::

    TY  - JOUR
    JO  - Journal of Trees
    TI  - On Trees
    ER  -
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Fix, Severity, unsafe_fix
from bibwright.analysis.rule import FAULTS, UNSAFE, Context, Report, rule
from bibwright.rules.places import entry_at
from bibwright.syntax.nodes import Entry, Fault, field_name, value_text
from bibwright.text.spans import Edit

_NOT_ISBN = re.compile(r"[^0-9X]")


@rule("S203", "ris-missing-ty", Severity.ERROR, watches=FAULTS, formats=("ris",), fixes=(UNSAFE,))
def ris_missing_ty(context: Context, fault: Fault) -> Iterator[Report]:
    """A record without an `ER` line may be the head of the next one, whose `TY` line stands too low: no fix then."""
    entry = entry_at(context.tree, fault.span.start)
    if entry is None:
        return
    fixes: tuple[Fix, ...] = ()
    if entry.closing is not None:
        kind = _guess(context, entry)
        at = fault.span.start
        fixes = (unsafe_fix(f"Insert TY  - {kind}", Edit(at, at, f"TY  - {kind}{context.line_end}")),)
    yield Report(fault.span, "the record does not begin with a TY line", fixes)


def _guess(context: Context, entry: Entry) -> str:
    text = context.text
    tags = {field_name(text, field).upper(): value_text(text, field) for field in entry.fields}
    if not tags.keys().isdisjoint(("JO", "JF", "JA")) or ("T2" in tags and not tags.keys().isdisjoint(("VL", "IS"))):
        return "JOUR"
    if "PB" in tags and len(_NOT_ISBN.sub("", tags.get("SN", ""))) == 13:
        return "BOOK"
    return "GEN"
