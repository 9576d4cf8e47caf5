"""A string macro is defined a second time.

What stands between the two definitions gets the first value, and what follows gets the second; biber warns of it.
Mostly one of them was forgotten, or two files were joined.

Bad::

    @string{jota = {Journal of Trees and Arbours}}
    @string{jota = {Journal of Taxonomy}}

Good::

    @string{jota = {Journal of Trees and Arbours}}
"""

from __future__ import annotations

from collections.abc import Iterator

from bibwright.analysis.diagnostics import Fix, Related, Severity, unsafe_fix
from bibwright.analysis.rule import UNSAFE, Context, Report, rule, stated
from bibwright.formats.format import Fact
from bibwright.rules.places import delete_stretch
from bibwright.rules.quoting import quoted
from bibwright.syntax.nodes import StringMacro


@rule("X711", "duplicate-string", Severity.WARNING, watches=stated("macro"), formats=("bibtex",), fixes=(UNSAFE,))
def duplicate_string(context: Context, macro: Fact) -> Iterator[Report]:
    """Reported at every name but the first."""
    found = context.find_first("macro", macro.value)
    if found is not None and not (found.here and found.fact.span == macro.span):
        message = f"the string macro {quoted(macro.text)} has been defined before"
        related = (Related("the first definition", fact=("macro", macro.value)),)
        yield Report(macro.span, message, _delete(context, macro), related)


def _delete(context: Context, macro: Fact) -> tuple[Fix, ...]:
    for node in context.tree.nodes:
        if isinstance(node, StringMacro) and node.field is not None and node.field.name == macro.span:
            return (unsafe_fix("Delete this definition", delete_stretch(context.text, node.span)),)
    return ()
