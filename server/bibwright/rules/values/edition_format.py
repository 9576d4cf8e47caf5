"""An edition is not written as the style expects it.

BibTeX's styles print the word in the field and `edition` behind it, so that they want `Second`; biblatex wants the
number and makes `2nd ed.` of it. Where the field says `ed.` itself, BibTeX prints it twice. What is more than a number
("revised") is printed by biblatex as it stands, and is no fault.

Bad::

    @book{smith2020,
      edition = {2nd edition}
    }

Good::

    @book{smith2020,
      edition = {Second}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, unsafe_fix
from bibwright.analysis.rule import UNSAFE, Context, Report, fields, rule
from bibwright.formats.bibtex.reader import ORDINALS
from bibwright.rules.quoting import quoted
from bibwright.rules.values.plain import plain_span
from bibwright.syntax.nodes import Entry, Field
from bibwright.text.spans import Edit, Span

_NUMBERS = {word.lower(): number for number, word in enumerate(ORDINALS, 1)}
_EDITION = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?|([A-Za-z]+))\b\.?(\s*(?:ed\.?|edn\.?|edition))?", re.IGNORECASE)
_WORD_BEHIND = re.compile(r"(?<=\w)\s+(?:ed\.|edn\.?|edition)\Z", re.IGNORECASE)


@rule("V415", "edition-format", Severity.HINT, watches=fields("edition"), formats=("bibtex",), fixes=(UNSAFE,))
def edition_format(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """As long as the dialect is not known, only the word that is printed twice is certain to be wrong."""
    span = plain_span(context, field)
    if span is None:
        return
    value, dialect = span.of(context.text), context.dialect
    match = _EDITION.fullmatch(value)
    number = (int(match[1]) if match[1] else _NUMBERS.get(match[2].lower())) if match else None
    if match is None or number is None or not number >= 1:
        behind = _WORD_BEHIND.search(value)
        if dialect != "biblatex" and behind is not None:
            place = Span(span.start + behind.start(), span.end)
            fix = unsafe_fix("Delete it", Edit(*place, ""))
            yield Report(place, f"styles for BibTeX print another {quoted(place.of(context.text))} behind it", (fix,))
        return
    word = ORDINALS[number - 1] if number <= len(ORDINALS) else value[: match.start(3)] if match[3] else value
    expected = str(number) if dialect == "biblatex" else word
    if value == expected or (not dialect and match[3] is None):
        return
    fix = unsafe_fix(f"Write {expected}", Edit(*span, expected))
    yield Report(span, f"the edition is {quoted(value)}, expected {expected}", (fix,))
