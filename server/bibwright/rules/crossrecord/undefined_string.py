"""A value is a bare word, and no string macro of that name is defined before it.

BibTeX and biber print nothing in its place, and only a warning tells of it. Often the braces around the value were
forgotten, or the name of a journal's macro was mistyped. A macro that is defined further down in the same file is not
defined yet for BibTeX and biber.

The months and the macros of the standard styles are known, and so are those of other .bib files of the project. A file
that uses more than twenty names without a definition keeps them in a file of its own (as cryptobib does), which is not
reported; neither are names that begin with `IEEE_`, which come with TeX.

Bad::

    @article{hopcroft1974,
      title = {Efficient Planarity Testing},
      journal = jofacm,
      year = 1974
    }

Good::

    @article{hopcroft1974,
      title = {Efficient Planarity Testing},
      journal = {jofacm},
      year = 1974
    }
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Fix, Related, Severity, unsafe_fix
from bibwright.analysis.rule import UNSAFE, Context, Report, rule, stated
from bibwright.formats.format import Fact
from bibwright.rules.places import line_start
from bibwright.rules.quoting import quoted
from bibwright.syntax.nodes import Node, Preamble
from bibwright.text.spans import Edit

#: What programs write for no value is V401's.
_PLACEHOLDERS = frozenset(("null", "none", "nan", "undefined"))
#: The names in IEEEabrv.bib, which is found in every TeX distribution.
_IN_TEX = "ieee_"


@rule("X702", "undefined-string", Severity.WARNING, watches=stated("macro use"), formats=("bibtex",), fixes=(UNSAFE,))
def undefined_string(context: Context, use: Fact) -> Iterator[Report]:
    """Reported at each use of the name."""
    name = use.value
    if name in _PLACEHOLDERS or name.startswith(_IN_TEX):
        return
    found = context.find_first("macro", name)
    if found is not None and (found.before or (found.here and found.fact.span.start < use.span.start)):
        return
    if context.find_elsewhere("macro", name) is not None:
        return
    node = _node_of(context, use)
    if node is None or isinstance(node, Preamble):
        return
    if found is not None:
        message = f"the string macro {quoted(use.text)} is used before it is defined"
        yield Report(use.span, message, (_brace(use),), (Related("the definition", fact=("macro", name)),))
    elif not context.has_many_undefined():
        yield Report(
            use.span, f"no string macro {quoted(use.text)} is defined", (_brace(use), _define(context, use, node))
        )


def _node_of(context: Context, use: Fact) -> Node | None:
    nodes = context.tree.nodes
    at = bisect_right(nodes, use.span.start, key=lambda node: node.span.start) - 1
    return nodes[at] if at >= 0 else None


def _brace(use: Fact) -> Fix:
    start, end = use.span
    return unsafe_fix("Put braces around the value", Edit(start, start, "{"), Edit(end, end, "}"))


def _define(context: Context, use: Fact, node: Node) -> Fix:
    start = line_start(context.text, node.span.start)
    if context.text[start : node.span.start].strip():
        start = node.span.start
    definition = f"@string{{{use.text} = {{{use.text}}}}}{context.line_end}"
    return unsafe_fix("Define the string macro before the entry", Edit(start, start, definition))
