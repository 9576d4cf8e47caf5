"""How many findings there are of each rule, for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bibwright.analysis.diagnostics import Safety, Severity
from bibwright.cli.checked import CheckedFile
from bibwright.cli.outputs import Rendering
from bibwright.cli.outputs.style import Paint
from bibwright.cli.outputs.tally import Tally
from bibwright.cli.report import count_of, fixed_line
from bibwright.features.check import Finding


@dataclass(slots=True)
class Count:
    """The findings of one rule: those that a safe fix removes, and of the others those that an unsafe one does."""

    name: str
    severity: Severity
    findings: int = 0
    safe: int = 0
    unsafe: int = 0

    def add(self, finding: Finding) -> None:
        """Take in one more."""
        self.findings += 1
        self.severity = min(self.severity, finding.diagnostic.severity)
        safeties = {fix.safety for fix in finding.diagnostic.fixes if fix.edits}
        self.safe += Safety.SAFE in safeties
        self.unsafe += safeties == {Safety.UNSAFE}


def render(files: Iterable[CheckedFile], rendering: Rendering) -> Iterator[str]:
    """A table, the most frequent rule first; `*` marks what `--fix` removes, `-` what needs `--unsafe-fixes`."""
    paint = Paint(rendering.color)
    counts: dict[str, Count] = {}
    tally = Tally()
    for file in files:
        if file.error:
            continue
        tally.add(file)
        if file.applied:
            yield f"{fixed_line(file.path, file.applied)}\n"
        add_findings(counts, file)
    ranked = rank(counts)
    width = len(str(ranked[0][1].findings)) if ranked else 0
    for code, count in ranked:
        mark = "*" if count.safe else "-" if count.unsafe else " "
        severe = paint.as_severe(f"{count.severity.label:11}", count.severity)
        yield f"{count.findings:{width}}  {paint.bold(code)}  [{mark}]  {severe}  {count.name}\n"
    yield from tally.lines()
    safe, unsafe = (sum(getattr(count, which) for count in counts.values()) for which in ("safe", "unsafe"))
    if safe:
        yield f"[*] {count_of(safe, 'finding')} fixable with --fix\n"
    if unsafe:
        yield f"[-] {count_of(unsafe, 'finding')} fixable with --fix --unsafe-fixes\n"


def add_findings(counts: dict[str, Count], file: CheckedFile) -> None:
    """Count the findings of a file, by code."""
    for finding in file.findings:
        diagnostic = finding.diagnostic
        if diagnostic.code not in counts:
            counts[diagnostic.code] = Count(diagnostic.name, diagnostic.severity)
        counts[diagnostic.code].add(finding)


def rank(counts: dict[str, Count]) -> list[tuple[str, Count]]:
    """The most frequent first."""
    return sorted(counts.items(), key=lambda item: (-item[1].findings, item[0]))
