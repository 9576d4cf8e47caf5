"""A tag that a record can have only once is here again, or two tags say the same thing.

Programs keep one of the two values, some the first and some the last.

Bad::

    TY  - BOOK
    PB  - Wood Press
    PB  - Wood Press Ltd
    ER  -

Good::

    TY  - BOOK
    PB  - Wood Press
    ER  -
"""

from __future__ import annotations

from collections.abc import Iterator

from bibwright.analysis.diagnostics import Related, Severity, unsafe_fix
from bibwright.analysis.rule import ENTRIES, UNSAFE, Context, Report, rule
from bibwright.rules.places import delete_lines, tag_span
from bibwright.rules.quoting import quoted
from bibwright.rules.words import word_set
from bibwright.syntax.nodes import Entry, Field, value_text

#: A second SN is the ISSN of the other edition, a second LA another language.
_SINGLE = word_set("TI T1 PY Y1 DA VL IS SP EP DO ET PB CY M3 ID TY")
#: Tags of the same meaning in the two generations of RIS. Another value in the second is worth a report in a title
#: alone: dates may differ in detail, and N2 may hold notes.
_SAME_MEANING = (("TI", "T1"), ("PY", "Y1"), ("PY", "DA"), ("Y1", "DA"), ("AB", "N2"))
_PAIRS = tuple(frozenset(names) for names in _SAME_MEANING)
_WATCHED = _SINGLE | {"AB", "N2"}


@rule("S207", "ris-repeated-single-tag", Severity.WARNING, watches=ENTRIES, formats=("ris",), fixes=(UNSAFE,))
def ris_repeated_single_tag(context: Context, entry: Entry) -> Iterator[Report]:
    """Reported at the later tag."""
    text = context.text
    names = [text[field.name.start : field.name.end] for field in entry.fields]
    single = [name for name in names if name in _WATCHED]
    if len(single) == len(set(single)) and not any(pair.issubset(single) for pair in _PAIRS):
        return
    first: dict[str, Field] = {}
    for name, field in zip(names, entry.fields, strict=True):
        earlier = first.setdefault(name, field)
        if earlier is not field and name in _SINGLE:
            yield _report(context, earlier, field, f"the tag {name} is here again")
    for pair in _SAME_MEANING:
        one, other = (first.get(name) for name in pair)
        if one is None or other is None:
            continue
        earlier, later = sorted((one, other))
        shown = f"the tags {text[slice(*earlier.name)]} and {text[slice(*later.name)]}"
        if value_text(text, one) == value_text(text, other):
            yield _report(context, earlier, later, f"{shown} say the same", Severity.HINT)
        elif pair == ("TI", "T1"):
            yield _report(context, earlier, later, f"{shown} both hold the title")


def _report(context: Context, earlier: Field, later: Field, finding: str, severity: Severity | None = None) -> Report:
    fix = unsafe_fix("Delete the second one", delete_lines(context.text, tag_span(later)))
    message = f"{finding}, first with {quoted(value_text(context.text, earlier))}"
    return Report(later.name, message, (fix,), (Related("the first one", earlier.name),), severity)
