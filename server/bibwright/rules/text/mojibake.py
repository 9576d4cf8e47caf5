r"""Characters were stored as UTF-8 and read as Windows-1252 or Latin-1.

`é` became `Ã©`, and a curly apostrophe `â€™`. The text can be had back as long as nothing is lost: a lost character
shows as U+FFFD, and E902 reports it. A run is reported only if its characters are the bytes of UTF-8 text: `SÃO` is
Portuguese.

Bad::

    @book{smith2020,
      title = {CafÃ© Culture}
    }

Good::

    @book{smith2020,
      title = {Café Culture}
    }
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from bibwright.analysis.diagnostics import Severity, unsafe_fix
from bibwright.analysis.rule import BLOCKS, UNSAFE, Context, Report, rule
from bibwright.rules.quoting import quoted
from bibwright.rules.text.values import place_in_value
from bibwright.text.spans import Edit, Span

#: What Windows-1252 makes of the bytes 80 to 9F; the five bytes that it lacks are read as Latin-1 has them.
_BYTE_OF: Final = {bytes((byte,)).decode("cp1252", "ignore") or chr(byte): byte for byte in range(0x80, 0xA0)}
#: Every run holds one of these, which are rare in text: the second bytes of UTF-8.
_TELLING = "".join((*_BYTE_OF, *map(chr, range(0x80, 0xC0))))
_FOLLOWING = "[" + re.escape("".join(_BYTE_OF)) + "\u0080-\u00bf]"
_SEQUENCE = f"(?:[\u00c2-\u00df]{_FOLLOWING}|[\u00e0-\u00ef]{_FOLLOWING}{{2}}|[\u00f0-\u00f4]{_FOLLOWING}{{3}})"
#: Bytes of UTF-8 as characters.
_RUN = re.compile(f"{_SEQUENCE}(?:{_FOLLOWING}|{_SEQUENCE})*")
_MOST_ROUNDS = 3


@rule("T604", "mojibake", Severity.WARNING, watches=BLOCKS, needs=_TELLING, fixes=(UNSAFE,))
def mojibake(context: Context) -> Iterator[Report]:
    """Anywhere in the values of fields and tags."""
    for match in _RUN.finditer(context.text):
        span = Span(*match.span())
        found = match.group()
        decoded = _decoded(found)
        if decoded is None or place_in_value(context, span) is None:
            continue
        fix = unsafe_fix(f"Write {decoded}", Edit(*span, decoded))
        yield Report(span, f"{quoted(found)} is {quoted(decoded)} in a wrong encoding", (fix,))


def _decoded(run: str) -> str | None:
    """The text whose UTF-8 bytes a run shows, undone again where it happened twice; None where there is none."""
    text: str | None = None
    for _ in range(_MOST_ROUNDS):
        once = _decoded_once(run)
        if once is None:
            break
        run = once
        if not any(unicodedata.category(character) in ("Cc", "Cn", "Co") for character in once):
            text = once
    return text


def _decoded_once(run: str) -> str | None:
    codes = [_BYTE_OF.get(character, ord(character)) for character in run]
    if max(codes) > 0xFF:
        return None
    try:
        text = bytes(codes).decode("utf-8")
    except UnicodeDecodeError:
        return None
    return text if text != run else None
