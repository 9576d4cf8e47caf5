"""An identifier of another kind cannot be right: ISMN, ISRC, LCCN, bibcode, HAL, URN.

Off by default: such fields are rare, and catalogues write the identifiers in several forms.

Bad::

    @article{smith2020,
      bibcode = {2020ApJ...1A}
    }

Good::

    @article{smith2020,
      bibcode = {2020ApJ...888....1A}
    }
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from bibwright.analysis.diagnostics import Severity
from bibwright.analysis.rule import Context, Report, fields, rule
from bibwright.rules.placeholders import is_placeholder_value
from bibwright.rules.quoting import quoted
from bibwright.rules.values.plain import plain_span
from bibwright.syntax.nodes import Entry, Field

_BIBCODE = re.compile(r"\d{4}[A-Za-z.&0-9]{5}[\w.]{9}[A-Za-z.:]")
_LCCN = re.compile(r"[a-z]{0,3}\s?(?:\d{2}-?\d{1,6}|\d{4}-?\d{1,6}|\d{8,10})(?:/\w*)?", re.IGNORECASE)
_HAL = re.compile(r"[a-z][a-z0-9]{1,20}[-_]\d{5,8}(?:v\d{1,3})?")
_URN = re.compile(r"urn:[a-z0-9][a-z0-9-]{1,31}:[^\s\\{}]+", re.IGNORECASE)


def _is_ismn(value: str) -> bool:
    from stdnum import ismn

    return bool(ismn.is_valid(value))


def _is_isrc(value: str) -> bool:
    from stdnum import isrc

    return bool(isrc.is_valid(value))


def _like(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda value: pattern.fullmatch(value) is not None


_CHECKS: dict[str, tuple[str, Callable[[str], bool]]] = {
    "ismn": ("ISMN", _is_ismn),
    "isrc": ("ISRC", _is_isrc),
    "lccn": ("LCCN", _like(_LCCN)),
    "bibcode": ("bibcode", _like(_BIBCODE)),
    "hal_id": ("identifier of HAL", _like(_HAL)),
    "halid": ("identifier of HAL", _like(_HAL)),
    "urn": ("URN", _like(_URN)),
}


@rule(
    "V414",
    "other-identifier-invalid",
    Severity.HINT,
    watches=fields(*_CHECKS),
    formats=("bibtex",),
    default=False,
)
def other_identifier_invalid(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """By the name of the field."""
    span = plain_span(context, field)
    if span is None:
        return
    kind, is_valid = _CHECKS[field.name.of(context.text).lower()]
    value = span.of(context.text)
    if not is_valid(value) and not is_placeholder_value(value):
        yield Report(span, f"{quoted(value)} is no {kind}")
