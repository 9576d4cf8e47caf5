"""A title is written in capitals.

Citation styles can make capitals of small letters, but never know which letters of a title in capitals are large ones.
A single word may be an acronym and is left alone, as is all that braces protect.

Bad::

    @book{smith2020,
      title = {A STUDY OF THE FORESTS}
    }

Good::

    @book{smith2020,
      title = {A study of the forests}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, unsafe_fix
from bibwright.analysis.rule import UNSAFE, Context, Report, fields, rule
from bibwright.rules.quoting import quoted
from bibwright.rules.text.fields import WORK_TITLES
from bibwright.rules.text.values import text_pieces
from bibwright.syntax.nodes import Entry, Field
from bibwright.text.spans import Edit, Span

_WORD = re.compile(r"[^\W\d_]{3,}")
_FEWEST_WORDS = 3
_GROUP = re.compile(r"\{[^{}]*\}")
#: Groups that protect their text, words with digits, and words to write small.
_PART = re.compile(r"(?P<kept>\{[^{}]*\}|\S*\d\S*)|(?P<first>[^\W\d_]+)", re.DOTALL)
#: A new sentence or a subtitle begins behind these.
_STOPS = ".:?!"


@rule("T610", "all-caps-title", Severity.HINT, watches=fields(*WORK_TITLES), fixes=(UNSAFE,))
def all_caps_title(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """What is written in a script without small letters has no capitals either."""
    start, end = field.value
    if not context.text[start:end].isupper() or len(field.pieces) != 1:
        return
    for piece in text_pieces(field):
        content = piece.content
        title = context.text[content.start : content.end]
        if not title.isupper() or "\\" in title or "$" in title:
            continue
        if sum(word.isupper() for word in _WORD.findall(_GROUP.sub("", title))) < _FEWEST_WORDS:
            continue
        span = Span(*content)
        fix = unsafe_fix("Write it as a sentence", Edit(*span, _as_sentence(title)))
        yield Report(span, f"the title {quoted(title)} is in capitals", (fix,))


def _as_sentence(title: str) -> str:
    written: list[str] = []
    at = 0
    begins = True
    for match in _PART.finditer(title):
        between = title[at : match.start()]
        begins = begins or any(sign in between for sign in _STOPS)
        word = match.group()
        written += (between, word if match["kept"] else word.capitalize() if begins else word.lower())
        begins = bool(match["kept"]) and word[-1] in _STOPS
        at = match.end()
    written.append(title[at:])
    return "".join(written)
