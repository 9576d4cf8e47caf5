"""A line inside a record has no tag and continues the value above it.

Most programs join it, some as a new paragraph and some as running text; JabRef drops lines of less than six
characters and pandoc rejects the file.

Bad::

    TY  - BOOK
    TI  - On the Growth of Trees
    in the Northern Forests
    ER  -

Good::

    TY  - BOOK
    TI  - On the Growth of Trees in the Northern Forests
    ER  -
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Fix, Severity, safe_fix, unsafe_fix
from bibwright.analysis.rule import ENTRIES, SAFE, UNSAFE, Context, Report, rule
from bibwright.rules.words import word_set
from bibwright.syntax.nodes import Entry, Field, field_name
from bibwright.text.spans import Edit, Span

#: Their line ends may be paragraphs.
_PARAGRAPHS = frozenset({"AB", "N1", "N2", "AD", "RN"})
#: Their lines may be a keyword, a name, a number or an address each.
_LISTS = word_set("KW AU A1 A2 A3 A4 ED TA SN UR LK L1 L2 L3 L4")

#: A line that may be a tag line with more faults than one: it should not vanish in the value above it unseen.
_TAG_LIKE = re.compile(r"[A-Za-z][A-Za-z0-9][ \t]*[-–—:]")
#: A line that is one, of a tag that only the database knows from which it came (`PU - Wood Press`).
_TAG = re.compile(r"[A-Z][A-Z0-9][ \t]*[-–—](?![^ \t\r\n])")


@rule("S208", "ris-continuation-line", Severity.INFORMATION, watches=ENTRIES, formats=("ris",), fixes=(SAFE, UNSAFE))
def ris_continuation_line(context: Context, entry: Entry) -> Iterator[Report]:
    """One report for all lines that continue a tag."""
    for field in entry.fields:
        if len(field.pieces) > 1:
            yield _report(context, field)


def _report(context: Context, field: Field) -> Report:
    first, last = field.pieces[1], field.pieces[-1]
    tag = field_name(context.text, field).upper()
    count = len(field.pieces) - 1
    lines = "the line has no tag and continues" if count == 1 else f"the {count} lines have no tag and continue"
    # What stands behind another tag is not what this one says.
    has_tags = any(_TAG.match(context.text, piece.start) for piece in field.pieces[1:])
    fixes = () if has_tags else (_fix(context, field, tag),)
    return Report(Span(first.start, last.end), f"{lines} {tag}", fixes)


def _fix(context: Context, field: Field, tag: str) -> Fix:
    if tag in _LISTS:
        tagged = _joined(field, f"{context.line_end}{tag}  - ", first=" " if _ends_in_hyphen(context, field) else "")
        return unsafe_fix(f"Write {tag} before each line", *tagged)
    first = " " if _ends_in_hyphen(context, field) else ""
    if tag in _PARAGRAPHS or any(_TAG_LIKE.match(context.text, piece.start) for piece in field.pieces[1:]):
        return unsafe_fix("Join to one line", *_joined(field, " ", first=first))
    return safe_fix("Join to one line", *_joined(field, " ", first=first))


def _joined(field: Field, joiner: str, *, first: str) -> Iterator[Edit]:
    """`first` stands before the value when nothing of it is on the tag's own line."""
    for earlier, later in zip(field.pieces, field.pieces[1:], strict=False):
        yield Edit(earlier.end, later.start, joiner if earlier.end > earlier.start else first)


def _ends_in_hyphen(context: Context, field: Field) -> bool:
    return field.separator.of(context.text).endswith("-")
