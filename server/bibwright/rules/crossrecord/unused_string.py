"""A string macro is defined, and nothing uses it.

Mostly it is left from an entry that is gone, or its name is mistyped in one of the two places. The months and the
macros of the standard styles may be defined for other languages, and are not reported; nor is a file without entries,
which is made for others, nor what another file of the project uses.

Bad::

    @string{jota = {Journal of Trees and Arbours}}

    @misc{doe2020,
      title = {On Leaves}
    }

Good::

    @misc{doe2020,
      title = {On Leaves}
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from bibwright.analysis.diagnostics import Fix, Severity, unsafe_fix
from bibwright.analysis.rule import UNSAFE, Context, Report, rule, stated
from bibwright.formats.bibtex.facts import PREDEFINED_MACROS
from bibwright.formats.format import Fact
from bibwright.rules.places import delete_stretch
from bibwright.rules.quoting import quoted
from bibwright.syntax.nodes import StringMacro


@rule("X710", "unused-string", Severity.HINT, watches=stated("macro"), formats=("bibtex",), fixes=(UNSAFE,))
def unused_string(context: Context, macro: Fact) -> Iterator[Report]:
    """Reported at the name."""
    name = macro.value
    if name in PREDEFINED_MACROS or context.states("macro use", name) or not context.states_any("key"):
        return
    if context.find_elsewhere("macro use", name) is None:
        yield Report(macro.span, f"the string macro {quoted(macro.text)} is not used", _delete(context, macro))


def _delete(context: Context, macro: Fact) -> tuple[Fix, ...]:
    # A file that nobody knows of may use it: this is for somebody to look at.
    for node in context.tree.nodes:
        if isinstance(node, StringMacro) and node.field is not None and node.field.name == macro.span:
            return (unsafe_fix("Delete the string macro", delete_stretch(context.text, node.span)),)
    return ()
