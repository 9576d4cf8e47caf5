"""The title holds the subtitle, which stands in a field of its own too.

Styles of biblatex print title and subtitle, and so the subtitle comes twice.

Bad::

    @book{smith2020,
      title = {Forests: A Study},
      subtitle = {A Study}
    }

Good::

    @book{smith2020,
      title = {Forests},
      subtitle = {A Study}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Fix, Severity, unsafe_fix
from bibwright.analysis.rule import UNSAFE, Context, Report, fields, rule
from bibwright.rules.quoting import quoted
from bibwright.syntax.nodes import Entry, Field
from bibwright.text.spans import Edit, Span, trim

_TITLE_OF = {
    "subtitle": "title",
    "booksubtitle": "booktitle",
    "mainsubtitle": "maintitle",
    "journalsubtitle": "journaltitle",
}
_SEPARATOR = re.compile(r"[\s:.,;?!(–—-]+\Z")
#: A subtitle of fewer characters may be the title's last word by chance.
_SHORTEST = 4
_LONGEST_SEPARATOR = 12


@rule(
    "T619",
    "title-repeats-subtitle",
    Severity.HINT,
    watches=fields(*_TITLE_OF),
    formats=("bibtex",),
    fixes=(UNSAFE,),
)
def title_repeats_subtitle(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """Case is not looked at; the subtitle must end the title, behind a sign."""
    text = context.text
    title = context.field_of(entry, _TITLE_OF[text[field.name.start : field.name.end].lower()])
    if title is None or len(title.pieces) != 1 or len(field.pieces) != 1:
        return
    if not (title.pieces[0].closed and field.pieces[0].closed):
        return
    inner, outer = trim(text, *field.pieces[0].content), trim(text, *title.pieces[0].content)
    subtitle, whole = text[inner.start : inner.end], text[outer.start : outer.end]
    if len(subtitle) < _SHORTEST or len(whole) <= len(subtitle) or not whole.lower().endswith(subtitle.lower()):
        return
    start = outer.end - len(subtitle)
    separator = _SEPARATOR.search(text, max(outer.start, start - _LONGEST_SEPARATOR), start)
    if separator is None or separator.start() == outer.start or not separator.group().strip():
        return
    fixes: tuple[Fix, ...] = ()
    if subtitle.count("{") == subtitle.count("}"):
        keeps = 1 if text[separator.start()] in "?!" else 0
        fixes = (unsafe_fix("Delete it from the title", Edit(separator.start() + keeps, outer.end, "")),)
    yield Report(Span(start, outer.end), f"the title repeats the subtitle {quoted(subtitle)}", fixes)
