"""A `@misc` entry has the DOI of a repository for data and programs.

biblatex has `@dataset` and `@software` for these, which styles print with the version and the kind of work. Whether
it is the one or the other, the title mostly tells.

Bad::

    @misc{smith2020,
      author = {Smith, Ann},
      title = {Heights of Trees},
      doi = {10.6084/m9.figshare.1},
      langid = {english},
      date = {2020}
    }

Good::

    @dataset{smith2020,
      author = {Smith, Ann},
      title = {Heights of Trees},
      doi = {10.6084/m9.figshare.1},
      langid = {english},
      date = {2020}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, unsafe_fix
from bibwright.analysis.rule import UNSAFE, Context, Report, fields, rule
from bibwright.rules.values.plain import plain_value
from bibwright.syntax.nodes import Entry, Field, value_text
from bibwright.text.spans import Edit

_REPOSITORY = re.compile(r"(?:https?://(?:dx\.)?doi\.org/)?10\.(?:5281/zenodo|6084/m9|5061/dryad)\.", re.IGNORECASE)
_PROGRAM = re.compile(
    r"\b(?:software|code|program|package|library|toolbox|github|gitlab|release|v\d+\.\d+)\b|^[\w-]+/[\w-]+:",
    re.IGNORECASE,
)


@rule(
    "M314",
    "dataset-software-type",
    Severity.HINT,
    watches=fields("doi"),
    formats=("bibtex",),
    default=False,
    fixes=(UNSAFE,),
)
def dataset_software_type(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """BibTeX has no such types."""
    if entry.type is None or entry.type.of(context.text).lower() != "misc" or context.dialect == "bibtex":
        return
    if _REPOSITORY.match(plain_value(context, field)) is None:
        return
    told = (context.field_of(entry, name) for name in ("title", "howpublished", "note", "type", "url", "version"))
    said = (value_text(context.text, other)[:500] for other in told if other is not None)
    meant = "software" if any(_PROGRAM.search(text) for text in said) else "dataset"
    written = entry.type.of(context.text)
    fix = unsafe_fix(f"Write @{meant}", Edit(*entry.type, meant))
    yield Report(entry.type, f"the DOI of @{written} is that of data or a program, perhaps @{meant} is meant", (fix,))
