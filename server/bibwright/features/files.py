"""Reads bibliographies from disk and writes them back as they were stored.

What encoding a file is in is decided in `encodings`, without a disk; which files there are `walk` finds out.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
import tempfile
from pathlib import Path

from bibwright.features.encodings import DecodedText, decode_bytes


def read_file(path: Path, given: str | None = None) -> DecodedText:
    """The text of a file. Raises `OSError` and `EncodingError`."""
    return decode_bytes(path.read_bytes(), given)


def read_regular(path: str | Path, most: int | None = None) -> bytes:
    """The bytes of a file that nobody named, `most` at most. Raises `OSError` for a pipe or a device, and never waits.

    What lies in a folder may be anything: of a pipe nobody writes to the end would never come.
    """
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with open(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "is not a regular file", str(path))
        return file.read(-1 if most is None else most) or b""


def write_file(path: Path, data: bytes) -> None:
    """Put `data` in the place of what the file holds, all or nothing. Raises `OSError`.

    A symbolic link stays one, and what it points to is written; the file keeps its mode and, where the system allows
    it, its owner and group. Only a file that has a place of its own can be exchanged: a device or a pipe is written as
    it is.
    """
    target = Path(os.path.realpath(path))
    status = _status(target)
    if status is not None and not stat.S_ISREG(status.st_mode):
        target.write_bytes(data)
        return
    if status is not None and not os.access(target, os.W_OK):
        # Exchanging the file would get round its protection.
        raise PermissionError(13, "is write-protected", str(path))
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:100]}.", suffix=".tmp", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if status is not None:
            _give(temporary, status)
        temporary.chmod(stat.S_IMODE(status.st_mode) if status is not None else 0o666 & ~_umask())
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _status(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _give(path: Path, like: os.stat_result) -> None:
    """Give a file the owner and group of another: what runs as root in a container works on the files of a user."""
    if sys.platform == "win32":
        return
    for owner in (like.st_uid, -1):
        try:
            os.chown(path, owner, like.st_gid)
        except OSError:
            continue
        return


def _umask() -> int:
    # There is no way to ask for it but to set it.
    mask = os.umask(0)
    os.umask(mask)
    return mask
