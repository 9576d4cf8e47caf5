"""The promise of every conversion: each field of the source is found again in the target, or a loss names it.

Values are compared as values (names, dates, runs of text), never as text that occurs somewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from bibwright.formats import AnyFormat
from bibwright.formats.exchange import ExchangeFormat, Unreadable
from bibwright.formats.format import NoResolver
from bibwright.model.names import Name
from bibwright.model.record import Loss, Record
from bibwright.model.richtext import join_runs, plain_text
from tests.support.same_meaning import with_own_values

#: What is no field of a work: where it goes is decided by the conversion as a whole.
_OF_THE_ENTRY = frozenset(("id", "type", "citation-key"))


class Missing(NamedTuple):
    """A field of the source whose variable has another value in the target, and no loss says so."""

    field: str
    variable: str
    before: object
    after: object


def find_missing(record: Record, target: AnyFormat, text: str, losses: Iterable[Loss]) -> Iterator[Missing]:
    """The fields of a record that neither the text in the target's format holds nor a loss names."""
    named = {loss.field.lower() for loss in losses}
    back = read_back(text, target)
    if back is None:
        yield Missing("", "", record, text)
        return
    kept = {(field.name.lower(), field.text) for field in back.fields}
    for field in record.fields:
        if field.name.lower() in named:
            continue
        for variable in field.variables:
            before, after = _value(record, variable), _value(back, variable)
            own = with_own_values(record, field, variable).texts.get(variable, ())
            if own != record.texts.get(variable, ()) and all(value in back.texts.get(variable, ()) for value in own):
                continue
            if variable not in _OF_THE_ENTRY and before != after:
                yield Missing(field.name, variable, before, after)
        if not field.variables and field.text.strip() and (field.name.lower(), field.text) not in kept:
            yield Missing(field.name, "", field.text, None)


def read_back(text: str, target: AnyFormat) -> Record | None:
    """The record that a written record is read as; None when it is none, or more than one."""
    if isinstance(target, ExchangeFormat):
        found = list(target.read(target.frame.head + text + target.frame.tail))
        if len(found) != 1 or isinstance(found[0], Unreadable):
            return None
        return found[0].record
    entries = [(block, entry) for block in target.split(text) for entry in target.parse(block).entries]
    if len(entries) != 1:
        return None
    return target.read_entry(*entries[0], NoResolver())


def _value(record: Record, variable: str) -> object:
    if variable in record.names:
        return tuple(map(_comparable, record.names[variable]))
    texts = record.texts.get(variable)
    if texts and variable in ("ISBN", "ISSN"):
        # A list of numbers, whether each is a value or all are one.
        return [number for text in texts for number in re.split(r"[,;\s]+", plain_text(text))]
    return record.dates.get(variable) or (texts and tuple(join_runs(list(text)) for text in texts))


def _comparable(name: Name) -> Name:
    """No format says that nobody knows which part of a name is which."""
    return replace(name, unsure=False)
