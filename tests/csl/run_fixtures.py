"""Runs the engine over a folder of fixtures of the official CSL test suite and counts what agrees.

python tests/csl/run_fixtures.py DIR [--mode bibliography|citation] [--only TEXT] [--show] [--output json]
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(_ROOT / "server"), str(_ROOT)]

from tests.csl.fixtures import fixture_paths, run_fixture  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--mode", choices=("bibliography", "citation"), default="bibliography")
    parser.add_argument("--output", choices=("text", "json"), default="text")
    parser.add_argument("--only", default="", help="fixtures whose name contains this text")
    parser.add_argument("--show", action="store_true", help="print what was expected and what came")
    arguments = parser.parse_args()
    paths = [path for path in fixture_paths(arguments.folder, arguments.mode) if arguments.only in path.stem]
    outcomes = [run_fixture(path) for path in paths]
    if arguments.output == "json":
        print(json.dumps([outcome._asdict() for outcome in outcomes], ensure_ascii=False, indent=1))
        return 0
    for outcome in outcomes:
        if outcome.status != "passed":
            print(f"{outcome.status:7} {outcome.name}")
            if arguments.show:
                print(f"    - {outcome.expected}\n    + {outcome.actual}".replace("\n", "\n      "))
    print(f"{sum(outcome.status == 'passed' for outcome in outcomes)} of {len(outcomes)} passed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
