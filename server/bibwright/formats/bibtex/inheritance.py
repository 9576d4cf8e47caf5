"""What an entry takes over from others: `xdata` and `crossref`, as biblatex does it.

Fields of the entry itself always win. A circle of references ends where it closes, and so does a chain that is
longer than any bibliography has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bibwright.formats.bibtex.dates import MONTHS
from bibwright.formats.bibtex.latex import is_balanced
from bibwright.formats.bibtex.schema import canonical_field, canonical_type, schema
from bibwright.syntax.nodes import Entry, Piece, PieceKind, field_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bibwright.formats.format import Resolver

_LONGEST_CHAIN = 12


class RawField(NamedTuple):
    """A field before decoding: canonical name, name and value as written, macros resolved.

    `span` is (0, 0) for what was inherited; `macros` is the value as an expression if a macro of it is not defined.
    """

    name: str
    written: str
    text: str
    span: tuple[int, int]
    macros: str = ""


def own_fields(text: str, entry: Entry, resolver: Resolver) -> list[RawField]:
    """The entry's own fields, in source order."""
    result = []
    for field in entry.fields:
        name = field_name(text, field)
        pieces = field.pieces
        macros = ""
        if len(pieces) == 1 and pieces[0].kind is not PieceKind.MACRO:
            value = pieces[0].content.of(text)
        else:
            values = [_piece_text(text, piece, resolver) for piece in pieces]
            # A macro that nobody defined stands for its own name.
            value = "".join(pieces[at].content.of(text) if found is None else found for at, found in enumerate(values))
            if None in values:
                macros = _expression(text, pieces, values)
        result.append(RawField(canonical_field(name), name, value, (field.name.start, field.end), macros))
    return result


def inherited_fields(entry_type: str, fields: list[RawField], resolver: Resolver) -> list[RawField]:
    """What an entry of this canonical type with these fields of its own takes over, `xdata` before `crossref`."""
    return list(_inherited(entry_type, fields, resolver, set(), 0))


def _inherited(
    entry_type: str, fields: list[RawField], resolver: Resolver, visited: set[str], depth: int
) -> Iterator[RawField]:
    if depth > _LONGEST_CHAIN:
        return
    present = {field.name for field in fields}
    never = schema().never_inherited
    for link in ("xdata", "crossref"):
        for key in _linked_keys(fields, link):
            found = None if key.lower() in visited else resolver.find_entry(key)
            if found is None:
                continue
            # Shared by all paths: entries that link one another would be visited once for each order of them.
            visited.add(key.lower())
            text, parent = found
            parent_type = canonical_type(parent.type.of(text)) if parent.type else ""
            theirs = own_fields(text, parent, resolver)
            theirs += _inherited(parent_type, theirs, resolver, visited, depth + 1)
            renames = renames_between(parent_type, entry_type) if link == "crossref" else {}
            for field in theirs:
                if field.name in never or (renames and field.name in schema().own_titles):
                    continue
                for name in renames.get(field.name, (field.name,)):
                    # The date is one thing, whatever it is made of.
                    if name in present or (name in ("year", "month", "day") and "date" in present):
                        continue
                    if name == "date" and "year" in present:
                        continue
                    present.add(name)
                    written = field.written if name == field.name else name
                    yield RawField(name, written, field.text, (0, 0), field.macros)


def _linked_keys(fields: list[RawField], link: str) -> list[str]:
    value = next((field.text for field in fields if field.name == link), "")
    keys = value.split(",") if link == "xdata" else [value]
    return [key.strip() for key in keys if key.strip()]


def renames_between(parent_type: str, entry_type: str) -> dict[str, tuple[str, ...]]:
    """What the fields of a parent become in a child, both by their canonical types, where they change their names."""
    result: dict[str, tuple[str, ...]] = {}
    for rule in schema().inheritance:
        if parent_type in rule.parents and entry_type in rule.children:
            # Where a type has several rules for a field, the later one is the closer relation.
            result.update(rule.renames)
    return result


def _expression(text: str, pieces: Sequence[Piece], values: list[str | None]) -> str:
    """The pieces joined by `#`, with the names of those macros alone that have no value."""
    parts = []
    for piece, value in zip(pieces, values, strict=True):
        if value is not None and not is_balanced(value):
            return ""
        parts.append(piece.content.of(text) if value is None else "{" + value + "}")
    return " # ".join(parts)


def _piece_text(text: str, piece: Piece, resolver: Resolver) -> str | None:
    """What a piece stands for; None for a macro that nobody defined."""
    content = piece.content.of(text)
    if piece.kind is not PieceKind.MACRO:
        return content
    value = resolver.find_macro(content)
    if value is not None:
        return value
    return content.lower() if content.lower() in MONTHS else None
