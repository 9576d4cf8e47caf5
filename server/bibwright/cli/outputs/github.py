"""Workflow commands, which GitHub shows as annotations on the lines of a pull request.

In the log only the message is seen, so it names the place and the rule once more.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from bibwright.analysis.diagnostics import Severity
from bibwright.cli.checked import CheckedFile
from bibwright.cli.outputs import Rendering
from bibwright.cli.outputs.paths import path_from
from bibwright.cli.report import one_line
from bibwright.features.check import Finding

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning"}


def render(files: Iterable[CheckedFile], rendering: Rendering) -> Iterator[str]:
    """One command a finding, and one for a file that could not be checked."""
    # Annotations are looked up from the root of the checkout, wherever the job runs.
    root = os.environ.get("GITHUB_WORKSPACE") or os.getcwd()
    for file in files:
        path = path_from(root, file.path)
        if file.error:
            yield f"::error file={_property(path)},title=bibwright::{_data(one_line(file.error))}\n"
        for finding in file.findings:
            yield _command(path, finding)


def _command(path: str, finding: Finding) -> str:
    diagnostic, (start, end) = finding.diagnostic, finding.range
    properties = {
        "title": f"{diagnostic.code} ({diagnostic.name})",
        "file": path,
        "line": str(start.line + 1),
        "endLine": str(end.line + 1),
    }
    if start.line == end.line:  # GitHub takes columns for a single line only
        properties |= {"col": str(start.character + 1), "endColumn": str(end.character + 1)}
    said = one_line(f"{path}:{start.line + 1}:{start.character + 1}: {diagnostic.code} {diagnostic.message}")
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_COMMANDS.get(diagnostic.severity, 'notice')} {listed}::{_data(said)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(one_line(text)).replace(":", "%3A").replace(",", "%2C")
