"""A cross-reference names an entry that has a cross-reference itself.

BibTeX inherits over one step only and warns of this: what stands in the entry behind the next is not found. biber goes
on, so this is reported for BibTeX only.

Bad::

    % !BIB program = bibtex

    @inproceedings{doe2020,
      title = {On Leaves},
      crossref = {trees2020}
    }

    @proceedings{trees2020,
      title = {Proceedings of the Conference on Trees},
      crossref = {trees}
    }

    @book{trees,
      title = {Trees},
      year = 2020
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

from bibwright.analysis.diagnostics import Severity
from bibwright.analysis.rule import Context, Report, fields, rule
from bibwright.rules.crossrecord.named_keys import named_keys
from bibwright.rules.quoting import quoted
from bibwright.syntax.nodes import Entry, Field


@rule("X706", "nested-crossref", Severity.WARNING, watches=fields("crossref"), formats=("bibtex",))
def nested_crossref(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """Reported at the key; circles are another rule's."""
    if context.dialect != "bibtex" or entry.key is None:
        return
    for key, span in named_keys(context, field):
        further = context.first_text("crossref", key.lower())
        own = entry.key.of(context.text).lower()
        if further and own not in (further, key.lower()) and key.lower() != further:
            message = f"the entry {quoted(key)} has a cross-reference itself, which BibTeX does not follow"
            yield Report(span, message)
