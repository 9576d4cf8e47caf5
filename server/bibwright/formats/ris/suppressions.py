"""Tag lines in a RIS record by which rules are ignored: `U5  - bibwright: ignore[S206] reason`.

RIS has no comments, and text outside of records makes some programs reject the whole file. Of the tags that may stand
in every record, the fields for the user (U1 to U5) do least harm: the specification gives them no meaning, reference
managers that know them put them into a custom field, and no citation style prints that. A note (N1) would be shown.
The last of them, U5, is the one least used by databases.
"""

from __future__ import annotations

from collections.abc import Iterator

from bibwright.syntax.nodes import Entry, Field, Tree
from bibwright.syntax.suppressions import Directive, Suppression, find_directive
from bibwright.text.spans import Span

_TAGS = frozenset(("U1", "U2", "U3", "U4", "U5"))


def find_suppressions(text: str, tree: Tree) -> Iterator[Suppression]:
    """The suppressions of a block, in order."""
    for entry in tree.entries:
        yield from _suppressions(text, entry)


def _suppressions(text: str, entry: Entry) -> Iterator[Suppression]:
    for field in entry.fields:
        directive = field_directive(text, field)
        if directive is not None:
            scope = None if directive.whole_file else entry.span
            yield Suppression(Span(field.name.start, field.value.end), directive, scope)


def field_directive(text: str, field: Field) -> Directive | None:
    """The directive that a tag line holds."""
    if len(field.pieces) != 1 or text[field.name.start : field.name.end].upper() not in _TAGS:
        return None
    return find_directive(text, *field.value)
