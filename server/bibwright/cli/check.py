"""`bibwright check`: the findings in files and folders, and the files fixed.

What happens, in this order: the files are found (`features/walk.py`), each is read, checked and fixed
(`cli/checked.py`, in several processes by `cli/jobs.py`), and what comes back is printed (`cli/outputs/`) and counted.
"""

from __future__ import annotations

import shutil
import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TextIO

from bibwright.analysis.diagnostics import Severity
from bibwright.cli.checked import CheckedFile, Checking, check_bytes
from bibwright.cli.configuration import complain_of_configuration, read_choice, without_excluded
from bibwright.cli.jobs import check_files
from bibwright.cli.outputs import FOR_PEOPLE, Render, Rendering, load_output
from bibwright.cli.outputs.style import wants_color
from bibwright.cli.progress import show_progress
from bibwright.cli.report import complain, count_of, fixed_line, one_line
from bibwright.features.configuration import ConfigurationChoice
from bibwright.features.walk import WalkOptions, find_files, is_left_out

#: How standard input is called where it has no name.
_STDIN = "-"
#: Cells in a line where there is no terminal.
_WIDTH = 100


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """What the user asked for. `fix` is empty, `safe` or `unsafe`; with `diff` it is shown and not done.

    `encoding` is what the user says the files are in; `jobs` is 0 for all cores, None for what is sensible. Findings
    less severe than `min_severity` are not shown, those less severe than `fail_on` do not change the exit status.
    """

    fix: str = ""
    diff: bool = False
    encoding: str | None = None
    configuration: ConfigurationChoice = field(default_factory=ConfigurationChoice)
    walk: WalkOptions = field(default_factory=WalkOptions)
    jobs: int | None = None
    reads_stdin: bool = False
    stdin_filename: str | None = None
    output: str = "text"
    output_file: str | None = None
    color: str = "auto"
    statistics: bool = False
    min_severity: Severity = Severity.HINT
    fail_on: Severity = Severity.WARNING
    exit_zero: bool = False

    @property
    def for_people(self) -> bool:
        """Whether what is printed may stand beside other words."""
        return self.diff or self.output in FOR_PEOPLE

    @property
    def checking(self) -> Checking:
        """What each file must know of this."""
        goes_to = "diff" if self.diff else "result" if self.reads_stdin else "file"
        return Checking(self.fix, self.encoding, goes_to, self.configuration)


def check_options(arguments: Namespace) -> CheckOptions:
    """The options as they were given on the command line. Raises `UsageError`."""
    fix = "unsafe" if arguments.unsafe_fixes else "safe" if arguments.fix or arguments.diff else ""
    return CheckOptions(
        fix=fix,
        diff=arguments.diff,
        encoding=arguments.encoding,
        configuration=read_choice(arguments),
        walk=WalkOptions(tuple(arguments.exclude), not arguments.no_ignore, arguments.force_exclude),
        jobs=arguments.jobs,
        reads_stdin=arguments.paths in ([], ["-"]),
        stdin_filename=arguments.stdin_filename,
        output=arguments.output,
        output_file=arguments.output_file,
        color=arguments.color,
        statistics=arguments.statistics,
        min_severity=Severity[arguments.min_severity.upper()],
        fail_on=Severity[arguments.fail_on.upper()],
        exit_zero=arguments.exit_zero,
    )


def check(paths: Sequence[str], options: CheckOptions) -> int:
    """Check all of `paths`; what cannot be read is one line each and does not stop the rest."""
    tally = _Tally(options)
    if options.reads_stdin:
        _check_stdin(options, tally)
    else:
        files = _find(paths, options, tally)
        options = _configured(files, options, tally)
        results = check_files(files, options.checking, options.jobs, named=set(paths).intersection(files))
        _report(show_progress(results, len(files)), options, tally, sys.stdout)
        if not files and not tally.failed:
            said = one_line(f"no .bib or .ris files in {', '.join(paths)}")
            print(said, file=sys.stdout if options.for_people and not options.diff else sys.stderr)
    if options.diff:
        fixes = count_of(tally.changes, "finding")
        print(f"{fixes} in {count_of(tally.changed_files, 'file')} would be fixed", file=sys.stderr)
    return tally.status()


# --- Finding, reading and checking


