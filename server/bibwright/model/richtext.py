"""Rich text: a field's text as runs, so that markup is data and never a string to be parsed again.

A line feed inside a run ends a paragraph (of an abstract or a note); no other line ends occur.
"""

from __future__ import annotations

from enum import Flag, auto
from typing import NamedTuple


class Style(Flag):
    """What is said of a run; several may hold at once."""

    NONE = 0
    ITALIC = auto()
    BOLD = auto()
    SUPERSCRIPT = auto()
    SUBSCRIPT = auto()
    SMALL_CAPS = auto()
    UNDERLINE = auto()
    #: The capitals are meant: no style may change the case (a brace group in BibTeX, `nocase` in CSL).
    NOCASE = auto()
    #: Source that could not be decoded, kept as written (a TeX formula or an unknown command).
    VERBATIM = auto()
    #: Upright and plain whatever stands about it, and its capitals are meant (`nodecor` in CSL).
    NODECOR = auto()


class Run(NamedTuple):
    """A stretch of text in one style."""

    text: str
    style: Style = Style.NONE


RichText = tuple[Run, ...]


def rich_text(text: str) -> RichText:
    """`text` as one unstyled run; the empty string has no run."""
    return (Run(text),) if text else ()


def plain_text(rich: RichText) -> str:
    """The characters alone."""
    return rich[0].text if len(rich) == 1 else "".join(run.text for run in rich)


def join_runs(runs: list[Run]) -> RichText:
    """`runs` with neighbours of equal style merged and empty ones left out."""
    merged: list[Run] = []
    texts: list[str] = []  # of the run that is still growing: to add text to text would be slow where there is much
    style = Style.NONE
    for run in runs:
        if not run.text:
            continue
        if texts and run.style != style:
            merged.append(Run("".join(texts), style))
            texts.clear()
        texts.append(run.text)
        style = run.style
    if texts:
        merged.append(Run("".join(texts), style))
    return tuple(merged)
