"""Work that is done in steps, so that a server can answer in between; here for who has nothing else to do."""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeVar

Result = TypeVar("Result")


def take_all(steps: Generator[None, None, Result]) -> Result:
    """Take all steps of a generator at once, and give what it returns."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: Result = end.value
            return result