def _find(paths: Sequence[str], options: CheckOptions, tally: _Tally) -> list[str]:
    """The files to check, in the order in which they are printed."""

    def complain_of(error: OSError) -> None:
        complain(f"{error.filename}: {error.strerror}")
        tally.failed = True

    found = find_files(paths, options.walk, complain_of)
    named = () if options.walk.force_exclude else paths
    return without_excluded(found, named, options.configuration)


def _configured(files: Sequence[str], options: CheckOptions, tally: _Tally) -> CheckOptions:
    """The options, after what is wrong with the configuration was said.

    Where nothing of a configuration file can be used nothing is fixed: who switched a rule off, or fixes off for a
    folder, does not want them applied because of a typing error elsewhere in the file.
    """
    if not complain_of_configuration(files, options.configuration):
        return options
    tally.failed = True
    if not options.fix:
        return options
    complain("nothing is fixed, since it is not known which rules are wanted")
    return replace(options, fix="")


def _check_stdin(options: CheckOptions, tally: _Tally) -> None:
    """Check the text on standard input. With `--fix` what it becomes goes to standard output, and nothing else."""
    name = options.stdin_filename or _STDIN
    try:
        data = sys.stdin.buffer.read()
    except OSError as error:  # a folder, say
        complain(f"standard input: {error.strerror or error}")
        tally.failed = True
        return
    is_checked = not (options.walk.force_exclude and _is_left_out(name, options))
    passes_on = bool(options.fix) and not options.diff
    options = _configured([name], options, tally)
    results = [check_bytes(name, data, options.checking)] if is_checked else []
    if passes_on:
        # Whatever is wrong with it, the text must not get lost on its way through.
        fixed = [data if result.error or not options.fix else result.result for result in results]
        sys.stdout.flush()
        sys.stdout.buffer.write(fixed[0] if fixed else data)
        sys.stdout.buffer.flush()
    _report(results, options, tally, sys.stderr if passes_on else sys.stdout)


def _is_left_out(name: str, options: CheckOptions) -> bool:
    return is_left_out(name, options.walk) or not without_excluded([name], (), options.configuration)


# --- Printing and counting


class _Tally:
    """What was found so far, as far as the exit status depends on it."""

    def __init__(self, options: CheckOptions) -> None:
        self._options = options
        self.failed = False
        self.found = False
        self.changes = 0
        self.changed_files = 0

    def count(self, files: Iterable[CheckedFile]) -> Iterator[CheckedFile]:
        """Hand on the files, with the findings that are to be shown."""
        for file in files:
            if file.error:
                complain(file.error)
                self.failed = True
            if file.applied and not self._options.for_people:
                complain(fixed_line(file.path, file.applied))
            if file.diff:
                self.changes += sum(file.applied.values())
                self.changed_files += 1
            severities = [finding.diagnostic.severity for finding in file.findings]
            self.found |= any(severity <= self._options.fail_on for severity in severities)
            if any(severity > self._options.min_severity for severity in severities):
                shown = [f for f in file.findings if f.diagnostic.severity <= self._options.min_severity]
                file = replace(file, findings=tuple(shown), hidden=len(severities) - len(shown))
            yield file

    def status(self) -> int:
        """2 when something could not be done, 1 when something was found or would change, else 0."""
        if self.failed:
            return 2
        return int((self.found or self.changed_files > 0) and not self._options.exit_zero)


def _report(files: Iterable[CheckedFile], options: CheckOptions, tally: _Tally, stream: TextIO) -> None:
    """Print what comes of the files as it comes."""
    if options.output_file is None:
        _print(files, options, tally, stream)
        return
    try:
        # What is written may be read on any system: line ends are those of this one nowhere.
        with open(options.output_file, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as written:
            _print(files, options, tally, written)
    except OSError as error:
        complain(f"{options.output_file}: cannot be written: {error.strerror or error}")
        tally.failed = True


def _print(files: Iterable[CheckedFile], options: CheckOptions, tally: _Tally, out: TextIO) -> None:
    width = shutil.get_terminal_size((_WIDTH, 24)).columns
    rendering = Rendering(wants_color(options.color, out), width, options.fail_on)
    for piece in _choose_render(options)(tally.count(files), rendering):
        out.write(piece)


def _choose_render(options: CheckOptions) -> Render:
    if options.diff:
        return load_output("diff")
    if options.statistics:
        return load_output("json_statistics" if options.output == "json" else "statistics")
    return load_output(options.output)
