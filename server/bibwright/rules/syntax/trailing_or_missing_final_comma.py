"""The last field of an entry has no comma behind it.

No program needs one, so either way is correct. With it, a field that is added at the end changes one line instead of
two, and the comma cannot be forgotten. Off unless asked for; in files whose entries end without a comma, leave it so.

Bad::

    @misc{smith2020,
      title = {On Trees},
      year = {2020}
    }

Good::

    @misc{smith2020,
      title = {On Trees},
      year = {2020},
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, safe_fix
from bibwright.analysis.rule import ENTRIES, SAFE, Context, Report, rule
from bibwright.rules.quoting import quoted
from bibwright.syntax.nodes import Entry, field_name
from bibwright.text.spans import Edit, Span


@rule(
    "S121",
    "trailing-or-missing-final-comma",
    Severity.HINT,
    watches=ENTRIES,
    formats=("bibtex",),
    default=False,
    fixes=(SAFE,),
)
def trailing_or_missing_final_comma(context: Context, entry: Entry) -> Iterator[Report]:
    """Reported at the last character of the value. Not where anything but blanks is between it and the brace."""
    if entry.closing is None or not entry.fields or context.is_cut(entry):
        return
    last = entry.fields[-1]
    if last.comma is not None or not last.pieces or context.text[last.value.end : entry.closing.start].strip():
        return
    end = last.value.end
    name = quoted(field_name(context.text, last))
    fix = safe_fix("Insert a comma", Edit(end, end, ","))
    yield Report(Span(end - 1, end), f"there is no comma behind the last field, {name}", (fix,))
