"""Checks documents in slices of a few milliseconds, so that a hover or a keystroke never waits for a large file."""

from __future__ import annotations

import asyncio
from collections.abc import Generator
from time import perf_counter
from typing import TypeVar

from bibwright.analysis.workspace import OpenDocument

_SLICE = 0.004
#: `sleep(0)` would let only what is already waiting run; a message that is just being read needs a moment more.
_PAUSE = 0.001

Result = TypeVar("Result")


async def result_of(steps: Generator[None, None, Result]) -> Result:
    """Take all steps of a generator, giving way between slices, and give what it returns."""
    slice_end = perf_counter() + _SLICE
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: Result = end.value
            return result
        if perf_counter() > slice_end:
            await asyncio.sleep(_PAUSE)
            slice_end = perf_counter() + _SLICE


async def check(document: OpenDocument) -> None:
    """Check a document; edits made in the meantime are checked too."""
    await result_of(_steps_of(document))


def _steps_of(document: OpenDocument) -> Generator[None, None, None]:
    yield from document.check_steps()
