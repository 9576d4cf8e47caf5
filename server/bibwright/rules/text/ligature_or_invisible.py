"""A value holds ligatures, or characters that cannot be seen.

They come with text that was copied from a PDF or a web page: a ligature (`ﬁ`) is one character where a search expects
two letters, soft hyphens and zero-width blanks break words for searching, sorting and comparing. The joiners that some
scripts need are left alone.

Bad::

    @book{smith2020,
      title = {The ﬁrst forests}
    }

Good::

    @book{smith2020,
      title = {The first forests}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, safe_fix
from bibwright.analysis.rule import BLOCKS, SAFE, Context, Report, rule
from bibwright.rules.text.values import place_in_value
from bibwright.text.spans import Edit, Span

_LETTERS = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
}
_INVISIBLE = {
    "\u00ad": "soft hyphen",
    "\u200b": "zero-width blank",
    "\u2060": "word joiner",
    "\ufeff": "byte order mark",
}
_FOUND = re.compile("[\ufb00-\ufb06]|\u00ad+|\u200b+|\u2060+|\ufeff+")


_CHARACTERS = "".join((*_LETTERS, *_INVISIBLE))


@rule("T613", "ligature-or-invisible", Severity.INFORMATION, watches=BLOCKS, needs=_CHARACTERS, fixes=(SAFE,))
def ligature_or_invisible(context: Context) -> Iterator[Report]:
    """Anywhere in the values of fields and tags."""
    for match in _FOUND.finditer(context.text):
        span = Span(*match.span())
        place = place_in_value(context, span)
        if place is None:
            continue
        found = match.group()
        new = _LETTERS.get(found, "")
        message = f'"{found}" is one character' if new else f"there is a {_INVISIBLE[found[0]]} that cannot be seen"
        title = f"Write {new}" if new else f"Delete the {_INVISIBLE[found[0]]}"
        fixes = () if context.is_cut(place.entry) else (safe_fix(title, Edit(*span, new)),)
        yield Report(span, message, fixes)
