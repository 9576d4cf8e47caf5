"""An entry inherits from itself, at once or by way of others.

biber stops with an error or leaves the inheritance out, and pandoc runs until its memory is used up.

Bad::

    @book{trees2020,
      title = {Trees},
      crossref = {trees2020}
    }

Good::

    @book{trees2020,
      title = {Trees}
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity
from bibwright.analysis.rule import Context, Report, fields, rule
from bibwright.rules.crossrecord.named_keys import named_keys
from bibwright.rules.quoting import quoted
from bibwright.syntax.nodes import Entry, Field

#: Nobody lets entries inherit from each other over so many.
_MOST_VISITED = 50


@rule("X705", "crossref-cycle", Severity.ERROR, watches=fields("crossref", "xdata"), formats=("bibtex",))
def crossref_cycle(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """Reported at the key that leads back, in each entry of the circle."""
    if entry.key is None:
        return
    own = entry.key.of(context.text)
    for key, span in named_keys(context, field):
        if key.lower() == own.lower():
            yield Report(span, f"the entry {quoted(own)} inherits from itself")
        elif _leads_to(context, key.lower(), own.lower()):
            yield Report(span, f"the entry {quoted(key)} inherits from {quoted(own)} in turn")


def _leads_to(context: Context, start: str, goal: str) -> bool:
    waiting, visited = [start], {start}
    while waiting and len(visited) < _MOST_VISITED:
        key = waiting.pop()
        parents = [context.first_text("crossref", key) or "", *(context.first_text("xdata", key) or "").split(" ")]
        if goal in parents:
            return True
        new = [parent for parent in parents if parent and parent not in visited]
        visited.update(new)
        waiting += new
    return False
