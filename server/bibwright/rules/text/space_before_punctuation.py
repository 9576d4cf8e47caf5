"""A title has a blank before a colon, comma or semicolon.

The blank is printed. Library catalogues put it there as a mark of theirs. French has one before colon and semicolon,
and the Russian standard for references demands it: titles in these languages are left alone.

Bad::

    @book{smith2020,
      title = {On Trees : A Study}
    }

Good::

    @book{smith2020,
      title = {On Trees: A Study}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, unsafe_fix
from bibwright.analysis.rule import UNSAFE, Context, Report, fields, rule
from bibwright.syntax.nodes import Entry, Field
from bibwright.text.spans import Edit, Span

_TITLES = (
    *("title", "subtitle", "booktitle", "booksubtitle", "maintitle", "mainsubtitle", "journal", "journaltitle"),
    *("series", "shorttitle", "eventtitle", "issuetitle"),
    *("ti", "t1", "t2", "t3", "ct", "bt", "st", "tt", "jo", "jf"),
)
#: One or two commas before a word are a German quotation mark; a backslash before the blank makes it a command.
_BLANK = re.compile(r"(?<=[^\s\\])[ \t]+(?=[:;,](?:\s|\Z|\}))")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_FRENCH = re.compile(r"\b(?:les?|la|des?|du|et|une?|aux?|sur|dans|pour|est|[dl]['’]\w+)\b|[«»]", re.IGNORECASE)
_SPACED_LANGUAGES = ("fr", "canadien", "acadian", "ru", "uk", "belarus")
_LONGEST_LANGUAGE = max(map(len, _SPACED_LANGUAGES))


@rule("T611", "space-before-punctuation", Severity.HINT, watches=fields(*_TITLES), fixes=(UNSAFE,))
def space_before_punctuation(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """Formulas are left alone too."""
    text, value = context.text, field.value
    content = text[value.start : value.end]
    if " :" not in content and " ," not in content and " ;" not in content:
        return
    signs = "," if _is_spaced_language(context, entry, content) else ",:;"
    formula, counted = False, value.start
    for match in _BLANK.finditer(text, *value):
        formula ^= text.count("$", counted, match.start()) % 2 == 1
        counted = match.start()
        sign = text[match.end()]
        if formula or sign not in signs:
            continue
        span = Span(*match.span())
        fix = unsafe_fix("Delete the blank", Edit(*span, ""))
        yield Report(span, f'there is a blank before "{sign}"', (fix,))


def _is_spaced_language(context: Context, entry: Entry, title: str) -> bool:
    language = context.field_of(entry, "langid", "language", "hyphenation", "la")
    if language is not None:
        # The beginning tells, and every title asks.
        start = language.pieces[0].content.start if language.pieces else language.value.end
        beginning = context.text[start : min(language.value.end, start + _LONGEST_LANGUAGE)]
        return beginning.lower().startswith(_SPACED_LANGUAGES)
    return bool(_CYRILLIC.search(title)) or len(_FRENCH.findall(title)) > 2
