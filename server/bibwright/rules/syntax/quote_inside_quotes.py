r"""A value between quotes has a quote in it, which ends it for most programs.

BibTeX skips the rest of the entry, biber and bibtexparser drop it; a backslash before the quote (`\"`) changes
nothing. Between braces the same text is correct, and so is a quote that stands in braces of its own (`{"}`).

Bad::

    @misc{smith2020,
      title = "The "Big" Trees"
    }

Good::

    @misc{smith2020,
      title = {The "Big" Trees}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, safe_fix, unsafe_fix
from bibwright.analysis.rule import FAULTS, SAFE, UNSAFE, Context, Report, rule
from bibwright.rules.places import is_in_cut_entry
from bibwright.syntax.nodes import Fault
from bibwright.text.spans import Edit

#: An accent command's quote is left out.
_QUOTE_OR_BRACE = re.compile(r'(?<!\\)"|[{}]')


@rule(
    "S115",
    "quote-inside-quotes",
    Severity.ERROR,
    watches=FAULTS,
    formats=("bibtex",),
    fixes=(SAFE, UNSAFE),
    needs='"',
)
def quote_inside_quotes(context: Context, fault: Fault) -> Iterator[Report]:
    """The fault is on the first quote inside; its second span is the whole value as the parser understands it."""
    start, end = fault.spans[0]
    edits = Edit(start, start + 1, "{"), Edit(end - 1, end, "}")
    # Quotes come in pairs: where one is left over, the value may go on behind what seems to be its end.
    certain = _count_quotes(context.text, start, end) % 2 == 0 and not is_in_cut_entry(context, start)
    make_fix = safe_fix if certain else unsafe_fix
    message = "this quote ends the value before its text is complete"
    yield Report(fault.span, message, (make_fix("Put braces around the value", *edits),))


def _count_quotes(text: str, start: int, end: int) -> int:
    """The quotes outside braces."""
    depth = count = 0
    for match in _QUOTE_OR_BRACE.finditer(text, start, end):
        sign = match.group()
        depth += (sign == "{") - (sign == "}")
        count += sign == '"' and depth == 0
    return count
