"""What a report for people ends with: how many findings of each severity in how many files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity
from bibwright.cli.checked import CheckedFile
from bibwright.cli.report import summary_line


class Tally:
    """The files as far as they have been counted."""

    def __init__(self) -> None:
        self._counts: Counter[Severity] = Counter()
        self._files = self._hidden = 0

    def add(self, file: CheckedFile) -> None:
        """Count a file that could be checked."""
        self._files += 1
        self._hidden += file.hidden
        self._counts.update(finding.diagnostic.severity for finding in file.findings)

    def lines(self) -> Iterator[str]:
        """The closing line; none where there was no file."""
        if self._files:
            yield f"{summary_line(self._counts, self._files, self._hidden)}\n"
