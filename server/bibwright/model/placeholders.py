"""What programs write where they have nothing to write: `null`, `N/A`, `[object Object]`.

Such a word is no value in any format. In names and titles fewer words count: `None` and `Nan` may be meant there.
"""

from __future__ import annotations

from string import ascii_letters, digits

_ALWAYS = frozenset(("", "null", "undefined", "n/a", "[object object]"))
#: What a text begins with that is no placeholder, whatever follows.
CERTAIN = frozenset(ascii_letters + digits) - frozenset("nNuU")
_PLACEHOLDERS = _ALWAYS | {"none", "nan"}


def is_placeholder(text: str) -> bool:
    """Whether a value says nothing: it is empty, or what a program writes for nothing, in braces or without."""
    return text[:1] not in CERTAIN and text.strip().strip("{}").strip().lower() in _PLACEHOLDERS


def is_placeholder_name(text: str) -> bool:
    """As `is_placeholder`, for a name or a title, where `None` and `Nan` are words like others."""
    return text[:1] not in CERTAIN and text.strip().lower() in _ALWAYS
