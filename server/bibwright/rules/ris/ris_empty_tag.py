"""A tag has no value.

Programs ignore the line, or file an empty name, keyword or number. Some databases write all tags they know, filled or
not.

Bad::

    TY  - BOOK
    TI  - On Trees
    VL  -
    ER  -

Good::

    TY  - BOOK
    TI  - On Trees
    ER  -
"""

from __future__ import annotations

from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, safe_fix
from bibwright.analysis.rule import ENTRIES, SAFE, Context, Report, rule
from bibwright.rules.places import delete_lines, tag_span
from bibwright.syntax.nodes import Entry, field_name

_NEED_NO_REPORT = frozenset({"TY", "ER"})


@rule("S212", "ris-empty-tag", Severity.HINT, watches=ENTRIES, formats=("ris",), fixes=(SAFE,))
def ris_empty_tag(context: Context, entry: Entry) -> Iterator[Report]:
    """`ER` has never a value; a `TY` line without one is another rule's."""
    text = context.text
    for field in entry.fields:
        if field.pieces or (name := field_name(text, field)).upper() in _NEED_NO_REPORT:
            continue
        span = tag_span(field)
        fix = safe_fix("Delete the line", delete_lines(text, span))
        yield Report(span, f"the tag {name} has no value", (fix,))
