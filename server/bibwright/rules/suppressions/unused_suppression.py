"""A comment has a rule ignored that finds nothing there.

It was needed once, or stands in the wrong place: a suppression is about the entry on the line directly behind it. One
that nobody needs hides what will be wrong tomorrow. Rules that are not applied at all count as needed, since another
configuration may apply them.

Bad::

    % bibwright: ignore[S103] the publisher exports it so
    @misc{smith2020,
      title = {On Trees},
      year = {2020}
    }

Good::

    @misc{smith2020,
      title = {On Trees},
      year = {2020}
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, safe_fix, unsafe_fix
from bibwright.analysis.rule import SAFE, SUPPRESSIONS, UNSAFE, Context, Report, rule
from bibwright.analysis.suppressions import JudgedSuppression
from bibwright.rules.quoting import quoted
from bibwright.rules.suppressions.deletion import delete_code, delete_comment


@rule("B001", "unused-suppression", Severity.HINT, watches=SUPPRESSIONS, fixes=(SAFE, UNSAFE))
def unused_suppression(context: Context, judged: JudgedSuppression) -> Iterator[Report]:
    """One report for the whole comment, or one for each code that does nothing."""
    text, suppression = context.text, judged.suppression
    directive = suppression.directive
    if judged.is_unused:
        deletion = delete_comment(text, suppression)
        if suppression.scope is None and not directive.whole_file:
            message = "no entry stands directly behind this comment, so nothing is ignored"
            # Perhaps only a blank line is too much, and what it says is still wanted.
            fix = unsafe_fix("Delete the comment", deletion)
        else:
            message = f"nothing is found {_where(judged)} that this comment would have ignored"
            fix = safe_fix("Delete the comment", deletion)
        yield Report(suppression.span, message, (fix,))
        return
    for code in judged.unused:
        message = f"{quoted(code.of(text))} finds nothing {_where(judged)} that would be ignored"
        yield Report(code, message, (safe_fix(f"Delete {code.of(text)}", delete_code(directive, code)),))


def _where(judged: JudgedSuppression) -> str:
    return "in this file" if judged.suppression.directive.whole_file else "in this entry"
