"""Where a .ris text is cut into blocks: at each `TY` line."""

from __future__ import annotations

import re

from bibwright.syntax.boundaries import split_at_lines

# The regular form takes any value. A malformed separator (one blank, a colon, a dash, lower case, indentation) is
# accepted only before a single word, as a reference type is, so that prose such as `Ty - he said` cuts nothing.
_TYPE_LINE = re.compile(r"[Tt][Yy](?:  - ?|[ \t]{0,4}[-\u2013\u2014:][ \t]{0,4}[A-Za-z]{2,12}[ \t]*(?=[\r\n]|\Z))")


def split(text: str) -> list[str]:
    """The text in pieces, each but the first beginning at a `TY` line; never empty."""
    return split_at_lines(text, _TYPE_LINE)
