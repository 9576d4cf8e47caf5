"""A value holds a control character.

Such characters print nothing. TeX stops at most of them, XML cannot hold them, and so no file that is made from the
bibliography can be read. Those from 80 to 9F are characters of Windows that were read as Latin-1.

Bad::

    @book{smith2020,
      title = {The first\x02 forests}
    }

Good::

    @book{smith2020,
      title = {The first forests}
    }
"""  # noqa: D301

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bibwright.analysis.diagnostics import Fix, Severity, safe_fix, unsafe_fix
from bibwright.analysis.rule import BLOCKS, SAFE, UNSAFE, Context, Report, rule
from bibwright.rules.text.values import place_in_value
from bibwright.syntax.nodes import Entry
from bibwright.text.spans import Edit, Span

_CONTROLS: Final = "".join(map(chr, (*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0))))
#: Behind a letter from C2 to F4 the characters above 7F are the bytes of UTF-8, which is T604.
_FOUND = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]+|(?<![\u0080-\u009f\u00c2-\u00f4])[\u0080-\u0084\u0086-\u009f]+|\x85"
)
_BLANKS = "\x0b\x0c\x1c\x1d\x1e\x1f\x85"
_JAPANESE = re.compile(r"\x1b[$(][@AB-JZ(]")


@rule("T614", "control-character", Severity.WARNING, watches=BLOCKS, needs=_CONTROLS, fixes=(SAFE, UNSAFE))
def control_character(context: Context) -> Iterator[Report]:
    """Escape sequences tell of a Japanese encoding that was taken for another: there nothing is said."""
    text = context.text
    if _JAPANESE.search(text):
        return
    for match in _FOUND.finditer(text):
        span = Span(*match.span())
        place = place_in_value(context, span)
        if place is None:
            continue
        found = match.group()
        codes = " ".join(f"{ord(character):02X}" for character in found[:4])
        yield Report(span, f"there is a control character ({codes}) in the value", _fixes(context, place.entry, span))


def _fixes(context: Context, entry: Entry, span: Span) -> tuple[Fix, ...]:
    text = context.text
    found = text[span.start : span.end]
    if found[0] >= "\x80" and found != "\x85":
        written = found.encode("latin-1").decode("cp1252", "ignore")
        return (unsafe_fix(f"Write {written}", Edit(*span, written)),) if len(written) == len(found) else ()
    if context.is_cut(entry):
        return ()
    is_blank = all(character in _BLANKS for character in found)
    has_blank = text[span.start - 1].isspace() or text[span.end : span.end + 1].isspace()
    return (safe_fix("Delete it", Edit(*span, " " if is_blank and not has_blank else "")),)
