"""How a message quotes what it found: between double quotes, on one line, not longer than a glance."""

from __future__ import annotations

_LONGEST = 40
#: More than this nobody looks at: a text can be a whole file.
_LOOKED_AT = 200


def quoted(text: str) -> str:
    """The text in double quotes, white space made single blanks; of a long one its beginning."""
    line = " ".join(text[:_LOOKED_AT].split())
    return f'"{line}"' if len(line) <= _LONGEST and len(text) <= _LOOKED_AT else f'"{line[: _LONGEST - 1].rstrip()}…"'


def quoted_exactly(text: str) -> str:
    """The text in double quotes, blanks as they are and tabs made visible."""
    return '"{}"'.format(text.replace("\t", "\\t"))
