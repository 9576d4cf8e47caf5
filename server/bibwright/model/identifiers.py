"""Identifiers as they stand in sources, brought to their bare form."""

from __future__ import annotations

import re

_DOI_PREFIX = re.compile(r"\s*(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi\s*[:=]\s*)+", re.IGNORECASE)
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")


def bare_doi(text: str) -> str:
    """A DOI without the address of a resolver or `doi:` before it; other text without outer blanks."""
    return _DOI_PREFIX.sub("", text, count=1).strip()


def find_doi(text: str) -> str | None:
    """The DOI that a whole text is, with or without a resolver before it; None when it is anything else."""
    bare = bare_doi(text)
    return bare if _DOI.fullmatch(bare) else None
