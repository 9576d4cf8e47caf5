"""Two entries have the same citation key.

BibTeX stops with an error and keeps the first, biber and pandoc keep one of them, and a citation may print the wrong
work. Keys that differ in upper and lower case alone are the same to BibTeX.

In two files it matters only where they are used together: it is reported, as information, of files that one LaTeX
document names, or that were named together on the command line. Renaming a key changes nothing elsewhere: who cites it,
or inherits from it, must be changed too.

Bad::

    @misc{smith2020,
      title = {On Trees}
    }

    @misc{smith2020,
      title = {On Leaves}
    }

Good::

    @misc{smith2020,
      title = {On Trees}
    }

    @misc{smith2020a,
      title = {On Leaves}
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from bibwright.analysis.diagnostics import Related, Severity, unsafe_fix
from bibwright.analysis.rule import ENTRIES, UNSAFE, Context, Report, rule
from bibwright.rules.keys import key_beside
from bibwright.rules.quoting import quoted
from bibwright.syntax.nodes import Entry
from bibwright.text.spans import Edit


@rule("X701", "duplicate-key", Severity.ERROR, watches=ENTRIES, formats=("bibtex",), fixes=(UNSAFE,))
def duplicate_key(context: Context, entry: Entry) -> Iterator[Report]:
    """Reported at every entry but the first with the key."""
    if entry.key is None:
        return
    key = entry.key.of(context.text)
    found = context.find_first("key", key.lower())
    if found is None or (found.here and found.fact.span == entry.key):
        if (path := context.find_beside("key", key.lower())) is not None:
            message = f"the file {quoted(path)} has an entry with the key {quoted(key)} too"
            yield Report(entry.key, message, severity=Severity.INFORMATION)
        return
    free = key_beside(context, entry)
    fix = unsafe_fix(f"Rename the key to {free}", Edit(*entry.key, free))
    related = (Related("the first entry with this key", fact=("key", key.lower())),)
    if found.fact.text == key:
        yield Report(entry.key, f"an earlier entry has the key {quoted(key)} too", (fix,), related)
    else:
        message = (
            f"the key {quoted(key)} differs from the earlier {quoted(found.fact.text)} in upper and lower case alone"
        )
        yield Report(entry.key, message, (fix,), related, Severity.WARNING)
