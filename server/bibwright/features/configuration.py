"""Finds and reads the configuration of a file: `bibwright.toml`, or `[tool.bibwright]` in `pyproject.toml`.

The nearest one upwards from the checked file counts, alone. What is wrong in it is reported with its place, and all
the rest of it is used. Where a value stands in several sources, the command line comes before the file, and the file
before the settings of the editor.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from bibwright.analysis.settings import Problem, Settings, ValuePath, did_you_mean, kind_of, read_settings, shown
from bibwright.features.files import read_regular
from bibwright.features.selection import check_selector, matches
from bibwright.features.toml_places import TomlPlaces, find_places
from bibwright.formats import FORMATS, format_of_name
from bibwright.syntax.document import Position
from bibwright.text.columns import LineTable, PositionEncoding
from bibwright.text.spans import Span

OWN_NAME = "bibwright.toml"
SHARED_NAME = "pyproject.toml"
#: Where in the shared file the settings stand.
TABLE = ("tool", "bibwright")
#: Nobody writes more by hand; whatever it is, reading it would only cost time.
_LARGEST = 1_000_000
_START = Position(0, 0)
_SYNTAX_ERROR = re.compile(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)


class PlacedProblem(NamedTuple):
    """What is wrong in a configuration file, and where: from `start` to before `end`, lines and columns from 0.

    Columns count UTF-16 units.
    """

    start: Position
    end: Position
    message: str


@dataclass(frozen=True, slots=True)
class ConfigurationFile:
    """A configuration file that was read. Nothing of it is used when it is `broken`."""

    path: Path
    settings: Settings
    problems: tuple[PlacedProblem, ...] = ()
    broken: bool = False

    def lines(self, shown_path: str = "") -> Iterator[str]:
        """One line for each problem: `bibwright.toml:3:1: ...`."""
        for start, _, message in self.problems:
            yield f"{shown_path or self.path}:{start.line + 1}:{start.character + 1}: {message}"


@dataclass(frozen=True, slots=True)
class ConfigurationChoice:
    """Which configuration the user wants.

    `overrides` come before every file, `file` is used for all, and with `isolated` none is read.
    """

    overrides: Settings = field(default_factory=Settings)
    file: str | None = None
    isolated: bool = False


class Configurations:
    """The configuration of any number of files. A file that has changed is read again when it is asked for.

    `base` is weaker than every file.
    """

    def __init__(self, choice: ConfigurationChoice | None = None) -> None:
        choice = choice or ConfigurationChoice()
        self.base = Settings()
        self._overrides = choice.overrides
        self._file = None if choice.file is None else Path(choice.file)
        self._isolated = choice.isolated
        self._known: dict[Path, tuple[tuple[int, int], ConfigurationFile | None]] = {}

    def file_for(self, path: Path) -> ConfigurationFile | None:
        """The configuration file that counts for the file at `path`, which need not exist."""
        if self._isolated:
            return None
        if self._file is not None:
            return self._read(self._file)
        # Not resolved: what a link leads to may stand anywhere.
        for folder in Path(os.path.abspath(path)).parents:
            for name in (OWN_NAME, SHARED_NAME):
                found = self._read(folder / name)
                if found is not None:
                    return found
        return None

    def settings_for(self, path: Path | None) -> Settings:
        """The settings of a file; without a path those that do not depend on one."""
        file = self.file_for(path) if path is not None else None
        settings = self.base if file is None else self.base.overridden_by(file.settings)
        return settings.overridden_by(self._overrides)

    def is_excluded(self, path: Path) -> bool:
        """Whether the user does not want a file checked."""
        exclude = self.settings_for(path).exclude
        return bool(exclude) and matches(exclude, str(path))

    def _read(self, path: Path) -> ConfigurationFile | None:
        try:
            status = path.stat()
        except (OSError, ValueError) as error:
            self._known.pop(path, None)
            reason = error.strerror if isinstance(error, OSError) else str(error)
            return _broken(path, f"cannot be read: {reason}") if path == self._file else None
        stamp = status.st_mtime_ns, status.st_size
        known = self._known.get(path)
        if known is None or known[0] != stamp:
            known = self._known[path] = stamp, read_configuration(path, named=path == self._file)
        return known[1]


def read_configuration(path: Path, *, named: bool = False) -> ConfigurationFile | None:
    """Read a file; None when it is a `pyproject.toml` that says nothing to us, unless the user `named` it."""
    shared = path.name == SHARED_NAME
    try:
        if not path.is_file():
            return _broken(path, "is not a file") if named else None
        data = read_regular(path, _LARGEST + 1)
    except OSError as error:
        return None if shared and not named else _broken(path, f"cannot be read: {error.strerror or error}")
    if shared and not named and b"bibwright" not in data:
        return None
    if len(data) > _LARGEST:
        return _broken(path, f"is larger than {_LARGEST:,} bytes, which is no configuration")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _broken(path, "is not in UTF-8", Position(data[: error.start].count(b"\n"), 0))
    return parse_configuration(path, text, named=named)


def parse_configuration(path: Path, text: str, *, named: bool = False) -> ConfigurationFile | None:
    """The settings in the text of a configuration file; None as for `read_configuration`."""
    text = text.removeprefix("\ufeff")
    try:
        value: object = tomllib.loads(text)
        places = find_places(text)
    except tomllib.TOMLDecodeError as error:
        reason, place = _syntax_error(str(error), text)
        return _broken(path, f"this is not TOML, and nothing of the file is used: {reason}", place)
    except RecursionError:
        return _broken(path, "is nested too deeply, and nothing of it is used")
    prefix: ValuePath = ()
    if path.name == SHARED_NAME:
        for name in TABLE:
            if not isinstance(value, dict) or name not in value:
                return ConfigurationFile(path, Settings()) if named else None
            value, prefix = value[name], (*prefix, name)
    folder = os.path.dirname(os.path.abspath(path))
    misplaced = list(_misplaced_table(value)) if path.name != SHARED_NAME else []
    others = TABLE[:1] if misplaced else ()
    settings, problems = read_settings(value, base=folder, check_selector=check_selector, others=others)
    problems += misplaced
    if value is not None and not isinstance(value, dict):
        problems = [Problem((), f'"{".".join(TABLE)}" is {kind_of(value)}, expected a table')]
    problems += _missing_files(value, folder)
    problems += _unknown_styles(settings)
    table = LineTable(text)
    placed = sorted(_placed(problem, prefix, places, table) for problem in problems)
    return ConfigurationFile(path, settings, tuple(placed))


def _missing_files(value: object, folder: str) -> Iterator[Problem]:
    given = (
        [(key, value[key]) for key in ("macro-files", "macroFiles") if key in value] if isinstance(value, dict) else []
    )
    for key, files in given:
        for index, file in enumerate(files if isinstance(files, list) else ()):
            if not isinstance(file, str) or not file:
                continue
            if not is_macro_file(file):
                yield Problem((key, index), f'"{shown(file)}" is not read: its name does not end in .bib')
            elif not _is_file(os.path.join(folder, file)):
                yield Problem((key, index), f'there is no file "{shown(file)}" in {shown(folder)}')


def _misplaced_table(value: object) -> Iterator[Problem]:
    """The table of a `pyproject.toml` in a file of our own, which has its settings at the top."""
    for name in TABLE:
        value = value.get(name) if isinstance(value, dict) else None
    if isinstance(value, dict):
        yield Problem(TABLE, f"[{'.'.join(TABLE)}] is for {SHARED_NAME}: here the settings stand without it")


def _unknown_styles(settings: Settings) -> Iterator[Problem]:
    if "styles" not in settings.given:
        return
    # Most files name none, and then the styles are not needed to check anything.
    from bibwright.csl.errors import StyleError
    from bibwright.csl.styles import find_style, list_styles
    from bibwright.features.styles import is_style_file, resolve_style

    unknown = 0
    for style in settings.styles:
        if is_style_file(style) and not _is_file(style):
            yield Problem(("styles",), f'there is no file "{shown(style, 200)}"')
        elif is_style_file(style):
            try:
                resolve_style(style)
            except StyleError as error:
                yield Problem(("styles",), f"the citation style cannot be used: {shown(error, 200)}")
        elif find_style(style) is None:
            # There are ten thousand to compare with: that is done for a slip or two, not for a list of nonsense.
            unknown += 1
            meant = did_you_mean(style, (known.id for known in list_styles())) if unknown <= 3 else ""
            yield Problem(("styles",), f'no citation style is called "{shown(style)}"{meant}')


def is_macro_file(path: str) -> bool:
    """Whether a file that is named for its string macros is one that may be read."""
    return format_of_name(path) is FORMATS["bibtex"]


def _is_file(path: str) -> bool:
    try:
        return os.path.isfile(path)
    except ValueError:  # a zero byte
        return False


def _placed(problem: Problem, prefix: ValuePath, places: TomlPlaces, table: LineTable) -> PlacedProblem:
    span = places.nearest((*prefix, *problem.path)) or Span(0, 0)
    start, end = (Position(*table.position(offset, PositionEncoding.UTF16)) for offset in span)
    return PlacedProblem(start, end, problem.message)


def _syntax_error(message: str, text: str) -> tuple[str, Position]:
    """The sentence of tomllib in our manner, and the place that it names."""
    match = _SYNTAX_ERROR.fullmatch(message)
    if match is None:
        return message, _START
    reason = shown(match[1][:1].lower() + match[1][1:])
    if match[2] is None:
        return reason, Position(text.rstrip().count("\n"), 0)
    line = int(match[2]) - 1
    before = text.split("\n")[line][: int(match[3]) - 1]  # tomllib counts characters
    return reason, Position(line, len(before.encode("utf-16-le", "surrogatepass")) // 2)


def _broken(path: Path, message: str, place: Position = _START) -> ConfigurationFile:
    end = Position(place.line, place.character + 1)
    return ConfigurationFile(path, Settings(), (PlacedProblem(place, end, message),), broken=True)
