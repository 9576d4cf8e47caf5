"""Two parts of a value stand side by side without the `#` that joins them, or a `#` has nothing to join.

BibTeX and biber lose the rest of the entry. A value is put together from braced and quoted texts, numbers and string
macros, and only `#` holds them together.

Bad::

    @misc{smith2020,
      title = {On Trees},
      month = jan "~1"
    }

Good::

    @misc{smith2020,
      title = {On Trees},
      month = jan # "~1"
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, safe_fix, unsafe_fix
from bibwright.analysis.rule import FAULTS, SAFE, UNSAFE, Context, Report, rule
from bibwright.rules.places import is_in_cut_entry
from bibwright.syntax.nodes import Fault
from bibwright.text.spans import Edit


@rule("S114", "missing-concatenation", Severity.ERROR, watches=FAULTS, formats=("bibtex",), fixes=(SAFE, UNSAFE))
def missing_concatenation(context: Context, fault: Fault) -> Iterator[Report]:
    """The fault is on the blanks between the parts, or, where there are none, on the last character before the gap."""
    text, span = context.text, fault.span
    if fault.detail == "operand":
        # What should be there is for somebody to remember.
        fix = unsafe_fix("Delete the #", Edit(*span, ""))
        yield Report(span, "this # has a value on one side only", (fix,))
        return
    gap = span.of(text)
    if gap.isspace() and gap.isprintable():
        edit = Edit(*span, " # ")
    elif gap.isspace():
        edit = Edit(span.start, span.start, " #")  # the parts stand on two lines
    else:
        edit = Edit(span.end, span.end, " # ")
    make_fix = unsafe_fix if is_in_cut_entry(context, span.start) else safe_fix
    yield Report(span, "there is no # between two parts of the value", (make_fix("Insert #", edit),))
