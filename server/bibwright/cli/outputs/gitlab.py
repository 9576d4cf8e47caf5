"""A Code Quality report, which GitLab shows in merge requests.

GitLab compares the fingerprints of two reports, so they must be unique and stay the same.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from bibwright.analysis.diagnostics import Severity
from bibwright.cli.checked import CheckedFile
from bibwright.cli.outputs import Rendering
from bibwright.cli.outputs.fingerprints import with_fingerprints
from bibwright.cli.outputs.paths import path_from
from bibwright.cli.report import readable, to_json
from bibwright.features.check import Finding
from bibwright.syntax.document import Position

_SEVERITIES = {
    Severity.ERROR: "major",
    Severity.WARNING: "minor",
    Severity.INFORMATION: "info",
    Severity.HINT: "info",
}


def render(files: Iterable[CheckedFile], rendering: Rendering) -> Iterator[str]:
    """One list, when everything is known."""
    root = os.environ.get("CI_PROJECT_DIR") or os.getcwd()
    found: list[dict[str, object]] = []
    for file in files:
        path = readable(path_from(root, file.path))
        found += (_issue(path, finding, fingerprint) for finding, fingerprint in with_fingerprints(file, salt=path))
    yield f"{to_json(found)}\n"


def _issue(path: str, finding: Finding, fingerprint: str) -> dict[str, object]:
    diagnostic = finding.diagnostic
    return {
        "description": readable(f"{diagnostic.code}: {diagnostic.message}"),
        "check_name": diagnostic.name,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[diagnostic.severity],
        "location": {
            "path": path,
            "positions": {"begin": _position(finding.range.start), "end": _position(finding.range.end)},
        },
    }


def _position(position: Position) -> dict[str, int]:
    return {"line": position.line + 1, "column": position.character + 1}
