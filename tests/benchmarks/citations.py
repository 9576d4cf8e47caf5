"""Prints what citations cost: compiling a style, one entry, and a whole bibliography; and what citeproc-py takes.

Run it by hand: `python tests/benchmarks/citations.py`. With `--beside FOLDER`, into which `pip install --target FOLDER
citeproc-py` has put that library, it renders the same items in the same run. A bibliography of twice the entries
should take twice the time: the last column is that ratio.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

_ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(_ROOT / "server"), str(_ROOT)]

from bibwright.csl.document import collect_items, render_bibliography_of  # noqa: E402
from bibwright.csl.locale_source import packaged_locales  # noqa: E402
from bibwright.csl.render import render_bibliography_entry  # noqa: E402
from bibwright.csl.style import Style, parse_style  # noqa: E402
from bibwright.model.record import Record  # noqa: E402
from tests.csl.csl_json import read_item  # noqa: E402
from tests.csl.official import open_official  # noqa: E402

_ITEMS = _ROOT / "tests" / "csl" / "items.json"
_STYLES = ("chicago-author-date", "apa", "american-medical-association")
_ROUNDS = 3


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--beside", type=Path, help="a folder with citeproc-py")
    parser.add_argument("--entries", type=int, default=10_000, help="how long the bibliography is")
    parser.add_argument("--as-citeproc-py", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    items: list[dict[str, Any]] = json.loads(_ITEMS.read_text(encoding="utf-8"))
    if arguments.as_citeproc_py:
        _time_citeproc_py(arguments.as_citeproc_py, items)
        return 0
    records = [read_item(item) for item in items]
    for name in _STYLES:
        print(_one_style(name, records))
        if arguments.beside:
            print(f"  citeproc-py: {_ask_citeproc_py(arguments.beside, name)}")
    style = parse_style(open_official(None).text("apa"), "apa")
    half = _bibliography(style, arguments.entries // 2)
    whole = _bibliography(style, arguments.entries)
    print(f"apa, {arguments.entries:,} entries: {whole:.1f} s; twice the entries take {whole / half:.1f} times as long")
    return 0


def _one_style(name: str, records: list[Record]) -> str:
    xml = open_official(None).text(name)
    packaged_locales("en-US")
    compiling: list[float] = []
    for _ in range(5):
        start = process_time()
        style = parse_style(xml, name)
        compiling.append(process_time() - start)
    times = _times(lambda record: render_bibliography_entry(style, record), records)
    return f"{name}: compiled in {1000 * statistics.median(compiling):.0f} ms; an entry {_spread(times)}"


def _times(render: Callable[[Any], object], items: list[Any]) -> list[float]:
    """Milliseconds for each item, warm."""
    times: list[float] = []
    for number in range(_ROUNDS + 1):
        for item in items:
            start = process_time()
            render(item)
            if number:
                times.append(1000 * (process_time() - start))
    return times


def _spread(times: list[float]) -> str:
    p95 = statistics.quantiles(times, n=20)[-1]
    return f"{statistics.median(times):.2f} ms, p95 {p95:.2f} ms, of {len(times)}"


def _bibliography(style: Style, count: int) -> float:
    """Seconds for a bibliography in which authors have several works, some of one year."""
    made = [read_item(_made_item(number)) for number in range(count)]
    start = process_time()
    entries = render_bibliography_of(collect_items(style, made))
    assert len(entries) == count
    return process_time() - start


def _made_item(number: int) -> dict[str, Any]:
    family = f"Author{number * 7919 % 3001}"
    authors = [
        {"family": family, "given": "Ann B."},
        *[{"family": f"Second{number % 89}", "given": "C."}] * (number % 3),
    ]
    return {
        "id": str(number),
        "type": ("article-journal", "book", "chapter")[number % 3],
        "title": f"On things of the kind {number}: a study",
        "author": authors,
        "container-title": f"Journal {number % 50}",
        "volume": str(number % 40),
        "page": f"{number}-{number + 12}",
        "publisher": "Press",
        "DOI": f"10.1000/{number}",
        "issued": {"date-parts": [[1980 + number % 40]]},
    }


# --- citeproc-py, in a process of its own


def _ask_citeproc_py(folder: Path, name: str) -> str:
    with tempfile.TemporaryDirectory() as made:
        style = Path(made) / f"{name}.csl"
        style.write_text(open_official(None).text(name), encoding="utf-8")
        asked = subprocess.run(
            [sys.executable, __file__, "--as-citeproc-py", str(style)],
            env={**os.environ, "PYTHONPATH": str(folder)},
            capture_output=True,
            text=True,
            check=False,
        )
    return asked.stdout.strip() or (asked.stderr.strip().splitlines() or ["it printed nothing"])[-1]


def _time_citeproc_py(path: Path, items: list[dict[str, Any]]) -> None:
    # Only there where `--beside` names it.
    from citeproc import (  # type: ignore[import-not-found]
        Citation,
        CitationItem,
        CitationStylesBibliography,
        CitationStylesStyle,
        formatter,
    )
    from citeproc.source.json import CiteProcJSON  # type: ignore[import-not-found]

    warnings.simplefilter("ignore")
    start = process_time()
    style = CitationStylesStyle(str(path), validate=False)
    compiled = process_time() - start
    prepared: list[Any] = []
    for item in items:
        try:
            bibliography = CitationStylesBibliography(style, CiteProcJSON([item]), formatter.plain)
            bibliography.register(Citation([CitationItem(item["id"])]))
            bibliography.bibliography()
        except Exception:  # what it cannot render is left out of its times
            continue
        prepared.append(bibliography)
    times = _times(lambda bibliography: bibliography.bibliography(), prepared)
    print(f"compiled in {1000 * compiled:.0f} ms; an entry {_spread(times)}; {len(items) - len(prepared)} items raise")


if __name__ == "__main__":
    sys.exit(main())
