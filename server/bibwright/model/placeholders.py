"""What programs write where they have nothing to write: `null`, `N/A`, `[object Object]`.

Such a word is no value in any format. In names and titles fewer words count: `None` and `Nan` may be meant there.
"""

from __future__ import annotations

_ALWAYS = frozenset(("", "null", "undefined", "n/a", "[object object]"))
_PLACEHOLDERS = _ALWAYS | {"none", "nan"}


def is_placeholder(text: str) -> bool:
    """Whether a value says nothing: it is empty, or what a program writes for nothing, in braces or without."""
    return text.strip().strip("{}").strip().lower() in _PLACEHOLDERS


def is_placeholder_name(text: str) -> bool:
    """As `is_placeholder`, for a name or a title, where `None` and `Nan` are words like others."""
    return text.strip().lower() in _ALWAYS
