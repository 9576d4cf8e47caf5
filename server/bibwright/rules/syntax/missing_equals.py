"""A field's name is not followed by an equals sign.

BibTeX and biber lose the entry, bibtexparser drops it, pandoc rejects the file.

Bad::

    @misc{smith2020,
      author {Smith, Ann},
      year = {2020}
    }

Good::

    @misc{smith2020,
      author = {Smith, Ann},
      year = {2020}
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, safe_fix, unsafe_fix
from bibwright.analysis.rule import FAULTS, SAFE, UNSAFE, Context, Report, rule
from bibwright.rules.places import delete_field, entry_at, field_at, is_in_cut_entry
from bibwright.rules.quoting import quoted
from bibwright.syntax.nodes import Fault, PieceKind, field_name
from bibwright.text.spans import Edit

#: What is hardly ever prose behind a word.
_DELIMITED = frozenset({PieceKind.BRACED, PieceKind.QUOTED, PieceKind.NUMBER})


@rule("S104", "missing-equals", Severity.ERROR, watches=FAULTS, formats=("bibtex",), fixes=(SAFE, UNSAFE))
def missing_equals(context: Context, fault: Fault) -> Iterator[Report]:
    """The fault is on another operator, on the blanks before the value, or on the name when nothing is between."""
    text, span = context.text, fault.span
    entry = entry_at(context.tree, span.start)
    field = field_at(entry, span.start) if entry else None
    name = f"the field name {quoted(field_name(text, field))}" if field else "the field name"
    if field is not None and not field.pieces:
        fix = unsafe_fix("Delete the field name", delete_field(text, field))
        yield Report(span, f"{name} has neither an equals sign nor a value", (fix,))
        return
    match fault.detail:
        case "operator":
            blank = "" if text[span.start - 1].isspace() else " "
            edit = Edit(*span, f"{blank}=")
            message = f"{name} is followed by {quoted(span.of(text))}, expected ="
        case "gap":
            edit = Edit(*span, " = ")
            message = f"{name} is not followed by an equals sign"
        case _:
            value = fault.spans[0].start
            edit = Edit(value, value, " = ")
            message = f"{name} is not followed by an equals sign"
    # Words in a row may be prose that a missing brace has brought here; of two words, one looks like a macro.
    certain = field is not None and field.pieces[0].kind in _DELIMITED and not is_in_cut_entry(context, span.start)
    make_fix = safe_fix if certain else unsafe_fix
    yield Report(span, message, (make_fix("Write an equals sign", edit),))
