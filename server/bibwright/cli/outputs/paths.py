"""Paths as other programs want them: with slashes, and relative to the folder that they take as the root."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote


def path_from(root: str, path: str) -> str:
    """The path relative to `root` where it is below that, else as it is; with slashes."""
    full = os.path.abspath(path)
    try:
        relative = os.path.relpath(full, root)
    except ValueError:  # another drive
        relative = os.pardir
    chosen = path if relative.split(os.sep)[0] == os.pardir else relative
    return chosen.replace(os.sep, "/")


def relative_uri(root: str, path: str) -> str | None:
    """The path as a URI relative to `root`; None when it is not below that."""
    relative = path_from(root, os.path.abspath(path))
    return None if os.path.isabs(relative) else quote(os.fsencode(relative), safe="/")


def file_uri(path: str) -> str:
    """The URI of a file."""
    return Path(os.path.abspath(path)).as_uri()


def folder_uri(path: str) -> str:
    """The URI of a folder: it ends with a slash."""
    return f"{file_uri(path).rstrip('/')}/"
