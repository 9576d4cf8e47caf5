r"""A record to an entry of Hayagriva.

Typst refuses a whole file for one value that it cannot read, so addresses, dates, counts and languages are only written
where they are what it takes; anything else is reported. In most texts `{}` keep the case and `$` begins a formula:
where they are meant, a backslash stands before them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bibwright.formats.hayagriva.schema import EntryType, Place, schema
from bibwright.formats.yaml_text import write_mapping
from bibwright.model.losses import link_loss, losses_of, lost_value_losses, type_field
from bibwright.model.names import OTHERS, Name
from bibwright.model.placeholders import is_placeholder
from bibwright.model.record import Loss, Written
from bibwright.model.richtext import RichText, Style, plain_text
from bibwright.model.writing import write_variables

if TYPE_CHECKING:
    from bibwright.model.dates import Date, DateParts
    from bibwright.model.record import Record

_FIELDS = """
type title author editor affiliated date genre edition volume volume-total issue chapter page-range page-total
publisher organization location url serial-number language archive archive-location call-number abstract note parent
"""
_ORDER = {name: at for at, name in enumerate(_FIELDS.split())}
_SIGNS = re.compile(r"[\\{}$]")
_NUMBER = re.compile(r"(?:0|[1-9]\d{0,8})\Z", re.ASCII)
_BYTE = r"(?:1?\d?\d|2[0-4]\d|25[0-5])"
_ADDRESS = re.compile(
    rf"(?:https?|ftp)://(?:(?:[\w-]+\.)*+[\d-]*[^\W\d][\w-]*+|{_BYTE}(?:\.{_BYTE}){{3}})(?::\d{{1,4}})?(?:[/?#]\S*)?\Z",
    re.IGNORECASE,
)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?\Z", re.ASCII)
_LINKS = frozenset(("crossref", "xdata", "xref", "related", "entryset", "ids", "relatedtype"))
_JOINED = {"note": "; ", "publisher": ", ", "publisher-place": ", ", "ISSN": ", ", "ISBN": ", "}


def write_record(record: Record, line_end: str) -> Written:
    """The entry under its key, and what Hayagriva could not hold."""
    writer = _Writer(record)
    entry = writer.write()
    lines = write_mapping({record.key or "untitled": entry})
    return Written(line_end.join(lines), tuple(dict.fromkeys(writer.losses)))


class _Writer:
    """The fields of one entry and of its parents, and what was lost."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.type = _entry_type(record)
        self.entry: dict[str, Any] = {}
        self.parent: dict[str, Any] = {}
        self.series: dict[str, Any] = {}
        self.event: dict[str, Any] = {}
        self.original: dict[str, Any] = {}
        self.publisher: dict[str, Any] = {}
        self.original_publisher: dict[str, Any] = {}
        self.serials: dict[str, str] = {}
        self.losses: list[Loss] = []
        self.has_parent = not {"container-title", "container-title-short", "container-author"}.isdisjoint(
            {*record.texts, *record.names}
        )

    def write(self) -> dict[str, Any]:
        """The entry with everything that is part of it."""
        record = self.record
        if self.type.inexact:
            self.losses.append(
                Loss(
                    "L12", type_field(record), f"{record.type!r} became {self.type.type!r} in Hayagriva", "information"
                )
            )
        write_variables(record, self)
        self.write_unmapped()
        return self.assembled()

    def assembled(self) -> dict[str, Any]:
        if self.serials:
            self.entry["serial-number"] = self.serials
        _add_publisher(self.host(), self.publisher)
        _add_publisher(self.original, self.original_publisher)
        parents: list[dict[str, Any]] = []
        if self.parent:
            parents.append({"type": self.type.parent, **self.parent})
        if self.series:
            series = {"type": self.type.parent if self.parent else self.type.type, **self.series}
            if self.parent:
                parents[0]["parent"] = series
            else:
                parents.append(series)
        if self.event:
            parents.append({"type": "conference", **self.event})
        if self.original:
            parents.append({"type": "original", **self.original})
        entry = {"type": self.type.type, **self.entry}
        if parents:
            entry["parent"] = parents[0] if len(parents) == 1 else [_sorted(parent) for parent in parents]
        return _sorted(entry)

    def report(self, code: str, variable: str, message: str, severity: str = "warning") -> None:
        self.losses += losses_of(self.record, variable, code, message, severity=severity)

    def host(self) -> dict[str, Any]:
        """What the record is part of where it names that, else the entry itself."""
        return self.parent if self.has_parent else self.entry

    def holder(self, on: str) -> dict[str, Any]:
        match on:
            case "host":
                return self.host()
            case "parent":
                return self.parent
            case "series":
                return self.series
            case "event":
                return self.event
            case "original":
                return self.original
            case "publisher":
                return self.publisher
            case "original-publisher":
                return self.original_publisher
        return self.entry

    def write_names(self, variable: str, names: tuple[Name, ...]) -> None:
        place = schema().names.get(variable)
        people = [write_name(name) for name in names if name != OTHERS]
        if place is None:
            shown = "; ".join(name.literal or f"{name.family}, {name.given}" for name in names if name != OTHERS)
            self.report("L10", variable, f"Hayagriva has no role for these people: {shown}")
            return
        if OTHERS in names:
            self.report("L04", variable, "Hayagriva cannot say that more names follow (`others`)")
        if any(name.comma_suffix or name.static_ordering for name in names):
            self.report("L11", variable, "Hayagriva cannot say how the name is ordered", "information")
        if people and place.role:
            self.entry.setdefault("affiliated", []).append({"role": place.role, "names": people})
        elif people:
            self.holder(place.on)[place.field] = people[0] if people == [str(people[0])] else people

    def write_date(self, variable: str, date: Date) -> None:
        if variable == "accessed" and _address(self.record):
            written = _write_date(date.start)
            if written is not None:
                self.entry["url"] = {"value": _address(self.record), "date": written}
        elif (place := schema().dates.get(variable)) is not None:
            written = _write_date(date.start)
            if written is not None:
                self.holder(place.on)[place.field] = f"~{written}" if date.circa or date.uncertain else written
        else:
            self.report("L10", variable, "Hayagriva has no field for this date")
            return
        if written is None:
            self.report("L05", variable, f"Hayagriva has no dates in words: {date.literal or date.start}")
            return
        if date.end is not None or date.open_end:
            self.report("L05", variable, "Hayagriva has no ranges of dates: the end is lost")
        if date.start is not None and (date.start.month or 0) > 12:
            self.report("L05", variable, "Hayagriva has no seasons")
        if date.uncertain or (date.circa and variable == "accessed"):
            self.report("L05", variable, "an uncertain date became an approximate one", "information")

    def write_texts(self, variable: str, values: tuple[RichText, ...]) -> None:
        match variable:
            case "URL":
                self.write_address(values)
                return
            case "title-short" | "container-title-short":
                self.write_short_title(variable, values)
                return
            case "eprint":
                repository = self.record.text("eprinttype").lower()
                self.serials[re.sub(r"[^a-z0-9-]+", "-", repository).strip("-") or "eprint"] = plain_text(values[0])
                return
            case "eprinttype" if "eprint" in self.record.texts:
                return
            case "citation-key" if plain_text(values[0]) == self.record.key:
                return
        place = schema().texts.get(variable)
        if place is None:
            shown = "; ".join(plain_text(value) for value in values)
            self.report("L10", variable, f"Hayagriva has no field for it: {shown}")
            return
        joint = _JOINED.get(variable)
        if len(values) > 1 and joint is not None:
            self.report("L10", variable, f"{len(values)} values became one", "information")
        elif len(values) > 1:
            shown = "; ".join(plain_text(value) for value in values[1:])
            self.report("L10", variable, f"Hayagriva holds one value; this is lost: {shown}")
            values = values[:1]
        self.write_value(variable, place, values, joint or "")

    def write_value(self, variable: str, place: Place, values: tuple[RichText, ...], joint: str) -> None:
        text = joint.join(plain_text(value) for value in values)
        if place.kind == "text":
            self.report_markup(variable, values)
            # A title with a short form is written already.
            self.holder(place.on).setdefault(place.field, joint.join(map(write_text, values)))
        elif place.kind == "serial":
            self.serials[place.field] = text
        elif place.kind == "number":
            self.holder(place.on)[place.field] = int(text) if _NUMBER.match(text) else text
        elif place.kind == "count" and _NUMBER.match(text):
            self.holder(place.on)[place.field] = int(text)
        elif place.kind == "plain" and _LANGUAGE.match(text):
            self.holder(place.on)[place.field] = text
        else:
            wanted = "a whole number" if place.kind == "count" else "a language tag such as `en` or `de-CH`"
            self.report("L10", variable, f"Hayagriva takes only {wanted}: {text}")

    def write_address(self, values: tuple[RichText, ...]) -> None:
        address = _address(self.record)
        if address:
            self.entry.setdefault("url", address)
        for value in values[1:] if address else values:
            self.losses += lost_value_losses(self.record, "URL", "L10", "Hayagriva", plain_text(value))

    def write_short_title(self, variable: str, values: tuple[RichText, ...]) -> None:
        """The short form stands beside the whole title; without one it is the title."""
        whole = self.record.texts.get(variable.removesuffix("-short"))
        holder = self.parent if variable.startswith("container") else self.entry
        short = write_text(values[0])
        holder["title"] = {"value": write_text(whole[0]), "short": short} if whole else short
        if not whole:
            self.report("L10", variable, "the short title stands for the title", "information")
        for value in values[1:]:
            self.losses += lost_value_losses(self.record, variable, "L10", "Hayagriva", plain_text(value))

    def report_markup(self, variable: str, values: tuple[RichText, ...]) -> None:
        styles = Style.NONE
        for value in values:
            for run in value:
                styles |= run.style
        if styles & ~(Style.VERBATIM | Style.NOCASE):
            self.report("L03", variable, "Hayagriva has no markup: italics and the like are gone", "information")
        if Style.VERBATIM in styles:
            self.report("L13", variable, "LaTeX that could not be decoded is kept as written", "information")

    def write_unmapped(self) -> None:
        for field in self.record.fields:
            shown = " ".join(field.text.split())
            if field.variables or (is_placeholder(field.text) and not shown):
                continue
            if is_placeholder(field.text):
                self.losses.append(Loss("L07", field.name, f"{shown!r} is not a value", "information"))
            elif field.name.lower() in ("crossref", "xdata"):
                self.losses.append(link_loss(self.record, field.name, shown))
            elif field.name.lower() in _LINKS:
                self.losses.append(Loss("L02", field.name, f"Hayagriva has no links between entries: {shown}"))
            else:
                self.losses.append(Loss("L10", field.name, f"Hayagriva has no field for it: {shown}"))


