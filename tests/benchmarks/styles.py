"""Prints what the archive of citation styles costs: its size, opening it, reading, compiling, listing, searching.

Run it by hand: `python tests/benchmarks/styles.py`. Cold is the first time in a process, warm the median of the next; a
style read should cost a small part of what compiling it does. Times are of the processor, whatever else runs.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from importlib.resources import files
from time import process_time

from bibwright.csl.archive import NAME, open_archive
from bibwright.csl.style import parse_style
from bibwright.csl.styles import find_style, find_styles, list_styles

STYLES = (
    "apa",
    "modern-language-association",
    "american-medical-association",
    "ieee",
    "chicago-author-date",
    "chicago-notes-bibliography",
    "chicago-notes-bibliography-subsequent-author",
)
COLD = """
from time import process_time
start = process_time()
from bibwright.csl.archive import open_archive
imported = process_time()
archive = open_archive()
opened = process_time()
archive.style("apa")
read = process_time()
print(imported - start, opened - imported, read - opened)
"""


def milliseconds(work: Callable[[], object]) -> float:
    start = process_time()
    work()
    return (process_time() - start) * 1000


def warm(work: Callable[[], object], times: int = 21) -> float:
    work()
    return statistics.median(milliseconds(work) for _ in range(times))


def main() -> None:
    data = files("bibwright.csl").joinpath("data", NAME).read_bytes()
    archive = open_archive()
    sizes = {name: len(archive.style(name) or "") for name in archive.index["texts"]}
    print(f"{len(data):,} bytes hold {len(sizes):,} styles of {sum(sizes.values()):,} characters")
    runs = []
    for _ in range(5):
        done = subprocess.run([sys.executable, "-c", COLD], capture_output=True, text=True, check=True)
        runs.append([float(part) * 1000 for part in done.stdout.split()])
    imported, opened, read = (statistics.median(column) for column in zip(*runs, strict=True))
    print(f"cold, in a process of its own: import {imported:.1f} ms, open {opened:.1f} ms, read apa {read:.2f} ms")
    every = sorted(milliseconds(partial(archive.style, name)) for name in sizes)
    print(f"read each once: median {statistics.median(every):.2f} ms, most {every[-1]:.2f} ms")
    first = milliseconds(lambda: find_style("apa"))
    print(f"find one: first {first:.2f} ms, warm {warm(lambda: find_style('apa')):.4f} ms")
    print(f"list all {len(list_styles()):,}: {warm(list_styles):.1f} ms")
    first = milliseconds(lambda: find_styles("chicago notes"))
    print(f"search: first {first:.0f} ms, warm {warm(lambda: find_styles('chicago notes')):.0f} ms")
    for name in STYLES:
        text = archive.style(name) or ""
        reading, compiling = warm(partial(archive.style, name)), warm(partial(parse_style, text, name), 7)
        print(f"{name}: read {reading:.2f} ms, compile {compiling:.1f} ms, {compiling / reading:.0f} times as much")


if __name__ == "__main__":
    main()
