"""A blank line stands inside a record.

pandoc rejects the file, and some programs take the blank line for the end of the record or find an empty author in it.

Bad::

    TY  - BOOK
    TI  - On Trees

    PY  - 2020
    ER  -

Good::

    TY  - BOOK
    TI  - On Trees
    PY  - 2020
    ER  -
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, safe_fix
from bibwright.analysis.rule import ENTRIES, SAFE, Context, Report, rule
from bibwright.syntax.nodes import Entry
from bibwright.text.spans import Edit, Span

#: The end of a line and all blank lines behind it. A file whose lines end in CR alone has no LF to begin with.
_BLANK_LINES = re.compile(r"\n((?:[ \t]*+\r?+\n)++)")
_BLANK_LINES_CR = re.compile(r"\r((?:[ \t]*+\r)++)")


@rule("S209", "ris-blank-line-in-record", Severity.HINT, watches=ENTRIES, formats=("ris",), fixes=(SAFE,))
def ris_blank_line_in_record(context: Context, entry: Entry) -> Iterator[Report]:
    """One report for blank lines in a row."""
    text, (start, end) = context.text, entry.span
    pattern = _BLANK_LINES if text.find("\n", start, end) >= 0 else _BLANK_LINES_CR
    for match in pattern.finditer(text, start, end):
        span = Span(*match.span(1))
        if _is_in_value(entry, span):
            continue  # it may part two paragraphs, whose lines without a tag are another rule's
        one = match[1].count("\n" if pattern is _BLANK_LINES else "\r") == 1
        title = "Delete the blank line" if one else "Delete the blank lines"
        message = "there is a blank line inside the record" if one else "there are blank lines inside the record"
        yield Report(span, message, (safe_fix(title, Edit(*span, "")),))


def _is_in_value(entry: Entry, span: Span) -> bool:
    index = bisect_right(entry.fields, span.start, key=lambda field: field.name.start) - 1
    return index >= 0 and entry.fields[index].value.end > span.start
