"""A title has straight quotation marks, or straight and curly ones.

In LaTeX a straight quotation mark prints as a closing one, at the beginning too: ``...'' makes a pair. In RIS the marks
of one title should be alike. Off by default.

Bad::

    @book{smith2020,
      title = {On "Trees" and Shrubs}
    }

Good::

    @book{smith2020,
      title = {On ``Trees'' and Shrubs}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, unsafe_fix
from bibwright.analysis.rule import UNSAFE, Context, Report, fields, rule
from bibwright.rules.text.fields import WORK_TITLES
from bibwright.rules.text.values import masked_text, text_pieces
from bibwright.syntax.nodes import Entry, Field
from bibwright.text.spans import Edit, Span

_PAIR = re.compile(r'(?<![^\s(\[{])"(?=\S)[^"]{0,300}(?<=\S)"(?!\w)')
_CURLY = re.compile("[“”]")


@rule(
    "T615",
    "mixed-quotes",
    Severity.HINT,
    watches=fields(*WORK_TITLES),
    default=False,
    needs='"',
    fixes=(UNSAFE,),
)
def mixed_quotes(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """Marks without a partner may mean inches or seconds."""
    for piece in text_pieces(field):
        start = piece.content.start
        if context.format == "bibtex":
            value = masked_text(context, piece)
            curly = _CURLY.search(value) is not None
            marks = ("“", "”") if curly else ("``", "''")
        else:
            value = context.text[start : piece.content.end]
            marks = ("“", "”")
            if not _CURLY.search(value):
                continue
        for match in _PAIR.finditer(value):
            first, last = start + match.start(), start + match.end() - 1
            edits = (Edit(first, first + 1, marks[0]), Edit(last, last + 1, marks[1]))
            fix = unsafe_fix(f"Write {marks[0]} and {marks[1]}", *edits)
            yield Report(Span(first, first + 1), "the quotation marks are straight", (fix,))
