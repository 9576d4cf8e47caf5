"""The web address only leads to the resolver of DOIs.

Beside a `doi` field it says the same thing twice, and styles print both; without one, programs that look for the DOI
do not find it. Some publishers want both, which is why nothing is deleted without somebody looking.

Bad::

    @article{smith2020,
      doi = {10.1000/182},
      url = {https://doi.org/10.1000/182}
    }

Good::

    @article{smith2020,
      doi = {10.1000/182},
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from bibwright.analysis.diagnostics import Related, Severity, unsafe_fix
from bibwright.analysis.rule import UNSAFE, Context, Report, fields, rule
from bibwright.formats.bibtex.latex import decode_verbatim
from bibwright.model.identifiers import find_doi
from bibwright.rules.quoting import quoted
from bibwright.rules.values.plain import delete_fix, plain_span, plain_value
from bibwright.syntax.nodes import Entry, Field, field_name
from bibwright.text.spans import Edit

_LONGEST = 300


@rule("V410", "url-repeats-doi", Severity.INFORMATION, watches=fields("url", "ur"), fixes=(UNSAFE,))
def url_repeats_doi(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """An address at a publisher that has the DOI in it leads elsewhere and is no repetition."""
    if context.text.find("10.", *field.value) < 0:
        return
    span = plain_span(context, field, _LONGEST)
    if span is None:
        return
    address = span.of(context.text)
    if "doi" not in address.lower() or "://" not in address:
        return
    doi = find_doi(decode_verbatim(address))
    if doi is None:
        return
    ris = context.format == "ris"
    name = field_name(context.text, field)
    other = context.field_of(entry, *(("do", "di") if ris else ("doi",)))
    if other is None:
        new_name = "DO" if ris else "doi"
        fix = unsafe_fix(f"Make it the {new_name}", Edit(*field.name, new_name), Edit(*span, doi))
        yield Report(span, f"{name} is the address of the DOI {quoted(doi)}, and there is no {new_name}", (fix,))
        return
    stated = plain_value(context, other)
    known = find_doi(decode_verbatim(stated)) or stated
    related = (Related("the DOI", other.value),)
    if known.lower() == doi.lower():
        fixes = delete_fix(context, entry, field, safe=False)
        yield Report(span, f"{name} repeats the DOI {quoted(doi)}", fixes, related)
    elif find_doi(known) is not None:
        message = f"{name} leads to the DOI {quoted(doi)}, but {field_name(context.text, other)} has {quoted(known)}"
        yield Report(span, message, (), related)
