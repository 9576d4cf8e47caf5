"""A name list has an empty name.

Two `and` in a row, an `and` at either end or a comma without a name: biber leaves out the whole entry where a name is
empty, and an `and` at the beginning or end of the list becomes a part of a name. A comma behind the last name is
removed by biber with a warning; BibTeX takes the name for a family name without a given one. A name that begins with a
comma is lost, or makes biber crash.

Bad::

    @book{smith2020,
      author = {Doe, Jane and and Roe, Richard},
      title = {On Trees}
    }

Good::

    @book{smith2020,
      author = {Doe, Jane and Roe, Richard},
      title = {On Trees}
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, safe_fix
from bibwright.analysis.rule import SAFE, Context, Report, fields, rule
from bibwright.rules.names.lists import NAME_FIELDS, NameList, are_ordinary, name_list
from bibwright.syntax.nodes import Entry, Field
from bibwright.text.spans import Edit, Span


@rule(
    "N505",
    "empty-name",
    Severity.ERROR,
    watches=fields(*NAME_FIELDS, unless=are_ordinary),
    formats=("bibtex",),
    fixes=(SAFE,),
)
def empty_name(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """What does not make biber leave out the entry is a warning."""
    names = name_list(context, field)
    value = names.value
    last = len(names.names) - 1
    for number, name in enumerate(names.names):
        is_hidden = value.startswith("{", name.start)
        severity = Severity.ERROR if 0 < number < last and not is_hidden else Severity.WARNING
        if name.end - name.start < 3 and _is_empty(value, name):
            if last == 0:
                continue  # an empty value: nothing of a list
            span, cut = _and_beside(names, number)
            message = 'there is no name beside this "and"'
            title = "Delete the and"
        elif number == last and value[name.end - 1] == ",":
            span = cut = Span(name.end - 1, name.end)
            message, title = "a comma stands behind the last name", "Delete the comma"
        elif value.startswith(",", name.start) and name.end - name.start > 1:
            comma = names.span(name.start, name.start + 1)
            severity = Severity.ERROR if number else Severity.WARNING
            yield Report(comma, "there is no family name before the comma", severity=severity)
            continue
        else:
            continue
        fixes = () if context.is_cut(entry) else (safe_fix(title, Edit(*names.span(*cut), "")),)
        yield Report(names.span(*span), message, fixes, severity=severity)


def _is_empty(value: str, name: Span) -> bool:
    return value[name.start : name.end] in ("", "{}", ",", ",,")


def _and_beside(names: NameList, number: int) -> tuple[Span, Span]:
    """The `and` before an empty name, or behind the first one, and what goes with it."""
    value = names.value
    name = names.names[number]
    if number == 0:
        following = names.names[1].start
        at = value.index("and", name.end) if name.end == name.start else value.lower().index("and", name.end)
        return Span(at, at + 3), Span(name.start if name.end > name.start else at, max(following, at + 3))
    end = names.names[number - 1].end
    at = end
    while value[at] in " \t\r\n":
        at += 1
    start = end if end > 0 else at
    return Span(at, at + 3), Span(start, max(name.end, at + 3))
