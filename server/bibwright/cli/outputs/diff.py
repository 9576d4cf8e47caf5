"""What the fixes would change, as unified diffs that `patch -p0` and `git apply -p0` take where files are in UTF-8."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bibwright.cli.checked import CheckedFile
from bibwright.cli.outputs import Rendering
from bibwright.cli.outputs.style import Paint
from bibwright.cli.report import readable


def render(files: Iterable[CheckedFile], rendering: Rendering) -> Iterator[str]:
    """The diffs, one file after the other."""
    paint = Paint(rendering.color)
    for file in files:
        text = readable(file.diff)
        yield "".join(_painted(line, paint) for line in text.splitlines(keepends=True)) if rendering.color else text


def _painted(line: str, paint: Paint) -> str:
    content = line.rstrip("\r\n")
    end = line[len(content) :]
    match content[:1]:
        case "+":
            return paint.green(content) + end
        case "-":
            return paint.red(content) + end
        case "@":
            return paint.dim(content) + end
        case _:
            return line
