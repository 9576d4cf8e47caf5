r"""A DOI field holds something else than a bare DOI.

Styles put the address of the resolver before the field, so that `https://doi.org/10.1000/1` is printed with two of
them, and programs that compare DOIs find no duplicate. A DOI is `10.`, the number of the registrant, a slash, and any
characters but blanks: two full stops, brackets, `<` and `;` are legal in it. LaTeX escapes such as `\_` break the link
in biblatex, which takes the field as it is written; what older BibTeX styles print does need them, so they are no
fault in files for BibTeX. A second pair of braces, which Web of Science puts around all values, ends up in the link.

Bad::

    @article{smith2020,
      doi = {https://doi.org/10.1000/182}
    }

Good::

    @article{smith2020,
      doi = {10.1000/182}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Fix, Severity, unsafe_fix
from bibwright.analysis.rule import SAFE, UNSAFE, Context, Report, fields, rule
from bibwright.model.identifiers import find_doi, locate_doi
from bibwright.rules.placeholders import is_placeholder_value
from bibwright.rules.quoting import quoted
from bibwright.rules.values.plain import make_fix, plain_span
from bibwright.syntax.nodes import Entry, Field, field_name
from bibwright.text.spans import Edit, Span

#: What is beyond doubt: no sign that needs a second look, and none of those at the end that may not belong to it.
_USUAL = re.compile(r"[{\"]?10\.\d{4,9}(?:\.\d+)*/[^\s\\{}$&%]*[^\s\\{}$&%.,;:'\")\]>][}\"]?")
#: The short form that doi.org gives out, which it also resolves without `10/`: consonants and digits.
_SHORT = re.compile(r"10/[a-z0-9]+|(?=[a-z]*\d)[b-df-hj-np-tv-z\d]{4,8}", re.IGNORECASE)
_ESCAPE = re.compile(r"\{?\\([_%&#$<>;()])\}?|\{([_])\}")
_SOMEWHERE = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")
_LABELLED = re.compile(r"\s*(?:doi\b|https?://(?:dx\.)?doi\.org/|10\.\d{4,9}/)", re.IGNORECASE)


@rule(
    "V403",
    "doi-format",
    Severity.WARNING,
    watches=fields("doi", "do", "di", "m3", "l3"),
    fixes=(SAFE, UNSAFE),
)
def doi_format(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """M3 and L3 hold other things as well: there only what claims to be a DOI is looked at."""
    text = context.text
    if _USUAL.fullmatch(text, *field.value):
        return
    span = plain_span(context, field, longest=2000)
    if span is None:
        return
    value = span.of(text)
    name = field_name(text, field)
    if name.lower() in ("m3", "l3") and (_LABELLED.match(value) is None or find_doi(value) is None):
        return
    escapes = list(_ESCAPE.finditer(value)) if "\\" in value or "{" in value else []
    bare = _ESCAPE.sub(_character, value) if escapes else value
    if escapes and _SOMEWHERE.search(bare):
        yield from _escaped(context, entry, span, escapes)
    if value[0] == "{" and value[-1] == "}" and locate_doi(value[1:-1]) is not None:
        edits = Edit(span.start, span.start + 1, ""), Edit(span.end - 1, span.end, "")
        fix = make_fix(context, entry, "Delete the inner braces", *edits)
        yield Report(span, f"the DOI {quoted(value)} has braces of its own", (fix,), severity=Severity.INFORMATION)
        return
    place = locate_doi(value)
    if place is None:
        yield from _no_doi(span, value, bare, name)
        return
    found = Span(span.start + place.start, span.start + place.end)
    doi = find_doi(value) or ""
    if doi != value[place.start : place.end]:
        fix = make_fix(context, entry, "Keep only the DOI", Edit(*span, doi))
        message = f"the DOI {quoted(value)} is encoded for an address or a web page, expected {quoted(doi)}"
        yield Report(span, message, (fix,), severity=Severity.INFORMATION)
        return
    for superfluous, what in (
        (Span(span.start, found.start), "before"),
        (Span(found.end, span.end), "behind"),
    ):
        if superfluous.start < superfluous.end:
            fix = make_fix(context, entry, "Keep only the DOI", Edit(*superfluous, ""))
            message = f"there is {quoted(superfluous.of(text))} {what} the DOI"
            yield Report(superfluous, message, (fix,), severity=Severity.INFORMATION)


def _escaped(context: Context, entry: Entry, span: Span, escapes: list[re.Match[str]]) -> Iterator[Report]:
    if context.format != "bibtex" or context.dialect == "bibtex":
        return
    edits = [Edit(span.start + match.start(), span.start + match.end(), _character(match)) for match in escapes]
    fix = make_fix(context, entry, "Write the characters alone", *edits, safe=context.dialect == "biblatex")
    first = escapes[0]
    found = Span(edits[0].start, edits[-1].end)
    message = f"the DOI has the LaTeX escape {quoted(first.group())} for {quoted(_character(first))}"
    yield Report(found, message, (fix,), severity=Severity.INFORMATION)


def _no_doi(span: Span, value: str, bare: str, name: str) -> Iterator[Report]:
    if is_placeholder_value(value) or _SHORT.fullmatch(value) or find_doi(bare) is not None:
        return
    several = _SOMEWHERE.findall(bare)
    if len(several) > 1:
        yield Report(span, f"{name} has {len(several)} DOIs, expected one")
    elif several:
        doi = find_doi(several[0]) or several[0]
        fixes: tuple[Fix, ...] = (unsafe_fix("Keep only the DOI", Edit(*span, doi)),) if bare == value else ()
        yield Report(span, f"{name} has more than the DOI {quoted(doi)}", fixes)
    elif find_doi("".join(bare.split())) is not None:
        message = f"the DOI {quoted(value)} has blanks in it"
        yield Report(span, message, severity=Severity.INFORMATION)
    else:
        yield Report(span, f"{quoted(value)} is no DOI")


def _character(match: re.Match[str]) -> str:
    return match[1] or match[2]
