"""The file begins with a byte order mark (U+FEFF).

UTF-8 needs none, and nobody sees it. rispy and citation-js take it for a part of the first line: they do not find the
first record, or any.

Bad::

    \ufeff@misc{smith2020,
      title = {On Trees}
    }

Good::

    @misc{smith2020,
      title = {On Trees}
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, safe_fix
from bibwright.analysis.rule import BLOCKS, SAFE, Context, Report, rule
from bibwright.text.spans import Edit, Span


@rule("E901", "bom", Severity.HINT, watches=BLOCKS, fixes=(SAFE,), needs="\ufeff")
def bom(context: Context) -> Iterator[Report]:
    """Only the first block of a file can begin with the mark: the others begin with an entry.

    Where the mark is known from the bytes and stands in no text, `features/check.py` reports it.
    """
    if context.text.startswith("\ufeff"):
        fix = safe_fix("Delete the byte order mark", Edit(0, 1, ""))
        yield Report(Span(0, 1), "the file begins with a byte order mark, U+FEFF", (fix,))
