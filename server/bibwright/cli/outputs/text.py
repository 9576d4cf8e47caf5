"""For people: each finding with the line it is about, what it is about underlined, and how it can be fixed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bibwright.cli.checked import CheckedFile
from bibwright.cli.excerpt import Source, make_excerpt
from bibwright.cli.outputs import Rendering
from bibwright.cli.outputs.concise import Below, render_lines
from bibwright.cli.outputs.style import Paint
from bibwright.cli.report import one_line
from bibwright.features.check import Finding


def render(files: Iterable[CheckedFile], rendering: Rendering) -> Iterator[str]:
    """As the concise output, with the source below each finding."""
    paint = Paint(rendering.color)

    def below(file: CheckedFile) -> Below:
        source = Source(file.text)
        return lambda finding: _below(source, finding, rendering, paint)

    yield from render_lines(files, rendering, below)


def _below(source: Source, finding: Finding, rendering: Rendering, paint: Paint) -> Iterator[str]:
    number = str(finding.range.start.line + 1)
    gutter = " " * len(number)
    excerpt = make_excerpt(source, finding.span, max(rendering.width - len(number) - 3, 20))
    severity = finding.diagnostic.severity
    marked = paint.as_severe(excerpt.marked, severity)
    yield f"{paint.dim(f'{number} |')} {excerpt.left}{marked}{excerpt.right}".rstrip()
    carets = paint.as_severe("^" * excerpt.carets, severity)
    further = paint.dim(f" to line {excerpt.last}") if excerpt.last > excerpt.number else ""
    yield f"{paint.dim(f'{gutter} |')} {' ' * excerpt.indent}{carets}{further}"
    for fix in finding.diagnostic.fixes[:1]:
        yield f"{paint.dim(f'{gutter} =')} {fix.safety.value} fix: {one_line(fix.title)}"
    yield ""
