r"""The names of a list are not separated by `and`.

BibTeX and biblatex know one separator of names, the word `and`. A semicolon, an ampersand or a new line is taken for a
part of a name: several persons become one, whose parts print in the wrong order. A comma before `and` is a fault too:
biber removes it with a warning, BibTeX looks for a given name behind it. An ampersand between single words is the name
of a company and left alone.

Bad::

    @book{smith2020,
      author = {Doe, Jane; Roe, Richard},
      title = {On Trees}
    }

Good::

    @book{smith2020,
      author = {Doe, Jane and Roe, Richard},
      title = {On Trees}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, unsafe_fix
from bibwright.analysis.rule import UNSAFE, Context, Report, fields, rule
from bibwright.rules.names.lists import NAME_FIELDS, NameList, are_ordinary, is_extended, name_list
from bibwright.rules.names.organisations import is_surely_organisation
from bibwright.rules.names.parts import is_line_list
from bibwright.syntax.nodes import Entry, Field
from bibwright.text.spans import Edit, Span

_SIGN_OR_BRACE = re.compile(r"[{};]|(?<=\s)\\?&(?=\s)")
#: The semicolon of `&amp;`, `&#39;` and `\;`.
_ENTITY = re.compile(r"(?:&#?\w{1,31}|\\)\Z")
_BLANKS = re.compile(r"\s*")
_LINE_END = re.compile(r"\r\n|\n|\r")


@rule(
    "N502",
    "name-separator",
    Severity.WARNING,
    watches=fields(*NAME_FIELDS, unless=are_ordinary),
    formats=("bibtex",),
    needs=",;&",
    fixes=(UNSAFE,),
)
def name_separator(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """Semicolons and ampersands in braces belong to names."""
    names = name_list(context, field)
    value = names.value
    if ";" in value or "&" in value:
        yield from _signs(names)
    for number, (name, commas) in enumerate(zip(names.names, names.commas, strict=True), 1):
        if commas and value[name.end - 1] == "," and name.end - name.start > 1 and number < len(names.names):
            span = names.span(name.end - 1, name.end)
            yield Report(span, 'there is a comma before "and"', (unsafe_fix("Delete the comma", Edit(*span, "")),))
    if len(names.names) == 1 and names.commas[0] > 1 and is_line_list(names.names[0].of(value)):
        yield _lines(names)


def _lines(names: NameList) -> Report:
    """One finding for all, since with the first `and` the rest would look like a name on two lines."""
    ends = [match.start() for match in _LINE_END.finditer(names.value, *names.names[0])]
    edits = [Edit(*names.span(end - (names.value[end - 1] == ","), end), " and") for end in ends]
    fix = unsafe_fix('Separate the names with "and"', *edits)
    return Report(names.span(ends[0] - 1, ends[0]), "a new line does not separate names", (fix,))


def _signs(names: NameList) -> Iterator[Report]:
    value = names.value
    for name in names.names:
        depth = 0
        start = name.start
        for match in _SIGN_OR_BRACE.finditer(value, *name):
            at, sign = match.start(), match.group()
            if sign in "{}":
                depth += 1 if sign == "{" else -1
            elif depth == 0 and not (sign == ";" and _ENTITY.search(value, max(at - 33, start), at)):
                before, behind = value[start:at].strip(), value[match.end() : name.end].strip()
                if sign == ";" or (_is_person(before) and _is_person(behind)):
                    yield _report(names, Span(*match.span()), name)
                    start = match.end()


def _is_person(text: str) -> bool:
    """Whether a text has several parts, and none that only organisations have."""
    first = text[:200]
    return (" " in first or "," in first) and not is_surely_organisation(f"x {first}") and not is_extended(first)


def _report(names: NameList, sign: Span, name: Span) -> Report:
    value = names.value
    behind = _BLANKS.match(value, sign.end).end()  # type: ignore[union-attr]
    before = sign.start
    while before > name.start and value[before - 1] in " \t,":
        before -= 1
    if behind >= name.end or before == name.start:
        edit, title = Edit(*names.span(before, sign.end), ""), "Delete it"
    else:
        blank = "" if behind > sign.end else " "
        edit, title = Edit(*names.span(before, sign.end), f" and{blank}"), 'Separate the names with "and"'
    message = f'"{sign.of(value)}" does not separate names'
    return Report(names.span(*sign), message, (unsafe_fix(title, edit),))
