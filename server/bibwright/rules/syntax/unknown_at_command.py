"""What stands behind an at sign is neither an entry nor a command of BibTeX.

`@include`, `@modify` and the like belong to single programs. BibTeX takes the word for an entry type that it does not
know and the text in braces for a key; biber reports an error.

Bad::

    @include{other.bib}

    @misc{smith2020,
      title = {On Trees}
    }

Good::

    @misc{smith2020,
      title = {On Trees}
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity
from bibwright.analysis.rule import ENTRIES, Context, Report, rule
from bibwright.formats.bibtex.schema import schema
from bibwright.rules.quoting import quoted_exactly
from bibwright.rules.words import word_set
from bibwright.syntax.nodes import Entry

#: Settings for bibliography styles, which stand in the file like entries and are cited like them.
_SETTINGS = word_set("control bstctl ieeetranbstctl settings")


@rule("S122", "unknown-at-command", Severity.HINT, watches=ENTRIES, formats=("bibtex",))
def unknown_at_command(context: Context, entry: Entry) -> Iterator[Report]:
    """Only for what has no fields: anything with fields is an entry, of a type that another rule may not know."""
    if entry.fields or entry.type is None or entry.closing is None:
        return
    name = entry.type.of(context.text)
    lower = name.lower()
    if lower in schema().types or lower in context.options.entry_types or lower in _SETTINGS:
        return
    shown = quoted_exactly(f"@{name}")
    yield Report(entry.type, f"{shown} is no entry type and no command that BibTeX or biber knows")
