"""Neither BibTeX nor biblatex nor a style that is known here has this entry type.

BibTeX gives a warning and prints the entry as if it were `@misc`, biber does the same: the journal, the book title or
the school are then left out. A type that looks like a known one is probably a misprint of it. Types of one's own
style can be declared in the settings (`entry-types`); a type that resembles no other is only pointed out.

Bad::

    @artcle{smith2020,
      author = {Smith, Ann},
      title = {On Trees},
      journal = {Trees},
      year = {2020}
    }

Good::

    @article{smith2020,
      author = {Smith, Ann},
      title = {On Trees},
      journal = {Trees},
      year = {2020}
    }
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache

from bibwright.analysis.diagnostics import Severity, unsafe_fix
from bibwright.analysis.rule import ENTRIES, UNSAFE, Context, Report, rule
from bibwright.formats.bibtex.datamodel import data_model, is_known_type
from bibwright.formats.bibtex.schema import schema
from bibwright.rules.quoting import quoted
from bibwright.syntax.nodes import Entry
from bibwright.text.spans import Edit

_LONGEST = 30
_SIMILAR = 0.82


@rule("M301", "unknown-entry-type", Severity.WARNING, watches=ENTRIES, formats=("bibtex",), fixes=(UNSAFE,))
def unknown_entry_type(context: Context, entry: Entry) -> Iterator[Report]:
    """A warning where another type seems to be meant."""
    if entry.type is None:
        return
    written = entry.type.of(context.text)
    name = written.lower()
    if is_known_type(name) or name in context.options.entry_types:
        return
    meant = _meant(name, context.dialect)
    if meant is None and not entry.fields:
        return  # no entry at all, as S122 says
    if meant is None:
        message = f"the entry type {quoted('@' + written)} is unknown, so that styles treat the entry as @misc"
        yield Report(entry.type, message, severity=Severity.INFORMATION)
    else:
        fix = unsafe_fix(f"Write @{meant}", Edit(*entry.type, meant))
        yield Report(entry.type, f"there is no entry type {quoted('@' + written)}, perhaps @{meant} is meant", (fix,))


@lru_cache(maxsize=1024)
def _meant(name: str, dialect: str) -> str | None:
    if len(name) > _LONGEST:
        return None
    meant = data_model().wrong_types.get(name)
    if meant is None:
        close = get_close_matches(name, list(schema().types), 1, _SIMILAR)
        if not close:
            return None
        meant = close[0]
    # Only biblatex has `online`; where that is not known to be used, the type that both have is no loss.
    return meant if dialect == "biblatex" else (schema().types[meant].bibtex or meant)
