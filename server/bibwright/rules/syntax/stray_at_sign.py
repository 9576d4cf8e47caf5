"""An at sign outside the entries begins no entry.

BibTeX and biber look for an entry behind every at sign: they skip the next entry of the file.

Bad::

    Collected by ann@example.org

    @misc{smith2020,
      title = {On Trees}
    }

Good::

    Collected by ann(at)example.org

    @misc{smith2020,
      title = {On Trees}
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, unsafe_fix
from bibwright.analysis.rule import FAULTS, UNSAFE, Context, Report, rule
from bibwright.rules.places import delete_stretch, line_start, line_stop, text_at
from bibwright.syntax.nodes import Fault
from bibwright.text.spans import Edit, trim


@rule("S109", "stray-at-sign", Severity.WARNING, watches=FAULTS, formats=("bibtex",), fixes=(UNSAFE,))
def stray_at_sign(context: Context, fault: Fault) -> Iterator[Report]:
    """A block of another format is reported as a whole, not sign by sign."""
    text, at = context.text, fault.span.start
    outside = text_at(context.tree, at)
    if outside is not None and outside.foreign:
        return
    fixes = [unsafe_fix("Write (at)", Edit(*fault.span, "(at)"))]
    if outside is not None:
        start = max(line_start(text, at), outside.span.start)
        line = trim(text, start, min(line_stop(text, at), outside.span.end))
        fixes.append(unsafe_fix("Delete the line", delete_stretch(text, line)))
    yield Report(fault.span, "this @ begins no entry; BibTeX and biber skip the next entry", tuple(fixes))
