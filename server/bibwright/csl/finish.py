"""Putting an entry together: quotation marks settled, and punctuation that met at a seam made one.

The parts of a style do not know their neighbours, so a suffix `.` may follow a name ending with `J.`; here,
and only here, such pairs are merged. Text inside one piece is data and is never touched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bibwright.csl.output import Block, Formatted, FormattedRun
from bibwright.csl.pieces import (
    AFFIX,
    BOLD,
    CLOSE_QUOTE,
    HELD,
    ITALIC,
    NOCASE,
    NODECOR,
    OPEN_QUOTE,
    SMALL_CAPS,
    TEXT,
    Piece,
    Pieces,
)
from bibwright.model.richtext import Style as FontStyle

if TYPE_CHECKING:
    from bibwright.csl.locale import Locale

#: What remains of two marks that meet. A pair that is not here keeps both.
_MEETING = {
    "..": ".", "!.": "!", "?.": "?", ",,": ",", ";;": ";", "::": ":", ":.": ":", ";.": ";", ";:": ";",
    ":!": "!", ":?": "?", ";!": "!", ";?": "?", "!:": "!", "?:": "?", "!!": "!", "??": "?", "….": "…",
}  # fmt: skip
_ENDERS = ".,:;!?…"
_TOGGLED = ITALIC | BOLD | SMALL_CAPS
_SHOWN = NOCASE - 1
_STYLES = tuple(FontStyle(bits) for bits in range(NOCASE))

#: Text, font style bits, link, block.
_Run = tuple[str, int, str, Block | None]


def finish(pieces: Pieces, locale: Locale, *, nests_brackets: bool = False) -> Formatted:
    """The pieces of a whole entry as runs; no run when nothing but blanks printed.

    `nests_brackets`: parentheses of the style inside of others are square, as notes have them.
    """
    if nests_brackets:
        pieces = _nest_brackets(pieces)
    settled = _settle_quotes(pieces, locale)
    runs: list[_Run] = []
    for piece in settled:
        _append(runs, piece)
    if not any(run[0].strip() for run in runs):
        return ()
    merged: list[FormattedRun] = []
    for text, bits, link, block in runs:
        if not text:
            continue
        run = FormattedRun(text, _STYLES[bits], link, block)
        last = merged[-1] if merged else None
        if last and last[1:] == run[1:]:
            merged[-1] = last._replace(text=last.text + text)
        else:
            merged.append(run)
    return tuple(merged)


def _nest_brackets(pieces: Pieces) -> Pieces:
    nested: Pieces = []
    depth = 0
    for piece in pieces:
        if piece.markup & AFFIX and ("(" in piece.text or ")" in piece.text):
            text = ""
            for letter in piece.text:
                depth -= letter == ")"
                text += {"(": "[", ")": "]"}.get(letter, letter) if depth % 2 else letter
                depth += letter == "("
            piece = piece._replace(text=text)
        nested.append(piece)
    return nested


def _settle_quotes(pieces: Pieces, locale: Locale) -> Pieces:
    """The marks as outer and inner quotes in turn, punctuation moved inside where it goes there."""
    if all(piece.mark == TEXT for piece in pieces):
        return pieces
    outer = locale.term("open-quote") or "“", locale.term("close-quote") or "”"
    inner = locale.term("open-inner-quote") or "‘", locale.term("close-inner-quote") or "’"
    settled: Pieces = []
    levels: list[int] = []
    closing_from: int | None = None
    for piece in pieces:
        if piece.mark == OPEN_QUOTE:
            levels.append(1 - levels[-1] if levels else piece.number)
            settled.append(piece._replace(text=(outer, inner)[levels[-1]][0]))
            closing_from = None
        elif piece.mark == CLOSE_QUOTE:
            level = levels.pop() if levels else 0
            if closing_from is None:
                closing_from = len(settled)
            settled.append(piece._replace(text=(outer, inner)[level][1]))
        elif piece.mark == HELD:
            closing_from = None
        elif not piece.text:
            continue
        else:
            if closing_from is not None and locale.punctuation_in_quote and piece.text[0] in ".,":
                # It looks like the outermost mark, not like the last word inside, which may be raised or slanted.
                settled.insert(closing_from, settled[-1]._replace(text=piece.text[0], mark=TEXT))
                piece = piece._replace(text=piece.text[1:])
                closing_from += 1
                if not piece.text:
                    # What follows may be punctuation, too: then it meets this one.
                    continue
            closing_from = None
            settled.append(piece)
    return settled


def _append(runs: list[_Run], piece: Piece) -> None:
    text = piece.text
    if not text:
        return
    at = len(runs) - 1
    while at >= 0 and not runs[at][0]:
        at -= 1
    if at >= 0:
        last = runs[at][0]
        if text[0] == " " and last[-1] == " ":
            text = text.lstrip(" ")
            if not text:
                return
        elif text[0] in _ENDERS and last[-1] in _ENDERS:
            kept = _MEETING.get(last[-1] + text[0])
            if kept == last[-1]:
                text = text[1:]
            elif kept:
                runs[at] = (last[:-1], *runs[at][1:])
    toggled = piece.markup & _TOGGLED
    bits = 0 if piece.markup & NODECOR else ((piece.style ^ toggled) | (piece.markup & ~_TOGGLED)) & _SHOWN
    runs.append((text, bits, piece.link, piece.block))
