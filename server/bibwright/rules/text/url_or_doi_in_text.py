r"""A web address or DOI stands bare in a title or note.

Styles cannot make a link of it, TeX neither breaks it nor prints its special characters, and programs that look for
`url` and `doi` do not find it. An address in `\url` or `\href` is right.

Bad::

    @book{smith2020,
      note = {See https://example.org/trees}
    }

Good::

    @book{smith2020,
      note = {See \url{https://example.org/trees}}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, unsafe_fix
from bibwright.analysis.rule import UNSAFE, Context, Report, fields, rule
from bibwright.rules.quoting import quoted
from bibwright.rules.text.values import text_pieces
from bibwright.syntax.nodes import Entry, Field
from bibwright.text.spans import Edit, Span

_ADDRESS = re.compile(
    r"\\(?:url|href|nolinkurl|path|doi|burl|texttt|tt|MYhref)\s*(?:\{[^{}]*\}|\s)"
    r"|(?P<bare>(?:https?|ftp)://(?:[^\s{}<>\\\"]|\\[_%&#~]){4,}|\b10\.\d{4,9}/[^\s{}<>\\\"]{2,})"
)
_FIELDS = ("title", "subtitle", "booktitle", "journal", "journaltitle", "note", "addendum", "howpublished", "series")
_ESCAPED = re.compile(r"\\([_%&#~])")
_END = ".,;:)]'"


@rule(
    "T617",
    "url-or-doi-in-text",
    Severity.HINT,
    watches=fields(*_FIELDS),
    formats=("bibtex",),
    needs="/",
    fixes=(UNSAFE,),
)
def url_or_doi_in_text(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    r"""The fix puts a web address into `\url`; a DOI is only reported."""
    text = context.text
    if "/" not in text[field.value.start : field.value.end]:
        return
    for piece in text_pieces(field):
        for match in _ADDRESS.finditer(text, *piece.content):
            found = match["bare"]
            if found is None:
                continue
            bare = found.rstrip(_END)
            span = Span(match.start("bare"), match.start("bare") + len(bare))
            if "://" not in bare:
                yield Report(span, f"the DOI {quoted(bare)} stands in text")
                continue
            # In the command nothing is escaped.
            written = _ESCAPED.sub(r"\1", bare)
            fix = unsafe_fix("Write it in \\url", Edit(*span, f"\\url{{{written}}}"))
            yield Report(span, f"the web address {quoted(bare)} stands bare in text", (fix,))
