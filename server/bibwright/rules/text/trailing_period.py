"""A title ends with a full stop.

Citation styles put their own full stop, or a comma, behind the title. Abbreviations and dots that stand for an omission
keep theirs.

Bad::

    @book{smith2020,
      title = {A Study of Forests.}
    }

Good::

    @book{smith2020,
      title = {A Study of Forests}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, safe_fix
from bibwright.analysis.rule import SAFE, Context, Report, fields, rule
from bibwright.rules.text.fields import WORK_TITLES
from bibwright.rules.words import word_set
from bibwright.syntax.nodes import Entry, Field
from bibwright.text.spans import Edit, Span

_ABBREVIATIONS = word_set("""
    etc inc jr sr ltd co corp al vol vols no nos ed eds pt pts st dr mr mrs ms prof ser dept univ proc conf int nat
    trans abbr approx ca cf esp fig figs rev suppl repr dist assoc bros intl symp soc acad sci tech eng math phys chem
    biol med res lett appl comput commun ann bull ges abt bd hrsg aufl usw bzw nr dir arr op mus anon
""")
_CLOSING = '}" \t\r\n'
_LONGEST_WORD = 40
_LAST_WORD = re.compile(r"([^\s{}()]*)\Z")
#: An abbreviated word before the end: `Proc. Natl. Acad. Sci.`
_ABBREVIATED = re.compile(r"\b[^\W\d_]{1,5}\.\s+\S")


@rule("T609", "trailing-period", Severity.HINT, watches=fields(*WORK_TITLES), fixes=(SAFE,))
def trailing_period(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """Where another word of the title is abbreviated the last one may be too."""
    text, value = context.text, field.value
    # Every title is asked; behind the full stop stand only braces, quotation marks and blanks.
    if not text[value.start : value.end].rstrip(_CLOSING).endswith("."):
        return
    if not field.pieces or not field.pieces[-1].closed:
        return
    content = field.pieces[-1].content
    end = content.end
    while end > content.start and text[end - 1] in " \t\r\n}":
        end -= 1
    if end - 2 < content.start or text[end - 1] != "." or text[end - 2] in ".\\ ":
        return
    word = _LAST_WORD.search(text, max(content.start, end - 1 - _LONGEST_WORD), end - 1)
    last = word.group() if word else ""
    if len(last) < 3 or "." in last or "\\" in last or last.lower() in _ABBREVIATIONS or last.isupper():
        return
    if _ABBREVIATED.search(text, content.start, end) or context.is_cut(entry):
        return
    span = Span(end - 1, end)
    yield Report(span, "the title ends with a full stop", (safe_fix("Delete the full stop", Edit(*span, "")),))
