"""There is no comma between two fields or behind the key, or something that is no field stands between them.

BibTeX skips the rest of the entry, biber and bibtexparser drop the entry, pandoc rejects the file.

Bad::

    @misc{smith2020,
      title = {On Trees}
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
from bibwright.rules.places import delete_stretch, entry_at, is_in_cut_entry
from bibwright.rules.quoting import quoted
from bibwright.syntax.nodes import Fault
from bibwright.text.spans import Edit


@rule("S103", "missing-comma", Severity.ERROR, watches=FAULTS, formats=("bibtex",), fixes=(SAFE, UNSAFE))
def missing_comma(context: Context, fault: Fault) -> Iterator[Report]:
    """The fault is on the last character before the comma that is missing, or on the text that is no field."""
    text, end = context.text, fault.span.end
    if fault.detail == "garbage":
        fix = unsafe_fix("Delete it", delete_stretch(text, fault.span))
        yield Report(fault.span, f'{quoted(fault.span.of(text))} is no field; expected "name = value"', (fix,))
        return
    place = "between two fields"
    if fault.detail == "key":
        entry = entry_at(context.tree, fault.span.start)
        key = quoted(entry.key.of(text)) if entry and entry.key else ""
        place = f"behind the key {key}".rstrip()
    make_fix = unsafe_fix if is_in_cut_entry(context, fault.span.start) else safe_fix
    yield Report(fault.span, f"there is no comma {place}", (make_fix("Insert a comma", Edit(end, end, ",")),))
