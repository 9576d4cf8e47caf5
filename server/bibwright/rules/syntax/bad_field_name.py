"""The name of a field begins with a digit, or has a blank, a backslash or an apostrophe in it.

BibTeX and biber skip the rest of the entry at such a name. An apostrophe or a backslash within a name stops biber
alone, and only where more than one letter follows it.

Bad::

    @misc{smith2020,
      title = {On Trees},
      date added = {2020-01-02}
    }

Good::

    @misc{smith2020,
      title = {On Trees},
      date-added = {2020-01-02}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, unsafe_fix
from bibwright.analysis.rule import FAULTS, UNSAFE, Context, Report, rule
from bibwright.rules.quoting import quoted
from bibwright.syntax.nodes import Fault
from bibwright.text.spans import Edit

#: Biber's scanner ends the name behind the letter that follows the sign.
_STOPS_BIBER = re.compile(r".['\\]..")
_BLANKS_AND_SIGNS = re.compile(r"[ \t'\\~]+")


@rule("S118", "bad-field-name", Severity.ERROR, watches=FAULTS, formats=("bibtex",), fixes=(UNSAFE,))
def bad_field_name(context: Context, fault: Fault) -> Iterator[Report]:
    """The fault is on the name."""
    name = fault.span.of(context.text)
    if fault.detail == "digit":
        fix = unsafe_fix("Write x- before the name", Edit(fault.span.start, fault.span.start, "x-"))
        yield Report(fault.span, f"the field name {quoted(name)} begins with a digit", (fix,))
        return
    joined = _BLANKS_AND_SIGNS.sub("-", name).strip("-")
    fix = unsafe_fix(f"Write {joined}", Edit(*fault.span, joined))
    if any(blank in name for blank in " \t"):
        yield Report(fault.span, f"the field name {quoted(name)} has a blank in it", (fix,))
        return
    sign = "a backslash" if "\\" in name else "an apostrophe"
    severity = Severity.ERROR if _STOPS_BIBER.search(name) else Severity.WARNING
    yield Report(fault.span, f"the field name {quoted(name)} has {sign} in it", (fix,), severity=severity)
