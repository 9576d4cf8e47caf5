r"""A character that TeX takes for a command stands in text unescaped.

`&`, `#` and `_` stop TeX with an error while it sets the bibliography, and `%` makes it pass over the rest of the line.
A backslash before the character prints it. Formulas, web addresses and the arguments of commands that are no text are
left alone, and so is every field that no style prints.

Bad::

    @book{smith2020,
      title = {Trees & Shrubs}
    }

Good::

    @book{smith2020,
      title = {Trees \& Shrubs}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Fix, Severity, safe_fix
from bibwright.analysis.rule import SAFE, Context, Report, fields, rule
from bibwright.rules.text.fields import NUMBER_FIELDS, PRINTED_FIELDS, PRINTED_NAMES
from bibwright.rules.text.values import has_no_signs, masked_text, text_pieces
from bibwright.syntax.nodes import Entry, Field, field_name
from bibwright.text.spans import Edit, Span

#: An HTML entity is T601.
_SPECIAL = re.compile(r"[%#_]|&(?!#?\w{1,31};)")
_PLAIN = re.compile(r"[&%#_]")
_NAMES = frozenset(PRINTED_NAMES)


@rule(
    "T602",
    "unescaped-special",
    Severity.WARNING,
    watches=fields(*PRINTED_FIELDS, *NUMBER_FIELDS, *PRINTED_NAMES, unless=has_no_signs),
    formats=("bibtex",),
    needs="&%#_",
    fixes=(SAFE,),
)
def unescaped_special(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """An ampersand between names separates them, though it should not: that is N502."""
    text = context.text
    if not _PLAIN.search(text, *field.value):
        return
    in_names = field_name(text, field).lower() in _NAMES
    for piece in text_pieces(field):
        start = piece.content.start
        if not _PLAIN.search(text, *piece.content):
            continue
        masked = masked_text(context, piece)
        if "\x1b" in masked:
            return  # an encoding that was taken for another
        for match in _SPECIAL.finditer(masked):
            at = match.start()
            if in_names and match.group() == "&" and _is_between_names(masked, at):
                continue
            sign = match.group()
            span = Span(start + at, start + at + 1)
            fixes: tuple[Fix, ...] = ()
            # `b_{v}` is a formula without its dollar signs.
            if not masked.startswith("_{", at) and not context.is_cut(entry):
                fixes = (safe_fix(f"Write \\{sign}", Edit(*span, f"\\{sign}")),)
            yield Report(span, f'TeX takes "{sign}" for a command', fixes)


def _is_between_names(names: str, at: int) -> bool:
    around = names[max(at - 1, 0) : at + 2]
    return not around.replace("&", "").strip() and names.count("{", 0, at) == names.count("}", 0, at)