def _entry_type(record: Record) -> EntryType:
    types = schema().types
    match record.type:
        case "chapter" if "editor" in record.names:
            return EntryType("anthos", "anthology")
        case "book" if "editor" in record.names and "author" not in record.names:
            return EntryType("anthology", "anthology")
    return types.get(record.type, types["document"])


def _sorted(entry: dict[str, Any]) -> dict[str, Any]:
    return {
        name: _sorted(value) if name == "parent" and isinstance(value, dict) else value
        for name, value in sorted(entry.items(), key=lambda field: _ORDER.get(field[0], len(_ORDER)))
    }


def _add_publisher(holder: dict[str, Any], publisher: dict[str, Any]) -> None:
    if publisher:
        name_alone = set(publisher) == {"name"}
        holder["publisher"] = publisher["name"] if name_alone else dict(sorted(publisher.items(), reverse=True))


def _address(record: Record) -> str:
    """The first web address of a record, if Typst takes it for one."""
    text = record.text("URL")
    return text if _ADDRESS.match(text) else ""


def _write_date(parts: DateParts | None) -> str | None:
    if parts is None or abs(parts.year) > 9999:
        return None
    text = f"{parts.year:04d}" if parts.year >= 0 else f"-{-parts.year:04d}"
    if parts.month is None or parts.month > 12:
        return text
    return f"{text}-{parts.month:02d}" + (f"-{parts.day:02d}" if parts.day else "")


def write_name(name: Name) -> str | dict[str, str]:
    """`Family, Given` where nothing else could be read into it, else the parts by name."""
    if name.literal:
        return name.literal if _is_simple(name.literal) else {"name": name.literal}
    if _is_simple(name.family) and "," not in name.given and not (name.particle or name.suffix):
        return f"{name.family}, {name.given}" if name.given else name.family
    family = f"{name.non_dropping_particle} {name.family}".strip()
    parts = {
        "name": family or name.given,
        "given-name": name.given if family else "",
        "prefix": name.dropping_particle,
        "suffix": name.suffix,
    }
    return {part: text for part, text in parts.items() if text}


def _is_simple(family: str) -> bool:
    """Whether no word would be taken for a particle, and no comma for that behind the family name."""
    return "," not in family and bool(family.strip()) and not any(word[0].islower() for word in family.split())


def write_text(value: RichText) -> str:
    """A text with braces around what keeps its case, on one line."""
    parts: list[str] = []
    for text, style in value:
        escaped = _SIGNS.sub(r"\\\g<0>", text)
        parts.append(f"{{{escaped}}}" if Style.NOCASE in style else escaped)
    return "".join(parts)
