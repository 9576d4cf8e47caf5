"""Places in a block, and edits that delete something without leaving a hole where it stood."""

from __future__ import annotations

import re
from bisect import bisect_right

from bibwright.analysis.rule import Context
from bibwright.syntax.nodes import Entry, Field, Node, Text, Tree
from bibwright.text.columns import LINE_END
from bibwright.text.spans import Edit, Span

_BLANKS = " \t"
#: Nothing but blanks up to the line's end.
_BLANKS_BEHIND = re.compile(r"[ \t]*(?=[\r\n]|\Z)")


def entry_at(tree: Tree, offset: int) -> Entry | None:
    """The entry around an offset."""
    node = _node_at(tree, offset)
    return node if isinstance(node, Entry) else None


def is_in_cut_entry(context: Context, offset: int) -> bool:
    """Whether a value in the entry around an offset lacks its closing delimiter: the rest of the entry is a guess."""
    entry = entry_at(context.tree, offset)
    return entry is not None and context.is_cut(entry)


def text_at(tree: Tree, offset: int) -> Text | None:
    """The text outside entries around an offset."""
    node = _node_at(tree, offset)
    return node if isinstance(node, Text) else None


def field_at(entry: Entry, offset: int) -> Field | None:
    """The field around an offset, or that ends there."""
    index = bisect_right(entry.fields, offset, key=lambda field: field.name.start) - 1
    return entry.fields[index] if index >= 0 and offset <= entry.fields[index].end else None


def _node_at(tree: Tree, offset: int) -> Node | None:
    """By bisection: a line can hold thousands of entries, and a fault in each."""
    index = bisect_right(tree.nodes, offset, key=lambda node: node.span.start) - 1
    if index < 0 or offset >= tree.nodes[index].span.end:
        return None
    return tree.nodes[index]


def line_start(text: str, offset: int) -> int:
    """Where the line of an offset begins."""
    feed = text.rfind("\n", 0, offset)
    # Not from the start of the text: mostly there is no CR at all.
    return max(feed, text.rfind("\r", feed + 1, offset)) + 1


def line_stop(text: str, offset: int) -> int:
    """Where the line of an offset ends, its line end left out."""
    feed = text.find("\n", offset)
    end = feed if feed >= 0 else len(text)
    carriage_return = text.find("\r", offset, end)
    return carriage_return if carriage_return >= 0 else end


def tag_span(field: Field) -> Span:
    """A RIS tag with its separator and all lines of its value."""
    return Span(field.name.start, max(field.value.end, field.separator.end))


def delete_lines(text: str, span: Span) -> Edit:
    """Delete the lines that a span touches."""
    start = line_start(text, span.start)
    match = LINE_END.search(text, span.end)
    if match is not None:
        return Edit(start, match.end(), "")
    # The last line has no line end: the one before it goes, so that no empty line remains.
    before = start - 2 if text[max(start - 2, 0) : start] == "\r\n" else max(start - 1, 0)
    return Edit(before, len(text), "")


def delete_stretch(text: str, span: Span) -> Edit:
    """Delete a stretch of text: its whole lines when nothing else stands on them."""
    before = span.start
    while before and text[before - 1] in _BLANKS:
        before -= 1
    alone_before = before == 0 or text[before - 1] in "\r\n"
    alone_behind = _BLANKS_BEHIND.match(text, span.end) is not None
    if alone_before and alone_behind:
        return delete_lines(text, span)
    if alone_behind:
        return Edit(before, span.end, "")
    end = span.end
    while text[end] in _BLANKS:
        end += 1
    return Edit(span.start, end, "")


def delete_field(text: str, field: Field) -> Edit:
    """Delete a field of a .bib entry with its comma."""
    return delete_stretch(text, Span(field.name.start, field.end))
