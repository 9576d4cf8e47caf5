"""Asks the oracles about every file of the corpus and keeps their answers, so that comparing takes minutes.

nice -n 19 python tests/oracles/ask.py [--cache DIR] [--corpus DIR] [--only TEXT] [--oracle NAME ...]

One program at a time; the quick ones first, the small files first. Stopped and started again, it goes on where it
was.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from time import perf_counter

_ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(_ROOT / "server"), str(_ROOT)]

from tests.oracles.corpus import (  # noqa: E402
    VALIDATED,
    CorpusFile,
    corpus_files,
    default_cache,
    default_corpus,
    named,
    validated_files,
)
from tests.oracles.programs import ORACLES, Oracle, ask, find_verdict  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, default=default_cache())
    parser.add_argument("--corpus", type=Path, default=default_corpus())
    parser.add_argument("--only", default="", help="files whose path contains this text")
    parser.add_argument("--oracle", action="append", choices=tuple(ORACLES), help="only these")
    parser.add_argument("--validated", type=int, default=VALIDATED, help="files for the data model (%(default)s)")
    arguments = parser.parse_args()
    files = {suffix: named(corpus_files(arguments.corpus, suffix), arguments.only) for suffix in (".bib", ".ris")}
    for oracle in (ORACLES[name] for name in arguments.oracle or ORACLES):
        if oracle.executable is None:
            print(f"{oracle.name}: {oracle.program} is not installed", flush=True)
            continue
        own = files[oracle.suffix]
        _ask_all(oracle, validated_files(own, arguments.validated) if "model" in oracle.name else own, arguments.cache)
    return 0


def _ask_all(oracle: Oracle, files: list[CorpusFile], cache: Path) -> None:
    start = perf_counter()
    missing = [file for file in files if find_verdict(oracle, file, cache) is None]
    print(f"{oracle.name}: {len(files)} files, {len(missing)} to ask", flush=True)
    for number, file in enumerate(missing, 1):
        ask(oracle, file, cache)
        if number % 50 == 0 or number == len(missing):
            print(f"{oracle.name}: {number} of {len(missing)}, {perf_counter() - start:.0f} s", flush=True)


if __name__ == "__main__":
    sys.exit(main())
