"""What the command line says about configuration, and what it tells the user of configuration files."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from bibwright.analysis.settings import Selection, Settings
from bibwright.cli.report import complain
from bibwright.features.configuration import ConfigurationChoice, ConfigurationFile
from bibwright.features.linters import linters_of
from bibwright.features.selection import check_selector


class UsageError(Exception):
    """An argument selects nothing; the message is one line for the user."""


def read_choice(arguments: Namespace) -> ConfigurationChoice:
    """The configuration that the arguments ask for. Raises `UsageError`."""
    select = None if arguments.select is None else tuple(_selectors("--select", arguments.select))
    selection = Selection(
        select,
        tuple(_selectors("--extend-select", arguments.extend_select)),
        tuple(_selectors("--ignore", arguments.ignore)),
    )
    overrides = Settings(
        selections=() if selection == Selection() else (selection,),
        dialect=arguments.dialect or "",
        given=frozenset(("dialect",) if arguments.dialect else ()),
    )
    return ConfigurationChoice(overrides, arguments.config, arguments.isolated)


def _selectors(option: str, given: Iterable[str]) -> Iterator[str]:
    for word in ",".join(given).split(","):
        selector = word.strip()
        if not selector:
            continue
        if (complaint := check_selector(selector)) is not None:
            raise UsageError(f"{option}: {complaint}")
        yield selector


def without_excluded(files: Sequence[str], named: Iterable[str], choice: ConfigurationChoice) -> list[str]:
    """The files that no configuration excludes; those that the user named are checked all the same."""
    kept = set(named)
    configurations = linters_of(choice).configurations
    return [file for file in files if file in kept or not configurations.is_excluded(Path(file))]


def _shown(path: Path) -> str:
    """The path from the current folder where it is below."""
    try:
        return str(path.absolute().relative_to(Path.cwd()))
    except (OSError, ValueError):
        return str(path)


def complain_of_configuration(files: Iterable[str], choice: ConfigurationChoice) -> bool:
    """Say what is wrong in the configuration files of these files; whether one could not be used at all."""
    configurations = linters_of(choice).configurations
    found: dict[Path, ConfigurationFile] = {}
    for path in files:
        file = configurations.file_for(Path(path))
        if file is not None:
            found[file.path] = file
    for file in found.values():
        for line in file.lines(_shown(file.path)):
            complain(line)
    return any(file.broken for file in found.values())
