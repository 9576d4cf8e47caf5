"""One line a finding: `path:line:column: severity CODE message [name]`, which editors and `grep` know how to read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from bibwright.cli.checked import CheckedFile
from bibwright.cli.outputs import Rendering
from bibwright.cli.outputs.style import Paint
from bibwright.cli.outputs.tally import Tally
from bibwright.cli.report import fixed_line, one_line
from bibwright.features.check import Finding

#: What stands below a finding, and for each file how that is found out.
Below = Callable[[Finding], Iterable[str]]


def render(files: Iterable[CheckedFile], rendering: Rendering) -> Iterator[str]:
    """The fixes of each file, its findings, and at the end how many there are."""
    yield from render_lines(files, rendering, lambda _: lambda _: ())


def render_lines(
    files: Iterable[CheckedFile], rendering: Rendering, below_in: Callable[[CheckedFile], Below]
) -> Iterator[str]:
    """The same with further lines below each finding."""
    paint = Paint(rendering.color)
    tally = Tally()
    for file in files:
        if file.error:
            continue
        tally.add(file)
        if file.applied:
            yield f"{fixed_line(file.path, file.applied)}\n"
        below = below_in(file)
        for finding in file.findings:
            yield "".join(f"{line}\n" for line in (finding_line(file.path, finding, paint), *below(finding)))
    yield from tally.lines()


def finding_line(path: str, finding: Finding, paint: Paint) -> str:
    """A finding in one line, places from 1."""
    diagnostic, start = finding.diagnostic, finding.range.start
    place = one_line(f"{path}:{start.line + 1}:{start.character + 1}")
    severity = paint.severity(diagnostic.severity)
    said = one_line(f"{diagnostic.message} [{diagnostic.name}]")
    return f"{paint.bold(place)}: {severity} {paint.bold(diagnostic.code)} {said}"
