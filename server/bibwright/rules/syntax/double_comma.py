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

from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, safe_fix, unsafe_fix
from bibwright.analysis.rule import FAULTS, SAFE, UNSAFE, Context, Report, rule
from bibwright.rules.places import delete_stretch, is_in_cut_entry, line_start, line_stop
from bibwright.syntax.nodes import Fault
from bibwright.text.spans import Edit


@rule("S113", "double-comma", Severity.ERROR, watches=FAULTS, formats=("bibtex",), fixes=(SAFE, UNSAFE), needs=",")
def double_comma(context: Context, fault: Fault) -> Iterator[Report]:
    """The fault is on a comma that separates nothing."""
    text, span = context.text, fault.span
    line = text[line_start(text, span.start) : line_stop(text, span.end)]
    edit = delete_stretch(text, span) if line.strip() == "," else Edit(*span, "")
    make_fix = unsafe_fix if is_in_cut_entry(context, span.start) else safe_fix
    yield Report(span, "there is a comma too many before this one", (make_fix("Delete the comma", edit),))
