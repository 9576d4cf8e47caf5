"""The value of a field: braced, quoted, a number, a macro, or text that has none of the delimiters it needs.

A quoted value ends at the next quote outside braces, as in BibTeX. Where an entry's own brace has no partner, some
value in it lost one: only then are values searched for a line that looks like the next field, and cut there.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from bibwright.syntax.nodes import Fault, Piece, PieceKind
from bibwright.text.spans import Span

# A no-break space is part of a name: Scopus writes `funding_text\xa01 = {...}`.
NAME_CHARACTER = r"""[^ \t\r\n\f\v{}(),="%\#'\\~@]"""
SPACE = re.compile(r"\s*")
LINE_REST = re.compile(r"[^\r\n]*")
#: A name and `=`: what a field begins with.
FIELD_AHEAD = re.compile(rf"\s*{NAME_CHARACTER}+\s*=")

_QUOTE_OR_BRACE = re.compile(r'["{}]')
_BARE_TOKEN = re.compile(r'[^\s,#{}"]+')
_BARE_STOP = re.compile(r"[{},\r\n]")
_MACRO_NAME = re.compile(rf"[^\W\d_]{NAME_CHARACTER}*\Z")
_END_OF_LINE = re.compile(r"[ \t]*\}?[ \t]*(?:[\r\n]|\Z)")
_EQUALS_BEFORE = re.compile(r"=[ \t]*\Z")
_BLANKS = re.compile(r"[ \t]*")
_QUOTE_END = re.compile(rf"\s*(?:[,#}})%]|\Z|{NAME_CHARACTER}+\s*=)")
#: In `"The "big" T"` the end is looked for behind so many inner quotes, and no further.
_MOST_INNER_QUOTES = 16
#: In an entry whose brace has no partner: a line that begins the next field, or holds nothing but the closing brace.
_NEXT_FIELD_LINE = re.compile(
    r"""
    (?<=[\r\n]) [ \t]*
    (?: [A-Za-z][\w:+-]* [ \t]*=[ \t]* (?: ["{] | \w+ [ \t]*,?[ \t]* (?=[\r\n]|\Z) )
      | \} [ \t]* (?=[\r\n]|\Z)
    )
    """,
    re.VERBOSE,
)
#: The same on one line: a brace, a comma, and a field behind it.
_NEXT_FIELD_BEHIND = re.compile(r'(?<=\})(?=[ \t]*,[ \t]*[A-Za-z][\w:+-]*[ \t]*=[ \t]*["{\d])')
#: What stands behind a value whose own brace has closed it.
_GOES_ON = re.compile(rf"\s*,\s*(?:{NAME_CHARACTER}+\s*=|\Z)")


class ValueParser:
    """The values of one block. `closer` is what closes the entry; `broken` says that its brace has no partner."""

    def __init__(self, text: str, pairs: dict[int, int], faults: list[Fault]) -> None:
        self.text = text
        self.pairs = pairs
        self.faults = faults
        #: Where the next field seems to begin within a value; looked for only when a brace has no partner.
        self.field_starts: list[int] | None = None

    def value(self, at: int, closer: str, broken: bool) -> tuple[list[Piece], int]:
        """The pieces of a value, and the end of the last one."""
        text = self.text
        pieces: list[Piece] = []
        end = at
        first = SPACE.match(text, at).end()  # type: ignore[union-attr]
        if text[first : first + 1] == "#":
            self.faults.append(Fault("S114", Span(first, first + 1), "operand"))
            at = first + 1
        while True:
            start = SPACE.match(text, at).end()  # type: ignore[union-attr]
            piece = self._piece(start, closer, broken)
            if piece is None:
                if not pieces:
                    return pieces, end
                self.faults.append(Fault("S114", Span(at - 1, at), "operand"))
                return pieces, at
            pieces.append(piece)
            end = piece.end
            at = SPACE.match(text, end).end()  # type: ignore[union-attr]
            if at < len(text) and text[at] == "#":
                at += 1
            elif at < len(text) and text[at] in '{"' and piece.closed and piece.kind is not PieceKind.BARE:
                self.faults.append(Fault("S114", Span(end, at) if at > end else Span(at - 1, at)))
            else:
                return pieces, end

    def _piece(self, at: int, closer: str, broken: bool) -> Piece | None:
        text = self.text
        if at >= len(text):
            return None
        match text[at]:
            case "{":
                return self._braced(at, broken)
            case '"':
                return self._quoted(at, broken)
            case "}" | "," | "#" | "%" | "@" | "=":
                return None
            case ")" if closer == ")":
                return None
        return self._bare(at, closer)

    def _braced(self, at: int, broken: bool) -> Piece:
        text = self.text
        close = self.pairs.get(at)
        if close is not None and (not broken or _GOES_ON.match(text, close + 1)):
            return Piece(at, close + 1, PieceKind.BRACED)
        limit = len(text) if close is None else close + 1
        cut = self._next_field(at + 1, limit)
        if cut is None and close is not None:
            return Piece(at, close + 1, PieceKind.BRACED)
        return self._unclosed(at, PieceKind.BRACED, limit if cut is None else cut)

    def _unclosed(self, at: int, kind: PieceKind, end: int) -> Piece:
        """A value without its closing delimiter: it ends before the comma that was meant to follow."""
        end = at + len(self.text[at:end].rstrip())
        if self.text[end - 1] == "," and end - 1 > at:
            end = at + len(self.text[at : end - 1].rstrip())
        self.faults.append(Fault("S107", Span(at, at + 1), kind.value, (Span(end, end),)))
        return Piece(at, end, kind, closed=False)

    def _quoted(self, at: int, broken: bool) -> Piece:
        text = self.text
        inner: int | None = None
        inner_count = 0
        limit = len(text)
        search = at + 1
        while (match := _QUOTE_OR_BRACE.search(text, search)) is not None:
            found = match.start()
            if text[found] == "{":
                close = self.pairs.get(found)
                if close is None:
                    limit = found
                    break
                search = close + 1
            elif text[found] == "}":
                limit = found  # what closes the entry is no part of the value
                break
            elif (
                _EQUALS_BEFORE.search(text, max(at + 1, found - 40), found)
                and self._next_field(at + 1, found + 1) is not None
            ):
                break  # this quote opens the next field's value
            elif _QUOTE_END.match(text, found + 1):
                if inner is not None:
                    self.faults.append(Fault("S115", Span(inner, inner + 1), "", (Span(at, found + 1),)))
                return Piece(at, found + 1, PieceKind.QUOTED)
            else:
                inner = found if inner is None else inner
                inner_count += 1
                if inner_count == _MOST_INNER_QUOTES:
                    break
                search = found + 1
        if inner is not None:
            return Piece(at, inner + 1, PieceKind.QUOTED)
        cut = self._next_field(at + 1, limit)
        end = LINE_REST.match(text, at, limit).end() if cut is None else cut  # type: ignore[union-attr]
        return self._unclosed(at, PieceKind.QUOTED, end)

    def _next_field(self, start: int, end: int) -> int | None:
        """Where, from `start` to `end`, the next field of a broken entry seems to begin."""
        if self.field_starts is None:
            found = {match.start() for match in _NEXT_FIELD_LINE.finditer(self.text)}
            found.update(match.start() for match in _NEXT_FIELD_BEHIND.finditer(self.text))
            self.field_starts = sorted(found)
        place = bisect_left(self.field_starts, start)
        at = self.field_starts[place] if place < len(self.field_starts) else end
        return at if at < end else None

    def _bare(self, at: int, closer: str) -> Piece | None:
        text = self.text
        match = _BARE_TOKEN.match(text, at)
        if match is None:
            return None
        end = match.end()
        if closer == ")" and (parenthesis := text.find(")", at, end)) > at:
            end = parenthesis
        token = text[at:end]
        kind = PieceKind.BARE
        if token.isdecimal() and token.isascii():
            kind = PieceKind.NUMBER
        elif _MACRO_NAME.match(token):
            kind = PieceKind.MACRO
        behind = _BLANKS.match(text, end).end()  # type: ignore[union-attr]
        follows = text[behind] if behind < len(text) else ""
        if kind is not PieceKind.BARE and (follows in ',#}"{%\r\n' or follows == closer):
            return Piece(at, end, kind)
        if kind is not PieceKind.BARE and FIELD_AHEAD.match(text, behind):
            return Piece(at, end, kind)
        end = self._bare_end(at, closer)
        self.faults.append(Fault("S108", Span(at, end)))
        return Piece(at, end, PieceKind.BARE)

    def _bare_end(self, at: int, closer: str) -> int:
        """Undelimited text goes to the line's end, or to the comma before another field or the line's end."""
        text = self.text
        search = at
        while (match := _BARE_STOP.search(text, search)) is not None:
            found = match.start()
            if text[found] == "{":
                close = self.pairs.get(found)
                if close is None:
                    break
                search = close + 1
                continue
            if text[found] != "," or _END_OF_LINE.match(text, found + 1) or FIELD_AHEAD.match(text, found + 1):
                break
            search = found + 1
            continue
        end = match.start() if match else len(text)
        if closer == ")" and text[at:end].rstrip().endswith(")"):
            end = at + len(text[at:end].rstrip()) - 1
        return max(at + 1, at + len(text[at:end].rstrip()))
