"""Parts of names as they are written: initials, suffixes, and a name turned round."""

from __future__ import annotations

import re

from bibwright.rules.words import word_set

_PARTICLES = word_set("von van de del della der den di da das dos du la le ten ter zu zum zur af av el al bin ibn")
SUFFIX = re.compile(
    r"\{?(?:Jr|Sr|Jun|Sen|Jnr|Snr|jr|sr|JR|SR)\.?\}?|\{?(?:Junior|Senior|I{2,3}|IV|VI{0,3})\}?|[2-9](?:nd|rd|th)"
)
_FAMILY_FIRST_INITIALS = re.compile(r"[A-Z]{1,3}|(?:[A-Z]\.-?)+")
_INITIALS = re.compile(r"(?:[^\W\d_](?:\.?[ ~-]|\.)){0,5}[^\W\d_]\.?|[^\W\d_]{2,3}\.?")


def is_initials(part: str) -> bool:
    """Whether a part is `J.`, `J. R. R.`, `JRR` or `J.-P.`."""
    return _INITIALS.fullmatch(part) is not None and part.isupper()


def is_line_list(text: str) -> bool:
    """Whether each line of several holds a name as `Doe, Jane`, with a comma or not at its end."""
    lines = [line.strip(" \t\r,") for line in text.split("\n")]
    return len(lines) > 1 and all(line.count(",") == 1 for line in lines)


def inverted(name: str) -> str:
    """`Ludwig van Beethoven` as `van Beethoven, Ludwig`; `Kim SH`, as medical databases write it, as `Kim, SH`.

    A suffix stands last, as in RIS.
    """
    family, given, suffix = family_and_given(name)
    return f"{family}, {given}{f', {suffix}' if suffix else ''}"


def family_and_given(name: str) -> tuple[str, str, str]:
    """Family name, given name and suffix (or "") of a name without commas that has at least two words."""
    words = name.split()
    suffix = words.pop() if len(words) > 2 and SUFFIX.fullmatch(words[-1]) else ""
    family = len(words) - 1
    if _FAMILY_FIRST_INITIALS.fullmatch(words[-1]) and not _FAMILY_FIRST_INITIALS.fullmatch(words[0]):
        while _FAMILY_FIRST_INITIALS.fullmatch(words[family - 1]):
            family -= 1
        return " ".join(words[:family]), " ".join(words[family:]), suffix
    while family > 1 and words[family - 1].lower() in _PARTICLES and words[family - 1].islower():
        family -= 1
    return " ".join(words[family:]), " ".join(words[:family]), suffix
