"""One `KW` line has several keywords.

Programs take the line for one long keyword; Zotero alone splits at semicolons.

Bad::

    TY  - BOOK
    KW  - oak;beech;ash
    ER  -

Good::

    TY  - BOOK
    KW  - oak
    KW  - beech
    KW  - ash
    ER  -
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Fix, Severity, safe_fix, unsafe_fix
from bibwright.analysis.rule import SAFE, UNSAFE, Context, Report, fields, rule
from bibwright.syntax.nodes import Entry, Field
from bibwright.text.spans import Edit, Span

#: The semicolon of a character reference (`&amp;`) separates nothing.
_SEMICOLON = re.compile(r"(?<!\s)\s*(?<!&\w\w)(?<!&\w\w\w)(?<!&\w\w\w\w)(?<!&#\d\d)(?<!&#\d\d\d)(?<!&#\d\d\d\d);\s*")
#: Marks that are part of a keyword when there are few of them ("Korea, Republic of"), and how few.
_DOUBTFUL = (
    (",", re.compile(r"(?<!\s)\s*,\s+"), 3),
    (" - ", re.compile(r"(?<!\s)\s+-\s+"), 2),
    (" / ", re.compile(r"(?<!\s)\s+/\s+"), 2),
)


@rule("V420", "ris-joined-keywords", Severity.INFORMATION, watches=fields("kw"), formats=("ris",), fixes=(SAFE, UNSAFE))
def ris_joined_keywords(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """Semicolons separate for certain; of other marks several are needed, and somebody has to look."""
    text, value = context.text, field.value
    content = text[value.start : value.end]
    if ";" in content:
        spans = _outside_brackets(text, value, _SEMICOLON)
        edits = list(_edits(context, value, spans))
        count = sum(bool(edit.new_text) for edit in edits) + 1
        if count > 1:
            yield _report(field, count, "semicolons", safe_fix(f"Write {count} KW lines", *edits))
            return
    for sign, separator, least in _DOUBTFUL:
        if content.count(sign) < least:
            continue
        spans = _outside_brackets(text, value, separator)
        if len(spans) >= least:
            mark = f'"{spans[0].of(text).strip()}"'
            count = len(spans) + 1
            yield _report(field, count, mark, unsafe_fix(f"Write {count} KW lines", *_edits(context, value, spans)))
            return


def _outside_brackets(text: str, value: Span, separator: re.Pattern[str]) -> list[Span]:
    """The separators of a value; one within brackets is part of a keyword (`Korea (North; South)`)."""
    found: list[Span] = []
    depth, at = 0, value.start
    for match in separator.finditer(text, *value):
        between = text[at : match.start()]
        depth = max(0, depth + sum(map(between.count, "([")) - sum(map(between.count, ")]")))
        at = match.start()
        if depth == 0:
            found.append(Span(*match.span()))
    return found


def _edits(context: Context, value: Span, separators: list[Span]) -> Iterator[Edit]:
    """A line end and the tag in the place of each separator; separators at an end or in a row give no keyword."""
    at = value.start
    for number, separator in enumerate(separators):
        empty_before = separator.start == at and (number == 0 or separators[number - 1].end == at)
        at = separator.end
        inner = separator.end < value.end and not empty_before
        yield Edit(*separator, f"{context.line_end}KW  - " if inner else "")


def _report(field: Field, count: int, marks: str, fix: Fix) -> Report:
    return Report(field.value, f"{count} keywords, joined by {marks}, in one KW line", (fix,))
