"""A value stands for "there is none": the program that wrote it had nothing to write.

It is printed as if it were true: "null(95)" in a bibliography. The Korea Citation Index writes `null` for a volume
that does not exist. A title may really be "None" or "?", so there it is a hint; a question mark anywhere may remind
somebody of a value that is still to be looked up, so that deleting it is no safe fix.

Bad::

    @article{suh2015,
      title = {On Trees},
      volume = {null},
      number = {95}
    }

Good::

    @article{suh2015,
      title = {On Trees},
      number = {95}
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity
from bibwright.analysis.rule import ENTRIES, SAFE, UNSAFE, Context, Report, rule
from bibwright.rules.placeholders import LONGEST_PLACEHOLDER, PERHAPS_MEANT, WRITTEN_PLACEHOLDERS
from bibwright.rules.values.plain import delete_fix
from bibwright.rules.words import word_set
from bibwright.syntax.nodes import Entry, Field, PieceKind, field_name, value_text

#: As a bare word each of these could be a string macro; only what programs write for nothing is reported.
_NOT_MACROS = frozenset({"null", "none", "nan", "undefined"})
#: Where a work or its part has a title, or somebody a name, these are words like others.
_WORDS_IN_TITLES = word_set("none nan na unknown tbd ? ?? ???")
_TITLES = word_set("title subtitle booktitle maintitle shorttitle eventtitle ti ta t1 ct bt st tt")
#: Somebody may have meant to look the value up.
_ASKS = word_set("? ?? ??? tbd")
#: Here it is a code: `na` is a language, `NA` a label.
_CODES = word_set("language langid hyphenation shorthand label key sortkey sorttitle gender la lb id ty er")
#: A zero is no range of pages and no year; there are volumes 0 and pages 0, though.
_NEVER_ZERO = word_set("year pages py")
_SELDOM_ZERO = frozenset({"volume", "vl", "sp"})


@rule("V401", "placeholder-value", Severity.WARNING, watches=ENTRIES, fixes=(SAFE, UNSAFE))
def placeholder_value(context: Context, entry: Entry) -> Iterator[Report]:
    """Only a value that is a placeholder as a whole."""
    text = context.text
    for field in entry.fields:
        start, end = field.value
        if end - start <= LONGEST_PLACEHOLDER and text[start:end].lower() in WRITTEN_PLACEHOLDERS:
            yield from _reports(context, entry, field)


def _reports(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    text, piece = context.text, field.pieces[0]
    content = value_text(text, field)
    value = content.lower()
    name = field_name(text, field).lower()
    if name in _CODES:
        return
    if piece.kind is PieceKind.MACRO and (value not in _NOT_MACROS or context.find_first("macro", value)):
        return
    span = piece.content
    shown = field_name(text, field)
    if value in _WORDS_IN_TITLES and name in _TITLES:
        fixes = delete_fix(context, entry, field, safe=False)
        yield Report(span, f'"{content}" in {shown} may be a placeholder for no value', fixes, severity=Severity.HINT)
    elif value != "0":
        fixes = delete_fix(context, entry, field, safe=name not in PERHAPS_MEANT and value not in _ASKS)
        yield Report(span, f'"{content}" in {shown} is a placeholder for no value', fixes)
    elif name in _NEVER_ZERO:
        fixes = delete_fix(context, entry, field, safe=True)
        yield Report(span, f'"0" in {shown} is a placeholder for no value', fixes)
    elif name in _SELDOM_ZERO:
        fixes = delete_fix(context, entry, field, safe=False)
        yield Report(span, f'"0" in {shown} may be a placeholder for no value', fixes, severity=Severity.HINT)
