"""A name is a Python list that some program printed.

A script that joined a table and a RIS file wrote the list of the authors, brackets and quotation marks included, or
one character of it for each tag. Nobody reads a name from that.

Bad::

    TY  - JOUR
    AU  - ['Doe, Jane', 'Roe, Richard']
    ER  -

Good::

    TY  - JOUR
    AU  - Doe, Jane
    AU  - Roe, Richard
    ER  -
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Fix, Severity, unsafe_fix
from bibwright.analysis.rule import UNSAFE, Context, Report, fields, rule
from bibwright.rules.names.lists import NAME_TAGS, are_ordinary
from bibwright.rules.quoting import quoted
from bibwright.syntax.nodes import Entry, Field
from bibwright.text.spans import Edit

_ITEM = re.compile(r"""\s*(?:'((?:[^'\\]|\\.)*+)'|"((?:[^"\\]|\\.)*+)")\s*(?:,|(?=\]))""")
_ESCAPED = re.compile(r"\\(.)")


@rule(
    "N510",
    "python-list-in-name",
    Severity.WARNING,
    watches=fields(*NAME_TAGS, unless=are_ordinary),
    formats=("ris",),
    needs="[",
    fixes=(UNSAFE,),
)
def python_list_in_name(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """Of a list that is spelled one character a tag the first is reported."""
    text = context.text
    for piece in field.pieces:
        value = text[piece.start : piece.end]
        if value == "[":
            yield Report(piece.content, "a list is spelled here one character a tag")
        elif value.startswith(("['", '["')) and value.endswith("]"):
            fixes: tuple[Fix, ...] = ()
            names = _names(value)
            if names:
                tag = text[field.name.start : field.separator.end]
                new = f"{context.line_end}{tag}".join(names)
                fixes = (unsafe_fix("Give every name its own tag", Edit(piece.start, piece.end, new)),)
            yield Report(piece.content, f"{quoted(value)} is a list that a program printed", fixes)


def _names(value: str) -> list[str]:
    """The items of a list; none where something else stands between them."""
    names = []
    at = 1
    while (match := _ITEM.match(value, at)) is not None:
        names.append(_ESCAPED.sub(r"\1", match[1] if match[1] is not None else match[2]).strip())
        at = match.end()
    return [name for name in names if name] if value[at:].strip() == "]" else []
