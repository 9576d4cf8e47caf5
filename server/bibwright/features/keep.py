"""Conversion without loss: what the target cannot hold travels in its note, and comes back with the record.

What has to travel is found out by converting there and back: a field that returns as it was needs no line, any other
one has its own. On the return each line replaces what the writer made of the field, unless the value was changed on
the other side in between: then the change is what counts.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from bibwright.formats import ALL_FORMATS, AnyFormat
from bibwright.formats.bibtex.inheritance import own_fields
from bibwright.formats.bibtex.leaving import leave_bibtex
from bibwright.formats.bibtex.printer import FieldText, braced, braced_source, print_entry
from bibwright.formats.bibtex.schema import canonical_field
from bibwright.formats.csl_data import CSL_DATA
from bibwright.formats.csl_data.leaving import leaving_losses
from bibwright.formats.endnote.leaving import leave_endnote, type_losses
from bibwright.formats.endnote.writer import FAMILY
from bibwright.formats.exchange import ExchangeFormat, ReadRecord
from bibwright.formats.format import NoResolver
from bibwright.formats.nbib.leaving import leave_nbib
from bibwright.formats.ris.leaving import leave_ris
from bibwright.formats.ris.reader import read_raw_fields, read_written
from bibwright.formats.ris.schema import meaning_of
from bibwright.model.kept import PREFIXES, Kept, KeptField, fold, line_names, take_kept, write_kept
from bibwright.model.losses import reading_losses, type_field
from bibwright.model.record import Loss, Record, SourceField, Written
from bibwright.model.richtext import rich_text

_MOST_ROUNDS = 3
Fields: TypeAlias = tuple[KeptField, ...]


@dataclass(frozen=True, slots=True)
class _Outline:
    """A record as its own language has it: the fields in order, and in .bib and RIS the type, in .bib the key."""

    type: str
    key: str
    fields: tuple[KeptField, ...]

    def by_name(self) -> dict[str, tuple[KeptField, ...]]:
        """The fields of each name."""
        result: dict[str, tuple[KeptField, ...]] = {}
        for field in self.fields:
            result[field.name] = (*result.get(field.name, ()), field)
        return result


def write_as(record: Record, source: AnyFormat, target: AnyFormat, line_end: str) -> Written:
    """A record in the target's format, and what is lost; what RIS alone has a tag for goes to notes elsewhere."""
    assert target.write_record is not None
    record, left = _leave(record, source, target)
    if source.id in FAMILY and target.id not in FAMILY:
        left = (*left, *type_losses(record))
    if source.id in CSL_DATA and target.id not in CSL_DATA:
        left = tuple(leaving_losses(record))
    written = target.write_record(record, line_end)
    stays = source.language_id == target.language_id == "bibtex"
    before = () if stays else tuple(reading_losses(record))
    told = {loss.field for loss in written.losses}
    left = tuple(loss for loss in left if loss.field != type_field(record) or loss.field not in told)
    # Of what went to a note whole, the writer would tell as well that the note changed.
    moved = {loss.field for loss in left if loss.to}
    losses = (loss for loss in written.losses if loss.field not in moved or loss.severity == "warning")
    return Written(written.text, (*before, *left, *losses))


def _leave(record: Record, source: AnyFormat, target: AnyFormat) -> tuple[Record, tuple[Loss, ...]]:
    """The record without what the source alone has a place for, and what that costs."""
    if source.id == "ris" and target.id != "ris":
        return leave_ris(record)
    if source.language_id == "bibtex" != target.language_id:
        return leave_bibtex(record)
    if source.id == "endnote-xml" and target.id != "endnote-xml":
        return leave_endnote(record)
    if source.id == "nbib":
        return leave_nbib(record)
    return record, ()


def _text_as(record: Record, source: AnyFormat, target: AnyFormat, line_end: str) -> str:
    """The text that `write_as` gives, where nobody asks what is lost: looking for that costs more than writing."""
    assert target.write_record is not None
    record, _ = _leave(record, source, target)
    if isinstance(target, ExchangeFormat) or target.write_text is None:
        return target.write_record(record, line_end).text
    return target.write_text(record, line_end)


