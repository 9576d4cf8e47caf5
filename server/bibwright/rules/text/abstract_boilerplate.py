"""An abstract holds words that are none of it: its heading, or the publisher's copyright notice.

Databases export them with the abstract. Off by default: they do no harm.

Bad::

    @article{smith2020,
      abstract = {Abstract: Forests grow. (c) 2020 Elsevier B.V. All rights reserved.}
    }

Good::

    @article{smith2020,
      abstract = {Forests grow.}
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

_HEADING = re.compile(r"\s*(?:(?:ABSTRACT|Abstract|Summary)\s*(?:[:.—–-]\s*|\n\s*)|(?:ABSTRACT|Abstract)\s+(?=[A-Z]))")
_NOTICE = re.compile(
    r"\s*(?:\([A-Z][\w/]* Database Record\s*)?(?:Copyright\s*)?(?:©|\([cC]\)|\\(?:text)?copyright|Copyright)"
    r"\s*(?:\{\})?\s*(?:Copyright\s*)?(?:19|20)\d\d\b[^\n]{0,200}\Z"
)
_LONGEST_NOTICE = 260


@rule(
    "T620",
    "abstract-boilerplate",
    Severity.HINT,
    watches=fields("abstract", "ab", "n2"),
    default=False,
    fixes=(UNSAFE,),
)
def abstract_boilerplate(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """The heading at the beginning, the notice at the end."""
    pieces = list(text_pieces(field))
    if not pieces:
        return
    text = context.text
    heading = _HEADING.match(text, *pieces[0].content)
    end = pieces[-1].content
    notice = _NOTICE.search(text, max(end.start, end.end - _LONGEST_NOTICE), end.end)
    for match in (heading, notice):
        if match is not None and match.end() - match.start() < end.end - pieces[0].content.start:
            found = match.group().strip()
            at = text.index(found, match.start())
            fix = unsafe_fix("Delete it", Edit(*match.span(), ""))
            yield Report(Span(at, at + len(found)), f"{quoted(found)} is no part of the abstract", (fix,))
