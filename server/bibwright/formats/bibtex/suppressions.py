"""Comments in a .bib by which rules are ignored: `% bibwright: ignore[S101] reason`, and the same in an `@comment`.

An `@comment{bibwright: ignore[S101]}` outlives programs that drop lines with `%`. Both stand on a line of their own,
directly before the entry or one of their kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.syntax.boundaries import Lead
from bibwright.syntax.nodes import Comment, Node, Text, Tree
from bibwright.syntax.suppressions import SIGN, Directive, Suppression, find_directive
from bibwright.text.columns import count_line_ends
from bibwright.text.spans import Span

_PERCENT = re.compile(r"%+")
_COMMENT = re.compile(r"@[ \t]*comment[ \t]*[{(]", re.IGNORECASE)

#: Lines that belong to the entry behind them.
LEAD = Lead(
    SIGN,
    re.compile(
        r"[ \t]*(?:%+|@[ \t]*(?i:comment)[ \t]*\{(?=[^\r\n{}]*\}[ \t]*\Z))"
        r"[ \t]*bibwright:[ \t]*ignore(?![\w-])[^\r\n]*"
    ),
)


def find_suppressions(text: str, tree: Tree) -> Iterator[Suppression]:
    """The suppressions of a block, in order."""
    waiting: list[Suppression] = []
    for node in tree.nodes:
        directive = comment_directive(text, node.span) if isinstance(node, Comment) else None
        if waiting:
            scope = _scope(text, waiting[-1].span, node)
            if scope is not None or directive is None or not _is_directly_behind(text, waiting[-1].span, node.span):
                yield from (found._replace(scope=scope) for found in waiting)
                waiting = []
        if directive is not None:
            waiting.append(Suppression(node.span, directive))
    yield from waiting


def _scope(text: str, before: Span, node: Node) -> Span | None:
    if isinstance(node, Comment | Text) or not _is_directly_behind(text, before, node.span):
        return None
    return node.span


def comment_directive(text: str, span: Span) -> Directive | None:
    """The directive in a comment, if there is one."""
    match = _PERCENT.match(text, *span) or _COMMENT.match(text, *span)
    return find_directive(text, match.end(), span.end) if match is not None else None


def _is_directly_behind(text: str, before: Span, span: Span) -> bool:
    between = text[before.end : span.start]
    return not between.strip() and count_line_ends(between) <= 1
