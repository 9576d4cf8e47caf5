"""A tag is not followed by two blanks, a hyphen and a blank.

Most programs know a tag line by exactly this: they find no record at all when the separator differs, among them
rispy, bibutils, JabRef and citation-js. The Korea Citation Index writes one blank instead of two.

Bad::

    TY - JOUR
    TI - On Trees
    ER -

Good::

    TY  - JOUR
    TI  - On Trees
    ER  -
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bibwright.analysis.diagnostics import Severity, safe_fix
from bibwright.analysis.rule import ENTRIES, SAFE, Context, Report, rule
from bibwright.formats.ris.schema import KNOWN_TAGS, VENDOR_TAGS
from bibwright.rules.places import line_start
from bibwright.rules.quoting import quoted_exactly
from bibwright.syntax.nodes import Entry, Field, field_name
from bibwright.text.spans import Edit, Span

_SEPARATOR = "  - "
#: The beginnings of regular lines, each behind a line end: one look-up tells that there is nothing to look at.
_REGULAR = frozenset(f"{end}{tag}{_SEPARATOR}" for tag in KNOWN_TAGS | VENDOR_TAGS for end in "\r\n")
_REGULAR_LENGTH = max(map(len, _REGULAR))


class _Flaw(NamedTuple):
    """What is wrong with a tag line: the separator, the case of the tag, blanks before it."""

    separator: str
    lower_case: bool
    indented: bool


@rule("S201", "ris-tag-separator", Severity.ERROR, watches=ENTRIES, formats=("ris",), fixes=(SAFE,))
def ris_tag_separator(context: Context, entry: Entry) -> Iterator[Report]:
    """One report on the first line when all lines of the record share the flaw, else one for each bad line."""
    text = context.text
    doubtful = [
        field
        for field in entry.fields
        if text[field.name.start - 1 : field.name.start - 1 + _REGULAR_LENGTH] not in _REGULAR
    ]
    bad = [(field, flaw) for field in doubtful if (flaw := _find_flaw(text, field)) is not None]
    if not bad:
        return
    # The last line is often written in another way than the rest: it need not share the flaw.
    shared = {flaw for field, flaw in bad if field_name(text, field).upper() != "ER"}
    ends = sum(field_name(text, field).upper() == "ER" for field in entry.fields)
    bad_ends = sum(field_name(text, field).upper() == "ER" for field, _ in bad)
    if len(bad) > 1 and len(shared) == 1 and len(bad) - bad_ends == len(entry.fields) - ends:
        first, flaw = bad[0]
        edits = [edit for field, its_flaw in bad for edit in _edits(text, field, its_flaw)]
        fix = safe_fix(f"Correct all {len(bad)} tag lines", *edits)
        yield Report(_span(text, first, flaw), f"{len(bad)} tag lines have {_describe(flaw)}", (fix,))
        return
    for field, flaw in bad:
        fix = safe_fix("Correct the tag line", *_edits(text, field, flaw))
        yield Report(_span(text, field, flaw), f"the line of {field_name(text, field)} has {_describe(flaw)}", (fix,))


def _find_flaw(text: str, field: Field) -> _Flaw | None:
    """None for a regular line. A line without a value needs no blank behind the hyphen."""
    tag = field_name(text, field)
    separator = field.separator.of(text)
    own_value = field.pieces and field.pieces[0].end > field.pieces[0].start
    regular = separator.startswith(_SEPARATOR) or (separator == "  -" and not own_value)
    indented = text[line_start(text, field.name.start) : field.name.start].strip("\ufeff") != ""
    lower_case = not tag.isupper() and tag.upper() in KNOWN_TAGS
    if regular and not lower_case and not indented:
        return None
    return _Flaw("" if regular else separator, lower_case, indented)


def _describe(flaw: _Flaw) -> str:
    if flaw.separator.strip():
        return f"{quoted_exactly(flaw.separator)} behind the tag, expected {quoted_exactly(_SEPARATOR)}"
    if flaw.lower_case:
        return "the tag in lower case, expected capitals"
    if flaw.indented:
        return "blanks before the tag, expected none"
    return f"no hyphen behind the tag, expected {quoted_exactly(_SEPARATOR)}"


def _span(text: str, field: Field, flaw: _Flaw) -> Span:
    """The smallest place that shows the flaw."""
    if flaw.separator:
        return field.separator
    if flaw.indented and not flaw.lower_case:
        return Span(line_start(text, field.name.start), field.name.start)
    return field.name


def _edits(text: str, field: Field, flaw: _Flaw) -> Iterator[Edit]:
    if flaw.indented:
        start = line_start(text, field.name.start)
        bom = text[start] == "\ufeff"
        yield Edit(start + bom, field.name.start, "")
    if flaw.lower_case:
        yield Edit(*field.name, field_name(text, field).upper())
    if flaw.separator or field.separator.start == field.separator.end:
        yield Edit(*field.separator, _SEPARATOR)
