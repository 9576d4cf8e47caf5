"""The name of an organisation stands in a name list without braces.

BibTeX and biblatex take it for a person: "World Health Organization" becomes "Organization, W. H." and is sorted
under O. Braces around the whole make it one piece.

Bad::

    @book{who2020,
      author = {World Health Organization},
      title = {On Trees}
    }

Good::

    @book{who2020,
      author = {{World Health Organization}},
      title = {On Trees}
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, unsafe_fix
from bibwright.analysis.rule import UNSAFE, Context, Report, fields, rule
from bibwright.rules.names.lists import NAME_FIELDS, are_ordinary, is_braced, is_extended, name_list
from bibwright.rules.names.organisations import is_surely_organisation, may_hold_organisation
from bibwright.rules.quoting import quoted
from bibwright.syntax.nodes import Entry, Field
from bibwright.text.spans import Edit

_LONGEST = 300
_COMPANIES = (", Inc", ", LLC", ", Ltd", ", GmbH", ", Corp")


@rule(
    "N507",
    "corporate-unbraced",
    Severity.INFORMATION,
    watches=fields(*NAME_FIELDS, unless=are_ordinary),
    formats=("bibtex",),
    fixes=(UNSAFE,),
)
def corporate_unbraced(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """Words that are family names too (Church, Bank, House) do not make an organisation."""
    names = name_list(context, field)
    value = names.value
    # A list with the family names first holds no organisation, but perhaps a company (Inc.).
    if all(names.commas):
        if not any(company in value for company in _COMPANIES):
            return
    elif not may_hold_organisation(value) and not any(company in value for company in _COMPANIES):
        return
    for name, commas in zip(names.names, names.commas, strict=True):
        text = name.of(value)
        if len(text) > _LONGEST or not is_surely_organisation(text) or is_braced(value, name) or is_extended(text):
            continue
        if ";" in text or text.count("{") != text.count("}") or "{" in text.split(" ")[-1]:
            continue
        if commas > 1 or (commas and not is_surely_organisation(f"x,{text.partition(',')[2]}")):
            continue
        span = names.span(*name)
        fix = unsafe_fix("Put the name in braces", Edit(*span, "{" + text + "}"))
        yield Report(span, f"the organisation {quoted(text)} is taken for a person", (fix,))
