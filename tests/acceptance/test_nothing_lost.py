"""Every pair of formats over real files: each field of the source is found again in the target, or a loss names it.

A run of the suite takes a sample of each file, the same one every time. The whole, as a table of the pairs:
`python -m tests.acceptance.test_nothing_lost --all`; `--from`, `--to` and `--show 3` look closer.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from bibwright.features.convert import convert_text
from bibwright.features.convert_dialect import convert_dialect_text
from bibwright.features.encodings import decode_bytes
from bibwright.formats import SOURCES, TARGETS, AnyFormat, find_any_format
from bibwright.formats.format import Format
from bibwright.syntax.document import split_document
from tests.support.accounts import Account, account_for, read_placed
from tests.support.shared import SHARED, needs_shared

COLUMNS = ("fields", "found", "reported", "unaccounted", "false alarms")
#: In continuous integration: about so many characters of a file, and so many targets.
SAMPLE = 1_200
TARGETS_OF_A_FILE = 2
SEED = 4
#: No bibliographies, though some look like it: prose, tables, logs, and the citation file of a repository.
_OTHERS = frozenset((".cff", ".md", ".aux", ".blg", ".tsv"))
#: Formats of which the corpus has few files or none: what is written of .bib files is taken as well.
_MADE = ("csl-yaml", "csl-json", "endnote-xml", "enw")


class Source(NamedTuple):
    """A text of the corpus and its format."""

    path: Path
    text: str
    format: AnyFormat


def corpus() -> Iterator[Source]:
    for path in sorted((SHARED / "corpus").rglob("*")):
        if not path.is_file() or path.suffix in _OTHERS:
            continue
        text, _ = decode_bytes(path.read_bytes())
        format = find_any_format(path.name, text)
        if format is not None and format.id in SOURCES:
            yield Source(path, text, format)


def account(text: str, source: AnyFormat, target: AnyFormat) -> Account:
    """The account of one conversion, as the command line does it."""
    if isinstance(source, Format) and source.language_id == target.language_id == "bibtex":
        conversion = convert_dialect_text(text, source, target)
    else:
        conversion = convert_text(text, source, target)
    return account_for(read_placed(text, source), source, conversion)


def sample(text: str, format: AnyFormat, chance: random.Random) -> str:
    """About `SAMPLE` characters of a text: blocks of it, taken at random; a format that is read whole stays whole."""
    if not isinstance(format, Format) or len(text) <= SAMPLE:
        return text
    blocks = [block.text for block in split_document(text, format.split)]
    chosen: set[int] = set()
    while sum(len(blocks[at]) for at in chosen) < SAMPLE and len(chosen) < len(blocks):
        chosen.add(chance.randrange(len(blocks)))
    return "".join(blocks[at] for at in sorted(chosen))


@needs_shared
@pytest.mark.parametrize("part", range(4))
def test_each_field_is_found_or_reported(part: int) -> None:
    for at, (path, text, format) in enumerate(corpus()):
        if at % 4 != part or (not isinstance(format, Format) and len(text) > 20 * SAMPLE):
            continue
        chance = random.Random(SEED + at)
        some = sample(text, format, chance)
        for target in chance.sample(list(TARGETS.values()), TARGETS_OF_A_FILE):
            assert account(some, format, target).unaccounted == [], path


def _made(sources: list[Source]) -> Iterator[Source]:
    """What is written of some .bib files, as sources of formats that the corpus has few files of."""
    for path, text, format in sources[::5]:
        if format.id == "bibtex" and len(text) < 100_000:
            for name in _MADE:
                yield Source(path, convert_text(text, format, TARGETS[name]).text, SOURCES[name])


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--all", action="store_true", help="the whole of every file, no sample")
    parser.add_argument("--longest", type=int, default=10**9, help="leave out longer files (characters)")
    parser.add_argument("--made", action="store_true", help="and what is written of .bib files in other formats")
    parser.add_argument("--every", type=int, default=1, help="only each N-th file")
    parser.add_argument("--from", dest="source", help="only this format")
    parser.add_argument("--to", dest="target", help="only this format")
    parser.add_argument("--show", type=int, default=0, help="so many examples of each field")
    chosen = parser.parse_args(arguments)
    table: dict[tuple[str, str], Counter[str]] = {}
    shown: Counter[tuple[str, ...]] = Counter()
    sources = list(corpus())[:: chosen.every]
    for path, text, format in (*sources, *(_made(sources) if chosen.made else ())):
        if len(text) > chosen.longest or chosen.source not in (None, format.id):
            continue
        for target in TARGETS.values():
            if chosen.target not in (None, target.id):
                continue
            found = account(text if chosen.all else sample(text, format, random.Random(SEED)), format, target)
            table.setdefault((format.id, target.id), Counter()).update(found.counts)
            for kind, places in (("lost", found.unaccounted), ("alarm", found.false_alarms)):
                for place in places:
                    name = (kind, format.id, target.id, place.field.upper())
                    shown[name] += 1
                    if shown[name] <= chosen.show:
                        print(kind, f"{format.id}->{target.id}", path.name, *map(str, place), sep=" | ")
    for name, count in shown.most_common():
        print(count, *name)
    print("pair", *COLUMNS, sep="\t")
    for (source_id, target_id), counts in sorted(table.items()):
        print(f"{source_id} -> {target_id}", *(counts[column] for column in COLUMNS), sep="\t")
    return 1 if any(counts["unaccounted"] for counts in table.values()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
