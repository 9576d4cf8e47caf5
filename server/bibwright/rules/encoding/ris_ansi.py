"""A record has characters that do not exist in Windows-1252.

The specification of 2001 knows no others. All programs of today read UTF-8, so this rule is off unless asked for: it is
for files that go to a program of that time.

Bad::

    TY  - BOOK
    AU  - 김영희
    ER  -

Good::

    TY  - BOOK
    AU  - Kim, Younghee
    ER  -
"""

from __future__ import annotations

from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity
from bibwright.analysis.rule import ALL_FIELDS, Context, Report, rule
from bibwright.rules.quoting import quoted
from bibwright.syntax.nodes import Entry, Field
from bibwright.text.spans import Span


@rule(
    "E906",
    "ris-ansi",
    Severity.HINT,
    watches=ALL_FIELDS,
    formats=("ris",),
    default=False,
    non_ascii=True,
)
def ris_ansi(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """One report for a value, at its first run of such characters."""
    value = field.value.of(context.text)
    try:
        value.encode("cp1252")
    except UnicodeEncodeError as error:
        start, end = field.value.start + error.start, field.value.start + error.end
        found = context.text[start:end]
        shown = quoted(found) if not found.isspace() else f"U+{ord(found[0]):04X}"
        yield Report(Span(start, end), f"{shown} does not exist in Windows-1252, the encoding of RIS in 2001")