def write_keeping(record: Record, source: AnyFormat, target: AnyFormat, line_end: str, home: str) -> Written:
    """As `write_as`; what would not return from the target to the format `home` travels in the target's note."""
    prefix = PREFIXES.get(source.id, "")
    if not prefix or PREFIXES.get(target.id) == prefix:
        return write_as(record, source, target, line_end)
    whole, record = record, _without_unmapped(record)
    plain = write_as(record, source, target, line_end)
    back = _read_back(plain.text, target)
    returned = None if back is None else _return(back, target, ALL_FORMATS[home])
    if back is None or returned is None:
        return write_as(whole, source, target, line_end)
    wanted = _outline(whole, prefix)
    for _ in range(_MOST_ROUNDS):
        kept = _differences(wanted, returned, home)
        if kept == Kept(home):
            return plain
        lines = tuple(rich_text(line) for line in write_kept(kept))
        with_lines = replace(record, texts={**record.texts, "note": (*record.texts.get("note", ()), *lines)})
        text = _text_as(with_lines, source, target, line_end)
        found = _read_back(text, target)
        rest, read = (None, None) if found is None else take_kept(found, prefix)
        if rest is None or read != kept:
            break
        again = returned if _says_the_same(rest, back) else _return(rest, target, ALL_FORMATS[home])
        if again is None:
            break
        if again == returned:
            return Written(text, tuple(_moved_losses(whole, plain.losses, kept, target)))
        # The lines changed what is read of the rest: addresses alone in a note are no longer alone.
        back, returned = rest, again
    return write_as(whole, source, target, line_end)


def write_home(record: Record, source: AnyFormat, target: AnyFormat, line_end: str) -> Written | None:
    """A record in the language that its kept lines are at home in; None where there are none for the target."""
    prefix = PREFIXES.get(target.id, "")
    if not prefix or PREFIXES.get(source.id) == prefix:
        return None
    plain, kept = take_kept(record, prefix)
    if kept is None:
        return None
    home = ALL_FORMATS[kept.home]
    written = write_as(plain, source, home, "\n")
    made = _read_back(written.text, home)
    if made is None:
        return None
    outline = _outline(made, prefix)
    kept = _without_changed(outline, kept, source, home)
    text = _print(_overlay(outline, kept, prefix, has_absent=False), prefix, line_end)
    restored = {field.name for field in kept.fields} | set(kept.absent)
    losses = tuple(_remaining_losses(plain, made, written.losses, restored))
    if target is home:
        return Written(text, losses)
    again = _read_back(text, home)
    if again is None or target.write_record is None:
        return Written(text, losses)
    final = target.write_record(again, line_end)
    return Written(final.text, (*losses, *final.losses))


def _return(record: Record, source: AnyFormat, home: AnyFormat) -> _Outline | None:
    """What a record that was read from `source` is when it has come to another format."""
    return _read_outline(_text_as(record, source, home, "\n"), home)


def _says_the_same(record: Record, other: Record) -> bool:
    """Whether two records of one format are written alike in any other: they differ in the places of fields alone."""
    return (
        (record.type, record.key, record.source_type) == (other.type, other.key, other.source_type)
        and list(record.texts.items()) == list(other.texts.items())
        and list(record.names.items()) == list(other.names.items())
        and list(record.dates.items()) == list(other.dates.items())
        and len(record.fields) == len(other.fields)
        and all(
            _without_place(field) == _without_place(theirs)
            for field, theirs in zip(record.fields, other.fields, strict=True)
        )
    )


def _without_place(field: SourceField) -> tuple[object, ...]:
    return field.name, field.text, field.variables, field.macros, field.notation, field.span == (0, 0)


def _without_unmapped(record: Record) -> Record:
    """The record without the tags of RIS that would go to notes: they travel with those that are kept."""
    if record.source_format != "ris":
        return record
    return replace(record, fields=tuple(field for field in record.fields if field.variables))


