"""How the cost of some work grows with the size of what it is given, told so that a busy machine cannot change it.

What a machine does beside can only add to a measurement, and adds to it at random. So the least of several is compared
with the least of several, and measuring goes on until the growth is shown to be in proportion. What is quadratic is
never shown to be: its least times are too far apart.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from time import thread_time
from typing import TypeVar

_Given = TypeVar("_Given")

#: The larger size is this many times the smaller one; what is quadratic costs up to 64 times as much.
TIMES = 8
_LIMIT = 16
_ATTEMPTS = 20
#: Seconds of processor time. A clock says nothing of less; what is quadratic needs more at the sizes that are chosen.
_TOO_SHORT = 0.02


def assert_in_proportion(run: Callable[[_Given], object], make: Callable[[int], _Given], size: int) -> None:
    """`run` costs in proportion to what `make` gives: one of this size and one of eight times as much are compared.

    `size` is such that `run` costs some milliseconds.
    """
    small, large = make(size), make(TIMES * size)
    run(small)  # what is read or compiled once is no part of the cost
    least_of_small = least_of_large = float("inf")
    for _ in range(_ATTEMPTS):
        least_of_large = min(least_of_large, _cost(run, large))
        if least_of_large < _TOO_SHORT:
            return
        least_of_small = min(least_of_small, *(_cost(run, small) for _ in range(3)))
        if least_of_large < _LIMIT * least_of_small:
            return
    raise AssertionError(f"{TIMES} times the size costs {least_of_large / least_of_small:.0f} times as much")


def _cost(run: Callable[[_Given], object], given: _Given) -> float:
    """Seconds of processor time of this thread; the collector's, which looks at all that other tests left, apart."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        start = thread_time()
        run(given)
        return thread_time() - start
    finally:
        if enabled:
            gc.enable()
