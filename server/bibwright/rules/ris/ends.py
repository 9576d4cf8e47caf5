"""`ER` lines that end no record."""

from __future__ import annotations

import re

_ENDS_ALONE = re.compile(r"(?:\s*+ER[ \t]*+[-\u2013\u2014:][ \t]*+(?=[\r\n]|\Z))++\s*+\Z")


def has_only_ends(text: str) -> bool:
    """Whether there is nothing but `ER` lines in a stretch of text outside the records."""
    return _ENDS_ALONE.match(text) is not None
