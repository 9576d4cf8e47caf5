"""Runs the engine over a folder of fixtures of the official CSL test suite and counts what agrees.

python tests/csl/run_fixtures.py DIR [--mode bibliography|citation] [--only TEXT] [--locales DIR] [--show]
    [--output json]
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(_ROOT / "server"), str(_ROOT)]

from bibwright.csl.locale_source import folder_source, packaged_locales  # noqa: E402
from tests.csl.fixtures import Outcome, fixture_paths, run_fixture  # noqa: E402

MODES = ("bibliography", "citation")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--mode", choices=MODES, action="append", help="only these; both by default")
    parser.add_argument("--output", choices=("text", "json"), default="text")
    parser.add_argument("--only", default="", help="fixtures whose name contains this text")
    parser.add_argument("--locales", type=Path, help="a folder of locale files of the official repository")
    parser.add_argument("--show", action="store_true", help="print what was expected and what came")
    arguments = parser.parse_args()
    locales = folder_source(arguments.locales) if arguments.locales else packaged_locales
    outcomes: dict[str, list[Outcome]] = {}
    for mode in arguments.mode or MODES:
        paths = fixture_paths(arguments.folder, mode)
        outcomes[mode] = [run_fixture(path, locales) for path in paths if arguments.only in path.stem]
    print(_json(outcomes) if arguments.output == "json" else _text(outcomes, show=arguments.show))
    return 0


def _json(outcomes: dict[str, list[Outcome]]) -> str:
    modes: dict[str, dict[str, int]] = {}
    failures: list[dict[str, str]] = []
    for mode, found in outcomes.items():
        failed = [outcome for outcome in found if outcome.status != "passed"]
        modes[mode] = {"passed": len(found) - len(failed), "failed": len(failed)}
        failures += [
            {"file": f"{outcome.name}.txt", "expected": outcome.expected, "got": outcome.actual} for outcome in failed
        ]
    return json.dumps({"modes": modes, "failures": failures}, ensure_ascii=False, indent=1)


def _text(outcomes: dict[str, list[Outcome]], *, show: bool) -> str:
    lines: list[str] = []
    for mode, found in outcomes.items():
        families: dict[str, list[bool]] = {}
        for outcome in found:
            passed = outcome.status == "passed"
            families.setdefault(outcome.name.partition("_")[0], []).append(passed)
            if not passed:
                lines.append(f"{outcome.status:7} {outcome.name}")
                if show:
                    drawn = f"    - {outcome.expected}\n    + {outcome.actual}"
                    lines.append(drawn.replace("\n", "\n      ").replace("\n          +", "\n    +"))
        for family, results in families.items():
            lines.append(f"  {family:16} {sum(results):4} of {len(results)}")
        lines.append(f"{mode}: {sum(outcome.status == 'passed' for outcome in found)} of {len(found)} passed")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
