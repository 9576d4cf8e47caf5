"""A value has neither braces nor quotes around it, and is no number and no string macro.

BibTeX and biber lose the value or the rest of the entry; bibtexparser stops. Single and typographic quotes delimit
nothing.

Bad::

    @misc{smith2020,
      title = On Trees,
      year = 2020
    }

Good::

    @misc{smith2020,
      title = {On Trees},
      year = 2020
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from bibwright.analysis.diagnostics import Fix, Severity, safe_fix, unsafe_fix
from bibwright.analysis.rule import FAULTS, SAFE, UNSAFE, Context, Report, rule
from bibwright.rules.places import delete_field, entry_at, field_at, is_in_cut_entry
from bibwright.rules.quoting import quoted
from bibwright.syntax.nodes import Fault, Field, StringMacro, field_name
from bibwright.text.spans import Edit

#: Marks that look like delimiters.
_LOOKALIKES = ("“”", "„“", "””", "‘’", "''", "«»", "``", "´´")


@rule("S108", "unquoted-value", Severity.ERROR, watches=FAULTS, formats=("bibtex",), fixes=(SAFE, UNSAFE))
def unquoted_value(context: Context, fault: Fault) -> Iterator[Report]:
    """The fault is on the value, or, when there is none, on the equals sign before it."""
    text, (start, end) = context.text, fault.span
    if fault.detail == "missing":
        entry = entry_at(context.tree, start)
        field = field_at(entry, start) if entry else None
        if field is not None:
            fix = unsafe_fix("Delete the field", delete_field(text, field))
            yield Report(fault.span, f"the field {quoted(field_name(text, field))} has no value", (fix,))
        elif (macro := _macro_at(context, start)) is not None:
            yield Report(fault.span, f"the string macro {quoted(field_name(text, macro))} has no value")
        return
    value = fault.span.of(text)
    fixes: tuple[Fix, ...] = ()
    if value.count("{") == value.count("}"):
        if len(value) > 2 and value[0] + value[-1] in _LOOKALIKES:
            edits = [Edit(start, start + 1, "{"), Edit(end - 1, end, "}")]
        else:
            edits = [Edit(start, start, "{"), Edit(end, end, "}")]
        # Behind a name without its equals sign it may be prose that a missing brace has brought here.
        certain = _behind_equals(text, start) and not is_in_cut_entry(context, start)
        make_fix = safe_fix if certain else unsafe_fix
        fixes = (make_fix("Put braces around the value", *edits),)
    yield Report(fault.span, f"the value {quoted(value)} has neither braces nor quotes around it", fixes)


def _macro_at(context: Context, offset: int) -> Field | None:
    macros = (node for node in context.tree.nodes if isinstance(node, StringMacro))
    return next((node.field for node in macros if node.field and node.span.start <= offset < node.span.end), None)


def _behind_equals(text: str, start: int) -> bool:
    while start and text[start - 1].isspace():
        start -= 1
    return text[start - 1 : start] in ("=", "#")
