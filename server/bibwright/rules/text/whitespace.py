"""A value has blanks that print nothing: double ones, tabs, line breaks, blanks at its ends.

BibTeX and biblatex fold them into one; other programs keep some. Off by default, since many break long values into
lines.

Bad::

    @book{smith2020,
      title = {A  Study of
        Forests}
    }

Good::

    @book{smith2020,
      title = {A Study of Forests}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, safe_fix
from bibwright.analysis.rule import SAFE, Context, Report, fields, rule
from bibwright.rules.text.fields import NUMBER_FIELDS, PRINTED_FIELDS, PRINTED_NAMES, WORK_TITLES
from bibwright.rules.text.values import text_pieces
from bibwright.syntax.nodes import Entry, Field
from bibwright.text.spans import Edit, Span

_BLANKS = re.compile(r"[ \t\r\n]{2,}|[\t\r\n]|\A | \Z")
_FIELDS = dict.fromkeys((*PRINTED_FIELDS, *NUMBER_FIELDS, *PRINTED_NAMES, *WORK_TITLES))


@rule(
    "T612",
    "whitespace",
    Severity.HINT,
    watches=fields(*_FIELDS, "au", "a1", "a2", "ed", "t2", "t3", "jo", "jf", "pb", "cy", "kw"),
    default=False,
    fixes=(SAFE,),
)
def whitespace(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """In RIS within a line; where a value is put together of pieces the blanks at its ends belong to it."""
    for piece in text_pieces(field):
        start = piece.content.start
        value = context.text[start : piece.content.end]
        if value.isspace():
            continue
        for match in _BLANKS.finditer(value):
            is_outer = match.start() == 0 or match.end() == len(value)
            if is_outer and len(field.pieces) > 1:
                continue
            span = Span(start + match.start(), start + match.end())
            what = "a line break" if "\n" in match.group() or "\r" in match.group() else "a blank too much or a tab"
            title = "Delete it" if is_outer else "Make it one blank"
            fixes = () if context.is_cut(entry) else (safe_fix(title, Edit(*span, "" if is_outer else " ")),)
            yield Report(span, f"there is {what} in the value", fixes)
