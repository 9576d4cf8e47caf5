"""An at sign outside the entries begins no entry.

BibTeX and biber look for an entry behind every at sign: they report an error and skip the next entry of the file.
With `@comment` and no brace behind it only biber does.

Bad::

    Collected by ann@example.org

    @misc{smith2020,
      title = {On Trees}
    }

Good::

    Collected by ann(at)example.org

    @misc{smith2020,
      title = {On Trees}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Fix, Severity, unsafe_fix
from bibwright.analysis.rule import FAULTS, UNSAFE, Context, Report, rule
from bibwright.rules.places import delete_stretch, line_start, line_stop, text_at
from bibwright.syntax.nodes import Fault
from bibwright.text.spans import Edit, trim

_BEGINS_NOTHING = "this @ begins no entry; BibTeX and biber skip the next entry"
_COMMENT = re.compile(r"@\s*comment", re.IGNORECASE)


@rule("S109", "stray-at-sign", Severity.ERROR, watches=FAULTS, formats=("bibtex",), fixes=(UNSAFE,))
def stray_at_sign(context: Context, fault: Fault) -> Iterator[Report]:
    """A block of another format is reported as a whole, not sign by sign."""
    text, at = context.text, fault.span.start
    is_comment = fault.detail == "comment"
    skips = "no brace follows this @comment; biber skips the next entry" if is_comment else _BEGINS_NOTHING
    if is_comment and not text[line_start(text, at) : at].strip():
        yield Report(fault.span, skips, _braces(text, at))
        return
    outside = text_at(context.tree, at)
    if outside is not None and outside.foreign:
        return
    fixes = [unsafe_fix("Write (at)", Edit(*fault.span, "(at)"))]
    if outside is not None:
        start = max(line_start(text, at), outside.span.start)
        line = trim(text, start, min(line_stop(text, at), outside.span.end))
        fixes.append(unsafe_fix("Delete the line", delete_stretch(text, line)))
    yield Report(fault.span, skips, tuple(fixes))


def _braces(text: str, at: int) -> tuple[Fix, ...]:
    """Around what stands behind the word in its line, unless braces there would pair with these."""
    match = _COMMENT.match(text, at)
    word_end = match.end() if match else at + 1
    rest = trim(text, word_end, line_stop(text, at))
    if not rest.of(text).strip() or "{" in rest.of(text) or "}" in rest.of(text):
        return ()
    opening, closing = Edit(word_end, rest.start, "{"), Edit(rest.end, rest.end, "}")
    return (unsafe_fix("Put the comment in braces", opening, closing),)
