"""Two commas stand in a row between the fields of an entry.

BibTeX skips the rest of the entry, biber and bibtexparser drop the entry, pandoc rejects the file. Mostly a field
between the two was deleted by hand.

Bad::

    @misc{smith2020,
      title = {On Trees},,
      year = {2020}
    }

Good::

    @misc{smith2020,
      title = {On Trees},
      year = {2020}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, safe_fix, unsafe_fix
from bibwright.analysis.rule import FAULTS, SAFE, UNSAFE, Context, Report, rule
from bibwright.rules.places import delete_lines, is_in_cut_entry
from bibwright.syntax.nodes import Fault
from bibwright.text.spans import Edit, Span

_BLANKS_BEHIND = re.compile(r"[ \t]*+(?=[\r\n]|\Z)")


@rule("S113", "double-comma", Severity.ERROR, watches=FAULTS, formats=("bibtex",), fixes=(SAFE, UNSAFE), needs=",")
def double_comma(context: Context, fault: Fault) -> Iterator[Report]:
    """The fault is on a comma that separates nothing."""
    text, span = context.text, fault.span
    edit = delete_lines(text, span) if _is_alone(text, span) else Edit(*span, "")
    make_fix = unsafe_fix if is_in_cut_entry(context, span.start) else safe_fix
    yield Report(span, "there is a comma too many before this one", (make_fix("Delete the comma", edit),))


def _is_alone(text: str, comma: Span) -> bool:
    """Whether nothing else stands on the line. There may be a million commas on it: it is not looked at as a whole."""
    start = comma.start
    while text[start - 1] in " \t":
        start -= 1
    return text[start - 1] in "\r\n" and _BLANKS_BEHIND.match(text, comma.end) is not None
