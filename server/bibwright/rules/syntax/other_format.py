"""The whole file is of another format than its name says.

Databases offer MEDLINE's records as `.ris`, and web pages one format under the name of another. Programs that go by
the name find nothing in such a file. `bibwright convert` reads it as what it is, but for Web of Science's plain text,
which has to be exported anew; nothing else in it is reported.

Bad::

    PMID- 30922926
    TI  - On Trees
    AU  - Smith A

Good::

    @article{smithtrees,
      author = {Smith, A},
      title = {On Trees},
      pmid = {30922926},
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from bibwright.analysis.diagnostics import Fix, Severity, unsafe_fix
from bibwright.analysis.rule import TEXTS, UNSAFE, Context, Report, rule
from bibwright.formats import FORMATS
from bibwright.rules.foreign import converted, entry_facts, foreign_title, is_all, is_read
from bibwright.syntax.nodes import Text
from bibwright.text.columns import LINE_END
from bibwright.text.spans import Edit, Span


@rule("S123", "other-format", Severity.WARNING, watches=TEXTS, fixes=(UNSAFE,), facts=entry_facts)
def other_format(context: Context, node: Text) -> Iterator[Report]:
    """One report, at the first line."""
    first = next(other for other in context.tree.nodes if isinstance(other, Text))
    if not node.foreign or node is not first or not is_all(context):
        return
    text = context.text
    line_end = LINE_END.search(text, node.span.start)
    end = min(node.span.end, line_end.start() if line_end else len(text))
    here, title = FORMATS[context.format].title, foreign_title(node)
    fixes: list[Fix] = []
    if new := converted(context, node):
        fixes.append(unsafe_fix(f"Convert the file to {here}", Edit(*node.span, new)))
    advice = "`bibwright convert` reads it, most programs do not" if is_read(node) else f"export it as {here} again"
    message = f"this file is {title}, not {here}: {advice}"
    yield Report(Span(node.span.start, end), message, tuple(fixes))
