"""Prints what a hover in three styles and a window of a preview cost in files of 1,000, 10,000 and 50,000 entries.

Run it by hand: `python tests/benchmarks/preview.py`. Only the first window, for which entries are counted, may grow
with the file. A hover should cost less than 10 ms on an idle machine.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from random import Random
from time import perf_counter

from bibwright.csl.style import Style
from bibwright.csl.styles import load_style
from bibwright.features.bibliography import show_in_order
from bibwright.features.entry_numbers import EntryNumbers
from bibwright.features.hover import hover
from bibwright.features.linters import open_text
from bibwright.formats import FORMATS
from bibwright.syntax.document import Position
from bibwright.text.columns import PositionEncoding

UTF16 = PositionEncoding.UTF16
STYLES = ("apa", "modern-language-association", "chicago-author-date")
ENTRY = """\
@article{key%d,
  author = {Doe, Jane and Roe, Richard},
  title = {On the nature of things},
  journal = {Journal of Things}, volume = {12}, number = {2}, pages = {1--9}, year = {2020}, doi = {10.1000/182},
}

"""
SHOWN = 40


def times(work: Callable[[int], object], numbers: Iterator[int]) -> list[float]:
    """Milliseconds of each."""
    found = []
    for number in numbers:
        start = perf_counter()
        work(number)
        found.append((perf_counter() - start) * 1000)
    return found


def measure(entries: int, style: Style) -> tuple[float, float]:
    """Print what one size costs; the medians of a hover and of a window."""
    random = Random(1)
    document = open_text("".join(ENTRY % number for number in range(entries)), FORMATS["bibtex"])
    numbers = EntryNumbers(document)

    def point(number: int) -> object:
        return hover(document, Position(number * ENTRY.count("\n") + 2, 15), STYLES, UTF16)

    def show(number: int) -> None:
        for _ in show_in_order(document, numbers, style, (number, SHOWN), None, UTF16):
            pass

    [first] = times(show, iter((0,)))
    windows = times(show, (random.randrange(entries) for _ in range(20)))
    hovers = sorted(times(point, (random.randrange(entries) for _ in range(200))))
    medians = statistics.median(hovers), statistics.median(windows)
    print(
        f"{entries:7,} entries: hover {medians[0]:.2f} ms, p95 {hovers[len(hovers) * 95 // 100]:.2f}; "
        f"{SHOWN} entries {medians[1]:.0f} ms, the first time {first:.0f}"
    )
    return medians


def main() -> None:
    """Measure all sizes."""
    for name in STYLES:
        start = perf_counter()
        load_style(name)
        print(f"compiling {name}: {(perf_counter() - start) * 1000:.0f} ms")
    small, *_, large = (measure(entries, load_style("apa")) for entries in (1_000, 10_000, 50_000))
    print(f"fifty times the entries: hover {large[0] / small[0]:.2f}x, window {large[1] / small[1]:.2f}x")


if __name__ == "__main__":
    main()
