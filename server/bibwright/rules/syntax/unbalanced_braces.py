r"""A brace or quote of a value has no partner.

Without its closing brace a value swallows the fields behind it; one closing brace too many ends the entry early, and
the rest of its fields is lost without a message in most programs. BibTeX counts `\{` and `\}` as braces too.

Bad::

    @misc{smith2020,
      title = {On {Trees},
      year = {2020}
    }

Good::

    @misc{smith2020,
      title = {On {Trees}},
      year = {2020}
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, unsafe_fix
from bibwright.analysis.rule import FAULTS, UNSAFE, Context, Report, rule
from bibwright.syntax.nodes import Fault
from bibwright.text.spans import Edit

#: How far from the brace an escaped one is looked for, in code points.
_NEAR = 500


@rule("S107", "unbalanced-braces", Severity.ERROR, watches=FAULTS, formats=("bibtex",), fixes=(UNSAFE,))
def unbalanced_braces(context: Context, fault: Fault) -> Iterator[Report]:
    """The fault is on the delimiter without a partner; its second span is where the partner belongs."""
    text, span = context.text, fault.span
    sign = span.of(text)
    # With one `\{` in the value it is not this brace that is at fault, but that one.
    around = text[max(0, span.start - _NEAR) : span.end + _NEAR]
    note = r" (BibTeX counts \{ and \} as braces)" if "\\{" in around or "\\}" in around else ""
    if fault.detail == "extra":
        fix = unsafe_fix(f"Delete the {sign}", Edit(*span, ""))
        yield Report(span, f"this {sign} closes nothing{note}", (fix,))
        return
    closing = '"' if fault.detail == "quoted" else "}"
    end = fault.spans[0].start
    fix = unsafe_fix(f"Close the value with {closing}", Edit(end, end, closing))
    yield Report(span, f"this {sign} is not closed before the next field{note}", (fix,))
