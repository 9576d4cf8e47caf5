"""An entry has no citation key.

Nothing can cite it. BibTeX takes the first field for the key, biber loses the entry, pandoc rejects the file.

Bad::

    @article{
      author = {Smith, Ann},
      title = {On Trees},
      year = {2020}
    }

Good::

    @article{smith2020trees,
      author = {Smith, Ann},
      title = {On Trees},
      year = {2020}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, unsafe_fix
from bibwright.analysis.rule import FAULTS, UNSAFE, Context, Report, rule
from bibwright.rules.keys import proposed_key
from bibwright.rules.places import entry_at
from bibwright.syntax.nodes import Fault
from bibwright.text.spans import Edit

_NO_FIELD_AHEAD = re.compile(r"\s*(?:[,})]|\Z)")


@rule("S105", "missing-key", Severity.ERROR, watches=FAULTS, formats=("bibtex",), fixes=(UNSAFE,))
def missing_key(context: Context, fault: Fault) -> Iterator[Report]:
    """The fault is on the character behind the opening brace, where the key belongs."""
    text, at = context.text, fault.span.start
    entry = entry_at(context.tree, at)
    if entry is None:
        return
    key = proposed_key(context, entry)
    comma = "" if _NO_FIELD_AHEAD.match(text, at) else ","
    blank = " " if comma and not text[at : at + 1].isspace() else ""
    fix = unsafe_fix(f"Insert the key {key}", Edit(at, at, key + comma + blank))
    yield Report(fault.span, "the entry has no citation key", (fix,))
