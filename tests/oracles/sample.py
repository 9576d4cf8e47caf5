"""Prints entries chosen at random, each with its errors and warnings, to be judged by eye.

python tests/oracles/sample.py [--entries 200] [--seed 1] [--corpus DIR] [--found] [--every-rule] [--severity hint]

Files that test a parser are left out as far as their paths say so, for their faults are their purpose; of no file are
more than a few entries taken, and equal entries count once. The same seed gives the same entries.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(_ROOT / "server"), str(_ROOT)]

from bibwright.analysis.diagnostics import Severity  # noqa: E402
from tests.oracles.corpus import CorpusFile, corpus_files, default_corpus  # noqa: E402
from tests.oracles.ours import check, print_failures, watch_failures  # noqa: E402

_PARSER_TEST = re.compile(r"(?:^|/)(?:t|tests?|testbib|fixtures?|spec|resources)/|test|^customcommander", re.IGNORECASE)
#: So a collection of thousands does not crowd out the others.
_MOST_OF_A_FILE = 40
_LARGEST = 10_000_000
_LONGEST_LINE = 200
_MOST_LINES = 60


class Sampled(NamedTuple):
    """An entry: its file, its first line from 1, its text and its findings as lines of text."""

    file: str
    line: int
    text: str
    findings: tuple[str, ...]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--corpus", type=Path, default=default_corpus())
    parser.add_argument("--found", action="store_true", help="print only the entries with findings")
    parser.add_argument("--every-rule", action="store_true", help="rules that are off by default too")
    severities = {severity.label: severity for severity in Severity}
    parser.add_argument("--severity", choices=tuple(severities), default="warning", help="the least that is shown")
    arguments = parser.parse_args()
    failures = watch_failures()
    chosen = sample(
        arguments.corpus,
        arguments.entries,
        arguments.seed,
        every_rule=arguments.every_rule,
        least=severities[arguments.severity],
    )
    for number, one in enumerate(chosen, 1):
        if one.findings or not arguments.found:
            _print(number, one)
    found = [one for one in chosen if one.findings]
    print(f"{len(chosen)} entries, {len(found)} with findings, {sum(len(one.findings) for one in found)} findings")
    print_failures(failures)
    return 0


def sample(
    corpus: Path, entries: int, seed: int, *, every_rule: bool = False, least: Severity = Severity.WARNING
) -> list[Sampled]:
    """Entries of both formats, chosen at random."""
    generator = random.Random(seed)
    pool: list[Sampled] = []
    seen: set[str] = set()
    for file in (file for suffix in (".bib", ".ris") for file in corpus_files(corpus, suffix, _LARGEST)):
        if _PARSER_TEST.search(file.name):
            continue
        own = []
        for one in _entries(file, every_rule, least):
            plain = " ".join(one.text.split())
            if plain not in seen:
                seen.add(plain)
                own.append(one)
        pool += generator.sample(own, min(len(own), _MOST_OF_A_FILE))
    return sorted(generator.sample(pool, min(len(pool), entries)), key=lambda one: (one.file, one.line))


def _entries(file: CorpusFile, every_rule: bool, least: Severity) -> Iterator[Sampled]:
    if file.decoded is None:
        return
    document = check(file.decoded[0], file.format, every_rule=every_rule)
    line = 1
    for block in document.blocks:
        entries = document.tree(block).entries
        for number, entry in enumerate(entries):
            # What trails an entry in its block is shown with it, for it may have been torn off.
            start, end = entry.span.start, entries[number + 1].span.start if entry is not entries[-1] else None
            text = block.text[start:end].rstrip()
            findings = tuple(
                f"{line + block.text.count(chr(10), 0, found.span.start)}: {found.code} {found.severity.label}: "
                f"{found.message}"
                for found in document.findings.of(block)
                if start <= found.span.start < (len(block.text) + 1 if end is None else end) and found.severity <= least
            )
            yield Sampled(file.name, line + block.text.count("\n", 0, start), text, findings)
        line += block.text.count("\n")


def _print(number: int, one: Sampled) -> None:
    print(f"=== {number}. {one.file}:{one.line}")
    lines = one.text.splitlines()
    for offset, text in enumerate(lines[:_MOST_LINES]):
        print(f"{one.line + offset:6} {text[:_LONGEST_LINE]}")
    if len(lines) > _MOST_LINES:
        print(f"       ... and {len(lines) - _MOST_LINES} lines more")
    for finding in one.findings:
        print(f"   >>> {finding}")
    print()


if __name__ == "__main__":
    sys.exit(main())
