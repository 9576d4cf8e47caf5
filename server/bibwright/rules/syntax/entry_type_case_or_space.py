"""An entry type has capitals in it, or blanks around it.

All programs read it; files are easier to search when every `@article{` looks alike. Off unless asked for.

Bad::

    @ Article {smith2020,
      title = {On Trees}
    }

Good::

    @article{smith2020,
      title = {On Trees}
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, safe_fix
from bibwright.analysis.rule import ENTRIES, SAFE, Context, Report, rule
from bibwright.rules.quoting import quoted_exactly
from bibwright.syntax.nodes import Entry
from bibwright.text.spans import Edit, Span


@rule(
    "S120",
    "entry-type-case-or-space",
    Severity.HINT,
    watches=ENTRIES,
    formats=("bibtex",),
    default=False,
    fixes=(SAFE,),
)
def entry_type_case_or_space(context: Context, entry: Entry) -> Iterator[Report]:
    """Reported from the at sign or the type, whichever needs a change, to the brace."""
    text = context.text
    if entry.type is None or entry.opening is None:
        return
    sign, name, brace = entry.span.start, entry.type, entry.opening.start
    written = text[sign + 1 : brace]
    wanted = name.of(text).lower()
    if written == wanted:
        return
    start = sign + 1 if name.start > sign + 1 else name.start
    end = brace if brace > name.end else name.end
    shown = " ".join(text[sign : brace + 1].split())
    fix = safe_fix(f"Write @{wanted}", Edit(start, end, wanted))
    message = f"the entry type is written {quoted_exactly(shown)}, expected {quoted_exactly(f'@{wanted}{text[brace]}')}"
    yield Report(Span(start, end), message, (fix,))
