"""For programs: a list of findings, places as in the Language Server Protocol (from 0, characters in UTF-16 units)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bibwright.analysis.diagnostics import Fix
from bibwright.cli.checked import CheckedFile
from bibwright.cli.outputs import Rendering
from bibwright.cli.report import to_json
from bibwright.features.check import Finding, Range
from bibwright.syntax.document import Position
from bibwright.text.columns import LineTable, PositionEncoding


def render(files: Iterable[CheckedFile], rendering: Rendering) -> Iterator[str]:
    """One list, when everything is known."""
    found: list[dict[str, object]] = []
    for file in files:
        table = LineTable(file.text)
        found += (_finding(file.path, finding, table) for finding in file.findings)
    yield f"{to_json(found)}\n"


def _finding(path: str, finding: Finding, table: LineTable) -> dict[str, object]:
    diagnostic = finding.diagnostic
    return {
        "path": path,
        "code": diagnostic.code,
        "name": diagnostic.name,
        "severity": diagnostic.severity.label,
        "message": diagnostic.message,
        "range": _range(finding.range),
        "related": [{"message": place.message, "range": _range(place.range)} for place in finding.related],
        "fixes": [_fix(finding, fix, table) for fix in diagnostic.fixes],
    }


def _fix(finding: Finding, fix: Fix, table: LineTable) -> dict[str, object]:
    edits = [
        {"range": _range(edit_range(table, edit.start, edit.end)), "newText": edit.new_text}
        for edit in finding.edits_of(fix)
    ]
    return {"title": fix.title, "safety": fix.safety.value, "edits": edits}


def edit_range(table: LineTable, start: int, end: int) -> Range:
    """A stretch of the document in lines and UTF-16 units from 0."""
    return Range(*(Position(*table.position(offset, PositionEncoding.UTF16)) for offset in (start, end)))


def _range(place: Range) -> dict[str, object]:
    return {"start": _position(place.start), "end": _position(place.end)}


def _position(position: Position) -> dict[str, int]:
    return {"line": position.line, "character": position.character}
