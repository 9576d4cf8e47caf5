"""One file, checked: what `bibwright check` does for each, by itself or in a process of its own.

Only plain data comes back, so that it can be handed from one process to another.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from bibwright.analysis.linter import Linter
from bibwright.analysis.project import Project
from bibwright.cli.opened import Opened, UnreadableError, open_bytes, open_file
from bibwright.features.check import Finding, check_text, find_findings, fix_text, has_superfluous_mark
from bibwright.features.configuration import ConfigurationChoice
from bibwright.features.encodings import EncodingError, encode_text
from bibwright.features.files import write_file
from bibwright.features.fixing import Fixed
from bibwright.features.linters import linters_of
from bibwright.features.project import gather, path_in_project
from bibwright.features.unified_diff import unified_diff
from bibwright.text.spans import Edit


@dataclass(frozen=True, slots=True)
class Checking:
    """How a file is checked. `fix` is empty, `safe` or `unsafe`; `encoding` is what the user says the files are in.

    `to` says where a fixed text goes: into the `file`, or into a `diff` or the `result` while the file stays.
    `configuration` says which rules apply.
    """

    fix: str = ""
    encoding: str | None = None
    to: str = "file"
    configuration: ConfigurationChoice = field(default_factory=ConfigurationChoice)


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """What became of a file. The findings are those in `text`, after its fixes.

    `error` is one sentence that names the file, and then there is nothing else. `hidden` counts the findings that
    are not to be shown; `applied` counts fixes by rule code.
    """

    path: str
    text: str = ""
    findings: tuple[Finding, ...] = ()
    hidden: int = 0
    applied: Mapping[str, int] = field(default_factory=dict)
    diff: str = ""
    result: bytes = b""
    error: str = ""


def gather_files(files: Sequence[str], how: Checking, *, named: Collection[str] = ()) -> Project:
    """The files of one run, for what is looked up across them; `named` are those that the user named one by one."""
    return gather(files, linters_of(how.configuration), together=named)


def check_file(path: str, how: Checking, project: Project | None = None) -> CheckedFile:
    """Read, check and fix a file. Never raises: what is wrong with one file is no reason to leave out the others."""
    return _guarded(path, lambda: _check(open_file(path, how.encoding), how, project))


def check_bytes(name: str, data: bytes, how: Checking) -> CheckedFile:
    """The same for what was read from elsewhere; `name` is what it would be called as a file."""
    return _guarded(name, lambda: _check(open_bytes(name, data, how.encoding), how, gather_files((), how)))


def _guarded(path: str, check: Callable[[], CheckedFile]) -> CheckedFile:
    try:
        return check()
    except UnreadableError as error:
        return CheckedFile(path, error=str(error))
    except Exception as error:  # a fault of ours, told in one line like all others
        return CheckedFile(path, error=f"{path}: internal error: {type(error).__name__}: {error} ({_where(error)})")


def _where(error: BaseException) -> str:
    at = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    return f"{Path(at.tb_frame.f_code.co_filename).name}:{at.tb_lineno}" if at is not None else "nowhere"


def _check(opened: Opened, how: Checking, project: Project | None) -> CheckedFile:
    linter, path = _linter(opened, how), path_in_project(opened.path)
    if not how.fix:
        findings = check_text(opened.text, opened.format, opened.encoding, linter=linter, project=project, path=path)
        return CheckedFile(opened.path, opened.text, tuple(findings))
    fixed = fix_text(opened.text, opened.format, unsafe=how.fix == "unsafe", linter=linter, project=project, path=path)
    mark = ""
    if has_superfluous_mark(opened.encoding, linter):
        mark = "\ufeff"
        opened = replace(opened, encoding=replace(opened.encoding, bom=b""))
        fixed = replace(fixed, applied={"E901": 1, **fixed.applied})
    # What cannot be written is told in a dry run too.
    data = _encode(opened, fixed) if fixed.applied or how.to == "result" else b""
    if how.to == "diff":
        shifted = [Edit(edit.start + len(mark), edit.end + len(mark), edit.new_text) for edit in fixed.edits]
        diff = unified_diff(opened.path, mark + opened.text, [Edit(0, len(mark), ""), *shifted])
        return CheckedFile(opened.path, fixed.text, applied=fixed.applied, diff=diff)
    if how.to == "file" and fixed.applied:
        _write(opened, data)
    findings = find_findings(fixed.document, fixed.text, opened.encoding)
    return CheckedFile(opened.path, fixed.text, tuple(findings), applied=fixed.applied, result=data)


def _linter(opened: Opened, how: Checking) -> Linter:
    return linters_of(how.configuration).linter_for(Path(opened.path), opened.format)


def _encode(opened: Opened, fixed: Fixed) -> bytes:
    try:
        return encode_text(fixed.text, opened.encoding)
    except EncodingError as error:
        raise UnreadableError(
            f"{opened.path}: cannot be fixed in its encoding, nothing was written: {error}"
        ) from error


def _write(opened: Opened, data: bytes) -> None:
    try:
        write_file(Path(opened.path), data)
    except OSError as error:
        raise UnreadableError(f"{opened.path}: cannot be written: {error.strerror or error}") from error
