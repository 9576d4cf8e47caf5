"""`bibwright convert`: a file in another format, and on standard error what became of it on the way."""

from __future__ import annotations

import sys
from pathlib import Path

from bibwright.cli.opened import UnreadableError, open_file
from bibwright.cli.report import complain, one_line, readable
from bibwright.features.conversion import summarise
from bibwright.features.convert import convert_text
from bibwright.features.files import write_file
from bibwright.formats import FORMATS


def convert(file: str, *, target: str, out: str | None, encoding: str | None) -> int:
    """Write `file` as the format `target` to `out`, or to standard output."""
    try:
        opened = open_file(file, encoding)
    except UnreadableError as error:
        complain(str(error))
        return 2
    if out is not None and _is_same(file, out):
        complain(f"{out}: is the file to convert; choose another name for the result")
        return 2
    conversion = convert_text(opened.text, opened.format, FORMATS[target])
    data = readable(conversion.text).encode("utf-8")
    if out is None:
        _print(data)
    else:
        try:
            write_file(Path(out), data)
        except OSError as error:
            complain(f"{out}: cannot be written: {error.strerror or error}")
            return 2
    for line in summarise(conversion):
        print(one_line(line), file=sys.stderr)
    return 0


def _is_same(file: str, out: str) -> bool:
    try:
        return Path(out).samefile(file)
    except OSError:
        return False


def _print(data: bytes) -> None:
    """Write bytes to standard output: its line ends are those of the file, not those of the system."""
    sys.stdout.flush()
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        sys.stdout.write(data.decode("utf-8"))
    else:
        buffer.write(data)
        buffer.flush()
