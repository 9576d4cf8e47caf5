"""A value has a character in it that some programs take for the end of a line.

U+2028 and U+2029 (line and paragraph separator), U+000B (vertical tab) and U+0085 (next line) come from publishers'
databases. Programs that split lines there lose the rest of the value, or read it as another tag.

Bad::

    TY  - BOOK
    TI  - On the Growth\u2028of Trees
    ER  -

Good::

    TY  - BOOK
    TI  - On the Growth of Trees
    ER  -
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, safe_fix
from bibwright.analysis.rule import ENTRIES, SAFE, Context, Report, rule
from bibwright.formats.ris.schema import KNOWN_TAGS
from bibwright.rules.places import line_stop
from bibwright.syntax.nodes import Entry
from bibwright.text.spans import Edit, Span

_CHARACTERS = "\u2028\u2029\x0b\x85"
_RUN = re.compile(f"[{_CHARACTERS}]+")
_TAG = re.compile(r"([A-Z][A-Z0-9])  - ")


@rule(
    "S214",
    "ris-line-separator-char",
    Severity.WARNING,
    watches=ENTRIES,
    formats=("ris",),
    fixes=(SAFE,),
    needs=_CHARACTERS,
)
def ris_line_separator_char(context: Context, entry: Entry) -> Iterator[Report]:
    """Each run of such characters, up to the end of the record's last line."""
    text = context.text
    for match in _RUN.finditer(text, entry.span.start, line_stop(text, entry.span.end)):
        span = Span(*match.span())
        tag = _TAG.match(text, span.end)
        # What looks like a tag line behind it is one: the tag was not seen so far.
        substitute = context.line_end if tag is not None and tag[1] in KNOWN_TAGS else _blank_for(text, span)
        names = ", ".join(dict.fromkeys(f"U+{ord(character):04X}" for character in match.group()))
        title = "Begin a new line" if substitute.strip(" ") else "Write a blank"
        fix = safe_fix(title if substitute else "Delete it", Edit(*span, substitute))
        yield Report(span, f"{names} stands in the value; some programs take it for the end of the line", (fix,))


def _blank_for(text: str, span: Span) -> str:
    """A blank, unless there is one already or nothing to part."""
    before, behind = text[span.start - 1], text[span.end : span.end + 1]
    return "" if before.isspace() or not behind or behind.isspace() else " "
