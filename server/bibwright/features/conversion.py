"""What a conversion gives: the text, and of each record what became of every field.

A field is kept unless a loss names it. A loss of the level `warning` is one of the value, any other one says where the
value went or what was changed about it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from bibwright.formats import AnyFormat
from bibwright.formats.exchange import NO_FRAME
from bibwright.model.record import Loss
from bibwright.text.columns import LineTable, PositionEncoding
from bibwright.text.spans import Span

_MOST_LINES = 20
#: So many fields of which the same is said stand in one line of the summary, without examples.
_FIELDS_OF_ONE_LINE = 4
_MOST_FIELDS = 30


class Outcome(StrEnum):
    """What became of a field, from best to worst."""

    KEPT = "kept"
    MOVED = "moved"
    CHANGED = "changed"
    DROPPED = "dropped"


_FROM_BEST = tuple(Outcome)


class FieldOutcome(NamedTuple):
    """A field of the source, its place in the source's text (None when it was inherited), and what became of it."""

    name: str
    span: Span | None
    outcome: Outcome
    losses: tuple[Loss, ...]


class EntryReport(NamedTuple):
    """What became of one entry, or without fields of what is no record or stands outside all of them.

    `key` is that of the result; `span` is the place in the source's text, `fields` are names and places of its fields.
    """

    key: str
    span: Span
    fields: tuple[tuple[str, Span | None], ...]
    losses: tuple[Loss, ...]

    def outcomes(self) -> Iterator[FieldOutcome]:
        """Each field in the order of the source, then what was lost and is no field of it."""
        by_field: dict[str, list[Loss]] = {}
        for loss in self.losses:
            by_field.setdefault(loss.field, []).append(loss)
        for name, span in self.fields:
            losses = tuple(by_field.get(name, ()))
            yield FieldOutcome(name, span, _worst(losses), losses)
        named = {name for name, _ in self.fields}
        for name, losses_of_name in by_field.items():
            if name not in named:
                yield FieldOutcome(name, None, _worst(tuple(losses_of_name)), tuple(losses_of_name))


class Failure(NamedTuple):
    """A stretch of the source that was not converted, and why; `key` is empty where it has none."""

    key: str
    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Conversion:
    """The written records (and what goes along between them), how many there are, and what became of each entry."""

    target: AnyFormat
    line_end: str
    parts: tuple[str, ...]
    records: int
    entries: tuple[EntryReport, ...] = ()
    failures: tuple[Failure, ...] = ()

    @property
    def text(self) -> str:
        """The whole text in the target's format."""
        return join_parts(self.parts, self.target, self.line_end)

    @property
    def losses(self) -> tuple[EntryReport, ...]:
        """The entries of which anything was lost or changed."""
        return tuple(entry for entry in self.entries if entry.losses)


def join_parts(parts: Iterable[str], target: AnyFormat, line_end: str) -> str:
    """The text of a file that holds these written records."""
    if target.frame is NO_FRAME:
        # Entries stand apart by a blank line; the last one ends the file.
        return "".join(parts).removesuffix(line_end)
    head, between, tail = (part.replace("\n", line_end) for part in target.frame)
    return head + between.join(parts) + tail


def outcome_of(loss: Loss) -> Outcome:
    """What a loss says became of its field."""
    if loss.severity == "warning":
        return Outcome.DROPPED
    return Outcome.MOVED if loss.to else Outcome.CHANGED


def _worst(losses: tuple[Loss, ...]) -> Outcome:
    return max((outcome_of(loss) for loss in losses), key=_FROM_BEST.index, default=Outcome.KEPT)


def count_outcomes(conversion: Conversion) -> Counter[Outcome]:
    """How many fields were kept, moved, changed and dropped."""
    return Counter(field.outcome for entry in conversion.entries for field in entry.outcomes())


def conversion_json(conversion: Conversion, source_text: str) -> dict[str, object]:
    """The whole report for programs; places are lines and UTF-16 columns from 0, as in the Language Server Protocol."""
    table = LineTable(source_text)
    counts = count_outcomes(conversion)
    return {
        "records": conversion.records,
        "fields": {outcome.value: counts[outcome] for outcome in Outcome},
        "entries": [
            {
                "key": entry.key,
                "range": _range(table, entry.span),
                "fields": [
                    {
                        "name": field.name,
                        "range": None if field.span is None else _range(table, field.span),
                        "outcome": field.outcome.value,
                        "losses": [_loss_json(loss) for loss in field.losses],
                    }
                    for field in entry.outcomes()
                ],
            }
            for entry in conversion.entries
        ],
        "failures": [
            {"key": failure.key, "range": _range(table, failure.span), "reason": failure.reason}
            for failure in conversion.failures
        ],
    }


