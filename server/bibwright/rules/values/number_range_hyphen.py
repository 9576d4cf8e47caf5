"""A range of numbers or volumes has a single hyphen.

It is printed as a hyphen, where a dash is meant (`3--4`). Off by default: in many numbers the hyphen belongs there,
and the harm is small.

Bad::

    @article{smith2020,
      number = {3-4}
    }

Good::

    @article{smith2020,
      number = {3--4}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity
from bibwright.analysis.rule import SAFE, UNSAFE, Context, Report, fields, rule
from bibwright.rules.quoting import quoted
from bibwright.rules.values.plain import make_fix, plain_span
from bibwright.syntax.nodes import Entry, Field
from bibwright.text.spans import Edit, Span

_RANGE = re.compile(r"(\d{1,4})([-–])(\d{1,4})")
#: A double issue spans few numbers; `107-204` is the number of a law.
_WIDEST = 12


@rule(
    "V417",
    "number-range-hyphen",
    Severity.HINT,
    watches=fields("volume", "number", "issue"),
    formats=("bibtex",),
    default=False,
    fixes=(SAFE, UNSAFE),
    needs="-–",
)
def number_range_hyphen(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """Only numbers that follow each other closely."""
    span = plain_span(context, field, longest=20)
    match = _RANGE.fullmatch(context.text, *span) if span is not None else None
    if span is None or match is None or not 0 < int(match[3]) - int(match[1]) <= _WIDEST:
        return
    place = Span(*match.span(2))
    fix = make_fix(context, entry, "Write two hyphens", Edit(*place, "--"))
    yield Report(place, f"the range {quoted(match.group())} has a single {quoted(match[2])}, expected --", (fix,))
