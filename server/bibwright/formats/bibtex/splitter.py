"""Where a .bib text is cut into blocks: at each line that begins an entry, or at those before it that belong to it."""

from __future__ import annotations

import re

from bibwright.formats.bibtex.suppressions import LEAD
from bibwright.syntax.boundaries import split_at_lines

# An `@` that opens an abstract's line or an e-mail address must not cut an entry in two, so what follows the brace
# must look like the start of an entry: a string macro, preamble or comment; or a key and what may come behind it
# (comma, closing brace, line end); or, the key forgotten, a field name and `=`. Keys are bounded: a line of a million
# `@a(` must not be scanned a million times.
_COMMAND = re.compile(
    r"""
    @ [ \t]*
    (?: (?i: string | preamble | comment ) [ \t]* [{(]
      | [^\s{}()@,="%#'\\~]+ [ \t]* [{(] [^\r\n,{}="]{0,200}+ (?: [,}=\r\n] | \Z )
    )
    """,
    re.VERBOSE,
)


def split(text: str) -> list[str]:
    """The text in pieces, each but the first beginning at a boundary line; never empty."""
    return split_at_lines(text, _COMMAND, LEAD)
