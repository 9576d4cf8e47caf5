"""A name has more commas than a name can have.

A name has at most two: `family, suffix, given`. More of them stop biber, which leaves out the entry, and BibTeX prints
parts of the name in the wrong places. Mostly commas stand where the names of a list should be joined by `and`. Two
commas are a fault where no suffix such as `Jr.` stands between them. A comma that belongs to the name of an
organisation is hidden by braces around the whole.

Bad::

    @book{smith2020,
      author = {Doe, J., Roe, R.},
      title = {On Trees}
    }

Good::

    @book{smith2020,
      author = {Doe, J. and Roe, R.},
      title = {On Trees}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from bibwright.analysis.diagnostics import Fix, Severity, unsafe_fix
from bibwright.analysis.rule import UNSAFE, Context, Report, fields, rule
from bibwright.formats.bibtex.name_lists import outer_commas
from bibwright.rules.names.lists import NAME_FIELDS, are_ordinary, is_extended, name_list
from bibwright.rules.names.organisations import is_surely_organisation
from bibwright.rules.names.parts import SUFFIX, is_initials, is_line_list
from bibwright.rules.quoting import quoted
from bibwright.syntax.nodes import Entry, Field
from bibwright.text.spans import Edit, Span

#: What may stand between two commas besides a suffix: degrees, which print where a suffix does, and nothing at all.
_MIDDLE = re.compile(
    r"|\{?(?:Ph\.?\s?D|M\.?\s?D|M\.?\s?Sc|M\.?\s?A|B\.?\s?A|D\.?\s?Phil|Esq|S\.?J)\.?\}?", re.IGNORECASE
)


@rule(
    "N501",
    "name-comma-count",
    Severity.ERROR,
    watches=fields(*NAME_FIELDS, unless=are_ordinary),
    formats=("bibtex",),
    needs=",",
    fixes=(UNSAFE,),
)
def name_comma_count(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """Commas at either end are not counted: they separate nothing."""
    names = name_list(context, field)
    if max(names.commas, default=0) < 2:
        return
    value = names.value
    for name, commas in zip(names.names, names.commas, strict=True):
        if commas < 2 or is_extended(text := name.of(value)):
            continue
        parts = _parts(value, name)
        middle = parts[1] if len(parts) == 3 else ""
        if len(parts) < 3 or (len(parts) == 3 and (SUFFIX.fullmatch(middle) or _MIDDLE.fullmatch(middle))):
            continue
        if ";" in text or "&" in text or ("\n" in text and is_line_list(text)):
            continue  # the names of a list, separated otherwise: N502
        span = names.span(*name)
        number = f"{len(parts) - 1} commas"
        message = f"the name {quoted(text)} has {number}"
        if len(parts) == 3:
            message += f", and {quoted(middle)} between them is no suffix"
        severity = Severity.ERROR if len(parts) > 3 else Severity.WARNING
        yield Report(span, message, _fixes(text, span, parts), severity=severity)


def _parts(value: str, name: Span) -> list[str]:
    places = [name.start - 1, *outer_commas(value, name), name.end]
    parts = [value[start + 1 : end].strip() for start, end in pairwise(places)]
    while parts and not parts[-1]:
        parts.pop()
    while parts and not parts[0]:
        del parts[0]
    return parts


def _fixes(text: str, span: Span, parts: list[str]) -> tuple[Fix, ...]:
    joined = ""
    if is_surely_organisation(text) or is_surely_organisation(f"x,{parts[-1]}"):
        return (unsafe_fix("Put the name of the organisation in braces", Edit(*span, "{" + text + "}")),)
    if len(parts) == 3 and SUFFIX.fullmatch(parts[2]):
        joined = f"{parts[0]}, {parts[2]}, {parts[1]}"
        return (unsafe_fix(f"Write {joined}", Edit(*span, joined)),)
    if len(parts) % 2 == 0 and all(map(is_initials, parts[1::2])) and not any(map(is_initials, parts[::2])):
        pairs = zip(parts[::2], parts[1::2], strict=True)
        joined = " and ".join(f"{family}, {given}" for family, given in pairs)
    elif all(" " in part and not is_initials(part) for part in parts):
        joined = " and ".join(parts)
    return (unsafe_fix('Join the names with "and"', Edit(*span, joined)),) if joined else ()
