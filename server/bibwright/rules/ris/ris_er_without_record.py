"""An `ER` line stands where no record is open, mostly a second one behind the first.

pandoc rejects the file; other programs ignore the line.

Bad::

    TY  - BOOK
    TI  - On Trees
    ER  -
    ER  -

Good::

    TY  - BOOK
    TI  - On Trees
    ER  -
"""

from __future__ import annotations

from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, safe_fix
from bibwright.analysis.rule import SAFE, TEXTS, Context, Report, rule
from bibwright.rules.places import delete_lines
from bibwright.rules.ris.ends import has_only_ends
from bibwright.syntax.nodes import Text


@rule("S213", "ris-er-without-record", Severity.INFORMATION, watches=TEXTS, formats=("ris",), fixes=(SAFE,))
def ris_er_without_record(context: Context, node: Text) -> Iterator[Report]:
    """One report for such lines in a row; with other text among them they are part of that text."""
    if node.foreign or not has_only_ends(node.span.of(context.text)):
        return
    fix = safe_fix("Delete the line", delete_lines(context.text, node.span))
    yield Report(node.span, "there is no open record that this ER line could end", (fix,))
