"""A progress bar on standard error, for somebody who waits in front of a terminal; nobody reads one in a log."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from bibwright.cli.checked import CheckedFile

#: Seconds after which somebody begins to wonder.
_DELAY = 1.0


def show_progress(files: Iterable[CheckedFile], total: int) -> Iterator[CheckedFile]:
    """Hand on the files, counting them; the bar makes room for what is printed in between."""
    if not _somebody_waits():
        yield from files
        return
    from tqdm import tqdm

    # The thread that would watch over the bar must not be there when processes are started.
    tqdm.monitor_interval = 0
    with tqdm(total=total, desc="checking", unit=" files", delay=_DELAY, leave=False, file=sys.stderr) as bar:
        for file in files:
            prints = bool(file.findings or file.applied or file.error)
            if prints and bar.n:
                bar.clear()
            yield file
            bar.update()


@contextmanager
def count_steps(what: str) -> Iterator[Callable[[], None] | None]:
    """Show how many steps of one long work have been done, whose number nobody knows; None where nobody looks on."""
    if not _somebody_waits():
        yield None
        return
    from tqdm import tqdm

    tqdm.monitor_interval = 0
    with tqdm(desc=what, unit=" steps", delay=_DELAY, leave=False, file=sys.stderr) as bar:

        def step() -> None:
            bar.update()

        yield step


def _somebody_waits() -> bool:
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb" and not os.environ.get("CI")
