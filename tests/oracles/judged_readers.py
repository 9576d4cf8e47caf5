"""What other programs have against records that are right, with the reason: `judged_readers.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple


class Judged(NamedTuple):
    """A complaint that is the program's fault. `message` and `record` are searched for in what it said and read."""

    program: str
    format: str
    message: str
    record: str
    reason: str


@cache
def judgements() -> tuple[Judged, ...]:
    """All of them, in the order in which they are tried."""
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    return tuple(
        Judged(one["program"], one["format"], one.get("message", ""), one.get("record", ""), one["reason"])
        for one in table.get("judged", ())
    )


def judge(known: Sequence[Judged], program: str, format: str, message: str, record: str) -> Judged | None:
    """The judgement about what a program said of a record; None when nobody has judged it."""
    for one in known:
        if (
            one.format == format
            and program.startswith(one.program)
            and re.search(one.message, message)
            and re.search(one.record, record)
        ):
            return one
    return None
