"""One name list writes some names family name first and some given name first.

Both are read alike by BibTeX and biblatex, but such a list was put together from two sources, and a name of several
words without a comma may be split at the wrong place.

Bad::

    @book{doe2020,
      author = {Doe, Jane and Richard Roe},
      title = {On Trees}
    }

Good::

    @book{doe2020,
      author = {Doe, Jane and Roe, Richard},
      title = {On Trees}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, unsafe_fix
from bibwright.analysis.rule import UNSAFE, Context, Report, fields, rule
from bibwright.rules.names.lists import NAME_FIELDS, are_ordinary, name_list
from bibwright.rules.names.organisations import is_organisation
from bibwright.rules.names.parts import family_and_given
from bibwright.rules.quoting import quoted
from bibwright.syntax.nodes import Entry, Field
from bibwright.text.spans import Edit, Span

#: A person's name that one can turn round: several words of letters, and no capitals alone (acronyms).
_PLAIN = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.-])*+(?:\s+[^\W\d_](?:[^\W\d_]|['’.-])*+)+")
_ONE_WORD_FIRST = re.compile(r"[^\s,{}]+,\s*[^\s,]")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")


@rule(
    "N513",
    "name-order-mixed",
    Severity.HINT,
    watches=fields(*NAME_FIELDS, unless=are_ordinary),
    formats=("bibtex",),
    needs=",",
    fixes=(UNSAFE,),
)
def name_order_mixed(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """Reported at the first name without a comma; the fix turns round all of the list.

    A family name of several words needs its comma wherever the others stand: it does not make a list mixed.
    """
    names = name_list(context, field)
    if len(names.names) < 2 or not any(names.commas) or all(names.commas):
        return
    value = names.value
    straight = [
        name
        for name, commas in zip(names.names, names.commas, strict=True)
        if not commas and _is_person(name.of(value))
    ]
    turned = any(
        commas == 1 and _ONE_WORD_FIRST.match(value, *name)
        for name, commas in zip(names.names, names.commas, strict=True)
    )
    if not straight or not turned:
        return
    first = straight[0]
    edits = [Edit(*names.span(*name), _turned(value, name)) for name in straight]
    message = f"the name {quoted(first.of(value))} has its given name first, others of the list their family name"
    yield Report(names.span(*first), message, (unsafe_fix("Write all family names first", *edits),))


def _is_person(name: str) -> bool:
    return (
        _PLAIN.fullmatch(name) is not None
        and name.split(maxsplit=1)[0].lower() != "others"
        and not name.isupper()
        and not is_organisation(name)
        and not _CJK.search(name)
    )


def _turned(value: str, name: Span) -> str:
    family, given, suffix = family_and_given(name.of(value))
    return f"{family}, {suffix}, {given}" if suffix else f"{family}, {given}"
