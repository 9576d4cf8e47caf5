"""How many findings there are of each rule, for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bibwright.cli.checked import CheckedFile
from bibwright.cli.outputs import Rendering
from bibwright.cli.outputs.statistics import Count, add_findings, rank
from bibwright.cli.report import to_json


def render(files: Iterable[CheckedFile], rendering: Rendering) -> Iterator[str]:
    """One list, the most frequent rule first."""
    counts: dict[str, Count] = {}
    for file in files:
        add_findings(counts, file)
    rows = [
        {
            "code": code,
            "name": count.name,
            "severity": count.severity.label,
            "count": count.findings,
            "fixable": {"safe": count.safe, "unsafe": count.unsafe},
        }
        for code, count in rank(counts)
    ]
    yield f"{to_json(rows)}\n"
