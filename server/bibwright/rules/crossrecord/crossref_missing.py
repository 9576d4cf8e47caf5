"""A field names an entry that is not there.

Nothing is inherited over such a reference, and biber and BibTeX only warn: what is printed lacks the book's title or
its year. `crossref`, `xref`, `xdata`, `related` and `entryset` are looked at. What other files of the project define
counts, and so do the other keys of an entry (`ids`).

biber tells upper and lower case apart and BibTeX does not: a key that differs in that alone is reported in files for
biblatex.

Bad::

    @inproceedings{doe2020,
      crossref = {trees2020},
      title = {On Trees}
    }

Good::

    @inproceedings{doe2020,
      title = {On Trees}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Fix, Related, Severity, unsafe_fix
from bibwright.analysis.rule import UNSAFE, Context, Report, fields, rule
from bibwright.rules.crossrecord.named_keys import named_keys
from bibwright.rules.places import delete_field
from bibwright.rules.quoting import quoted
from bibwright.syntax.nodes import Entry, Field
from bibwright.text.spans import Edit, Span

_COMMA_BEFORE = re.compile(r"\s*,\s*\Z")
_COMMA_BEHIND = re.compile(r"\s*,\s*")
#: So far back at most a comma is looked for.
_NEAR = 200


@rule(
    "X703",
    "crossref-missing",
    Severity.WARNING,
    watches=fields("crossref", "xref", "xdata", "related", "entryset"),
    formats=("bibtex",),
    fixes=(UNSAFE,),
)
def crossref_missing(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """Reported at each key."""
    keys = list(named_keys(context, field))
    for key, span in keys:
        lower = key.lower()
        written = context.first_text("key", lower)
        if written == key or context.states("alias", lower):
            continue
        if written is not None:
            if context.dialect == "biblatex":
                message = f"the entry is called {quoted(written)}, and {quoted(key)} differs from it in case"
                fix = unsafe_fix(f"Write {written}", Edit(*span, written))
                yield Report(span, message, (fix,), (Related("the entry", fact=("key", lower)),))
            continue
        if context.find_elsewhere("key", lower) is None and context.find_elsewhere("alias", lower) is None:
            fix = _delete(context, field, span, alone=len(keys) == 1)
            yield Report(span, f"no entry has the key {quoted(key)}", (fix,))


def _delete(context: Context, field: Field, span: Span, *, alone: bool) -> Fix:
    if alone:
        return unsafe_fix("Delete the field", delete_field(context.text, field))
    start, end = span
    content = field.pieces[0].content
    before = _COMMA_BEFORE.search(context.text, max(content.start, start - _NEAR), start)
    behind = _COMMA_BEHIND.match(context.text, end, content.end)
    if before is not None:
        start = before.start()
    elif behind is not None:
        end = behind.end()
    return unsafe_fix("Delete the key", Edit(start, end, ""))
