"""The identifier of PubMed or PubMed Central has a label, an address or the wrong characters.

A PMID is a number of at most eight digits, a PMCID the letters `PMC` and a number. Programs put the label or the
address before the field themselves.

Bad::

    @article{smith2020,
      pmid = {PMID: 12345678}
    }

Good::

    @article{smith2020,
      pmid = {12345678}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity
from bibwright.analysis.rule import SAFE, Context, Report, fields, rule
from bibwright.rules.placeholders import is_placeholder_value
from bibwright.rules.quoting import quoted
from bibwright.rules.values.plain import make_fix, plain_span
from bibwright.syntax.nodes import Entry, Field
from bibwright.text.spans import Edit

_PMID = re.compile(r"[1-9]\d{0,7}")
_PMCID = re.compile(r"PMC\d{1,9}(?:\.\d{1,2})?")
_LABELLED = re.compile(
    r"(?:pmid\s*:?\s*|https?://(?:www\.)?(?:pubmed\.ncbi\.nlm\.nih\.gov/|ncbi\.nlm\.nih\.gov/pubmed/))(\d{1,8})/?[.;]?",
    re.IGNORECASE,
)
_LABELLED_PMCID = re.compile(
    r"(?:pmcid\s*:?\s*)?(?:https?://(?:www\.ncbi\.nlm\.nih\.gov/pmc|pmc\.ncbi\.nlm\.nih\.gov)/articles/)?"
    r"(?:pmc)?\s*(\d{1,9})/?[.;]?",
    re.IGNORECASE,
)


@rule(
    "V413",
    "pmid-format",
    Severity.WARNING,
    watches=fields("pmid", "pmcid", "pmc"),
    formats=("bibtex",),
    fixes=(SAFE,),
)
def pmid_format(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """What can be mended is only an information."""
    span = plain_span(context, field)
    if span is None:
        return
    value = span.of(context.text)
    is_pmid = field.name.of(context.text).lower() == "pmid"
    if (_PMID if is_pmid else _PMCID).fullmatch(value) or is_placeholder_value(value):
        return
    match = (_LABELLED if is_pmid else _LABELLED_PMCID).fullmatch(value)
    kind = "PMID" if is_pmid else "PMCID"
    if match is None:
        expected = "a number of up to eight digits" if is_pmid else "PMC and a number"
        yield Report(span, f"{quoted(value)} is no {kind}, expected {expected}")
        return
    bare = match[1] if is_pmid else f"PMC{match[1]}"
    fix = make_fix(context, entry, f"Write {bare}", Edit(*span, bare))
    yield Report(span, f"the {kind} {quoted(value)} is not {bare} alone", (fix,), severity=Severity.INFORMATION)
