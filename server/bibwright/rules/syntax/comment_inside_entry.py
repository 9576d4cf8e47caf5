"""A comment line stands inside an entry.

BibTeX knows no comments there: it skips the rest of the entry, bibtexparser drops the entry, and pybtex stops. biber
alone passes over it, so in a file for biblatex this is only information.

Bad::

    @misc{smith2020,
      title = {On Trees},
      % to be checked
      year = {2020}
    }

Good::

    % to be checked
    @misc{smith2020,
      title = {On Trees},
      year = {2020}
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from bibwright.analysis.diagnostics import Fix, Severity, safe_fix, unsafe_fix
from bibwright.analysis.rule import FAULTS, SAFE, UNSAFE, Context, Report, rule
from bibwright.rules.places import entry_at, line_start
from bibwright.syntax.nodes import Entry, Fault
from bibwright.syntax.suppressions import SIGN
from bibwright.text.columns import LINE_END
from bibwright.text.spans import Edit, Span


@rule(
    "S116",
    "comment-inside-entry",
    Severity.WARNING,
    watches=FAULTS,
    formats=("bibtex",),
    fixes=(SAFE, UNSAFE),
    needs="%",
)
def comment_inside_entry(context: Context, fault: Fault) -> Iterator[Report]:
    """One report for comments on lines in a row: they are moved together."""
    entry = entry_at(context.tree, fault.span.start)
    if entry is None:
        return
    message = "the comment stands inside an entry, where only biber passes over it"
    severity = Severity.INFORMATION if context.dialect == "biblatex" else None
    yield Report(fault.span, message, _fixes(context, entry, fault), severity=severity)


def _fixes(context: Context, entry: Entry, fault: Fault) -> tuple[Fix, ...]:
    text, span = context.text, fault.span
    if "@" in span.of(text):
        return ()  # outside the entry BibTeX would take it for the start of another one
    start = line_start(text, entry.span.start)
    shares_line = bool(text[start : entry.span.start].strip())
    start = entry.span.start if shares_line else _above_suppressions(text, start)
    before = context.line_end if start == entry.span.start and start > line_start(text, start) else ""
    above = before + "".join(comment.of(text) + context.line_end for comment in fault.spans)
    # A comment that ignores rules does nothing where it stands: what it is about would be fixed along with this.
    is_unsafe = context.is_cut(entry) or SIGN in span.of(text)
    make_fix = unsafe_fix if is_unsafe else safe_fix
    return (make_fix("Move the comment above the entry", Edit(start, start, above), _delete(text, span)),)


def _above_suppressions(text: str, start: int) -> int:
    """The start of the lines directly above that ignore rules in the entry: nothing may part them from it."""
    while start > 0:
        end = start - 1 - (text[start - 2 : start] == "\r\n")
        above = line_start(text, end)
        line = text[above:end].lstrip().lower()
        if SIGN not in line or not line.startswith(("%", "@comment")):
            return start
        start = above
    return start


def _delete(text: str, span: Span) -> Edit:
    """Delete the comment; behind a field the line end stays, for what follows has its own line."""
    start = span.start
    while text[start - 1] in " \t":
        start -= 1
    match = LINE_END.match(text, span.end) if text[start - 1] in "\r\n" else None
    return Edit(start, match.end() if match else span.end, "")
