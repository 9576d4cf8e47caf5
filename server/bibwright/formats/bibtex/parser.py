"""BibTeX and biblatex source to nodes: never fails, keeps every position, reads on behind every fault.

This file has the entries and their fields; the values are in `values.py`, what stands between the entries in
`outside.py`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property

from bibwright.formats.bibtex.braces import Braces, pair_braces, pair_parentheses
from bibwright.formats.bibtex.outside import outside_nodes
from bibwright.formats.bibtex.values import FIELD_AHEAD, LINE_REST, NAME_CHARACTER, SPACE, ValueParser
from bibwright.syntax.nodes import (
    Comment,
    Entry,
    Fault,
    Field,
    Node,
    Piece,
    PieceKind,
    Preamble,
    StringMacro,
    Tree,
)
from bibwright.text.spans import Span, trim

_PERCENT = re.compile(r"\s*%")
_NAME = re.compile(rf"{NAME_CHARACTER}+")
#: A name, `=`, and the blanks behind it. A name that ends in a colon, or `=>`, is left to the slow path.
_FIELD_START = re.compile(rf"({NAME_CHARACTER}+)(?<!:)\s*(=)(?!>)\s*")
#: Text with braces in pairs, nested as deep as ordinary values nest them.
_BRACED_TEXT = r"[^{}]*+"
for _ in range(3):
    _BRACED_TEXT = rf"[^{{}}]*+(?:\{{{_BRACED_TEXT}\}}[^{{}}]*+)*+"
#: A whole field as nearly all are: a braced value, a number or a macro before a comma or the end of the entry.
_PLAIN_FIELD = re.compile(
    rf"(?![0-9]){_FIELD_START.pattern}(\{{{_BRACED_TEXT}\}}|[0-9]+|[A-Za-z]+)\s*(?:(,)\s*|(?=\}}))"
)
_LOOSE_OPERATOR = re.compile(r"\s*(?::=>?|:|->|=>)\s*")
#: A name with blanks or with signs that not every program takes in a name.
_SPACED_NAME = re.compile(rf"{NAME_CHARACTER}++(?:[ \t]*+(?:['\\~]|{NAME_CHARACTER}++))++(?=[ \t]*=(?!=))")
#: A comment, or one on the line behind the last.
_COMMENT_LINE = re.compile(r"(?:(?:\r\n|\r|\n)[ \t]*+)?(%[^\r\n]*)")
_SIGN_IN_NAME = re.compile(r"[\s'\\]")
_COMMA = re.compile(r"\s*,\s*")
_GARBAGE_STOP = re.compile(r"[{},\r\n]|\)")
_DANGLING_FIELD = re.compile(r'\s*,?\s*[A-Za-z][\w:+-]*\s*=\s*["{\w]')
_DELIMITED_DANGLING_FIELD = re.compile(r'\s*,?\s*[A-Za-z][\w:+-]*\s*=\s*[{"\d]')
_KEY_AND_COMMA = re.compile(r"\s*[^\s,{}()=]+\s*,")
#: A command: `@`, a type, an opening brace or parenthesis.
_COMMAND = re.compile(r"""@\s*([^\s{}()@,="%#'\\~]+)\s*([{(])""")
_COMMENT_COMMAND = re.compile(r"@\s*comment\b", re.IGNORECASE)
_KEY = re.compile(r"[^,\r\n{}=]*")
_PARENTHESISED_KEY = re.compile(r"[^,\r\n{}=)]*")

#: By names of their own, since to look a member of an enumeration up takes as long as to make a field.
_BRACED, _NUMBER, _MACRO = PieceKind.BRACED, PieceKind.NUMBER, PieceKind.MACRO


def parse(text: str) -> Tree:
    """The nodes of a block or of any other stretch of .bib text."""
    return _Parser(text).parse()


class _Parser:
    """One pass over one block."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.nodes: list[Node] = []
        self.faults: list[Fault] = []

    def parse(self) -> Tree:
        text = self.text
        at = search = line = 0
        while (sign := text.find("@", search)) >= 0:
            line = max(text.rfind("\n", search, sign), text.rfind("\r", search, sign), line - 1) + 1
            end = None if _PERCENT.match(text, line, sign) else self.command(sign, at)
            if end is None:
                search = sign + 1
            else:
                search = at = line = end
        self.outside(at, len(text))
        return Tree(tuple(self.nodes), tuple(self.faults))

    def command(self, sign: int, outside_from: int) -> int | None:
        """Parse what begins at an `@` outside entries; None when it begins nothing."""
        text = self.text
        if match := _COMMENT_COMMAND.match(text, sign):
            self.outside(outside_from, sign)
            return self.comment(sign, match.end())
        match = _COMMAND.match(text, sign)
        # `me@example.org (home)` begins nothing, unless what follows is clearly a key.
        glued = sign > outside_from and (text[sign - 1].isalnum() or text[sign - 1] in "._-")
        if match is None or (glued and not _KEY_AND_COMMA.match(text, match.end())):
            self.faults.append(Fault("S109", Span(sign, sign + 1)))
            return None
        self.outside(outside_from, sign)
        kind = match[1].lower()
        opening = match.end() - 1
        if kind == "string":
            return self.string_macro(sign, opening)
        if kind == "preamble":
            return self.preamble(sign, opening)
        return self.entry(sign, Span(*match.span(1)), opening)

    def outside(self, start: int, end: int) -> None:
        if end > start and not self.text[start:end].isspace():
            self.nodes.extend(outside_nodes(self.text, start, end))

    def comment(self, sign: int, at: int) -> int:
        text = self.text
        opening = SPACE.match(text, at).end()  # type: ignore[union-attr]
        if opening < len(text) and text[opening] == "{":
            close = self.braces.pairs.get(opening)
            end = len(text) if close is None else close + 1
            if close is None:
                # Put around whole entries it closes behind them, in another block: that is for the rule to find out.
                place = _trimmed_end(text)
                self.faults.append(Fault("S102", Span(opening, opening + 1), "comment", (Span(place, place),)))
        elif (close := self.parentheses.get(opening)) is not None:
            end = close + 1
        else:
            # BibTeX passes over the word alone, biber rejects the file.
            self.faults.append(Fault("S109", Span(sign, sign + 1), "comment"))
            end = LINE_REST.match(text, at).end()  # type: ignore[union-attr]
        self.nodes.append(Comment(trim(text, sign, end)))
        return end

    # Most blocks are one entry whose fields are all plain: they need none of these.

    @cached_property
    def braces(self) -> Braces:
        return pair_braces(self.text)

    @cached_property
    def values(self) -> ValueParser:
        return ValueParser(self.text, self.braces.pairs, self.faults)

    @cached_property
    def parentheses(self) -> dict[int, int]:
        """Only a comment takes them as they are."""
        return pair_parentheses(self.text)

    def preamble(self, sign: int, opening: int) -> int:
        text = self.text
        closer = "}" if text[opening] == "{" else ")"
        pieces, at = self.values.value(opening + 1, closer, self.is_broken(opening))
        at = SPACE.match(text, at).end()  # type: ignore[union-attr]
        if at < len(text) and text[at] == closer:
            end = at + 1
        elif opening in self.braces.pairs:
            end = self.braces.pairs[opening] + 1
        else:
            end = at = _trimmed_end(text)
            self.faults.append(Fault("S102", Span(opening, opening + 1), "", (Span(at, at),)))
        value = Span(pieces[0].start, pieces[-1].end) if pieces else Span(opening + 1, opening + 1)
        self.nodes.append(Preamble(Span(sign, end), value))
        return end

    def string_macro(self, sign: int, opening: int) -> int:
        text = self.text
        closer = "}" if text[opening] == "{" else ")"
        at = SPACE.match(text, opening + 1).end()  # type: ignore[union-attr]
        broken = self.is_broken(opening)
        field, at = self.field(at, closer, broken) if _NAME.match(text, at) else (None, at)
        at = SPACE.match(text, at).end()  # type: ignore[union-attr]
        if at < len(text) and text[at] == closer:
            end = at + 1
        elif not broken and closer == "}":
            end = self.braces.pairs[opening] + 1
            # BibTeX takes one macro from each @string, and this is none or one more.
            self.faults.append(Fault("S103", trim(text, at, end - 1), "garbage"))
        else:
            end = field.end if field else opening + 1
            self.faults.append(Fault("S102", Span(opening, opening + 1), "", (Span(end, end),)))
        self.nodes.append(StringMacro(Span(sign, end), field))
        return end

    def is_broken(self, opening: int) -> bool:
        """Whether the brace that opens an entry has no partner. A parenthesis takes none away from its values."""
        return self.text[opening] == "{" and opening not in self.braces.pairs

    def entry(self, sign: int, entry_type: Span, opening: int) -> int:
        text = self.text
        closer = "}" if text[opening] == "{" else ")"
        key, at = self.key(opening, closer)
        fields: list[Field] = []
        plain_end = self.plain_fields(at, fields) if closer == "}" else at
        closing: int | None = plain_end
        if text.startswith(closer, plain_end):
            at = plain_end
        else:
            broken = self.is_broken(opening)
            if broken:
                fields.clear()  # some value lost its end: all are read in another way
            else:
                at = plain_end
            at, closing = self.fields(at, closer, broken, fields)
        if closing is not None and (real_end := self.dangling(closing, closer, fields)) is not None:
            at, closing = real_end
        elif closing is None:
            place = fields[-1].end if fields else _trimmed_end(text[:at])
            self.faults.append(Fault("S102", Span(opening, opening + 1), "", (Span(place, place),)))
        end = closing + 1 if closing is not None else fields[-1].end if fields else _trimmed_end(text[:at])
        closing_span = None if closing is None else Span(closing, closing + 1)
        self.nodes.append(
            Entry(Span(sign, end), entry_type, key, Span(opening, opening + 1), closing_span, tuple(fields))
        )
        # What was looked at is not looked at again, even where the entry ended before it.
        return end if closing is not None else max(at, end)

    def key(self, opening: int, closer: str) -> tuple[Span | None, int]:
        """The citation key, and where the fields begin."""
        text = self.text
        start = SPACE.match(text, opening + 1).end()  # type: ignore[union-attr]
        pattern = _KEY if closer == "}" else _PARENTHESISED_KEY
        end = pattern.match(text, start).end()  # type: ignore[union-attr]
        # A braced group belongs to the key (and is reported as a bad character of it).
        while end < len(text) and text[end] == "{" and end > start and (close := self.braces.pairs.get(end)):
            end = pattern.match(text, close + 1).end()  # type: ignore[union-attr]
        if end < len(text) and text[end] == "=":
            return self.key_before_field(opening, start, end)
        key = trim(text, start, end)
        if key.start == key.end:
            self.faults.append(Fault("S105", Span(opening + 1, min(opening + 2, len(text)))))
            comma = _COMMA.match(text, start)
            return None, comma.end() if comma else start
        comma = _COMMA.match(text, key.end)
        if comma:
            return key, comma.end()
        at = SPACE.match(text, key.end).end()  # type: ignore[union-attr]
        if at < len(text) and FIELD_AHEAD.match(text, at):
            self.faults.append(Fault("S103", Span(key.end - 1, key.end), "key"))
        return key, at

    def key_before_field(self, opening: int, start: int, equals: int) -> tuple[Span | None, int]:
        """`@article{author = ...` has no key; `@article{key author = ...` has no comma behind it."""
        text = self.text
        words = list(re.finditer(r"\S+", text[start:equals]))
        if len(words) < 2:
            self.faults.append(Fault("S105", Span(opening + 1, opening + 2)))
            return None, start
        key = Span(start, start + words[-2].end())
        self.faults.append(Fault("S103", Span(key.end - 1, key.end), "key"))
        return key, start + words[-1].start()

    def fields(self, at: int, closer: str, broken: bool, fields: list[Field]) -> tuple[int, int | None]:
        """Append the fields from `at` on; give where they end, and the closing brace if it was met."""
        text, length = self.text, len(self.text)
        while True:
            if not broken and closer == "}":
                at = self.plain_fields(at, fields)
            at = SPACE.match(text, at).end()  # type: ignore[union-attr]
            if at >= length:
                return at, None
            character = text[at]
            if character == closer:
                return at, at
            if character == ",":
                if not fields or fields[-1].comma is not None or self.is_behind_comma(at):
                    self.faults.append(Fault("S113", Span(at, at + 1)))
                at += 1
            elif character == "%":
                at = self.inner_comments(at, fields[-1] if fields else None)
            elif character in "})":
                self.faults.append(Fault("S107", Span(at, at + 1), "extra"))
                at += 1
            elif _NAME.match(text, at):
                if broken and fields and text[at - 1] in "\r\n" and not self.looks_like_field(at):
                    return at, None  # prose behind an entry that nobody closed
                field, at = self.field(at, closer, broken)
                field, at = self.after_field(at, field, closer)
                fields.append(field)
            elif character == "@" and self.begins_entry(at):
                return at, None
            else:
                end = self.skip_garbage(at + 1, closer)
                self.faults.append(Fault("S103", trim(text, at, end), "garbage"))
                at = end
                if (comma := _COMMA.match(text, at)) is not None:
                    at = comma.end()

    def inner_comments(self, at: int, field: Field | None) -> int:
        """Step over comments within an entry; where one hides the comma behind a field, over that comma too.

        Comments on lines in a row are one fault, whose spans are the single ones.
        """
        text = self.text
        awaited = field if field is not None and field.comma is None and not self.is_behind_comma(at) else None
        while True:
            sign = text[at : at + 1]
            if sign == "%":
                comments = tuple(self.comment_lines(at))
                end = comments[-1].end
                self.faults.append(Fault("S116", Span(at, end), "", comments))
            elif sign == "," and awaited is not None:
                awaited = None
                end = at + 1
            else:
                break
            at = SPACE.match(text, end).end()  # type: ignore[union-attr]
        if awaited is not None and FIELD_AHEAD.match(text, at):
            last = max(awaited.value.end, awaited.separator.end, awaited.name.end)
            self.faults.append(Fault("S103", Span(last - 1, last), "field"))
        return at

    def comment_lines(self, at: int) -> Iterator[Span]:
        while (match := _COMMENT_LINE.match(self.text, at)) is not None:
            yield Span(*match.span(1))
            at = match.end()

    def is_behind_comma(self, at: int) -> bool:
        """Whether a comma is the last thing before the blanks before an offset."""
        while self.text[at - 1].isspace():
            at -= 1
        return self.text[at - 1] == ","

    def plain_fields(self, at: int, fields: list[Field]) -> int:
        """Append the fields from `at` on that hold one braced value, number or macro before a comma or the end.

        Nearly every field is one of these. What is not is left to `field`, which would read these alike.
        """
        # Of these tuples there are hundreds of thousands: made as `Span(...)` makes them they take twice the time.
        new = tuple.__new__
        text, match, append = self.text, _PLAIN_FIELD.match, fields.append
        while (found := match(text, at)) is not None:
            (_, at), name, separator, value, comma = found.regs
            first = text[value[0]]
            kind = _BRACED if first == "{" else _NUMBER if first.isdecimal() else _MACRO
            append(
                new(
                    Field,
                    (
                        new(Span, name),
                        new(Span, separator),
                        new(Span, value),
                        (new(Piece, (*value, kind, True)),),
                        new(Span, comma) if comma[0] >= 0 else None,
                    ),
                )
            )
        return at

    def looks_like_field(self, at: int) -> bool:
        rest = LINE_REST.match(self.text, at).group()  # type: ignore[union-attr]
        return any(character in rest for character in '={"')

    def begins_entry(self, sign: int) -> bool:
        """Whether an `@` inside an entry clearly begins the next one: then the entry was never closed."""
        match = _COMMAND.match(self.text, sign)
        return match is not None and _KEY_AND_COMMA.match(self.text, match.end()) is not None

    def after_field(self, at: int, field: Field, closer: str) -> tuple[Field, int]:
        """Step over what stands between a field and the next; report a comma that is missing.

        Gives the field back, longer where its value went on behind a brace that came too early.
        """
        text = self.text
        if field.comma is not None:
            return field, at
        at = SPACE.match(text, at).end()  # type: ignore[union-attr]
        if at >= len(text) or text[at] in (closer, "%"):
            return field, at
        last = max(field.value.end, field.separator.end, field.name.end)
        if text[at] in "})" or (text[at] == "@" and self.begins_entry(at)):
            return field, at
        if FIELD_AHEAD.match(text, at):
            self.faults.append(Fault("S103", Span(last - 1, last), "field"))
            return field, at
        if any(line in text[last:at] for line in "\r\n"):
            return field, at  # another line: it is judged on its own
        end = self.skip_garbage(at, closer)
        if text[end : end + 1] == closer == "}" and field.pieces and self.is_premature(end):
            first = field.pieces[-1]
            if first.kind is PieceKind.BRACED and first.closed:
                return self.with_tail(field, end)
        self.faults.append(Fault("S103", trim(text, at, end), "garbage"))
        comma = _COMMA.match(text, end)
        return field, comma.end() if comma else end

    def with_tail(self, field: Field, brace: int) -> tuple[Field, int]:
        """A field whose value goes on to `brace`: the brace that seemed to end it stands too early (S107)."""
        piece = field.pieces[-1]
        self.faults.append(Fault("S107", Span(piece.end - 1, piece.end), "extra"))
        pieces = (*field.pieces[:-1], Piece(piece.start, brace + 1, PieceKind.BRACED))
        value = Span(field.value.start, brace + 1)
        comma = _COMMA.match(self.text, brace + 1)
        if comma is None:
            return field._replace(pieces=pieces, value=value), brace + 1
        sign = self.text.index(",", brace + 1)
        return field._replace(pieces=pieces, value=value, comma=Span(sign, sign + 1)), comma.end()

    def skip_garbage(self, at: int, closer: str) -> int:
        """The end of text that is no field: before the next comma, closing brace or line end."""
        text = self.text
        while (match := _GARBAGE_STOP.search(text, at)) is not None:
            if match.group() == "{" and match.start() in self.braces.pairs:
                at = self.braces.pairs[match.start()] + 1
            elif match.group() == ")" and closer != ")":
                at = match.end()
            else:
                return max(match.start(), at)
        return len(text)

    def field(self, at: int, closer: str, broken: bool) -> tuple[Field, int]:
        """The field whose name begins at `at`, and where to go on behind its comma."""
        text = self.text
        if (match := _FIELD_START.match(text, at)) is not None:
            name = Span(at, match.end(1))
            separator = Span(*match.span(2))
            at = match.end()
            if text[name.start] in "0123456789":
                self.faults.append(Fault("S118", name, "digit"))
        else:
            name, separator, at = self.field_without_equals(at)
        found, end = self.values.value(at, closer, broken)
        pieces = tuple(found)
        if pieces:
            value = Span(pieces[0].start, pieces[-1].end)
        else:
            value = Span(separator.end, separator.end)
            if separator.end > separator.start:
                self.faults.append(Fault("S108", separator, "missing"))
        comma = _COMMA.match(text, end)
        if comma is None:
            return Field(name, separator, value, pieces), end
        sign = text.index(",", end)
        return Field(name, separator, value, pieces, Span(sign, sign + 1)), comma.end()

    def field_without_equals(self, at: int) -> tuple[Span, Span, int]:
        """Name, separator (empty, or what stands there instead) and the start of the value."""
        text = self.text
        spaced = _SPACED_NAME.match(text, at)
        match = _NAME.match(text, at)
        assert match is not None  # the caller saw a name character
        end = match.end()
        while end > at + 1 and text[end - 1] == ":":
            end -= 1
        name = Span(at, end)
        operator = _LOOSE_OPERATOR.match(text, end)
        sign = operator.group().strip() if operator else ""
        if operator is not None and sign and (sign != ":" or spaced is None):
            wrong = trim(text, operator.start(), operator.end())
            self.faults.append(Fault("S104", wrong, "operator"))
            return name, wrong, operator.end()
        if spaced is not None:
            equals = text.index("=", spaced.end())
            if _SIGN_IN_NAME.search(spaced.group()):
                self.faults.append(Fault("S118", Span(*spaced.span())))
            return Span(*spaced.span()), Span(equals, equals + 1), equals + 1
        value = SPACE.match(text, end).end()  # type: ignore[union-attr]
        gap = Span(end, value) if value > end else Span(end - 1, end)
        self.faults.append(Fault("S104", gap, "gap" if value > end else "glued", (Span(end, value),)))
        return name, Span(end, end), value

    def dangling(self, closing: int, closer: str, fields: list[Field]) -> tuple[int, int | None] | None:
        """Read on when the brace at `closing` came too early: give the new end and the real closing brace.

        Two forms: `@article{key},` with all its fields behind it, as the Korea Citation Index exports them (S101;
        the fault's spans are the first field, the last one, and where the entry ends); and one `}` too many in a
        value, which leaves a tail of fields with a closing brace that has no partner (S107).
        """
        text = self.text
        only_key = not fields
        if not only_key:
            if not self.is_premature(closing):
                return None
            self.faults.append(Fault("S107", Span(closing, closing + 1), "extra"))
        elif _DELIMITED_DANGLING_FIELD.match(text, closing + 1) is None:
            return None
        place = len(self.faults)
        at, end = self.dangling_fields(closing + 1, closer, fields)
        if only_key:
            last = fields[-1]
            spans = (
                Span(fields[0].name.start, max(fields[0].value.end, fields[0].separator.end)),
                Span(last.name.start, max(last.value.end, last.separator.end)),
                Span(last.end, last.end),
            )
            detail = "open" if end is None else "closed"
            self.faults.insert(place, Fault("S101", Span(closing, closing + 1), detail, spans))
        return at, end

    def is_premature(self, closing: int) -> bool:
        """Whether fields go on behind a closing brace, down to another one that has no partner."""
        if not _DANGLING_FIELD.match(self.text, closing + 1):
            return False
        next_command = self.text.find("@", closing)
        stray = bisect_left(self.braces.stray, closing + 1)
        return stray < len(self.braces.stray) and (next_command < 0 or self.braces.stray[stray] < next_command)

    def dangling_fields(self, at: int, closer: str, fields: list[Field]) -> tuple[int, int | None]:
        """Fields behind a premature brace: they end with the first thing that is not one."""
        text = self.text
        comma = _COMMA.match(text, at)
        separated = comma is not None
        at = comma.end() if comma else at
        while True:
            start = SPACE.match(text, at).end()  # type: ignore[union-attr]
            if start < len(text) and text[start] == closer:
                return start, start
            if not FIELD_AHEAD.match(text, start):
                return fields[-1].end, None
            if fields and not separated:
                last = fields[-1].end
                self.faults.append(Fault("S103", Span(last - 1, last), "field"))
            field, at = self.field(start, closer, broken=False)
            fields.append(field)
            separated = field.comma is not None


def _trimmed_end(text: str) -> int:
    return len(text.rstrip())
