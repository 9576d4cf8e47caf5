"""A `@misc` entry has a journal and a volume: it is an article.

Styles print neither of these for `@misc`.

Bad::

    @misc{smith2020,
      author = {Smith, Ann},
      title = {On Trees},
      journal = {Trees},
      volume = {4},
      year = {2020}
    }

Good::

    @article{smith2020,
      author = {Smith, Ann},
      title = {On Trees},
      journal = {Trees},
      volume = {4},
      year = {2020}
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, unsafe_fix
from bibwright.analysis.rule import UNSAFE, Context, Report, fields, rule
from bibwright.syntax.nodes import Entry, Field
from bibwright.text.spans import Edit


@rule(
    "M311",
    "article-as-misc",
    Severity.HINT,
    watches=fields("journal", "journaltitle"),
    formats=("bibtex",),
    fixes=(UNSAFE,),
)
def article_as_misc(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """Reported at the entry's type."""
    if entry.type is None or entry.type.of(context.text).lower() != "misc":
        return
    if context.field_of(entry, "volume") is None or context.field_of(entry, "journal", "journaltitle") is not field:
        return
    written = entry.type.of(context.text)
    fix = unsafe_fix("Write @article", Edit(*entry.type, "article"))
    yield Report(entry.type, f"@{written} has a journal and a volume, perhaps @article is meant", (fix,))
