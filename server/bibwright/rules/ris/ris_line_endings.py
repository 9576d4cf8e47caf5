"""The lines of a record end in different ways.

The specification wants CR LF, most files have LF, and programs read both, but an editor or a version control system
will convert one into the other at some time and show changes that nobody made. citation-js does not read lines that
end in CR alone. Off unless asked for. Only the lines of one record are compared. (In the bad text, which ends its
first line with CR, this cannot be seen.)

Bad::

    TY  - BOOK\u000dTI  - On Trees
    PY  - 2020
    ER  -

Good::

    TY  - BOOK
    TI  - On Trees
    PY  - 2020
    ER  -
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, safe_fix
from bibwright.analysis.rule import BLOCKS, SAFE, Context, Report, rule
from bibwright.text.columns import LINE_END
from bibwright.text.spans import Edit, Span

_NAMES = {"\r\n": "CR LF", "\n": "LF", "\r": "CR"}


@rule(
    "S215",
    "ris-line-endings",
    Severity.HINT,
    watches=BLOCKS,
    formats=("ris",),
    default=False,
    fixes=(SAFE,),
    needs="\r",
)
def ris_line_endings(context: Context) -> Iterator[Report]:
    """One report for the record, at the first line end that is not like most of them."""
    text = context.text
    count = Counter(LINE_END.findall(text))
    if len(count) < 2:
        return
    usual = max(count, key=lambda end: (count[end], end == context.line_end))
    others = [match for match in LINE_END.finditer(text) if match.group() != usual]
    first = others[0]
    edits = [Edit(*match.span(), usual) for match in others]
    fix = safe_fix(f"End all lines of the record with {_NAMES[usual]}", *edits)
    message = f"this line ends with {_NAMES[first.group()]}, most lines of the record with {_NAMES[usual]}"
    yield Report(Span(*first.span()), message, (fix,))
