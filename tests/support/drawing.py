"""Findings drawn under the text they are about, so that a test reads without another file.

    @article{smith2020,
      crossref = {smth},
                  ^^^^ X703 no entry has the key "smth"
    }

Under a line stand the findings that begin on it. One that goes on for further lines says where it ends:
`^^^>2:5` ends two lines below, before column 5. A drawn message may be the beginning of the real one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from textwrap import dedent
from typing import NamedTuple

from bibwright.analysis.diagnostics import Diagnostic, Fix
from bibwright.analysis.linter import Linter
from bibwright.analysis.options import LintOptions, StyleInUse
from bibwright.analysis.rule import Rule
from bibwright.analysis.workspace import OpenDocument
from bibwright.csl.styles import load_style
from bibwright.formats.format import Format
from bibwright.rules import all_rules, known_words
from bibwright.text.columns import LineTable, PositionEncoding
from bibwright.text.spans import Edit, apply_edits
from tests.csl.samples import style_of

#: What a record lacks. The entries of tests are as short as they can be, so these rules run only where they are named.
_ABOUT_WHAT_IS_MISSING = ("M303", "M304")
_STYLE = StyleInUse("kci-apa", "style of paper.tex", lambda: load_style("kci-apa"))
_SMALL = StyleInUse("small", "style of paper.tex", lambda: style_of('<text variable="title" text-case="lowercase"/>'))
_DRAWN = re.compile(r" *\^+(?:>\d+:\d+)? [A-Z]\d{3}\b.*\n?")


class Found(NamedTuple):
    """A diagnostic with its place in the whole text, and its fixes with edits that count from there."""

    start: int
    end: int
    diagnostic: Diagnostic
    fixes: tuple[Fix, ...]


def find(text: str, format: Format, rules: Iterable[Rule] | None = None) -> list[Found]:
    """What the rules (by default those that are on, apart from M303 and M304) find in a text, in document order.

    A rule that offers a fix of a kind which it does not declare fails here.
    """
    chosen = _usual_rules() if rules is None else list(rules)
    declared = {rule.code: rule.fixes for rule in chosen}
    # Two rules have something to say only where a document tells which style prints the entries.
    codes = [rule.code for rule in chosen]
    style = _STYLE if codes == ["M320"] else _SMALL if codes == ["M321"] else None
    linter = Linter(chosen, format.id, known=known_words(), options=LintOptions(style=style))
    document = OpenDocument("", 0, format, text, linter)
    document.check_all()
    by_block: dict[object, list[Diagnostic]] = {}
    for _, block, diagnostic in document.placed_diagnostics():
        by_block.setdefault(block, []).append(diagnostic)
    found: list[Found] = []
    at = 0
    for block in document.blocks:
        for diagnostic in by_block.get(block, ()):
            fixes = tuple(_moved(fix, at) for fix in diagnostic.fixes)
            assert {fix.safety for fix in fixes} <= set(declared[diagnostic.code]), diagnostic
            found.append(Found(at + diagnostic.span.start, at + diagnostic.span.end, diagnostic, fixes))
        at += len(block.text)
    return found


def _usual_rules() -> list[Rule]:
    return [rule for rule in all_rules() if rule.default and rule.code not in _ABOUT_WHAT_IS_MISSING]


def _moved(fix: Fix, by: int) -> Fix:
    return fix._replace(edits=tuple(Edit(edit.start + by, edit.end + by, edit.new_text) for edit in fix.edits))


def fixed(text: str, format: Format, code: str, number: int = 0) -> str:
    """The text after one fix (by default the first) of the first finding with this code."""
    finding = next(found for found in find(text, format) if found.diagnostic.code == code)
    return apply_edits(text, finding.fixes[number].edits)


def source(drawn: str) -> str:
    """The text without the drawing and its indentation."""
    lines = dedent(drawn).lstrip("\n").splitlines(keepends=True)
    return "".join(line for line in lines if not _DRAWN.fullmatch(line))


def draw(text: str, found: Iterable[Found], expected: str = "") -> str:
    """The text with the findings under its lines; a message of which `expected` has the beginning is cut there."""
    table = LineTable(text)
    drawings: dict[int, list[str]] = {}
    wanted = [line.strip() for line in expected.splitlines()]
    lines = text.splitlines(keepends=True)
    for start, end, diagnostic, _ in found:
        line, column = table.position(start, PositionEncoding.UTF32)
        last, last_column = table.position(end, PositionEncoding.UTF32)
        more = f">{last - line}:{last_column}" if last > line else ""
        width = len(lines[line].rstrip("\r\n")) - column if more else last_column - column
        whole = f"{'^' * max(width, 1)}{more} {diagnostic.code} {diagnostic.message}"
        beginnings = [shorter for shorter in wanted if _DRAWN.fullmatch(shorter) and whole.startswith(shorter)]
        drawings.setdefault(line, []).append(" " * column + max(beginnings, key=len, default=whole) + "\n")
    return "".join(
        line if line.endswith("\n") or number not in drawings else line + "\n"
        for number, drawn_line in enumerate(lines)
        for line in (drawn_line, *drawings.get(number, ()))
    )


def assert_drawn(drawn: str, format: Format, *rules: str) -> None:
    """Strip the drawing, run the rules (those that `find` runs, or those with these codes), draw and compare."""
    text = source(drawn)
    chosen = [rule for rule in all_rules() if rule.code in rules] if rules else None
    expected = dedent(drawn).lstrip("\n")
    actual = draw(text, find(text, format, chosen), expected)

    assert expected == actual, f"the drawing should be\n{actual}"
