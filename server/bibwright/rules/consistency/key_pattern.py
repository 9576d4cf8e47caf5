"""A citation key does not say whose work it is and from which year, as `doe2020` does.

Keys of that kind can be guessed while writing, and two libraries can be joined by them. Case, accents and what else
stands in the key make no difference, and the last two digits of the year will do. Every house has its own rules, so
this is off unless you select it. A new key must be written wherever the old one is cited.

Bad::

    @misc{ref1,
      author = {Doe, Jane},
      title = {On Leaves},
      year = 2020
    }

Good::

    @misc{doe2020leaves,
      author = {Doe, Jane},
      title = {On Leaves},
      year = 2020
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, unsafe_fix
from bibwright.analysis.rule import ENTRIES, UNSAFE, Context, Report, rule
from bibwright.model.works import comparable_family, comparable_text
from bibwright.rules.keys import proposed_key
from bibwright.rules.quoting import quoted
from bibwright.syntax.nodes import Entry, value_text
from bibwright.text.spans import Edit

_YEAR = re.compile(r"\d{4}")


@rule(
    "C804",
    "key-pattern",
    Severity.HINT,
    watches=ENTRIES,
    formats=("bibtex",),
    default=False,
    fixes=(UNSAFE,),
)
def key_pattern(context: Context, entry: Entry) -> Iterator[Report]:
    """Only where the entry has a name and a year."""
    people = context.field_of(entry, "author", "editor")
    issued = context.field_of(entry, "date", "year")
    if entry.key is None or people is None or issued is None:
        return
    key = comparable_text(entry.key.of(context.text))
    family = comparable_family(value_text(context.text, people).partition(" and ")[0])
    year = _YEAR.search(value_text(context.text, issued))
    if not key or not family or year is None or (family in key and year.group()[2:] in key):
        return
    proposed = proposed_key(context, entry)
    fix = unsafe_fix(f"Rename the key to {proposed}", Edit(*entry.key, proposed))
    message = f"the key {quoted(entry.key.of(context.text))} does not name the first author and the year"
    yield Report(entry.key, message, (fix,))
