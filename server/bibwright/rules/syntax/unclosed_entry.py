"""An entry, string macro or preamble has no closing brace before the next entry or the end of the file.

BibTeX loses the next entry with it, biber loses both, pandoc rejects the file. A comment that is not closed hides the
rest of the file from biber; one put around whole entries is closed behind them.

Bad::

    @misc{smith2020,
      title = {On Trees}

    @misc{jones2021,
      title = {On Leaves}
    }

Good::

    @misc{smith2020,
      title = {On Trees}
    }

    @misc{jones2021,
      title = {On Leaves}
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, unsafe_fix
from bibwright.analysis.rule import FAULTS, UNSAFE, Context, Report, rule
from bibwright.syntax.nodes import Fault
from bibwright.text.spans import Edit


@rule("S102", "unclosed-entry", Severity.ERROR, watches=FAULTS, formats=("bibtex",), fixes=(UNSAFE,))
def unclosed_entry(context: Context, fault: Fault) -> Iterator[Report]:
    """The fault's second span is where the parser thinks that the entry ends."""
    if fault.detail == "comment" and context.states("closing brace", "}"):
        return
    parenthesis = fault.span.of(context.text) == "("
    sign, name = (")", "parenthesis") if parenthesis else ("}", "brace")
    end = fault.spans[0].start
    what = fault.detail or "entry"
    fix = unsafe_fix(f"Close the {what} with a {name}", Edit(end, end, context.line_end + sign))
    where = "to the end of the file" if fault.detail == "comment" else "before the next entry or the end of the file"
    yield Report(fault.span, f"this {name} is not closed {where}", (fix,))
