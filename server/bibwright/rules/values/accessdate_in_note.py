"""The day on which a web page was visited stands in a note.

biblatex has `urldate` for it, and many styles for BibTeX know it too: there it is printed in the language and form of
the style, and other programs find it.

Bad::

    @online{smith2020,
      url = {https://example.org/trees},
      note = {Accessed: 2020-01-02}
    }

Good::

    @online{smith2020,
      url = {https://example.org/trees},
      urldate = {2020-01-02}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Fix, Severity, unsafe_fix
from bibwright.analysis.rule import UNSAFE, Context, Report, fields, rule
from bibwright.rules.quoting import quoted
from bibwright.rules.values.date_rewrites import date_meant
from bibwright.rules.values.plain import plain_span
from bibwright.syntax.nodes import Entry, Field
from bibwright.text.spans import Edit

_ACCESSED = re.compile(
    r"[\[(]?(?:date\s+of\s+access|(?:(?:last|date|online|web\s?page)\s+)?(?:accessed|visited|retrieved|checked|viewed)"
    r"(?:\s+(?:on|in))?|last\s+access|abgerufen\s+am|zuletzt\s+besucht(?:\s+am)?|consulté\s+le)\s*:?\s*"
    r"([^\[\](){};]{4,40}?)[\])]?\.?",
    re.IGNORECASE,
)


@rule(
    "V419",
    "accessdate-in-note",
    Severity.HINT,
    watches=fields("note", "annote", "howpublished", "addendum"),
    formats=("bibtex",),
    fixes=(UNSAFE,),
    needs="0123456789",
)
def accessdate_in_note(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """Only a note that says nothing else, with a date that can be read."""
    span = plain_span(context, field, longest=100)
    match = _ACCESSED.fullmatch(context.text, *span) if span is not None else None
    if span is None or match is None or (date := date_meant(match[1])) is None or "-" not in date[1:]:
        return
    fixes: tuple[Fix, ...] = ()
    if context.field_of(entry, "urldate") is None:
        edits = Edit(*field.name, "urldate"), Edit(*span, date)
        fixes = (unsafe_fix("Make it the urldate", *edits),)
    yield Report(span, f"the note {quoted(match.group())} is a date of access, for which there is urldate", fixes)
