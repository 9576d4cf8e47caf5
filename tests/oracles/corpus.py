"""The files that the oracles judge: those of the shared corpus, each content once."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path

from bibwright.analysis.diagnostics import Severity
from bibwright.features.check import Finding, check_text
from bibwright.features.encodings import Encoding, EncodingError, decode_bytes
from bibwright.formats import format_of_name
from bibwright.formats.format import Format
from tests.support.shared import SHARED

#: Larger files take the oracles minutes and show nothing that the others do not.
LARGEST = 2_000_000
#: The data model is compared on files of at most this size ...
LARGEST_VALIDATED = 200_000
#: ... and on so many of them.
VALIDATED = 100


class CorpusFile:
    """One file. `name` is its path in the corpus, `digest` the SHA-256 of its bytes."""

    def __init__(self, path: Path, name: str) -> None:
        self.path = path
        self.name = name
        self.data = path.read_bytes()
        self.digest = hashlib.sha256(self.data).hexdigest()

    @property
    def format(self) -> Format:
        """What its name says."""
        format = format_of_name(self.name)
        assert format is not None
        return format

    @cached_property
    def decoded(self) -> tuple[str, Encoding] | None:
        """Its text and encoding; None when it is no text."""
        try:
            return decode_bytes(self.data)
        except EncodingError:
            return None

    @property
    def is_utf8(self) -> bool:
        """Whether programs that read nothing but UTF-8 can read it."""
        return self.decoded is not None and self.decoded[1].is_utf8 and self.decoded[1].errors == "strict"

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What `bibwright check` says."""
        return () if self.decoded is None else tuple(check_text(self.decoded[0], self.format, self.decoded[1]))

    def findings_at(self, *severities: Severity) -> list[Finding]:
        """Those of these severities."""
        return [finding for finding in self.findings if finding.diagnostic.severity in severities]


def corpus_files(folder: Path, suffix: str, largest: int = LARGEST) -> list[CorpusFile]:
    """The files with this suffix, smallest first; of several with the same content the first by name."""
    by_digest: dict[str, CorpusFile] = {}
    for path in sorted(folder.rglob(f"*{suffix}")):
        if path.is_file() and path.stat().st_size <= largest:
            file = CorpusFile(path, path.relative_to(folder).as_posix())
            by_digest.setdefault(file.digest, file)
    return sorted(by_digest.values(), key=lambda file: (len(file.data), file.name))


def validated_files(files: Sequence[CorpusFile], count: int = VALIDATED) -> list[CorpusFile]:
    """Those on which the data model is compared: chosen by their digests, so the choice is everybody's."""
    fit = [file for file in files if len(file.data) <= LARGEST_VALIDATED and file.is_utf8 and b"@" in file.data]
    chosen = {file.digest for file in sorted(fit, key=lambda file: file.digest)[:count]}
    return [file for file in files if file.digest in chosen]


def named(files: Iterable[CorpusFile], only: str) -> list[CorpusFile]:
    """The files whose names contain this text."""
    return [file for file in files if only in file.name]


def default_corpus() -> Path:
    """Where the corpus lies."""
    return SHARED / "corpus"


def default_cache() -> Path:
    """Where verdicts are kept: outside the project, for they are long and belong to one machine's programs."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "bibwright-oracles"
