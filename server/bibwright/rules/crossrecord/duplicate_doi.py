"""Two entries have the same DOI.

Mostly it is one work twice under two keys, which is printed twice where both are cited; or the DOI was copied to the
wrong entry. DOIs are compared without regard to case and without the address of a resolver.

A chapter may bear the DOI of its book, and an erratum or a reply that of the article it is about; neither is reported.
Entries with the same key are reported as such alone.

Bad::

    @article{doe2020,
      title = {On Leaves},
      doi = {10.1234/leaves}
    }

    @article{doe2020a,
      title = {On leaves},
      doi = {https://doi.org/10.1234/LEAVES}
    }

Good::

    @article{doe2020,
      title = {On Leaves},
      doi = {10.1234/leaves}
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from bibwright.analysis.diagnostics import Related, Severity
from bibwright.analysis.rule import Context, Report, rule, stated
from bibwright.formats.format import Fact
from bibwright.model.works import read_work
from bibwright.rules.crossrecord.likeness import are_part_and_whole, are_parts_of_a_book, is_about_works
from bibwright.rules.quoting import quoted


@rule("X708", "duplicate-doi", Severity.WARNING, watches=stated("doi"))
def duplicate_doi(context: Context, own: Fact) -> Iterator[Report]:
    """Reported at the DOI of every entry but the first that has it."""
    found = context.find_first("doi", own.value)
    if found is None:
        return
    first = found.fact
    if found.here and first.span == own.span:
        path = context.find_beside("doi", own.value)
        # A common key is reported as such.
        if path is not None and not (own.text and context.find_beside("key", own.text.lower())):
            yield Report(
                own.span,
                f"the file {quoted(path)} has an entry with the DOI {quoted(own.value)} too",
                severity=Severity.INFORMATION,
            )
        return
    mine, other = read_work(own.detail), read_work(first.detail)
    if own.text and own.text.lower() == first.text.lower():
        return
    if is_about_works(mine) or is_about_works(other) or are_part_and_whole(mine, other):
        return
    if are_parts_of_a_book(mine, other):
        return
    who = f"the entry {quoted(first.text)}" if first.text else "an earlier record"
    what = f"{who} has the DOI {quoted(own.value)} too"
    if mine.title and other.title and not _alike(mine.title, other.title):
        what += ", and another title"
    yield Report(own.span, what, (), (Related("the first one with this DOI", fact=("doi", own.value)),))


def _alike(one: str, other: str) -> bool:
    """Whether two comparable titles may be the same: one may lack its subtitle, or have another accent."""
    shorter = min(len(one), len(other), 12)
    return one[:shorter] == other[:shorter]
