"""The report of a conversion for people: Markdown that says of every entry what became of its fields.

Programs read the same as JSON (`features/conversion.py`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from bibwright.features.conversion import (
    Conversion,
    EntryReport,
    FieldOutcome,
    Outcome,
    count_outcomes,
    counted,
    outcome_of,
)
from bibwright.model.record import Loss
from bibwright.text.columns import LineTable, PositionEncoding
from bibwright.text.spans import Span

#: More entries than these are nothing that anybody reads; the JSON report has all.
_MOST_ENTRIES = 1000
_MOST_KEYS = 500
_MOST_NAMED = 5
#: What would be more than text: emphasis, links, HTML, columns of a table, formulas.
_MARKUP = re.compile(r"[\\`*_\[\]<>|#&~$]")
_NOT_SHOWN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


def render_report(conversion: Conversion, source_text: str, *, source_name: str) -> str:
    """The report in Markdown; places are lines and UTF-16 columns of the source from 1, as editors show them."""
    return "\n".join(_report(conversion, LineTable(source_text), source_name)) + "\n"


def loss_question(conversion: Conversion) -> str:
    """What somebody should know before a conversion is applied, in one sentence; empty where nothing is lost."""
    title = conversion.target.title
    lost = [field for entry in conversion.losses for field in entry.outcomes() if field.outcome is Outcome.DROPPED]
    parts = []
    if lost:
        # What is no field of any entry is called `text`.
        names = list(dict.fromkeys("other text" if field.name == "text" else _line(field.name) for field in lost))
        more = len(names) - _MOST_NAMED
        shown = ", ".join(names[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
        parts.append(f"{counted(len(lost), 'value')} would be lost in {title} ({shown})")
    if conversion.failures:
        parts.append(f"{counted(len(conversion.failures), 'record')} would not be converted")
    return "; ".join(parts)


def _report(conversion: Conversion, table: LineTable, source_name: str) -> Iterator[str]:
    counts = count_outcomes(conversion)
    fields = ", ".join(f"{counts[outcome]} {outcome.value}" for outcome in Outcome)
    yield f"# {_text(source_name)} as {conversion.target.title}"
    yield ""
    yield f"{counted(conversion.records, 'record')}. Fields: {fields}."
    if conversion.failures:
        yield from ("", "## Not converted", "")
        for failure in conversion.failures:
            key = f"**{_text(failure.key)}**, " if failure.key else ""
            yield f"- {key}line {_line_of(failure.span, table)}: {_text(failure.reason)}"
    changed = conversion.losses
    if changed:
        yield from _kinds(changed)
        yield from ("", "## Entries of which not everything stays as it is")
        for entry in changed[:_MOST_ENTRIES]:
            yield from _entry(entry, table)
        if len(changed) > _MOST_ENTRIES:
            yield from ("", f"... and {len(changed) - _MOST_ENTRIES} more.")
    kept = [entry.key for entry in conversion.entries if not entry.losses]
    if kept:
        yield from ("", "## Entries that are kept whole", "")
        more = f" and {len(kept) - _MOST_KEYS} more" if len(kept) > _MOST_KEYS else ""
        yield ", ".join(_text(key) or "(without key)" for key in kept[:_MOST_KEYS]) + more


def _kinds(entries: Iterable[EntryReport]) -> Iterator[str]:
    """A table of what happens to which fields, the worst and most frequent first."""
    kinds: Counter[tuple[Outcome, str, str]] = Counter()
    examples: dict[tuple[Outcome, str, str], str] = {}
    for entry in entries:
        for loss in entry.losses:
            kind = (outcome_of(loss), loss.code, loss.field)
            kinds[kind] += 1
            examples.setdefault(kind, loss.message)
    yield from (
        "",
        "## At a glance",
        "",
        "| Field | | Times | Code | For example |",
        "| --- | --- | ---: | --- | --- |",
    )
    order = list(Outcome)
    for kind in sorted(kinds, key=lambda kind: (-order.index(kind[0]), -kinds[kind])):
        outcome, code, field = kind
        yield f"| {_text(field)} | {_word(outcome)} | {kinds[kind]} | {code} | {_text(examples[kind])} |"


def _entry(entry: EntryReport, table: LineTable) -> Iterator[str]:
    name = _text(entry.key) if entry.key else "(without key)" if entry.fields else "Outside the entries"
    yield from ("", f"### {name}, line {_line_of(entry.span, table)}", "")
    outcomes = list(entry.outcomes())
    yield from ("| Field | Place | | Code | Why |", "| --- | --- | --- | --- | --- |")
    for field in outcomes:
        for loss in field.losses:
            yield _row(field, loss, table)
    kept = [_text(field.name) for field in outcomes if field.outcome is Outcome.KEPT]
    if kept:
        yield from ("", f"Kept: {', '.join(kept)}.")


def _row(field: FieldOutcome, loss: Loss, table: LineTable) -> str:
    place = "" if field.span is None else _place(field.span, table)
    became = _word(outcome_of(loss)) + (f" to {_text(loss.to)}" if loss.to else "")
    return f"| {_text(field.name)} | {place} | {became} | {loss.code} | {_text(loss.message)} |"


def _word(outcome: Outcome) -> str:
    return f"**{outcome.value}**" if outcome is Outcome.DROPPED else outcome.value


def _place(span: Span, table: LineTable) -> str:
    line, column = table.position(span.start, PositionEncoding.UTF16)
    return f"{line + 1}:{column + 1}"


def _line_of(span: Span, table: LineTable) -> int:
    return table.position(span.start, PositionEncoding.UTF16)[0] + 1


def _text(written: str) -> str:
    """A text of the user's as the text that it is."""
    return _MARKUP.sub(r"\\\g<0>", _line(written))


def _line(written: str) -> str:
    return " ".join(_NOT_SHOWN.sub(" ", written).split())
