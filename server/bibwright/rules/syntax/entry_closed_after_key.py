"""An entry is closed right behind its key, and its fields follow outside it.

BibTeX keeps an entry without fields, biber and pandoc reject the whole file, bibtexparser drops the entry. The Korea
Citation Index exports every entry in this form.

Bad::

    @article{suh2015},
    author = {Suh, Sangmun},
    year = {2015}

Good::

    @article{suh2015,
    author = {Suh, Sangmun},
    year = {2015}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Related, Severity, safe_fix
from bibwright.analysis.rule import FAULTS, SAFE, Context, Report, rule
from bibwright.rules.places import entry_at
from bibwright.syntax.nodes import Fault
from bibwright.text.spans import Edit

_COMMA_AHEAD = re.compile(r"\s*,")


@rule("S101", "entry-closed-after-key", Severity.ERROR, watches=FAULTS, formats=("bibtex",), fixes=(SAFE,))
def entry_closed_after_key(context: Context, fault: Fault) -> Iterator[Report]:
    """The brace goes behind the last field; a second one may stand there already."""
    text = context.text
    first, last, end = fault.spans
    entry = entry_at(context.tree, fault.span.start)
    count = len(entry.fields) if entry else 0
    brace = fault.span.of(text)
    comma = "" if _COMMA_AHEAD.match(text, fault.span.end) else ","
    edits = [Edit(*fault.span, comma)]
    if fault.detail == "open":
        edits.append(Edit(end.start, end.start, context.line_end + brace))
    lost = "the field behind it is" if count == 1 else f"the {count} fields behind it are"
    yield Report(
        fault.span,
        f"the entry is closed right behind its key: {lost} lost",
        (safe_fix("Close the entry behind its last field", *edits),),
        (Related("the first field that is lost", first), Related("the last field that is lost", last)),
    )
