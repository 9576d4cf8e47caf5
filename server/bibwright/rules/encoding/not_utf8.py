"""Some bytes of the file are not UTF-8, or a character was lost when the file was converted.

biber rejects a file with such bytes; other programs print wrong letters. U+FFFD, the replacement character, marks a
letter that an earlier conversion could not read: what it was is known only to the source.

Bad::

    @misc{smith2020,
      title = {The Caf\ufffd on the Corner}
    }

Good::

    @misc{smith2020,
      title = {The Café on the Corner}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bibwright.analysis.diagnostics import Severity
from bibwright.analysis.rule import BLOCKS, Context, Report, rule
from bibwright.text.spans import Span

#: A byte that is not UTF-8 is held in the text as a lone surrogate.
_CHARACTERS: Final = "".join(map(chr, range(0xDC80, 0xDD00))) + "\ufffd"
_UNREADABLE = re.compile("([\udc80-\udcff]+)|\ufffd+")


@rule("E902", "not-utf8", Severity.WARNING, watches=BLOCKS, needs=_CHARACTERS)
def not_utf8(context: Context) -> Iterator[Report]:
    """One report for each run of such characters."""
    for match in _UNREADABLE.finditer(context.text):
        if match[1]:
            severity = Severity.ERROR if context.dialect == "biblatex" else Severity.WARNING
            yield Report(Span(*match.span()), _raw_bytes(match[1]), severity=severity)
        else:
            yield Report(Span(*match.span()), "a letter was lost here: U+FFFD")


def _raw_bytes(run: str) -> str:
    shown = " ".join(f"{ord(character) - 0xDC00:02X}" for character in run[:8])
    word = "byte" if len(run) == 1 else "bytes"
    return f"the {word} {shown}{' …' if len(run) > 8 else ''} cannot be read as UTF-8"
