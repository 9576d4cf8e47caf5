r"""A value holds an odd number of dollar signs.

A dollar sign begins or ends a formula in TeX. One without a partner sets all that follows as a formula, or stops TeX. A
sum of money is written `\$5`.

Bad::

    @book{smith2020,
      title = {Trees for $5}
    }

Good::

    @book{smith2020,
      title = {Trees for \$5}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, unsafe_fix
from bibwright.analysis.rule import UNSAFE, Context, Report, fields, rule
from bibwright.rules.text.fields import NUMBER_FIELDS, PRINTED_FIELDS, PRINTED_NAMES
from bibwright.rules.text.values import has_no_signs, text_pieces
from bibwright.syntax.nodes import Entry, Field
from bibwright.text.spans import Edit, Span

#: Escaped dollar signs and web addresses are passed over.
_DOLLAR = re.compile(r"\\url\{[^{}]*\}|\\.|(?:https?|ftp)://[^\s{}]+|(\$)", re.DOTALL)
#: A sum: no formula begins with a number and goes on with a blank, a word or the end.
_SUM = re.compile(r"(?<![^\s(\[{])\$\d[\d.,]*+(?=\s*(?:[A-Za-z)\]},;:.-]|\Z))")


@rule(
    "T606",
    "odd-dollar",
    Severity.WARNING,
    watches=fields(*PRINTED_FIELDS, *NUMBER_FIELDS, *PRINTED_NAMES, unless=has_no_signs),
    formats=("bibtex",),
    needs="$",
    fixes=(UNSAFE,),
)
def odd_dollar(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """The sign that seems to be money is reported, else the last one."""
    text = context.text
    if "$" not in text[field.value.start : field.value.end]:
        return
    dollars = [
        match.start()
        for piece in text_pieces(field)
        for match in _DOLLAR.finditer(text, *piece.content)
        if match.group(1)
    ]
    if len(dollars) % 2 == 0 or "\x1b" in text[field.value.start : field.value.end]:
        return
    sums = [at for at in dollars if _SUM.match(text, at, field.value.end)]
    at = sums[0] if len(sums) == 1 else dollars[-1]
    fix = unsafe_fix("Write \\$", Edit(at, at + 1, "\\$"))
    yield Report(Span(at, at + 1), "a dollar sign has no partner", (fix,))
