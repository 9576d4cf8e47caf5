"""A title has a hyphen where a dash is meant: between years, or between blanks.

Off by default: what stands on the title page is a matter of judgement.

Bad::

    @book{smith2020,
      title = {Forests, 1914-1918}
    }

Good::

    @book{smith2020,
      title = {Forests, 1914--1918}
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

_HYPHEN = re.compile(r"(?<!\S)(?:1[0-9]|20)\d\d(-)(?:(?:1[0-9]|20)\d\d|\d\d)(?![\w-])|(?<=\S)\s(-)\s(?=\S)")


@rule("T616", "title-dash", Severity.HINT, watches=fields(*WORK_TITLES), default=False, needs="-", fixes=(UNSAFE,))
def title_dash(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """Formulas are left alone."""
    for piece in text_pieces(field):
        start = piece.content.start
        is_bibtex = context.format == "bibtex"
        value = masked_text(context, piece) if is_bibtex else context.text[start : piece.content.end]
        if "-" not in value:
            continue
        for match in _HYPHEN.finditer(value):
            at = start + match.start(match.lastindex or 0)
            dash = "--" if is_bibtex else "–"
            span = Span(at, at + 1)
            yield Report(span, "a hyphen stands for a dash", (unsafe_fix(f"Write {dash}", Edit(*span, dash)),))
