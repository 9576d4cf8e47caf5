"""The entry that a cross-reference names stands before the entry that inherits from it.

BibTeX reads a file from top to bottom and passes on fields only to entries it has seen already: the child must come
first. Else nothing is inherited, without a word. biber takes either order, so this is reported for BibTeX only.

Bad::

    % !BIB program = bibtex

    @proceedings{trees2020,
      title = {Proceedings of the Conference on Trees},
      year = 2020
    }

    @inproceedings{doe2020,
      title = {On Leaves},
      crossref = {trees2020}
    }

Good::

    % !BIB program = bibtex

    @inproceedings{doe2020,
      title = {On Leaves},
      crossref = {trees2020}
    }

    @proceedings{trees2020,
      title = {Proceedings of the Conference on Trees},
      year = 2020
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from bibwright.analysis.diagnostics import Related, Severity
from bibwright.analysis.rule import Context, Report, fields, rule
from bibwright.rules.crossrecord.named_keys import named_keys
from bibwright.rules.quoting import quoted
from bibwright.syntax.nodes import Entry, Field


@rule("X704", "crossref-order", Severity.WARNING, watches=fields("crossref"), formats=("bibtex",))
def crossref_order(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """Reported at the key of the parent."""
    if context.dialect != "bibtex" or entry.key is None:
        return
    for key, span in named_keys(context, field):
        found = context.find_first("key", key.lower())
        if found is None or found.fact.value == entry.key.of(context.text).lower():
            continue
        if found.before or (found.here and found.fact.span.start < entry.key.start):
            message = f"the entry {quoted(key)} stands before this one, and BibTeX lets nothing be inherited from it"
            yield Report(span, message, (), (Related("the entry", fact=("key", key.lower())),))
