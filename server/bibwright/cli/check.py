"""`bibwright check`: the findings in files and directories, and the files fixed."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bibwright.analysis.diagnostics import Severity
from bibwright.cli.opened import Opened, UnreadableError, open_file
from bibwright.cli.report import complain, finding_json, finding_line, fixed_line, one_line, print_json, summary_line
from bibwright.features.check import Finding, check_text, find_findings, fix_text
from bibwright.features.encodings import EncodingError, encode_text
from bibwright.features.files import write_file
from bibwright.formats import format_of_name


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """`fix` is empty, `safe` or `unsafe`; `encoding` is what the user says the files are in."""

    fix: str = ""
    as_json: bool = False
    encoding: str | None = None


def check(paths: Sequence[str], options: CheckOptions) -> int:
    """Check all of `paths`; what cannot be read is one line each and does not stop the rest."""
    searched = _Search()
    unreadable = False
    found: list[Finding] = []
    as_json: list[dict[str, object]] = []
    files = 0
    for path in searched.files(paths):
        try:
            findings = _check_file(path, options)
        except UnreadableError as error:
            complain(str(error))
            unreadable = True
            continue
        files += 1
        found += findings
        if options.as_json:
            as_json += (finding_json(path, finding) for finding in findings)
        else:
            for finding in findings:
                print(finding_line(path, finding))
    if options.as_json:
        print_json(as_json)
    elif files:
        print(summary_line(found, files))
    elif not unreadable and not searched.unreadable:
        print(one_line(f"no .bib or .ris files in {', '.join(paths)}"))
    if unreadable or searched.unreadable:
        return 2
    return int(any(finding.diagnostic.severity <= Severity.WARNING for finding in found))


class _Search:
    """A search for the files to check; `unreadable` says that a folder could not be searched."""

    def __init__(self) -> None:
        self.unreadable = False

    def files(self, paths: Sequence[str]) -> Iterator[str]:
        """The files, each once: those named, and those of a known suffix in the directories named."""
        seen: set[str] = set()
        for path in paths:
            for file in sorted(self.walk(path)) if Path(path).is_dir() else [path]:
                if file not in seen:
                    seen.add(file)
                    yield file

    def walk(self, directory: str) -> Iterator[str]:
        """The files of a known suffix in a directory and below it."""
        for folder, folders, files in os.walk(directory, onerror=self.report):
            # What begins with a dot is some program's own: version control, caches, the locks of an editor.
            folders[:] = [name for name in folders if not name.startswith(".")]
            for name in files:
                path = os.path.join(folder, name)
                # A link that leads nowhere and a pipe are no files; nobody asked for them by name.
                if not name.startswith(".") and format_of_name(name) is not None and os.path.isfile(path):
                    yield path

    def report(self, error: OSError) -> None:
        """Complain of a folder: what it holds was not checked."""
        complain(f"{error.filename}: {error.strerror}")
        self.unreadable = True


def _check_file(path: str, options: CheckOptions) -> list[Finding]:
    opened = open_file(path, options.encoding)
    if not options.fix:
        return check_text(opened.text, opened.format, opened.encoding)
    fixed = fix_text(opened.text, opened.format, unsafe=options.fix == "unsafe")
    if fixed.applied:
        _write(opened, fixed.text)
        line = fixed_line(path, fixed.applied)
        if options.as_json:
            complain(line)
        else:
            print(line)
    return find_findings(fixed.document, fixed.text, opened.encoding)


def _write(opened: Opened, text: str) -> None:
    try:
        write_file(Path(opened.path), encode_text(text, opened.encoding))
    except EncodingError as error:
        raise UnreadableError(
            f"{opened.path}: cannot be fixed in its encoding, nothing was written: {error}"
        ) from error
    except OSError as error:
        raise UnreadableError(f"{opened.path}: cannot be written: {error.strerror or error}") from error
