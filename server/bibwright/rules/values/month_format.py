"""A month is written as text in braces or quotes.

Styles have macros for the months (`jan` to `dec`), so that each prints them in its own language and length, and sorts
by them; biblatex wants the number or the macro. A name in braces is printed as it stands and sorts nowhere. Ranges
(`mar # "/" # apr`), days beside the month and names in other languages are left alone.

Bad::

    @article{smith2020,
      month = {March}
    }

Good::

    @article{smith2020,
      month = mar
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity
from bibwright.analysis.rule import SAFE, UNSAFE, Context, Report, fields, rule
from bibwright.formats.bibtex.dates import MONTHS
from bibwright.rules.quoting import quoted
from bibwright.rules.values.plain import make_fix, plain_value
from bibwright.rules.words import word_set
from bibwright.syntax.nodes import Entry, Field, PieceKind
from bibwright.text.spans import Edit

_NAMES = word_set("january february march april may june july august september october november december sept")
_SPELLED = {name: MONTHS.index(name[:3]) + 1 for name in (*_NAMES, *MONTHS)}


@rule("V407", "month-format", Severity.INFORMATION, watches=fields("month"), formats=("bibtex",), fixes=(SAFE, UNSAFE))
def month_format(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """A macro is right in both dialects; a number is wrong only for BibTeX."""
    pieces = field.pieces
    if len(pieces) != 1 or pieces[0].kind is PieceKind.MACRO:
        return
    value = plain_value(context, field)
    # Web of Science has a second pair of braces around every value.
    number = _SPELLED.get(value.strip("{}").lower().rstrip("."))
    if number is not None:
        new = str(number) if context.dialect == "biblatex" else MONTHS[number - 1]
        what = "number" if context.dialect == "biblatex" else "macro"
        message = f"the month {quoted(value)} is written as text, not as the {what} {new}"
    elif value.isdecimal() and value.isascii() and len(value) <= 2 and 1 <= int(value) <= 12:
        if context.dialect != "bibtex":
            return
        new = MONTHS[int(value) - 1]
        message = f"the month {quoted(value)} is a number, which BibTeX prints as it is, not the macro {new}"
    else:
        return
    # A macro needs the equals sign; and what is quoted behind a missing comma may be no value at all.
    certain = field.separator.start < field.separator.end
    fix = make_fix(context, entry, f"Write {new}", Edit(*field.value, new), safe=certain)
    yield Report(field.value, message, (fix,))
