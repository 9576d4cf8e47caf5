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
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bibwright.analysis.project import Project
from bibwright.cli.checked import CheckedFile, Checking, check_file, gather_files
from bibwright.cli.report import count_of

if TYPE_CHECKING:
    from concurrent.futures import Future

#: Starting processes pays off where there is more than this to read: about a second of work.
_WORTH_A_PROCESS = 2_000_000
#: So many files a process may be ahead of what has been handed on.
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


def _in_processes(paths: Sequence[str], how: Checking, number: int, named: Collection[str]) -> Iterator[CheckedFile]:
    # Loaded here, since most runs need no other process.
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    others = set(multiprocessing.active_children())
    executor = ProcessPoolExecutor(number, initializer=_begin_work, initargs=(paths, how, named))
    waiting: deque[tuple[str, Future[CheckedFile]]] = deque()
    left = iter(paths)
    done = False
    try:
        while True:
            while len(waiting) < number * _AHEAD and (path := next(left, None)) is not None:
                with _interrupts_held():
                    waiting.append((path, executor.submit(_work, path, how)))
            if not waiting:
                break
            path, future = waiting.popleft()
            try:
                yield future.result()
            except BrokenProcessPool:
                # Which file did it nobody can tell; those that were under way are lost.
                number_left = len(waiting) + sum(1 for _ in left)
                unchecked = f"; {count_of(number_left, 'file')} behind it not checked" if number_left else ""
                yield CheckedFile(path, error=f"{path}: a process that checked it ended unexpectedly{unchecked}")
                return
        done = True
    finally:
        if not done:
            # Nobody waits for what is being checked now.
            for process in multiprocessing.active_children():
                if process not in others:
                    process.terminate()
        executor.shutdown(wait=True, cancel_futures=True)


#: Of a process that works for another one: what is looked up across files. Each process reads for itself what it needs.
_projects: list[Project] = []


def _work(path: str, how: Checking) -> CheckedFile:
    return check_file(path, how, _projects[0])


def _begin_work(paths: Sequence[str], how: Checking, named: Collection[str]) -> None:
    """What a process does first. Ctrl-C goes to all; the one that started them ends them."""
    _projects[:] = [gather_files(paths, how, named=named)]
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    gc.disable()


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
