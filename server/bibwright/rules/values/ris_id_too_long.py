"""The reference id has more than 20 characters.

That is the limit of the specification of 2001, and a program that keeps to it cuts the id, so that two records may
end with the same one. Off by default: most programs take any length.

Bad::

    TY  - JOUR
    ID  - smith-on-the-trees-of-2020
    ER  -

Good::

    TY  - JOUR
    ID  - smith2020
    ER  -
"""

from __future__ import annotations

from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity
from bibwright.analysis.rule import Context, Report, fields, rule
from bibwright.rules.values.plain import plain_span
from bibwright.syntax.nodes import Entry, Field

_LONGEST_ID = 20


@rule("V429", "ris-id-too-long", Severity.HINT, watches=fields("id"), formats=("ris",), default=False)
def ris_id_too_long(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """Reported at the whole id: all of it may have to change."""
    span = plain_span(context, field)
    if span is not None and span.end - span.start > _LONGEST_ID:
        yield Report(span, f"the id has {span.end - span.start} characters, expected at most {_LONGEST_ID}")
