"""Edits that take a suppression away, or one of its codes."""

from __future__ import annotations

from bibwright.rules.places import delete_stretch
from bibwright.syntax.suppressions import Directive, Suppression
from bibwright.text.spans import Edit, Span


def delete_comment(text: str, suppression: Suppression) -> Edit:
    """Delete the comment with its line, or alone where something else stands on that."""
    return delete_stretch(text, suppression.span)


def delete_code(directive: Directive, code: Span) -> Edit:
    """Delete a code with the comma that it no longer needs."""
    codes = directive.codes or ()
    index = codes.index(code)
    if index + 1 < len(codes):
        return Edit(code.start, codes[index + 1].start, "")
    return Edit(codes[index - 1].end if index else code.start, code.end, "")
