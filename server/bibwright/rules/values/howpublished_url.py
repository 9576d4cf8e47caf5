r"""`howpublished` holds nothing but a web address.

That is a makeshift of BibTeX's standard styles, which have no field for it. biblatex has `url`: only from there it
makes a link of its own form, and other programs find it.

Bad::

    @misc{smith2020,
      journaltitle = {Trees},
      howpublished = {\url{https://example.org/trees}}
    }

Good::

    @misc{smith2020,
      journaltitle = {Trees},
      url = {https://example.org/trees}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Fix, Severity, unsafe_fix
from bibwright.analysis.rule import UNSAFE, Context, Report, fields, rule
from bibwright.formats.bibtex.latex import decode_verbatim
from bibwright.rules.values.plain import plain_span
from bibwright.syntax.nodes import Entry, Field
from bibwright.text.spans import Edit

_URL = re.compile(r"https?://[^\s{}]+")
_LONGEST_URL = 2000


@rule(
    "V421",
    "howpublished-url",
    Severity.HINT,
    watches=fields("howpublished"),
    formats=("bibtex",),
    fixes=(UNSAFE,),
)
def howpublished_url(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """Only for biblatex: elsewhere the style may know no `url`."""
    if context.dialect != "biblatex":
        return
    span = plain_span(context, field, _LONGEST_URL)
    if span is None:
        return
    address = decode_verbatim(span.of(context.text))
    if _URL.fullmatch(address) is None:
        return
    fixes: tuple[Fix, ...] = ()
    if context.field_of(entry, "url") is None:
        fixes = (unsafe_fix("Make it the url", Edit(*field.name, "url"), Edit(*span, address)),)
    yield Report(span, "howpublished is a web address, for which biblatex has url", fixes)
