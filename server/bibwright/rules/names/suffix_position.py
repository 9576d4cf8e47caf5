"""The suffix of a name stands where it is taken for another part of it.

In a .bib a suffix (Jr., III) stands between two commas, `family, suffix, given`; in RIS it stands last. Elsewhere it
becomes a part of the family name, or even the given name, and is sorted and abbreviated with it.

Bad::

    @book{smith2020,
      author = {Smith Jr., John},
      title = {On Trees}
    }

Good::

    @book{smith2020,
      author = {Smith, Jr., John},
      title = {On Trees}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, unsafe_fix
from bibwright.analysis.rule import UNSAFE, Context, Report, fields, rule
from bibwright.rules.names.lists import NAME_FIELDS, NAME_TAGS, are_ordinary, is_braced, name_list
from bibwright.rules.names.parts import family_and_given
from bibwright.rules.quoting import quoted
from bibwright.syntax.nodes import Entry, Field
from bibwright.text.spans import Edit, Span

_SUFFIX = r"(?P<suffix>[JS]r\.?|I{2,3}|IV)"
_MAY_HOLD = re.compile(r"\b(?:[JS]r\b|II|IV\b)")
#: `Smith Jr., John`; `John Smith, Jr.` and `John Smith Jr.`; `Smith, John Jr.`
_IN_FAMILY = re.compile(rf"(?P<family>[^\s,{{}}][^,{{}}]*?)\s+{_SUFFIX},\s*(?P<given>[^,{{}}]+)")
_FOR_GIVEN = re.compile(rf"(?P<name>[^\s,{{}}]+(?:\s+[^\s,{{}}]+)+?)(?:,\s*|\s+){_SUFFIX}")
_IN_GIVEN = re.compile(rf"(?P<family>[^,{{}}]+),\s*(?P<given>[^\s,{{}}][^,{{}}]*?)\s+{_SUFFIX}")
_LONGEST = 200


@rule(
    "N514",
    "suffix-position",
    Severity.INFORMATION,
    watches=fields(*NAME_FIELDS, *NAME_TAGS, unless=are_ordinary),
    needs="JSI",
    fixes=(UNSAFE,),
)
def suffix_position(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """A suffix in braces was put there on purpose."""
    if context.format == "ris":
        for piece in field.pieces:
            value = context.text[piece.start : piece.end]
            if "Jr" in value or "Sr" in value or "II" in value or "IV" in value:
                yield from _report(context.text, piece.content, piece.content, is_ris=True)
        return
    names = name_list(context, field)
    value = names.value
    if "Jr" in value or "Sr" in value or "II" in value or "IV" in value:
        for name in names.names:
            if not is_braced(value, name):
                yield from _report(value, name, names.span(*name), is_ris=False)


def _report(text: str, name: Span, span: Span, *, is_ris: bool) -> Iterator[Report]:
    written = text[name.start : name.end]
    if len(written) > _LONGEST or not _MAY_HOLD.search(written):
        return
    found = _parts(written, is_ris=is_ris)
    if found is None:
        return
    family, given, suffix = found
    new = f"{family}, {given}, {suffix}" if is_ris else f"{family}, {suffix}, {given}"
    message = f"the suffix {quoted(suffix)} of {quoted(written)} is taken for another part of the name"
    yield Report(span, message, (unsafe_fix(f"Write {new}", Edit(*span, new)),))


def _parts(name: str, *, is_ris: bool) -> tuple[str, str, str] | None:
    """Family name, given name and suffix of a name whose suffix stands in a wrong place."""
    if (match := _IN_FAMILY.fullmatch(name)) is not None or (match := _IN_GIVEN.fullmatch(name)) is not None:
        return match["family"].strip(), match["given"].strip(), match["suffix"]
    match = _FOR_GIVEN.fullmatch(name)
    if match is None or (is_ris and "," not in name) or name[0].islower():
        return None  # in RIS a name without a comma is N503; `van der Vaart III` has no given name
    family, given, _ = family_and_given(match["name"])
    return family, given, match["suffix"]
