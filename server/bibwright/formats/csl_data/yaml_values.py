"""Values of CSL-JSON and CSL-YAML into each other: strings with tags for markup, and strings that pandoc reads."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from bibwright.formats.csl_data.markdown import escape_address, read_markdown, unescape, write_markdown
from bibwright.model.vocabulary import (
    DATE_VARIABLES,
    NAME_VARIABLES,
    NUMBER_VARIABLES,
    STRING_VARIABLES,
    TITLE_VARIABLES,
)

#: What YAML writes as a number and is written so again.
WHOLE_NUMBER = re.compile(r"(?:0|-?[1-9]\d{0,17})\Z", re.ASCII)
#: Strings that hold addresses and numbers: nothing in them is markup, but pandoc looks for it.
_VERBATIM = frozenset(("DOI", "URL", "ISBN", "ISSN", "PMID", "PMCID", "id", "type", "citation-key"))
_MARKED_UP = (STRING_VARIABLES | TITLE_VARIABLES | {"shortTitle", "journalAbbreviation", "event"}) - _VERBATIM
_ESCAPED = _VERBATIM | NUMBER_VARIABLES | NAME_VARIABLES
#: What CSL gives a meaning.
KNOWN_KEYS = _MARKED_UP | _ESCAPED | DATE_VARIABLES | {"part", "printing", "supplement"}


def from_yaml(key: str, value: Any) -> Any:
    """A value under a key of CSL-YAML as CSL-JSON has it."""
    return _converted(key, value, read_markdown, unescape)


def to_yaml(key: str, value: Any) -> Any:
    """A value under a key of CSL-JSON as CSL-YAML has it."""
    return _converted(key, value, write_markdown, escape_address)


def _converted(key: str, value: Any, markup: Callable[[str], str], plain: Callable[[str], str]) -> Any:
    if key in _MARKED_UP:
        return _each_string(value, markup)
    return _each_string(value, plain) if key in _ESCAPED else value


def _each_string(value: Any, convert: Callable[[str], str]) -> Any:
    match value:
        case str():
            return convert(value)
        case list():
            return [_each_string(one, convert) for one in value]
        case dict():
            return {key: _each_string(one, convert) for key, one in value.items()}
    return value