def _read_back(text: str, format: AnyFormat) -> Record | None:
    """The first record of what was written for one."""
    if format.id == "ris" and (record := read_written(text)) is not None:
        return record
    if isinstance(format, ExchangeFormat):
        found = format.read(format.frame.head + text + format.frame.tail)
        return next((one.record for one in found if isinstance(one, ReadRecord)), None)
    for block in format.split(text):
        for entry in format.parse(block).entries:
            return format.read_entry(block, entry, NoResolver())
    return None


def _read_outline(text: str, format: AnyFormat) -> _Outline | None:
    """The outline of the first record of what was written for one; of text that has fields, without decoding them."""
    if isinstance(format, ExchangeFormat):
        record = _read_back(text, format)
        return None if record is None else _outline(record, PREFIXES[format.id])
    is_ris = format.id == "ris"
    for block in format.split(text):
        for entry in format.parse(block).entries:
            written_type = entry.type.of(block) if entry.type else ""
            if is_ris:
                raw = read_raw_fields(block, entry)
                return _Outline(written_type.strip(), "", tuple(KeptField(f.written.upper(), f.text) for f in raw))
            fields = (
                KeptField(field.written.lower(), field.macros or fold(field.text), bool(field.macros))
                for field in own_fields(block, entry, NoResolver())
            )
            return _Outline(written_type, entry.key.of(block) if entry.key else "", tuple(fields))
    return None


def _outline(record: Record, prefix: str) -> _Outline:
    """The fields of a record that are its own, with that of their values which counts when they are compared."""
    own = (field for field in record.fields if field.span != (0, 0))
    match prefix:
        case "tex":
            fields = [KeptField(f.name.lower(), f.macros or fold(f.text), bool(f.macros)) for f in own]
            return _Outline(record.source_type, record.key, tuple(fields))
        case "ris":
            return _Outline(record.source_type, "", tuple(KeptField(f.name.upper(), f.text) for f in own))
    return _Outline("", "", tuple(KeptField(f.name, f.notation or f.text, bool(f.notation)) for f in own))


def _differences(wanted: _Outline, returned: _Outline, home: str) -> Kept:
    """What must be kept so that `returned` becomes `wanted`."""
    own, theirs = wanted.by_name(), returned.by_name()
    has_type = wanted.type.lower() == returned.type.lower()
    return Kept(
        home,
        tuple(field for field in wanted.fields if own[field.name] != theirs.get(field.name)),
        tuple(name for name in theirs if name not in own),
        None if has_type else wanted.type,
        None if wanted.key == returned.key else wanted.key,
    )


def _overlay(outline: _Outline, kept: Kept, prefix: str, *, has_absent: bool) -> _Outline:
    """An outline with the kept fields in place of its own; with `has_absent` it keeps what the source did not have."""
    new_type = outline.type if kept.type is None else kept.type
    new = _Outline("", "", kept.fields).by_name()
    old = outline.by_name()
    # Of two fields for one thing (`location`, `address`) the first counts, so those keep their order.
    things = Counter(_thing(name, new_type, prefix) for name in {*new, *old}.difference(kept.absent))
    in_place = {name for name in new if name in old and things[_thing(name, new_type, prefix)] == 1}
    fields: list[KeptField] = []
    for name, values in old.items():
        if name in in_place:
            fields += new[name]
        elif name not in new and (has_absent or name not in kept.absent):
            fields += values
    fields += [field for field in kept.fields if field.name not in in_place]
    return _Outline(new_type, outline.key if kept.key is None else kept.key, tuple(fields))


def _thing(name: str, entry_type: str, prefix: str) -> str:
    """What a field is about."""
    if prefix == "tex":
        return canonical_field(name)
    meaning = meaning_of(name, entry_type.upper()) if prefix == "ris" else None
    return name if meaning is None or not meaning.variable else meaning.variable


