"""Two entries seem to be of the same work: title, year and the first name are the same.

Cited under both keys, the work is printed twice. Upper and lower case, accents and signs make no difference.

Reported only where nothing speaks against it: what both entries say of pages, volume, number, edition, DOI and the
journal or book must agree, and so must their types, since a preprint, a talk and an article are different. Titles of
one or two words (`Introduction`, `Editorial`) and others that many works have are left alone.

Bad::

    @article{doe2020,
      author = {Doe, Jane},
      title = {On the Leaves of Trees},
      journal = {Journal of Trees},
      year = 2020
    }

    @article{DoeLeaves,
      author = {Jane Doe},
      title = {On the leaves of trees},
      journal = {Journal of Trees},
      year = {2020},
      volume = 3
    }

Good::

    @article{doe2020,
      author = {Doe, Jane},
      title = {On the Leaves of Trees},
      journal = {Journal of Trees},
      year = 2020
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from bibwright.analysis.diagnostics import Related, Severity
from bibwright.analysis.rule import Context, Report, rule, stated
from bibwright.formats.format import Fact
from bibwright.model.works import read_work
from bibwright.rules.crossrecord.likeness import are_different, are_part_and_whole
from bibwright.rules.quoting import quoted


@rule("X709", "duplicate-record", Severity.INFORMATION, watches=stated("work"))
def duplicate_record(context: Context, own: Fact) -> Iterator[Report]:
    """Reported at the title of every entry but the first."""
    found = context.find_first("work", own.value)
    if found is None or (found.here and found.fact.span == own.span):
        return
    first = found.fact
    mine, other = read_work(own.detail), read_work(first.detail)
    if own.text and own.text.lower() == first.text.lower():
        return
    if (mine.doi and mine.doi == other.doi) or are_part_and_whole(mine, other) or are_different(mine, other):
        return
    who = f"the entry {quoted(first.text)}" if first.text else "an earlier record"
    yield Report(
        own.span,
        f"{who} has the same title, first name and year",
        (),
        (Related("the first one with this title", fact=("work", own.value)),),
    )
