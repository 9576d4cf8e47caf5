"""A comment has a rule ignored that does not exist.

What it was meant for is reported all the same. `bibwright rules` lists the codes and names of all rules. A code without
brackets around it, as in `ignore V408`, is read as a reason, and all rules are ignored: that is reported too.

Bad::

    % bibwright: ignore[page-rang] as printed
    @misc{smith2020,
      title = {On Trees},
      pages = {12-34},
      year = {2020}
    }

Good::

    % bibwright: ignore[page-range] as printed
    @misc{smith2020,
      title = {On Trees},
      pages = {12-34},
      year = {2020}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from bibwright.analysis.diagnostics import Severity, unsafe_fix
from bibwright.analysis.rule import SUPPRESSIONS, UNSAFE, Context, Report, rule
from bibwright.analysis.suppressions import JudgedSuppression
from bibwright.rules.quoting import quoted
from bibwright.rules.suppressions.deletion import delete_code, delete_comment
from bibwright.text.spans import Edit, Span

#: Codes where the brackets should stand.
_WITHOUT_BRACKETS = re.compile(r"[ \t:=({]*+([A-Za-z][0-9]{3}(?:[ \t]*[,;][ \t]*[A-Za-z][0-9]{3})*)(?![\w-])[)}]?")


@rule("B002", "unknown-suppressed-code", Severity.INFORMATION, watches=SUPPRESSIONS, fixes=(UNSAFE,))
def unknown_suppressed_code(context: Context, judged: JudgedSuppression) -> Iterator[Report]:
    """One report for each word; where a known one is near, the fix puts it there."""
    directive = judged.suppression.directive
    if directive.codes is None:
        yield from _without_brackets(context, judged)
    for place in judged.unknown:
        word = place.of(context.text)
        near = get_close_matches(word.lower()[:60], judged.known, n=1)
        if near:
            meant = near[0].upper() if near[0] == judged.known[near[0]].lower() else near[0]
            fix = unsafe_fix(f"Replace it by {meant}", Edit(*place, meant))
        elif len(directive.codes or ()) == 1:
            fix = unsafe_fix("Delete the comment", delete_comment(context.text, judged.suppression))
        else:
            fix = unsafe_fix(f"Delete {quoted(word)}", delete_code(directive, place))
        yield Report(place, f"no rule is called {quoted(word)}", (fix,))


def _without_brackets(context: Context, judged: JudgedSuppression) -> Iterator[Report]:
    start = judged.suppression.directive.keyword.end
    match = _WITHOUT_BRACKETS.match(context.text, start, judged.suppression.span.end)
    if match is None:
        return
    codes = re.findall(r"\w+", match[1].upper())
    if all(code.lower() in judged.known for code in codes):
        fix = unsafe_fix("Write brackets", Edit(start, match.end(), f"[{', '.join(codes)}]"))
        yield Report(Span(*match.span(1)), f"{quoted(match[1])} has no brackets, so all rules are ignored", (fix,))