def _without_changed(outline: _Outline, kept: Kept, source: AnyFormat, home: AnyFormat) -> Kept:
    """What was kept of the fields that nobody has changed since: they would still become what they now are."""
    prefix = PREFIXES[home.id]
    # What the source took over from other entries may still be in the record, and have its part in what becomes of it.
    found = [_what_would_be(_overlay(outline, kept, prefix, has_absent=has), source, home) for has in (False, True)]
    then = [one for one in found if one is not None]
    if not then:
        return kept
    now = outline.by_name()
    sets = [one.by_name() for one in then]

    def is_same(name: str) -> bool:
        return any(one.get(name) == now.get(name) or _is_numbered(name, one, now) for one in sets)

    changed = {name for name in {field.name for field in kept.fields} if not is_same(name)}
    return replace(
        kept,
        fields=tuple(field for field in kept.fields if field.name not in changed),
        type=kept.type if any(one.type.lower() == outline.type.lower() for one in then) else None,
        key=kept.key if any(one.key == outline.key for one in then) else None,
    )


def _what_would_be(outline: _Outline, source: AnyFormat, home: AnyFormat) -> _Outline | None:
    """What becomes of an entry that goes to `source` and comes back without its kept lines."""
    prefix = PREFIXES[home.id]
    whole = _read_back(_print(outline, prefix, "\n"), home)
    there = None if whole is None else _read_back(_text_as(_without_unmapped(whole), home, source, "\n"), source)
    return None if there is None else _return(there, source, home)


def _is_numbered(name: str, then: Mapping[str, Fields], now: Mapping[str, Fields]) -> bool:
    """Whether a key differs by the number alone that made it unique, or was made where there was none."""
    if name not in ("ID", "id") or name not in now:
        return False
    if name not in then or not then[name][0].value.strip():
        return True
    return re.fullmatch(re.escape(then[name][0].value) + r"-\d+", now[name][0].value) is not None


def _print(outline: _Outline, prefix: str, line_end: str) -> str:
    fields = outline.fields
    match prefix:
        case "tex":
            texts = [FieldText(field.name, _bibtex_value(field)) for field in fields]
            return print_entry(outline.type, outline.key, texts, line_end)
        case "ris":
            lines = [f"{field.name}  - {field.value}" for field in fields]
            text = "\n".join((f"TY  - {outline.type}", *lines, "ER  - ", "", ""))
            return text.replace("\n", line_end)
    item = {field.name: json.loads(field.value) if field.is_notation else field.value for field in fields}
    text = json.dumps(item, ensure_ascii=False, indent=2)
    return line_end.join("  " + line for line in text.splitlines())


def _bibtex_value(field: KeptField) -> str:
    if field.is_notation:
        return field.value
    return braced_source(field.value) if field.value else braced("")


def _moved_losses(record: Record, losses: tuple[Loss, ...], kept: Kept, target: AnyFormat) -> Iterator[Loss]:
    """The losses, those of kept fields as fields that were moved."""
    names = {field.name.lower(): field.name for field in kept.fields}
    note = "N1" if target.id == "ris" else "note"
    told: set[str] = set()
    own = {field.name for field in record.fields}
    for loss in losses:
        name = names.get(loss.field.lower())
        has_type = loss.field == type_field(record) and kept.type is not None
        if name is None and not has_type:
            # All fields come back: by themselves, or with the entry that they were inherited from.
            yield replace(loss, severity="information") if loss.field in own else loss
        elif loss.field not in told:
            told.add(loss.field)
            line = line_names(name, kept.home) if name is not None else f"{PREFIXES[kept.home]}.entrytype"
            yield Loss(loss.code, loss.field, f"kept in `{note}` as `{line}`", "information", note)
    for field in record.fields:
        name = names.get(field.name.lower())
        if name is not None and not field.variables and field.text.strip() and field.name not in told:
            told.add(field.name)
            yield Loss("L07", field.name, f"kept in `{note}` as `{line_names(name, kept.home)}`", "information", note)


def _remaining_losses(record: Record, made: Record, losses: tuple[Loss, ...], restored: set[str]) -> Iterator[Loss]:
    """The losses of the return, without those of what the kept lines brought back."""
    whole = {
        variable
        for field in made.fields
        if field.name in restored or field.name.lower() in restored
        for variable in field.variables
    }
    for loss in losses:
        fields = [field for field in record.fields if field.name == loss.field]
        variables = {variable for field in fields for variable in field.variables}
        if not (variables and variables <= whole):
            yield loss
