"""Citation styles by the names that settings and commands give them: the id of a built-in one, or a .csl file.

A file is read again when it has changed, and what is wrong with it is found out once. A workspace may come from
anywhere and names files in its settings: only a regular file called .csl is read, behind links too, and only so much
of it.
"""

from __future__ import annotations

import os
from functools import lru_cache

from bibwright.csl.errors import StyleError
from bibwright.csl.style import Style, parse_style
from bibwright.csl.styles import StyleInfo, find_style, load_style
from bibwright.csl.xml_tree import MAX_CHARACTERS
from bibwright.features.encodings import EncodingError, decode_bytes
from bibwright.features.files import read_regular

SUFFIX = ".csl"
#: So many files are kept compiled.
_KEPT = 16


def is_style_file(name: str) -> bool:
    """Whether a style's name is that of a file, not an id."""
    return name.lower().endswith(SUFFIX)


def resolve_style(name: str, locale: str = "") -> Style:
    """The style with this id or in this file, compiled. Raises `StyleError`.

    It speaks its own language; one that has none speaks `locale`, or else American English.
    """
    if not is_style_file(name):
        return load_style(name, locale)
    found = _read(name, _stamp(name), locale)
    if isinstance(found, StyleError):
        raise found.with_traceback(None)
    return found


def describe_style(name: str) -> StyleInfo | None:
    """What a style is called and is for; None when there is no such style, or its file cannot be used."""
    if not is_style_file(name):
        return find_style(name)
    try:
        return StyleInfo(name, resolve_style(name).title)
    except StyleError:
        return None


def _stamp(name: str) -> tuple[int, int, int]:
    """What changes when the file does. Raises `StyleError` where it is none that may be read."""
    # The name of a share of another computer would have Windows sign in there.
    if name.startswith(("\\\\", "//")):
        raise StyleError(name, "", "is not a file of this computer")
    try:
        if not is_style_file(os.path.realpath(name)):
            raise StyleError(name, "", f"leads to a file that is not called {SUFFIX}")
        status = os.stat(name)
    except (OSError, ValueError) as error:
        raise StyleError(name, "", getattr(error, "strerror", None) or str(error)) from error
    return status.st_ino, status.st_mtime_ns, status.st_size


@lru_cache(maxsize=_KEPT)
def _read(name: str, stamp: tuple[int, int, int], locale: str) -> Style | StyleError:
    """The style in a file, or what is wrong with it. `stamp` tells one state of the file from another."""
    try:
        # Of four bytes at most is a character; what is longer is told to be too long.
        text = decode_bytes(read_regular(name, 4 * MAX_CHARACTERS + 4), None).text
        return parse_style(text, os.path.basename(name), lang=locale)
    except StyleError as error:
        return error
    except (OSError, ValueError, EncodingError) as error:
        return StyleError(os.path.basename(name), "", getattr(error, "strerror", None) or str(error))
