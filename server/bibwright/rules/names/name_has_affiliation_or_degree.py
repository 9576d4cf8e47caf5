"""A name holds something that is no part of it: a degree, a title, an affiliation, an address or a footnote mark.

It is printed with the name, and sorting and abbreviating take it for a family or given name. RIS forbids the asterisk
in names.

Bad::

    @book{doe2020,
      author = {Doe, Jane PhD},
      title = {On Trees}
    }

Good::

    @book{doe2020,
      author = {Doe, Jane},
      title = {On Trees}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, unsafe_fix
from bibwright.analysis.rule import UNSAFE, Context, Report, fields, rule
from bibwright.rules.names.lists import NAME_FIELDS, NAME_TAGS, are_ordinary, is_braced, is_extended, name_list
from bibwright.rules.names.organisations import is_surely_organisation
from bibwright.rules.quoting import quoted
from bibwright.syntax.nodes import Entry, Field
from bibwright.text.spans import Edit, Span

#: A name in brackets may be how somebody is called (William (Bill) Doe); capitals, roles and several words are not.
_EXTRA = re.compile(
    r"""
    (?P<address> [\s,(<]*\b[\w.+-]{1,64}@[\w.-]{1,200}[)>]?)
    | (?P<title> (?<![^\s,])(?:Prof\.?(?:\s?Dr\.?)?|Professor|Dr\.(?:-Ing\.)?|Dipl\.?-\w{1,6}\.?)\s+(?=[A-Z]))
    | (?P<degree> [\s,]+(?:(?:Ph\.?\s?D\.?|D\.Phil\.?|M\.Sc\.?|Esq\.)(?=\s|\Z)|(?:Dr|Prof)\.\Z))
    | (?P<bracket> \s*\((?:[A-Z]{2,8}|[Ee]ds?\.?|[Ee]ditors?|[^()]{0,80}\s[^()]{0,80}\s?[^()]{0,80})\)\Z)
    | (?P<mark> \s*[*\u2020\u2021\u00a7\u00b9\u00b2\u00b3]{1,3}(?=[\s,]|\Z)
        | (?<=[a-z])\d{1,3}(?:,\d{1,3})*(?=[\s,]|\Z))
    """,
    re.VERBOSE,
)
_SIGN = re.compile(r"[@*(\d\u2020\u2021\u00a7\u00b9\u00b2\u00b3]")
_WORDS = ("PhD", "Ph.", "Ph D", "Prof", "Dr.", "Dipl", ".Sc", "Esq")
_SAYS = {
    "address": "an e-mail address",
    "title": "a title",
    "degree": "a degree",
    "bracket": "a note in brackets",
    "mark": "a mark",
}
_LONGEST = 300


@rule(
    "N509",
    "name-has-affiliation-or-degree",
    Severity.HINT,
    watches=fields(*NAME_FIELDS, *NAME_TAGS, unless=are_ordinary),
    fixes=(UNSAFE,),
)
def name_has_affiliation_or_degree(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """Organisations may hold all of it."""
    if context.format == "ris":
        for piece in field.pieces:
            if _may_hold(context.text[piece.start : piece.end]):
                yield from _report(context.text, piece.content, 0)
        return
    names = name_list(context, field)
    value = names.value
    if not _may_hold(value):
        return
    for name in names.names:
        text = name.of(value)
        if _may_hold(text) and not is_braced(value, name) and not is_extended(text):
            yield from _report(value, name, names.start)


def _may_hold(text: str) -> bool:
    return _SIGN.search(text) is not None or any(word in text for word in _WORDS)


def _report(text: str, name: Span, at: int) -> Iterator[Report]:
    written = text[name.start : name.end]
    if len(written) > _LONGEST or is_surely_organisation(written):
        return
    for match in _EXTRA.finditer(text, *name):
        found = match.group().strip(" \t\r\n,")
        if len(found) == len(written) or "{" in found or "\\" in found:
            continue
        first = text.index(found, match.start())
        span = Span(at + first, at + first + len(found))
        fix = unsafe_fix(f"Delete {found}", Edit(at + match.start(), at + match.end(), ""))
        yield Report(span, f"the name {quoted(written)} holds {_SAYS[match.lastgroup or '']}", (fix,))
