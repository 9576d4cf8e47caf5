"""What one rule finds in a text, whether or not it is on by default, and the text after its first fix."""

from __future__ import annotations

from bibwright.formats.bibtex import BIBTEX
from bibwright.formats.format import Format
from bibwright.rules import all_rules
from bibwright.text.spans import apply_edits
from tests.support.drawing import Found, find


def found(text: str, code: str, format: Format = BIBTEX) -> list[Found]:
    return find(text, format, [rule for rule in all_rules() if rule.code == code])


def messages(text: str, code: str, format: Format = BIBTEX) -> list[str]:
    return [one.diagnostic.message for one in found(text, code, format)]


def after_fix(text: str, code: str, format: Format = BIBTEX) -> str:
    return apply_edits(text, found(text, code, format)[0].fixes[0].edits)
