"""Items of CSL as they stand in a file, whatever it is written in: members in order, each with its place."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from bibwright.text.spans import Span


class Member(NamedTuple):
    """A key of an item, its value, and the place of both together."""

    key: str
    value: Any
    span: Span


class Item(NamedTuple):
    """An object: its members in order, as written, and its place."""

    members: tuple[Member, ...]
    span: Span


def as_text(value: Any) -> str:
    """A value of an item as one would write it: strings as they are, all else as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
