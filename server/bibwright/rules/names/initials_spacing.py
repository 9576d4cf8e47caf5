"""Initials stand without a blank between them.

BibTeX and biblatex take `J.K.` for one given name and abbreviate it to `J.`: styles that print initials lose the rest.
Off by default, since styles that print given names as they are written do not mind.

Bad::

    @book{doe2020,
      author = {Doe, J.K.},
      title = {On Trees}
    }

Good::

    @book{doe2020,
      author = {Doe, J. K.},
      title = {On Trees}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, unsafe_fix
from bibwright.analysis.rule import UNSAFE, Context, Report, fields, rule
from bibwright.rules.names.lists import NAME_FIELDS, is_braced, is_extended, name_list
from bibwright.rules.quoting import quoted
from bibwright.syntax.nodes import Entry, Field
from bibwright.text.spans import Edit

_INITIALS = re.compile(r"(?<!\S)(?:[^\W\d_a-z]\.){2,6}(?=[\s,]|\Z)")


@rule(
    "N511",
    "initials-spacing",
    Severity.HINT,
    watches=fields(*NAME_FIELDS),
    formats=("bibtex",),
    default=False,
    fixes=(UNSAFE,),
)
def initials_spacing(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """Names in braces are left as they are."""
    names = name_list(context, field)
    for name in names.names:
        text = name.of(names.value)
        if "." not in text or is_braced(names.value, name) or is_extended(text):
            continue
        for match in _INITIALS.finditer(names.value, *name):
            span = names.span(*match.span())
            new = match.group().replace(".", ". ").rstrip()
            fix = unsafe_fix(f"Write {new}", Edit(*span, new))
            yield Report(span, f"the initials {quoted(match.group())} are taken for one name", (fix,))
