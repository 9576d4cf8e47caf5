"""What became of each field of a conversion, found out without asking it: by reading the result again.

A field is *found* where all that it says is said by the record that the result is read as, *reported* where a loss
names it, and *unaccounted* where it is neither: such a field was lost without a word. A loss of the level `warning`
about a field that is found is a *false alarm*. What counts as the same value is in `tests/support/same_meaning.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bibwright.analysis.resolver import DocumentResolver
from bibwright.features.conversion import Conversion
from bibwright.features.linters import open_text
from bibwright.formats import AnyFormat
from bibwright.formats.exchange import ExchangeFormat, Unreadable
from bibwright.formats.hayagriva import HAYAGRIVA
from bibwright.model.losses import type_field
from bibwright.model.placeholders import is_placeholder
from bibwright.model.record import Loss, Record, SourceField
from bibwright.model.same_value import is_said
from bibwright.text.spans import Span
from tests.support.hayagriva_leaves import read_leaves
from tests.support.raw_words import unread_words
from tests.support.same_meaning import SPELLINGS, field_name, loose_forms, values_of, with_own_values

#: Entries that only biblatex resolves: elsewhere they are reported as a whole.
_NO_WORKS = frozenset(("xdata", "set", "bibnote"))


class Unaccounted(NamedTuple):
    """A field that is neither found nor reported."""

    key: str
    field: str
    text: str
    before: object
    after: object


class Account(NamedTuple):
    """Counts of one conversion: `fields`, `found`, `reported` (and not found), `unaccounted`, `false alarms`."""

    counts: Counter[str]
    unaccounted: list[Unaccounted]
    false_alarms: list[Unaccounted]


class Placed(NamedTuple):
    """A record, or None for what is none, and its place in the text."""

    record: Record
    span: Span


def read_placed(text: str, format: AnyFormat) -> list[Placed]:
    """All records of a text with their places."""
    if isinstance(format, ExchangeFormat):
        return [Placed(found.record, found.span) for found in format.read(text) if not isinstance(found, Unreadable)]
    document = open_text(text, format)
    document.state_all_facts()
    result = []
    start = 0
    for block in document.blocks:
        resolver = DocumentResolver(document, block)
        for entry in document.tree(block).entries:
            record = format.read_entry(block.text, entry, resolver)
            result.append(Placed(record, Span(start + entry.span.start, start + entry.span.end)))
        start += len(block.text)
    return result


def account_for(sources: Sequence[Placed], source: AnyFormat, conversion: Conversion) -> Account:
    """What became of each field of the records of a text that was converted."""
    target = conversion.target
    account = Account(Counter(), [], [])
    failed = {failure.span: failure.reason for failure in conversion.failures}
    losses = {report.span: report.losses for report in conversion.entries if report.fields or report.losses}
    written = []
    for record, span in sources:
        left_out = record.source_type.lower() in _NO_WORKS and source.language_id == "bibtex"
        is_kept = source.language_id == target.language_id  # a .bib that is edited keeps what could not be
        if span in failed and not is_kept:
            account.counts["unaccounted"] += 1
            account.unaccounted.append(Unaccounted(record.key, "(failed)", failed[span], None, None))
        elif left_out and not is_kept and losses.get(span):
            account.counts["fields"] += len(record.fields)
            account.counts["reported"] += len(record.fields)
        else:
            written.append(Placed(record, span))
    if target is HAYAGRIVA:
        for (record, span), leaves in zip(written, read_leaves(conversion.text), strict=True):
            _account_for_record(record, losses.get(span, ()), leaves, account)
        return account
    # Damaged bytes are written as U+FFFD.
    back = read_placed(conversion.text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"), target)
    if len(back) != len(written):
        missing = Unaccounted("", "(records)", "", len(written), len(back))
        account.counts["unaccounted"] += 1
        account.unaccounted.append(missing)
        return account
    for (record, span), (again, _) in zip(written, back, strict=True):
        _account_for_record(record, losses.get(span, ()), again, account)
    return account


def _account_for_record(
    record: Record, losses: Sequence[Loss], back: Record | frozenset[str], account: Account
) -> None:
    named = {loss.field.lower() for loss in losses}
    alarms = {loss.field.lower() for loss in losses if loss.severity == "warning"}
    lost: set[str] = set()
    for field in record.fields:
        if not field.text.strip() or is_placeholder(field.text):
            continue
        name = field.name.lower()
        account.counts["fields"] += 1
        missing = next(_missing(record, field, back), None)
        stands = isinstance(back, Record) and _language(back) == _language(record) and _stands_in(field, back)
        unread = set() if stands else unread_words(record, field)
        if unread and missing is None:
            missing = Unaccounted(record.key, field.name, field.text[:300], "not read", sorted(unread))
        if missing is None:
            account.counts["found"] += 1
            continue
        lost.add(name)
        is_type = "type" in field.variables and type_field(record).lower() in named
        if name in named or is_type:
            account.counts["reported"] += 1
        else:
            account.counts["unaccounted"] += 1
            account.unaccounted.append(missing)
    names = {field.name.lower() for field in record.fields}
    for name in (alarms & names) - lost:
        account.counts["false alarms"] += 1
        message = next(loss.message for loss in losses if loss.field.lower() == name and loss.severity == "warning")
        account.false_alarms.append(Unaccounted(record.key, name, message, None, None))


def _missing(record: Record, field: SourceField, back: Record | frozenset[str]) -> Iterator[Unaccounted]:
    """What of a field is not in the record that was read back."""
    text = field.text[:300]
    is_same_language = isinstance(back, Record) and _language(back) == _language(record)
    if isinstance(back, Record) and (is_same_language or not field.variables) and _stands_in(field, back):
        return
    if isinstance(back, frozenset):
        for variable in field.variables:
            # A type has another name there, which the table of types decides; it says which ones are not exact.
            own = with_own_values(record, field, variable)
            for value in values_of(own, variable) if variable != "type" else ():
                if loose_forms(variable, value).isdisjoint(back):
                    yield Unaccounted(record.key, field.name, text, value, None)
        if not field.variables and not _is_part_of_date(record, field, record):
            yield Unaccounted(record.key, field.name, text, None, None)
        return
    for variable in field.variables:
        if variable in ("type", "id") or (variable == "citation-key" and variable not in record.texts):
            is_found = values_of(record, variable) == values_of(back, variable)
        else:
            is_found = is_said(variable, with_own_values(record, field, variable), back, SPELLINGS)
        if not is_found:
            yield Unaccounted(record.key, field.name, text, values_of(record, variable), values_of(back, variable))
    if not field.variables and not _is_part_of_date(record, field, back):
        yield Unaccounted(record.key, field.name, text, None, None)


def _is_part_of_date(record: Record, field: SourceField, back: Record) -> bool:
    """Whether a year, month or day beside a `date` says what that says too."""
    date, name = record.dates.get("issued"), field_name(field.name)
    if (
        date is None
        or date.start is None
        or name not in ("year", "month", "day")
        or not is_said("issued", record, back)
    ):
        return False
    text = field.text.strip()
    return is_said("issued", record, back) and text.isdecimal() and getattr(date.start, name) == int(text)


def _language(record: Record) -> str:
    return "bibtex" if record.source_format == "biblatex" else record.source_format


def _stands_in(field: SourceField, back: Record) -> bool:
    """Whether a field of the same name has the same value, whatever is made of it."""
    folded = (field_name(field.name), " ".join(field.text.split()))
    return folded in {(field_name(other.name), " ".join(other.text.split())) for other in back.fields}
