"""The official citation styles and locales for the tools here: those of the package, or of folders."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from bibwright.csl.archive import open_archive


class Official(NamedTuple):
    """The ids of the independent styles, and the text of one."""

    independent: list[str]
    text: Callable[[str], str]


def open_official(folder: Path | None) -> Official:
    """The styles of the folder; without one, those of the package."""
    if folder is not None:
        return Official(
            [path.stem for path in sorted(folder.glob("*.csl")) if _is_independent(path)],
            lambda name: (folder / f"{name}.csl").read_text(encoding="utf-8"),
        )
    archive = open_archive()

    def text(name: str) -> str:
        found = archive.style(archive.index["former"].get(name, name))
        if found is None:
            raise SystemExit(f'no independent official style has the id "{name}"')
        return found

    return Official(sorted(archive.index["texts"]), text)


@contextmanager
def official_locales(folder: Path | None) -> Iterator[Path]:
    """A folder of `locales-xx-XX.xml`: the one given, or one with those of the package."""
    if folder is not None:
        yield folder
        return
    archive = open_archive()
    with tempfile.TemporaryDirectory() as made:
        for name in archive.index["locales"]:
            (Path(made) / f"locales-{name}.xml").write_text(archive.locale(name) or "", encoding="utf-8")
        yield Path(made)


def _is_independent(path: Path) -> bool:
    return 'rel="independent-parent"' not in path.read_text(encoding="utf-8")
