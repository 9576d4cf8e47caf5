"""Keywords are separated by semicolons.

biblatex and most reference managers separate keywords at commas, so that all of them together are one keyword. Where
a keyword has a comma in it, the semicolons have to stay, and the program that reads them must be told.

Bad::

    @article{smith2020,
      keywords = {oak; beech; ash}
    }

Good::

    @article{smith2020,
      keywords = {oak, beech, ash}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Fix, Severity, unsafe_fix
from bibwright.analysis.rule import UNSAFE, Context, Report, fields, rule
from bibwright.rules.values.plain import plain_span
from bibwright.syntax.nodes import Entry, Field
from bibwright.text.spans import Edit, Span

#: With the blanks around it; the end of a character reference (`&amp;`) separates nothing.
_SEMICOLON = re.compile(r"(?<![\s\\])(?<!&amp)(?<!&lt)(?<!&gt)(?<!&quot)[ \t]{0,4};\s*")
_LONGEST = 20_000


@rule(
    "V422",
    "joined-keywords-in-bib",
    Severity.HINT,
    watches=fields("keywords", "keyword"),
    formats=("bibtex",),
    fixes=(UNSAFE,),
    needs=";",
)
def joined_keywords_in_bib(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """One finding for the whole value."""
    span = plain_span(context, field, _LONGEST)
    if span is None:
        return
    value = span.of(context.text)
    if ";" not in value:
        return
    places = [Span(*match.span()) for match in _SEMICOLON.finditer(context.text, *span)]
    between = [place for place in places if place.end < span.end]
    if not between:
        return
    fixes: tuple[Fix, ...] = ()
    if "," not in value:
        edits = (Edit(*place, ", " if place.end < span.end else "") for place in places)
        fixes = (unsafe_fix("Write commas", *edits),)
    yield Report(
        span, f"{len(between) + 1} keywords are separated by semicolons, which biblatex does not split at", fixes
    )
