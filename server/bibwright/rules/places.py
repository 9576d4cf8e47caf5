"""Places in a block, and edits that delete something without leaving a hole where it stood."""

from __future__ import annotations

from bibwright.syntax.nodes import Entry, Field, Text, Tree
from bibwright.text.columns import LINE_END
from bibwright.text.spans import Edit, Span

_BLANKS = " \t"


def entry_at(tree: Tree, offset: int) -> Entry | None:
    """The entry around an offset."""
    return next((entry for entry in tree.entries if entry.span.start <= offset < entry.span.end), None)


def text_at(tree: Tree, offset: int) -> Text | None:
    """The text outside entries around an offset."""
    texts = (node for node in tree.nodes if isinstance(node, Text))
    return next((node for node in texts if node.span.start <= offset < node.span.end), None)


def line_start(text: str, offset: int) -> int:
    """Where the line of an offset begins."""
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def line_stop(text: str, offset: int) -> int:
    """Where the line of an offset ends, its line end left out."""
    match = LINE_END.search(text, offset)
    return match.start() if match else len(text)


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
    alone_before = not text[line_start(text, span.start) : span.start].strip(_BLANKS)
    alone_behind = not text[span.end : line_stop(text, span.end)].strip(_BLANKS)
    if alone_before and alone_behind:
        return delete_lines(text, span)
    if alone_behind:
        kept = text[: span.start].rstrip(_BLANKS)
        return Edit(len(kept), span.end, "")
    behind = text[span.end :]
    return Edit(span.start, span.end + len(behind) - len(behind.lstrip(_BLANKS)), "")


def delete_field(text: str, field: Field) -> Edit:
    """Delete a field of a .bib entry with its comma."""
    return delete_stretch(text, Span(field.name.start, field.end))
