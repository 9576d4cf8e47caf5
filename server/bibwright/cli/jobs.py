"""Checks files in several processes, and hands on what they find in the order of the files.

Processes and not threads: checking is Python from end to end. They are started once and given files one by one, so
that a large file keeps one of them busy and no other waits.
"""

from __future__ import annotations

import gc
import os
import signal
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bibwright.cli.checked import CheckedFile, Checking, check_file, gather_files

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

#: Starting processes pays off where there is more than this to read: about a second of work.
_WORTH_A_PROCESS = 2_000_000
#: So many files each process may be ahead of what has been handed on.
_AHEAD = 8


def check_files(
    paths: Sequence[str], how: Checking, jobs: int | None, *, named: Collection[str] = ()
) -> Iterator[CheckedFile]:
    """Check files in this many processes: 0 is one for each core, None what is sensible.

    `named` are the files that the user named one by one.
    """
    number = min(count_cores() if jobs == 0 else _sensible_jobs(paths) if jobs is None else jobs, len(paths))
    if number <= 1:
        project = gather_files(paths, how, named=named)
        return (check_file(path, how, project) for path in paths)
    return _in_processes(paths, how, number, named)


def count_cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _sensible_jobs(paths: Iterable[str]) -> int:
    sizes = 0
    for number, path in enumerate(paths, start=1):
        try:
            sizes += os.stat(path).st_size
        except (OSError, ValueError):
            continue
        if sizes > _WORTH_A_PROCESS and number > 1:
            return count_cores()
    return 1


@dataclass(slots=True, eq=False)
class _Worker:
    """A process that checks one file at a time, and the line to it; `checks` is the number of that file.

    Each has a line of its own, which ends with it. On a line that is shared (as in `concurrent.futures`) everybody
    waits for ever for the rest of an answer whose sender was ended in the middle of it.
    """

    process: BaseProcess
    line: Connection
    checks: int | None = None

    def give(self, number: int, path: str) -> None:
        """Let it check this file. Where it has ended already, its line says so when the answer is read."""
        self.checks = number
        with suppress(OSError):
            self.line.send(path)

    def answer(self) -> CheckedFile | None:
        """What it found; None where it has ended instead."""
        try:
            file: CheckedFile = self.line.recv()
        except (EOFError, OSError):
            return None
        self.checks = None
        return file

    def end(self) -> None:
        """End it, whatever it does: nobody waits for that any more."""
        self.process.kill()
        self.process.join()
        self.line.close()


def _in_processes(paths: Sequence[str], how: Checking, number: int, named: Collection[str]) -> Iterator[CheckedFile]:
    # Loaded here, since most runs need no other process.
    from multiprocessing.connection import wait

    workers: list[_Worker] = []
    checked: dict[int, CheckedFile] = {}
    left = deque(enumerate(paths))
    try:
        for handed_on in range(len(paths)):
            while handed_on not in checked:
                while left and len(workers) < number:
                    workers.append(_start_worker(paths, how, named))
                for worker in workers:
                    if worker.checks is None and left and left[0][0] < handed_on + number * _AHEAD:
                        worker.give(*left.popleft())
                busy = {worker.line: worker for worker in workers if worker.checks is not None}
                for line in wait(list(busy)):
                    worker = busy[line]  # type: ignore[index]  # what comes out is what went in
                    done = worker.checks
                    assert done is not None, "it is busy"
                    file = worker.answer()
                    if file is None:
                        worker.end()
                        workers.remove(worker)
                        error = f"{paths[done]}: the process that checked it ended unexpectedly"
                        file = CheckedFile(paths[done], error=error)
                    checked[done] = file
            yield checked.pop(handed_on)
    finally:
        for worker in workers:
            worker.end()


def _start_worker(paths: Sequence[str], how: Checking, named: Collection[str]) -> _Worker:
    import multiprocessing

    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.Process(target=_work, args=(theirs, paths, how, named), daemon=True)
    with _interrupts_held():
        process.start()
    theirs.close()
    return _Worker(process, ours)


def _work(line: Connection, paths: Sequence[str], how: Checking, named: Collection[str]) -> None:
    """What a process does. Ctrl-C goes to all; the one that started them ends them."""
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    gc.disable()
    parent = parent_process()
    assert parent is not None, "it was started by another one"
    # What is looked up across files each process reads for itself.
    project = gather_files(paths, how, named=named)
    while parent.sentinel not in wait([line, parent.sentinel]):
        line.send(check_file(line.recv(), how, project))


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Keep Ctrl-C waiting: a process that is being started would print a traceback."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
