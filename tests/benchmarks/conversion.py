"""Prints what a conversion costs: time and memory from 1,000 to 10,000 entries, and pandoc's time for the same file.

Run it by hand: `python tests/benchmarks/conversion.py [--pandoc PROGRAM] [--genbib SCRIPT] [--large]`. Ten times the
entries should cost less than ten times the time, and an entry less than 15 kB; 10,000 entries from .bib to .ris should
take less time than pandoc's from .bib to CSL-JSON. Times are those of the processor, the least of three runs, each in a
process of its own. The entries are those that `tools/genbib.py` of the shared reference makes.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from subprocess import DEVNULL, run
from typing import NamedTuple

_ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(_ROOT)]

from tests.support.shared import SHARED  # noqa: E402

_ROUTES = (
    ("bib", "ris", ()),
    ("bib", "ris", ("--keep-unmapped",)),
    ("bib", "csl-json", ()),
    ("bib", "csl-yaml", ()),
    ("ris", "bibtex", ()),
    ("json", "bibtex", ()),
)
_CONVERT = (sys.executable, "-c", "import sys; from bibwright.cli.main import main; sys.exit(main())", "convert")


class Cost(NamedTuple):
    """Seconds of the processor, and the most memory in kB."""

    seconds: float
    memory: int


def cost_of(command: Sequence[str], runs: int) -> Cost:
    """The least cost of several runs; a program that fails costs nothing that could be compared."""
    return min(_cost(command) for _ in range(runs))


def _cost(command: Sequence[str]) -> Cost:
    child = os.posix_spawn(
        command[0],
        command,
        os.environ,
        file_actions=[(os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)],
    )
    _, status, usage = os.wait4(child, 0)
    if status:
        raise SystemExit(f"{' '.join(command)} failed with status {os.waitstatus_to_exitcode(status)}")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss)


def make_files(folder: Path, genbib: Path, sizes: Sequence[int]) -> None:
    """`N.bib`, `N.ris` and `N.json` for each size."""
    for size in sizes:
        for suffix in ("bib", "ris"):
            file = str(folder / f"{size}.{suffix}")
            run([sys.executable, str(genbib), str(size), file, "--malformed", "0"], check=True, stdout=DEVNULL)
        out = str(folder / f"{size}.json")
        run([*_CONVERT, str(folder / f"{size}.bib"), "--to", "csl-json", "-o", out], check=True, stderr=DEVNULL)


def main() -> None:
    """Measure all routes, then pandoc."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pandoc", action="append", help="programs to compare with")
    parser.add_argument("--genbib", type=Path, default=SHARED / "tools" / "genbib.py")
    parser.add_argument("--large", action="store_true", help="50,000 entries too")
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    sizes = (1_000, 10_000, 50_000) if arguments.large else (1_000, 10_000)
    with tempfile.TemporaryDirectory(prefix="bibwright-benchmark-") as name:
        folder = Path(name)
        make_files(folder, arguments.genbib, sizes)
        costs: dict[str, Cost] = {}
        for source, target, flags in _ROUTES:
            before: tuple[int, Cost] | None = None
            for size in sizes:
                route = " ".join((f"{source} -> {target}", *flags))
                file = str(folder / f"{size}.{source}")
                command = [*_CONVERT, file, "--to", target, "-o", str(folder / "out"), *flags]
                cost = cost_of(command, 1 if size > 10_000 else arguments.runs)
                print(f"{route}, {size} entries: {cost.seconds:.2f} s, {cost.memory // 1024} MB", end="")
                if before is not None:
                    each = (cost.memory - before[1].memory) / (size - before[0])
                    ratio = cost.seconds / before[1].seconds
                    print(
                        f"; {ratio:.1f} times as long for {size // before[0]} times as many, {each:.1f} kB an entry",
                        end="",
                    )
                print(flush=True)
                before = size, cost
                costs[f"{route} {size}"] = cost
        ours = costs["bib -> ris 10000"].seconds
        for program in arguments.pandoc or ["pandoc"]:
            if (executable := shutil.which(program)) is None:
                print(f"{program} is not installed")
                continue
            command = [
                executable,
                "-f",
                "bibtex",
                "-t",
                "csljson",
                str(folder / "10000.bib"),
                "-o",
                str(folder / "out"),
            ]
            cost = cost_of(command, arguments.runs)
            print(
                f"{program}, bib -> csl-json, 10000 entries: {cost.seconds:.2f} s, {cost.memory // 1024} MB; ", end=""
            )
            print(f"bibwright bib -> ris takes {ours / cost.seconds:.2f} of that")


if __name__ == "__main__":
    main()
