"""Prints what a keystroke costs in a file of 1,000, 10,000 and 100,000 entries, and the ratio from one to the next.

Run it by hand: `python tests/benchmarks/keystroke.py`. Ten times the entries should cost less than twice the time.
"""

from __future__ import annotations

import json
import statistics
from time import perf_counter

from bibwright.analysis.workspace import OpenDocument
from bibwright.features.linters import open_text
from bibwright.formats import BIBTEX, RIS
from bibwright.formats.format import Format
from bibwright.lsp.diagnostics import diagnostics_json
from bibwright.syntax.document import Position
from bibwright.text.columns import PositionEncoding

UTF16 = PositionEncoding.UTF16
ENTRY = (
    "@article{key%d,\n  author = {Doe, Jane},\n  title = {On things},\n  pages = {1%s9},\n"
    "  journal = {Things}, year = 2020,\n}\n\n"
)
RECORD = "TY  - JOUR\nAU  - Doe, Jane\nTI  - On things\nT2  - Journal\nSP  - 1\nEP  - 9\nPY  - 2020%s\nER  - \n\n"


def text_of(format: Format, entries: int) -> str:
    """Twenty entries have a finding, whatever the size: how many are sent must not be what is measured."""
    every = entries // 20
    if format is BIBTEX:
        return "".join(ENTRY % (n, "-" if n % every == 0 else "--") for n in range(entries))
    return "".join(RECORD % ("\nVL  - null" if n % every == 0 else "") for n in range(entries))


def keystroke(document: OpenDocument, line: int) -> float:
    """Milliseconds from an edit to the diagnostics as JSON."""
    start = perf_counter()
    document.edit(Position(line, 8), Position(line, 8), "x", UTF16)
    document.check_all()
    json.dumps(diagnostics_json(document, UTF16))
    return (perf_counter() - start) * 1000


def main() -> None:
    """Measure both formats."""
    for format in (BIBTEX, RIS):
        before = 0.0
        for entries in (1_000, 10_000, 100_000):
            document = open_text(text_of(format, entries), format)
            start = perf_counter()
            document.check_all()
            opened = perf_counter() - start
            line = document.blocks.line_ends // 2
            times = [keystroke(document, line - line % 9 + 2) for _ in range(40)]
            median = statistics.median(times[5:])
            ratio = f", {median / before:.2f} times as long" if before else ""
            each = opened / entries * 1e6
            print(f"{format.id}: {entries} entries: {median:.2f} ms a keystroke{ratio}; {each:.0f} us an entry to open")
            before = median


if __name__ == "__main__":
    main()
