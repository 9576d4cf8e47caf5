"""The whole value stands in braces twice.

The inner braces keep the case of all words, so that no style can print the title as it prints others. Some write all
titles so on purpose; the rule is off by default.

Bad::

    @book{smith2020,
      title = {{A Study of Forests}}
    }

Good::

    @book{smith2020,
      title = {A Study of Forests}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Fix, Severity, safe_fix, unsafe_fix
from bibwright.analysis.rule import SAFE, UNSAFE, Context, Report, fields, rule
from bibwright.formats.bibtex.latex import strip_outer_braces
from bibwright.rules.text.fields import NUMBER_FIELDS, PRINTED_FIELDS
from bibwright.rules.text.values import text_pieces
from bibwright.syntax.nodes import Entry, Field
from bibwright.text.spans import Edit, Span, trim

#: In lists braces hide an `and`.
_AND = re.compile(r"\sand\s", re.IGNORECASE)
#: A capital inside a word, or one behind a digit or hyphen.
_CAPITALS = re.compile(r"[\w-][A-Z]")
_FIELDS = (*PRINTED_FIELDS, *NUMBER_FIELDS, "year", "date", "month", "abstract", "keywords", "language")


@rule(
    "T608",
    "double-braced",
    Severity.HINT,
    watches=fields(*_FIELDS),
    formats=("bibtex",),
    default=False,
    fixes=(SAFE, UNSAFE),
)
def double_braced(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """Never in name lists, where the braces make an organisation of a person."""
    if len(field.pieces) != 1:
        return
    text = context.text
    for piece in text_pieces(field):
        span = trim(text, *piece.content)
        if not text.startswith("{", span.start) or span.end - span.start < 3:
            continue
        value = text[span.start : span.end]
        if " " not in value:
            continue  # one word, perhaps an acronym: its braces are as they should be
        if strip_outer_braces(value) == value or _AND.search(value) or value.startswith("{\\"):
            continue
        edits = (Edit(span.start, span.start + 1, ""), Edit(span.end - 1, span.end, ""))
        # The braces keep these capitals where a style of BibTeX writes titles in small letters.
        make_fix = unsafe_fix if _CAPITALS.search(value) else safe_fix
        fixes: tuple[Fix, ...] = () if context.is_cut(entry) else (make_fix("Delete the inner braces", *edits),)
        yield Report(Span(span.start, span.start + 1), "the whole value is in braces twice", fixes)
