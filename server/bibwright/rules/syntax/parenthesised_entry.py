"""An entry stands in parentheses instead of braces.

BibTeX and biber read both; pandoc rejects the file. Off unless asked for.

Bad::

    @misc(smith2020,
      title = {On Trees}
    )

Good::

    @misc{smith2020,
      title = {On Trees}
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from bibwright.analysis.diagnostics import Related, Severity, safe_fix
from bibwright.analysis.rule import ENTRIES, SAFE, Context, Report, rule
from bibwright.formats.bibtex.latex import is_balanced
from bibwright.syntax.nodes import Entry
from bibwright.text.spans import Edit


@rule(
    "S119",
    "parenthesised-entry",
    Severity.HINT,
    watches=ENTRIES,
    formats=("bibtex",),
    default=False,
    fixes=(SAFE,),
    needs="(",
)
def parenthesised_entry(context: Context, entry: Entry) -> Iterator[Report]:
    """Reported at the opening parenthesis; not for an entry that is not closed, which is another rule's business."""
    text = context.text
    if entry.opening is None or entry.closing is None or entry.opening.of(text) != "(":
        return
    related = (Related("its closing parenthesis", entry.closing),)
    edits = Edit(*entry.opening, "{"), Edit(*entry.closing, "}")
    # A brace too many in the entry would close it now.
    balanced = not context.is_cut(entry) and is_balanced(text[entry.opening.end : entry.closing.start])
    fixes = (safe_fix("Write braces", *edits),) if balanced else ()
    yield Report(entry.opening, "pandoc does not read entries in parentheses", fixes, related)
