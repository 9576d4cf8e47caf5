"""The oracles: programs that users rely on, how each is asked, and what it answered, kept by content.

An answer depends on the file's bytes, the program's version and its arguments alone. So it is kept under a digest of
these, and asking again costs nothing until one of them changes.
"""

from __future__ import annotations

import hashlib
import json
import os
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

#: Seconds of processor time; a machine that is busy with other things must not change an answer.
_PROCESSOR_SECONDS = 60
#: Seconds until a program that waits for something is given up.
_PATIENCE = 600
#: Bytes; pandoc follows an entry that names itself as its cross-reference until the memory is gone.
_MEMORY = 3 << 30
#: A program that repeats itself for ever is cut off.
_LONGEST_OUTPUT = 2_000_000


class Asked(Protocol):
    """What a program is given, and the digest of it; a `CorpusFile` is one."""

    @property
    def data(self) -> bytes: ...
    @property
    def digest(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a program answered. `status` is its exit status, None when it did not end in time.

    `messages` is what it wrote to report faults, `records` how many records it made of the file where that can be
    counted, -1 where it cannot.
    """

    status: int | None
    messages: str
    records: int = -1


@dataclass(frozen=True, slots=True)
class Oracle:
    """One way of asking a program. Its arguments name `input` and the file's suffix, in the folder it runs in."""

    name: str
    program: str
    arguments: tuple[str, ...]
    suffix: str
    count: Callable[[str], int] = lambda _: -1
    #: Whether faults are written to standard output too.
    speaks_on_stdout: bool = False

    @property
    def executable(self) -> str | None:
        """Where the program is: `BIBWRIGHT_ORACLE_<NAME>` may say so; None when it is not installed."""
        return shutil.which(os.environ.get(f"BIBWRIGHT_ORACLE_{self.program.upper()}", self.program))


def count_items(output: str) -> int:
    """The items of CSL-JSON."""
    try:
        return len(json.loads(output))
    except ValueError:
        return 0


def _count_mods(output: str) -> int:
    return output.count("<mods ID=") + output.count("<mods>")


_BIBER = ("--tool", "--nolog", "--noconf", "--output-file=output.bib")
ORACLES = {
    oracle.name: oracle
    for oracle in (
        Oracle("bibclean", "bibclean", ("-max-width", "0", "input.bib"), ".bib"),
        Oracle("bibutils", "ris2xml", ("input.ris",), ".ris", _count_mods),
        Oracle("pandoc-ris", "pandoc", ("-f", "ris", "-t", "csljson", "input.ris"), ".ris", count_items),
        Oracle("pandoc-bibtex", "pandoc", ("-f", "bibtex", "-t", "csljson", "input.bib"), ".bib", count_items),
        Oracle("pandoc-biblatex", "pandoc", ("-f", "biblatex", "-t", "csljson", "input.bib"), ".bib", count_items),
        # Alone it stops at the first error; told to go on, it names all of them. Unless told to resolve, it lets
        # entries inherit nothing through `crossref` and `xdata`, since it is only asked to write the file anew.
        Oracle("biber", "biber", (*_BIBER, "input.bib"), ".bib", speaks_on_stdout=True),
        Oracle(
            "biber-model",
            "biber",
            (*_BIBER, "--nodieonerror", "--output-resolve", "--validate-datamodel", "input.bib"),
            ".bib",
            speaks_on_stdout=True,
        ),
    )
}


@cache
def version_of(executable: str) -> str:
    """The first line of what a program says of itself."""
    for flag in ("--version", "-v"):
        answer = subprocess.run([executable, flag], capture_output=True, text=True, errors="replace", check=False)
        lines = (answer.stdout + answer.stderr).strip().splitlines()
        if lines:
            return lines[0]
    return ""


def find_verdict(oracle: Oracle, file: Asked, cache_folder: Path) -> Verdict | None:
    """The answer that is kept; None when the program has not been asked yet or is not installed."""
    place = _place(oracle, file, cache_folder)
    if place is None or not place.is_file():
        return None
    return Verdict(**json.loads(place.read_text("utf-8")))


def ask(oracle: Oracle, file: Asked, cache_folder: Path) -> Verdict:
    """Run the program on a file and keep its answer."""
    place = _place(oracle, file, cache_folder)
    assert place is not None, f"{oracle.program} is not installed"
    verdict = _run(oracle, file)
    place.parent.mkdir(parents=True, exist_ok=True)
    unfinished = place.with_suffix(f".{os.getpid()}")
    unfinished.write_text(json.dumps(asdict(verdict), ensure_ascii=True), "utf-8")
    unfinished.replace(place)
    return verdict


def _place(oracle: Oracle, file: Asked, cache_folder: Path) -> Path | None:
    executable = oracle.executable
    if executable is None:
        return None
    asked: Sequence[object] = (file.digest, version_of(executable), oracle.arguments, _PROCESSOR_SECONDS)
    return cache_folder / oracle.name / f"{hashlib.sha256(repr(asked).encode()).hexdigest()[:32]}.json"


def _run(oracle: Oracle, file: Asked) -> Verdict:
    executable = oracle.executable
    assert executable is not None
    with tempfile.TemporaryDirectory(prefix="bibwright-oracle-") as folder:
        (Path(folder) / f"input{oracle.suffix}").write_bytes(file.data)
        try:
            answer = subprocess.run(
                [executable, *oracle.arguments],
                cwd=folder,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=_PATIENCE,
                check=False,
                preexec_fn=_limit,
                # The messages that are parsed are the English ones.
                env={**os.environ, "LC_ALL": "C.UTF-8", "TMPDIR": folder},
            )
        except subprocess.TimeoutExpired:
            return Verdict(None, "")
    output = answer.stdout.decode("utf-8", "replace")
    messages = answer.stderr.decode("utf-8", "replace") + (output if oracle.speaks_on_stdout else "")
    # A program that ran out of processor time was ended by a signal.
    status = None if answer.returncode < 0 else answer.returncode
    return Verdict(status, messages[:_LONGEST_OUTPUT], oracle.count(output))


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (_PROCESSOR_SECONDS, _PROCESSOR_SECONDS + 5))
    # Not the address space: programs made by GHC reserve a terabyte of it.
    resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, _MEMORY))
