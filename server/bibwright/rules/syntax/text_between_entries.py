"""Text stands between the entries.

BibTeX takes it for a comment, so nothing is lost; other programs warn or stop. When it looks like a field, it was
probably meant to be in an entry.

Bad::

    @misc{smith2020,
      title = {On Trees}
    }

    Still to be sorted

Good::

    @misc{smith2020,
      title = {On Trees}
    }

    @comment{Still to be sorted}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Fix, Severity, unsafe_fix
from bibwright.analysis.rule import TEXTS, UNSAFE, Context, Report, rule
from bibwright.rules.places import delete_stretch
from bibwright.rules.quoting import quoted
from bibwright.syntax.nodes import Text
from bibwright.text.spans import Edit

# Possessive, for there may be thousands of blanks, which the parts would else share out in every way.
_FIELD = re.compile(r"""^[ \t]*+[A-Za-z][\w-]*+[ \t]*+=[ \t]*+(?:\{.*\}|".*"|\d++)[ \t]*+,?[ \t]*+\r?$""", re.MULTILINE)
_HEADER = re.compile(r"\ufeff?(?:This file was created with JabRef|Encoding:)[^\r\n]*+(?:\s++Encoding:[^\r\n]*+)?\Z")


@rule("S110", "text-between-entries", Severity.INFORMATION, watches=TEXTS, formats=("bibtex",), fixes=(UNSAFE,))
def text_between_entries(context: Context, node: Text) -> Iterator[Report]:
    """One report for the whole stretch; the header that old versions of JabRef write is none."""
    content = node.span.of(context.text)
    if node.foreign or _HEADER.match(content):
        return
    field = _FIELD.search(content)
    fixes: list[Fix] = []
    # BibTeX finds an at sign even in a comment, and the comment's brace must stay the one that closes it.
    if "@" not in content and content.count("{") == content.count("}"):
        start, end = node.span
        fixes.append(unsafe_fix("Make it a @comment", Edit(start, start, "@comment{"), Edit(end, end, "}")))
    if field is None:
        fixes.append(unsafe_fix("Delete the text", delete_stretch(context.text, node.span)))
        yield Report(node.span, f"the text {quoted(content)} stands outside every entry", tuple(fixes))
    else:  # fields are never deleted: what lost its entry is worth keeping
        message = f"the field {quoted(field.group())} stands outside every entry"
        yield Report(node.span, message, tuple(fixes), severity=Severity.WARNING)
