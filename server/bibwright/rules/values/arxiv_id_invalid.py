"""The identifier of an arXiv preprint is none, or has a prefix that styles add.

Since April 2007 it is year and month with a number (`0704.0001`, from 2015 on with five digits: `1501.00001`), before
that the archive and a number (`hep-th/9901001`); a version may follow (`v2`). Styles print `arXiv:` themselves and put
the address of the archive before the identifier.

Bad::

    @misc{smith2020,
      eprint = {arXiv:2001.00001},
      archiveprefix = {arXiv}
    }

Good::

    @misc{smith2020,
      eprint = {2001.00001},
      archiveprefix = {arXiv}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, unsafe_fix
from bibwright.analysis.rule import SAFE, UNSAFE, Context, Report, fields, rule
from bibwright.rules.placeholders import is_placeholder_value
from bibwright.rules.quoting import quoted
from bibwright.rules.values.plain import make_fix, plain_span, plain_value
from bibwright.syntax.nodes import Entry, Field
from bibwright.text.spans import Edit, Span

_NEW = re.compile(r"(\d\d)(\d\d)\.(\d{4,5})(?:v\d{1,3})?")
_OLD = re.compile(r"[a-z]{2,8}(?:-[a-z]{2,4})?(?:\.[A-Za-z-]{2,8})?/(\d\d)(\d\d)\d{3}(?:v\d{1,3})?")
_PREFIX = re.compile(r"(?:https?://(?:www\.|export\.)?arxiv\.org/(?:abs|pdf)/|arxiv\s*:\s*)+", re.IGNORECASE)
#: The class behind the identifier, as arXiv itself shows it, or the ending of the file.
_BEHIND = re.compile(r"(?:\s*\[[\w.-]{2,20}\]|\.pdf)\Z", re.IGNORECASE)


@rule(
    "V412",
    "arxiv-id-invalid",
    Severity.WARNING,
    watches=fields("eprint", "arxiv", "arxivid"),
    formats=("bibtex",),
    fixes=(SAFE, UNSAFE),
)
def arxiv_id_invalid(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """Other archives have identifiers of their own; without the archive's name only the prefix tells."""
    span = plain_span(context, field)
    if span is None:
        return
    value = span.of(context.text)
    prefix = _PREFIX.match(value)
    named = field.name.of(context.text).lower() != "eprint" or _is_in_arxiv(context, entry)
    if not prefix and not named:
        return
    start = span.start + (prefix.end() if prefix else 0)
    behind = _BEHIND.search(value)
    end = span.start + (behind.start() if behind else len(value))
    identifier = context.text[start:end]
    if not _is_possible(identifier):
        if not is_placeholder_value(value) and "\\" not in value:
            yield Report(Span(start, end) if start < end else span, f"{quoted(identifier)} is no identifier of arXiv")
        return
    if prefix:
        place = Span(span.start, start)
        # Without a field that names the archive the prefix is all that does.
        fix = make_fix(context, entry, "Keep only the identifier", Edit(*place, ""), safe=named)
        message = f"there is {quoted(place.of(context.text))} before the identifier of arXiv"
        yield Report(place, message, (fix,), severity=Severity.INFORMATION)
    if behind:
        place = Span(end, span.end)
        fix = unsafe_fix("Keep only the identifier", Edit(*place, ""))
        message = f"there is {quoted(place.of(context.text))} behind the identifier of arXiv"
        yield Report(place, message, (fix,), severity=Severity.INFORMATION)


def _is_in_arxiv(context: Context, entry: Entry) -> bool:
    archive = context.field_of(entry, "archiveprefix", "eprinttype")
    return plain_value(context, archive).lower() == "arxiv"


def _is_possible(identifier: str) -> bool:
    if (match := _NEW.fullmatch(identifier)) is not None:
        when = match[1] + match[2]
        return "01" <= match[2] <= "12" and when >= "0704" and len(match[3]) == (5 if when >= "1501" else 4)
    match = _OLD.fullmatch(identifier)
    if match is None or not "01" <= match[2] <= "12":
        return False
    # From August 1991 to March 2007.
    when = match[1] + match[2]
    return when >= "9108" or when <= "0703"
