"""Text stands before the first record or behind the end of one.

Most programs skip it; pandoc rejects the file. A record whose `TY` line nobody recognises is such text too.

Bad::

    TY  - BOOK
    TI  - On Trees
    ER  -

    Downloaded from the library

Good::

    TY  - BOOK
    TI  - On Trees
    ER  -

"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, unsafe_fix
from bibwright.analysis.rule import TEXTS, UNSAFE, Context, Report, rule
from bibwright.rules.places import delete_stretch
from bibwright.rules.quoting import quoted
from bibwright.rules.ris.ends import has_only_ends
from bibwright.syntax.nodes import Text

#: The lines with which providers head their files, and number the records.
_HEADER_LINE = r"(?:Provider|Database|Content)[ \t]*:[^\r\n]*|Record #\d+ of \d+|<?\d+[.>]?[ \t]*(?=[\r\n]|\Z)"
_PROVIDER_HEADER = re.compile(rf"\ufeff?(?:\s*(?:{_HEADER_LINE})\s*)+\Z")


@rule("S204", "ris-text-outside-record", Severity.WARNING, watches=TEXTS, formats=("ris",), fixes=(UNSAFE,))
def ris_text_outside_record(context: Context, node: Text) -> Iterator[Report]:
    """One report for the whole stretch; the header of a provider is worth a hint only."""
    content = node.span.of(context.text)
    if node.foreign or has_only_ends(content):
        return
    fix = unsafe_fix("Delete the text", delete_stretch(context.text, node.span))
    if _PROVIDER_HEADER.match(content):
        message = f"the header {quoted(content)} stands outside every record"
        yield Report(node.span, message, (fix,), severity=Severity.HINT)
    else:
        yield Report(node.span, f"the text {quoted(content)} stands outside every record", (fix,))
