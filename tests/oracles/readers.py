"""Whether other programs read what bibwright writes: pandoc and citation-js, our BibTeX, CSL-JSON and RIS.

nice -n 10 python -m tests.oracles.readers [--all] [--files N] [--seed N] [--only TEXT] [--citation-js FOLDER]
                                           [--pandoc PROGRAM ...] [--to FORMAT ...] [--list]

Files of the corpus are converted (N by the seed, or all), and each program is given what came of them. It complains
when it fails, writes anything to standard error, or finds another number of records than were written. Many records
are handed over at once; where there is a complaint they are halved until one record is left that causes it. FOLDER
holds the `node_modules` with `@citation-js/core` and its plugins bibtex, ris and csl.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple, Protocol

from bibwright.cli.report import readable
from bibwright.features.conversion import join_parts
from bibwright.features.convert import Keys, convert_text
from bibwright.features.encodings import EncodingError, decode_bytes
from bibwright.formats import SOURCES, TARGETS, find_any_format
from bibwright.formats.bibtex import BIBTEX
from tests.oracles.corpus import LARGEST, default_cache, default_corpus
from tests.oracles.judged_readers import Judged, judge, judgements
from tests.oracles.programs import Oracle, ask, count_items, find_verdict, version_of

_FORMATS = ("bibtex", "csl-json", "ris")
_SUFFIXES = {"bibtex": ".bib", "csl-json": ".json", "ris": ".ris"}
_PANDOC_FORMATS = {"bibtex": "bibtex", "csl-json": "csljson", "ris": "ris"}
_CITATION_JS_TYPES = {"bibtex": "@bibtex/text", "csl-json": "@csl/list+object", "ris": "@ris/file"}
_READ_SUFFIXES = (".bib", ".ris", ".json", ".yaml", ".yml", ".nbib", ".enw", ".xml")
#: Characters that a program is given at once.
_BATCH = 150_000


class WrittenRecord(NamedTuple):
    """What was written for one record, and the file of the corpus that it comes from."""

    file: str
    text: str


class Complaint(NamedTuple):
    """What a program has against a record."""

    program: str
    format: str
    record: WrittenRecord
    message: str

    @property
    def kind(self) -> str:
        """The message without what is different in each: names, numbers, quoted text."""
        line = next((line for line in self.message.splitlines() if line.strip()), "")
        return re.sub(r"\d+", "N", re.sub(r"\"[^\"]*\"|‘[^’]*’|'[^']*'|`[^`]*`", "'...'", line))[:100]


class Answer(NamedTuple):
    """What a program said, and how many records it found."""

    message: str
    records: int


class Program(Protocol):
    """One that reads a format; it is given whole texts."""

    name: str

    def read(self, format: str, texts: Sequence[str]) -> list[Answer]:
        """An answer for each text."""

    def reads(self, format: str) -> bool:
        """Whether it knows the format."""


class _Text(NamedTuple):
    data: bytes

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


class Pandoc:
    """Pandoc, its answers kept by content."""

    def __init__(self, executable: str, cache: Path) -> None:
        self.executable = executable
        self.cache = cache
        self.name = version_of(executable)
        known = subprocess.run([executable, "--list-input-formats"], capture_output=True, text=True, check=False)
        self.formats = frozenset(known.stdout.split())

    def reads(self, format: str) -> bool:
        return _PANDOC_FORMATS[format] in self.formats

    def read(self, format: str, texts: Sequence[str]) -> list[Answer]:
        suffix = _SUFFIXES[format]
        arguments = ("-f", _PANDOC_FORMATS[format], "-t", "csljson", "input" + suffix)
        oracle = Oracle(f"readers-{format}", self.executable, arguments, suffix, count_items)
        answers = []
        for text in texts:
            file = _Text(text.encode("utf-8"))
            verdict = find_verdict(oracle, file, self.cache) or ask(oracle, file, self.cache)
            message = verdict.messages or ("" if verdict.status == 0 else f"failed with status {verdict.status}")
            answers.append(Answer(message, verdict.records))
        return answers


class CitationJs:
    """citation-js, which is started once for many texts."""

    name = "citation-js"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        package = json.loads((folder / "node_modules/@citation-js/core/package.json").read_text("utf-8"))
        self.name = f"citation-js {package['version']}"

    def reads(self, format: str) -> bool:
        return True

    def read(self, format: str, texts: Sequence[str]) -> list[Answer]:
        script = Path(__file__).with_name("citation_js.cjs")
        asked = json.dumps({"type": _CITATION_JS_TYPES[format], "texts": texts})
        answer = subprocess.run(
            ["node", str(script), str(self.folder)], input=asked, capture_output=True, text=True, check=True
        )
        return [Answer(one["complaint"], one["records"]) for one in json.loads(answer.stdout)]


# --- What is asked


def written_records(files: Iterable[Path], corpus: Path, target: str) -> Iterator[WrittenRecord]:
    """The records of these files as they are written; no two have the same key."""
    keys = Keys()
    for path in files:
        try:
            text = decode_bytes(path.read_bytes()).text
        except EncodingError:
            continue
        source = find_any_format(path.name, text)
        if source is None or source.id not in SOURCES:
            continue
        conversion = convert_text(text, source, TARGETS[target], keys)
        for part in conversion.parts:
            # Within a language, comments and preambles go along between the records.
            if target != "bibtex" or len(BIBTEX.parse(part).entries) == 1:
                yield WrittenRecord(path.relative_to(corpus).as_posix(), readable(part))


def find_complaints(program: Program, format: str, records: Sequence[WrittenRecord]) -> Iterator[Complaint]:
    """The records that a program has something against."""
    waiting = list(_batches(records))
    while waiting:
        joined = [join_parts([record.text for record in batch], TARGETS[format], "\n") for batch in waiting]
        halves: list[Sequence[WrittenRecord]] = []
        for batch, answer in zip(waiting, program.read(format, joined), strict=True):
            if not answer.message and answer.records == len(batch):
                continue
            if len(batch) == 1:
                message = answer.message or f"{answer.records} records are found"
                yield Complaint(program.name, format, batch[0], message)
            else:
                halves += [batch[: len(batch) // 2], batch[len(batch) // 2 :]]
        waiting = halves


def _batches(records: Sequence[WrittenRecord]) -> Iterator[Sequence[WrittenRecord]]:
    first = size = 0
    for index, record in enumerate(records):
        if size and size + len(record.text) > _BATCH:
            yield records[first:index]
            first, size = index, 0
        size += len(record.text)
    if records[first:]:
        yield records[first:]


def chosen_files(corpus: Path, *, only: str, count: int | None, seed: int) -> list[Path]:
    """The files of the corpus that may be bibliographies: all, or `count` of them by a seed."""
    found = [path for path in sorted(corpus.rglob("*")) if path.suffix.lower() in _READ_SUFFIXES and path.is_file()]
    fit = [path for path in found if only in str(path) and path.stat().st_size <= LARGEST]
    return fit if count is None or count >= len(fit) else sorted(random.Random(seed).sample(fit, count))


# --- The command


def main() -> int:
    """Print the complaints by class; those that are judged to be the program's fault are counted by their reason."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--all", action="store_true", help="every file of the corpus")
    parser.add_argument("--files", type=int, default=150, help="files that are chosen by the seed (%(default)s)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="files whose path contains this text")
    parser.add_argument("--corpus", type=Path, default=default_corpus())
    parser.add_argument("--cache", type=Path, default=default_cache())
    parser.add_argument("--pandoc", action="append", help="programs (%(default)s)")
    folder = os.environ.get("BIBWRIGHT_ORACLE_CITATION_JS")
    parser.add_argument("--citation-js", type=Path, default=Path(folder) if folder else None, metavar="FOLDER")
    parser.add_argument("--to", action="append", choices=_FORMATS)
    parser.add_argument("--list", action="store_true", help="every complaint with its record")
    arguments = parser.parse_args()
    pandocs = arguments.pandoc or [os.environ.get("BIBWRIGHT_ORACLE_PANDOC", "pandoc")]
    programs: list[Program] = [Pandoc(name, arguments.cache) for name in pandocs]
    if arguments.citation_js is not None:
        programs.append(CitationJs(arguments.citation_js))
    count = None if arguments.all else arguments.files
    files = chosen_files(arguments.corpus, only=arguments.only, count=count, seed=arguments.seed)
    open_complaints = 0
    for format in arguments.to or _FORMATS:
        records = list(written_records(files, arguments.corpus, format))
        for program in filter(partial(_can_read, format), programs):
            complaints = list(find_complaints(program, format, records))
            open_complaints += _print(program.name, format, len(records), complaints, every=arguments.list)
    return int(open_complaints > 0)


def _can_read(format: str, program: Program) -> bool:
    return program.reads(format)


def _print(program: str, format: str, count: int, complaints: Sequence[Complaint], *, every: bool) -> int:
    """The number of complaints that nobody has judged."""
    judged: dict[Judged, int] = defaultdict(int)
    unjudged: dict[str, list[Complaint]] = defaultdict(list)
    for complaint in complaints:
        judgement = judge(judgements(), program, format, complaint.message, complaint.record.text)
        if judgement is None:
            unjudged[complaint.kind].append(complaint)
        else:
            judged[judgement] += 1
    left = sum(map(len, unjudged.values()))
    print(f"{format} -> {program}: {count} records, {len(complaints)} complaints, {left} of them open")
    for judgement, number in judged.items():
        print(f"  {number:5} {judgement.reason}")
    for kind, found in sorted(unjudged.items(), key=lambda item: -len(item[1])):
        print(f"  {len(found):5} OPEN {kind}  ({found[0].record.file})")
        for complaint in found if every else ():
            print(f"--- {complaint.record.file}\n{complaint.message.rstrip()}\n{complaint.record.text}")
    sys.stdout.flush()
    return left


if __name__ == "__main__":
    sys.exit(main())
