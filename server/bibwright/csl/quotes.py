"""Typographic quotation marks in the text of fields.

Fields are typed with typewriter quotes; a style that prints curly ones would mix both, and inner quotes must
give way to the outer ones. So pairs become marks that are settled with the style's own, the rest apostrophes.
"""

from __future__ import annotations

from bibwright.csl.pieces import CLOSE_QUOTE, HELD, OPEN_QUOTE, VERBATIM, Piece, Pieces

_QUOTES = "\"'“”‘’"
#: The kind of each mark that is no typewriter's; LaTeX has single ones begin with a grave accent.
_CURLY = {"“": '"', "”": '"', "‘": "'", "’": "'", "`": "'"}
_BEFORE_OPENING = " \u00a0([{<-–—/“‘"


def has_quotes(text: str) -> bool:
    """Whether there is anything here to make typographic."""
    return any(quote in text for quote in _QUOTES)


def smarten(pieces: Pieces) -> Pieces:
    """The pieces of one field with its paired quotation marks as marks and its apostrophes curly."""
    text = "".join(piece.text for piece in pieces)
    marks = _pair(text)
    # The kind of quotation mark that a field begins with is its outer one.
    outer = text[min(marks)] if marks else ""
    smart: Pieces = []
    offset = 0
    for piece in pieces:
        if piece.markup & VERBATIM:
            smart.append(piece)
        else:
            smart += _split(piece, offset, marks, inner={'"': "'", "'": '"'}.get(outer, ""))
        offset += len(piece.text)
    return smart


def _pair(text: str) -> dict[int, int]:
    """The offsets of paired quotation marks: each an opening or a closing one."""
    marks: dict[int, int] = {}
    waiting: list[tuple[str, int]] = []
    for at, letter in enumerate(text):
        kind = _CURLY.get(letter, letter)
        if kind not in "\"'":
            continue
        before = text[at - 1] if at else " "
        after = text[at + 1] if at + 1 < len(text) else " "
        is_after_opening = before in "\"'" and bool(waiting) and waiting[-1][1] == at - 1
        may_open = letter in "“‘" or (
            letter in "\"'`" and (before in _BEFORE_OPENING or is_after_opening) and not after.isspace()
        )
        may_close = letter != "`" and not before.isspace() and not (after.isalnum() and letter != "”")
        if may_close and any(kind == other for other, _ in waiting):
            while waiting[-1][0] != kind:
                waiting.pop()
            marks[waiting.pop()[1]] = OPEN_QUOTE
            marks[at] = CLOSE_QUOTE
        elif may_open:
            waiting.append((kind, at))
    return marks


def _split(piece: Piece, offset: int, marks: dict[int, int], inner: str) -> Pieces:
    parts: Pieces = []
    start = 0
    for at in range(len(piece.text) + 1):
        mark = marks.get(offset + at)
        if at < len(piece.text) and mark is None:
            continue
        if text := piece.text[start:at].replace("'", "’"):
            if parts and parts[-1].mark == CLOSE_QUOTE:
                # Punctuation that the field itself has behind the mark is meant to stand there.
                parts.append(piece._replace(text="", mark=HELD))
            parts.append(piece._replace(text=text))
        if mark is not None and at < len(piece.text):
            # A single mark that is not a typewriter's is an inner one even outside of others.
            parts.append(piece._replace(text="", mark=mark, number=int(piece.text[at] in f"‘’`{inner}")))
        start = at + 1
    return parts
