"""A name list ends in "et al." as if that were a person.

Programs print and sort it as a name, and the citation style cannot put its own words there. A .bib says `and others`
where a list goes on. RIS has no such sign: there the words are left out.

Bad::

    @article{doe2020,
      author = {Doe, Jane et al.},
      title = {On Trees}
    }

Good::

    @article{doe2020,
      author = {Doe, Jane and others},
      title = {On Trees}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Fix, Severity, safe_fix, unsafe_fix
from bibwright.analysis.rule import SAFE, UNSAFE, Context, Report, fields, rule
from bibwright.rules.names.lists import NAME_FIELDS, NAME_TAGS, are_ordinary, name_list
from bibwright.rules.places import delete_lines, tag_span
from bibwright.rules.quoting import quoted
from bibwright.syntax.nodes import Entry, Field
from bibwright.text.spans import Edit, Span

#: At the end of a name; the longest form has fewer characters than are looked at.
_ET_AL = re.compile(r"(?<![^\s,;~])(?:et\.?[\s~]{1,3}al(?:ii|iae?)?\.{0,2}|\{et\.? al\.?\})\Z", re.IGNORECASE)
_LONGEST = 16


@rule(
    "N504",
    "et-al-in-names",
    Severity.WARNING,
    watches=fields(*NAME_FIELDS, *NAME_TAGS, unless=are_ordinary),
    fixes=(SAFE, UNSAFE),
)
def et_al_in_names(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """In a .bib only the end of the list can say that it goes on: before it there is no fix."""
    if context.format == "ris":
        value = context.text[field.value.start : field.value.end]
        if "al" in value or "AL" in value:
            yield from _in_ris(context, field)
        return
    names = name_list(context, field)
    value = names.value
    if "al" not in value and "AL" not in value:
        return
    for number, name in enumerate(names.names, 1):
        found = _find(value, name)
        if found is None:
            continue
        fixes: tuple[Fix, ...] = ()
        if number == len(names.names) and not context.is_cut(entry):
            before = _end_before(value, name.start, found.start)
            text = " and others" if before > name.start else "others"
            if number > 1 or before > name.start:
                fixes = (safe_fix("Write and others", Edit(*names.span(before, found.end), text)),)
        yield Report(names.span(*found), f"{quoted(found.of(value))} is taken for a name", fixes)


def _in_ris(context: Context, field: Field) -> Iterator[Report]:
    text = context.text
    for piece in field.pieces:
        found = _find(text, piece.content)
        if found is None:
            continue
        before = _end_before(text, piece.start, found.start)
        if before > piece.start:
            edit = Edit(before, found.end, "")
        elif len(field.pieces) == 1:
            edit = delete_lines(text, tag_span(field))
        else:
            edit = delete_lines(text, piece.content)
        fix = unsafe_fix(f"Delete {found.of(text)}", edit)
        yield Report(found, f"{quoted(found.of(text))} is taken for a name", (fix,))


def _find(text: str, name: Span) -> Span | None:
    start = max(name.start, name.end - _LONGEST)
    tail = text[start : name.end]
    if "al" not in tail and "AL" not in tail:
        return None
    match = _ET_AL.search(text, start, name.end)
    return Span(*match.span()) if match else None


def _end_before(text: str, start: int, at: int) -> int:
    while at > start and text[at - 1] in " \t\r\n,;~":
        at -= 1
    return at
