"""A conference paper has neither pages nor a DOI nor anything else that tells where to find it.

Bad::

    @inproceedings{smith2020,
      author = {Smith, Ann},
      title = {On Trees},
      booktitle = {Forest Conference},
      year = {2020}
    }

Good::

    @inproceedings{smith2020,
      author = {Smith, Ann},
      title = {On Trees},
      booktitle = {Forest Conference},
      pages = {4--9},
      year = {2020}
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity
from bibwright.analysis.rule import ENTRIES, Context, Report, rule
from bibwright.formats.bibtex.schema import canonical_type
from bibwright.syntax.nodes import Entry

_PLACES = ("pages", "doi", "eid", "articleno", "eprint")


@rule(
    "M313",
    "inproceedings-without-pages-or-doi",
    Severity.HINT,
    watches=ENTRIES,
    formats=("bibtex",),
    default=False,
)
def inproceedings_without_pages_or_doi(context: Context, entry: Entry) -> Iterator[Report]:
    """The number of the article or an e-print will do."""
    if entry.type is None or canonical_type(entry.type.of(context.text)) != "inproceedings":
        return
    if context.field_of(entry, *_PLACES) is None:
        yield Report(entry.type, f"@{entry.type.of(context.text)} has neither pages nor a DOI")
