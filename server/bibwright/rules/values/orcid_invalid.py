"""An ORCID iD has a wrong check digit, or not sixteen characters.

The last character is computed from the others, so that a mistyped iD shows. It leads to nobody, or to somebody else.

Bad::

    @article{smith2020,
      orcid = {0000-0002-1825-0098}
    }

Good::

    @article{smith2020,
      orcid = {0000-0002-1825-0097}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity
from bibwright.analysis.rule import Context, Report, fields, rule
from bibwright.rules.placeholders import is_placeholder_value
from bibwright.rules.quoting import quoted
from bibwright.rules.values.plain import plain_span
from bibwright.syntax.nodes import Entry, Field
from bibwright.text.spans import Span

#: With hyphens, blanks or nothing between the four groups, as web pages show it and databases store it.
_ORCID = re.compile(r"(?<![\w-])(\d{4})([- ]?)(\d{4})\2(\d{4})\2(\d{3}[\dXx])(?![\w-])")
_LONGEST = 20_000


@rule(
    "V411",
    "orcid-invalid",
    Severity.WARNING,
    watches=fields(
        "orcid", "orcidid", "orcid-numbers", "author+an", "author+an:orcid", "author+an:default", "editor+an:orcid"
    ),
    formats=("bibtex",),
    needs="0123456789",
)
def orcid_invalid(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """Annotations and lists hold other things too; only a field of its own must be an iD."""
    from stdnum.iso7064 import mod_11_2

    span = plain_span(context, field, _LONGEST)
    if span is None:
        return
    found = list(_ORCID.finditer(context.text, *span))
    for match in found:
        digits = "".join(match.group(1, 3, 4, 5)).upper()
        if not mod_11_2.is_valid(digits):
            yield Report(Span(*match.span()), f"the check digit of the ORCID iD {quoted(match.group())} is wrong")
    value = span.of(context.text)
    if not found and field.name.of(context.text).lower() == "orcid" and not is_placeholder_value(value):
        yield Report(span, f"{quoted(value)} is no ORCID iD")