def _loss_json(loss: Loss) -> dict[str, str]:
    moved = {"to": loss.to} if loss.to else {}
    return {
        "code": loss.code,
        "severity": loss.severity,
        "outcome": outcome_of(loss).value,
        **moved,
        "message": loss.message,
    }


def _range(table: LineTable, span: Span) -> dict[str, dict[str, int]]:
    (line, character), (end_line, end_character) = (table.position(at, PositionEncoding.UTF16) for at in span)
    return {
        "start": {"line": line, "character": character},
        "end": {"line": end_line, "character": end_character},
    }


# --- For people


def summarise(conversion: Conversion) -> list[str]:
    """Short lines for a person: how many records, how many losses, and of what kind they are."""
    losses = [loss for entry in conversion.entries for loss in entry.losses]
    counts = Counter(map(outcome_of, losses))
    lost, moved, changed = (counts[outcome] for outcome in (Outcome.DROPPED, Outcome.MOVED, Outcome.CHANGED))
    head = f"{counted(conversion.records, 'record')} converted"
    if conversion.failures:
        head += f"; {counted(len(conversion.failures), 'record')} not converted"
    if lost:
        head += f"; {counted(lost, 'field')} lost"
    elif not conversion.failures:
        head += "; nothing lost"
    if moved:
        head += f"; {counted(moved, 'field')} moved"
    if changed:
        head += f"; {counted(changed, 'field')} changed"
    lines = [head]
    lines += [
        f"not converted: {failure.key or 'an entry without key'}: {failure.reason}" for failure in conversion.failures
    ]
    lines += _kinds_of_loss(conversion)
    if len(lines) > _MOST_LINES:
        lines[_MOST_LINES:] = [f"... and {len(lines) - _MOST_LINES} more"]
    return lines


class _Kind(NamedTuple):
    """What a line of the summary is about."""

    outcome: Outcome
    code: str
    field: str


def _kinds_of_loss(conversion: Conversion) -> Iterator[str]:
    """A line for each code and field with an example, the losses first; fields of which the same is said share one."""
    counts: Counter[_Kind] = Counter()
    examples: dict[_Kind, tuple[str, str]] = {}
    for entry in conversion.entries:
        for loss in entry.losses:
            kind = _Kind(outcome_of(loss), loss.code, loss.field)
            counts[kind] += 1
            examples.setdefault(kind, (entry.key, loss.message))
    groups: dict[tuple[str, ...], list[_Kind]] = {}
    for kind in sorted(counts, key=lambda kind: (kind.outcome is not Outcome.DROPPED, -counts[kind])):
        # Before the colon stands what became of the value, which stands behind it.
        said, colon, _ = examples[kind][1].partition(": ")
        groups.setdefault((kind.outcome, kind.code, said) if colon else kind, []).append(kind)
    for (_, code, said), kinds in groups.items():
        word = "lost" if kinds[0].outcome is Outcome.DROPPED else kinds[0].outcome.value
        if len(kinds) >= _FIELDS_OF_ONE_LINE:
            named = [f"{kind.field} ({counts[kind]})" if counts[kind] > 1 else kind.field for kind in kinds]
            more = f" and {len(named) - _MOST_FIELDS} more" if len(named) > _MOST_FIELDS else ""
            yield f"{word}: {', '.join(named[:_MOST_FIELDS])}{more}: {said} [{code}]"
            continue
        for kind in kinds:
            key, message = examples[kind]
            times = f" ({counts[kind]} times)" if counts[kind] > 1 else ""
            yield f"{word}: {kind.field}{times}: {shortened(f'{key}: {message}' if key else message)} [{code}]"


def counted(number: int, noun: str) -> str:
    """`1 record`, `2 records`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def shortened(text: str) -> str:
    """At most a hundred characters of a text."""
    return text if len(text) <= 100 else text[:97] + "..."
