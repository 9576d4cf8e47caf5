"""Formats that are converted and never edited live: a file is read as a whole, record by record.

What an editor shows and checks as it is typed is a `Format` (`format.py`). Both kinds are written alike: a record is
one text, and a frame stands around all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from bibwright.model.record import Record, Written
from bibwright.text.spans import Span


class ReadRecord(NamedTuple):
    """A record, and its place in the text. The spans of its fields count from the beginning of the text."""

    record: Record
    span: Span


class Unreadable(NamedTuple):
    """A stretch of text that is no record, and why: lower-case start, no full stop."""

    reason: str
    span: Span


Reading: TypeAlias = Iterator[ReadRecord | Unreadable]


class Frame(NamedTuple):
    """What stands before the first record of a file, between two, and behind the last; line ends are line feeds."""

    head: str = ""
    between: str = ""
    tail: str = ""


NO_FRAME = Frame()


@dataclass(frozen=True, slots=True)
class ExchangeFormat:
    """One format. `id` names it on the command line; `language_id` is what editors call the language it is written in.

    `suffixes` are those that files of it have, the usual one first. `recognises` tells from a text whether it is of
    this format. `read` never raises and never stops at damage: what is no record it gives as `Unreadable`.
    `write_record` takes a record and the line end to use and gives text without an outer line end; it is None where
    the format is only read.
    """

    id: str
    title: str
    language_id: str
    suffixes: tuple[str, ...]
    recognises: Callable[[str], bool]
    read: Callable[[str], Reading]
    write_record: Callable[[Record, str], Written] | None = None
    frame: Frame = NO_FRAME
