"""A web page is cited without the day on which it was looked at.

Pages change and disappear; many citation styles ask for that day, which biblatex prints from `urldate`.

Bad::

    @online{smith2020,
      author = {Smith, Ann},
      title = {On Trees},
      url = {https://example.org/trees},
      date = {2020}
    }

Good::

    @online{smith2020,
      author = {Smith, Ann},
      title = {On Trees},
      url = {https://example.org/trees},
      urldate = {2020-05-01},
      date = {2020}
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity
from bibwright.analysis.rule import Context, Report, fields, rule
from bibwright.formats.bibtex.schema import canonical_type
from bibwright.syntax.nodes import Entry, Field


@rule("M310", "url-without-urldate", Severity.HINT, watches=fields("url"), formats=("bibtex",), default=False)
def url_without_urldate(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """BibTeX's standard styles have no such field."""
    if entry.type is None or canonical_type(entry.type.of(context.text)) != "online" or context.dialect == "bibtex":
        return
    if context.field_of(entry, "urldate", "urlyear") is None:
        yield Report(field.name, "no urldate says when the web page was looked at")
