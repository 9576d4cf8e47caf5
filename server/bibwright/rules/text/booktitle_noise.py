"""The title of a book of proceedings holds what has fields of its own, or breaks off.

Years, pages and editors have their fields and are printed twice; a title that ends in "Conference on" lost its end.
Off by default: many take the whole line from the title page.

Bad::

    @inproceedings{smith2020,
      booktitle = {Proceedings of the International Conference on}
    }

Good::

    @inproceedings{smith2020,
      booktitle = {Proceedings of the International Conference on Trees}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity
from bibwright.analysis.rule import Context, Report, fields, rule
from bibwright.rules.quoting import quoted
from bibwright.rules.text.values import masked_text, text_pieces
from bibwright.syntax.nodes import Entry, Field
from bibwright.text.spans import Span

_NOISE = re.compile(
    r"(?P<year>\b(?:19|20)\d\d\b)|(?P<pages>\bpp?\.\s?\d+|\bpages\s\d+)"
    r"|(?P<editor>\b(?:[Ee]ds?\.|[Ee]dited by|[Ee]ditors?\b))"
    r"|(?P<end>\b(?:[Cc]onference|[Ss]ymposium|[Ww]orkshop|[Mm]eeting) on(?=\s*\}*\s*\Z))"
)
_SAYS = {"year": "a year", "pages": "page numbers", "editor": "an editor"}


@rule(
    "T618",
    "booktitle-noise",
    Severity.HINT,
    watches=fields("booktitle"),
    formats=("bibtex",),
    default=False,
)
def booktitle_noise(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """Without a fix: what the title says only the title page knows."""
    for piece in text_pieces(field):
        for match in _NOISE.finditer(masked_text(context, piece)):
            at = piece.content.start
            says = _SAYS.get(match.lastgroup or "")
            message = (
                f"the book title holds {says}" if says else f"the book title breaks off at {quoted(match.group())}"
            )
            yield Report(Span(at + match.start(), at + match.end()), message)
