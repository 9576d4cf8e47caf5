"""Lines of a note that hold what another format had no place for: `tex.shorthand: S`, `ris.C8: Custom`.

A field travels in the note of the target until the record comes back to the language it was written in. The first line,
`tex.kept: biblatex`, says that bibwright wrote those that follow, and in which format they are at home. What looks like
such a line and has no first line before it is somebody's own note. Several lines with one name are several fields of
that name, in their order.

A value is written as it is; one that has paragraphs, or characters that a note would not bring back, as a string of
JSON. `tex.journal#` has a value in the notation of its language (a macro, a number), and no text.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from bibwright.model.richtext import RichText, Run, plain_text, rich_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bibwright.model.record import Record

#: What stands before the names, by the formats that are at home under it.
PREFIXES = {"bibtex": "tex", "biblatex": "tex", "ris": "ris", "csl-json": "csl", "csl-yaml": "csl"}
_KEPT, _TYPE, _KEY, _ABSENT = _RESERVED = ("kept", "entrytype", "citationkey", "absent")
_LINE = re.compile(r'(tex|ris|csl)\.([^\s:"#,]+|"(?:[^"\\\n]|\\.)*")(#?): ?(.*)')
_PLAIN_NAME = re.compile(r"[A-Za-z][\w./+-]*")
#: Characters that no format changes on the way through its notes: no markup, no hard blanks, nothing invisible.
_PLAIN = (
    r"!-;=?-~\u00a1-\u00ac\u00ae-\u1fff\u2010-\u2027\u2030-\u205e"
    r"\u3001-\ud7ff\ue000-\ufefe\uff00-\uffef\U00010000-\U0010ffff "
)
_NOT_PLAIN = re.compile(rf"[^{_PLAIN}]|^ | $|(?<= ) ")
#: What TeX joins into one sign, in the lines that travel through a .bib.
_LIGATURE = re.compile(r"(?<=[-'`])[-'`]")
_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
#: Without these there are only single blanks, and one paragraph.
_UNEVEN = re.compile(r"[\t\r\n\f\v]|  ")
_PARAGRAPH = re.compile(r"[ \t\f\v]*(?:\r\n?|\n)(?:[ \t\f\v]*(?:\r\n?|\n))+[ \t\f\v\r\n]*")


class KeptField(NamedTuple):
    """A field by its name in the home language; `is_notation` tells data and expressions from text."""

    name: str
    value: str
    is_notation: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept of a record. `home` is the format that it comes back to.

    `absent` are names of fields that a return by itself would bring and that the source did not have. `type` and `key`
    are None where they come back by themselves.
    """

    home: str
    fields: tuple[KeptField, ...] = ()
    absent: tuple[str, ...] = ()
    type: str | None = None
    key: str | None = None


def write_kept(kept: Kept) -> Iterator[str]:
    """The lines, the one that names the home first."""
    prefix = PREFIXES[kept.home]
    yield f"{prefix}.{_KEPT}: {kept.home}"
    for name, value in ((_TYPE, kept.type), (_KEY, kept.key)):
        if value is not None:
            yield f"{prefix}.{name}: {_write_value(value, prefix)}"
    if kept.absent:
        yield f"{prefix}.{_ABSENT}: {', '.join(map(_write_name, kept.absent))}"
    for field in kept.fields:
        sign = "#" if field.is_notation else ""
        yield f"{prefix}.{_write_name(field.name)}{sign}: {_write_value(field.value, prefix)}"


def line_names(field: str, home: str) -> str:
    """What the line of a field begins with: `tex.shorthand`."""
    return f"{PREFIXES[home]}.{_write_name(field)}"


def is_first_line(text: str) -> bool:
    """Whether kept lines begin here."""
    match = _LINE.fullmatch(text)
    return match is not None and match[2] == _KEPT and PREFIXES.get(match[4]) == match[1]


def has_kept_line(text: str) -> bool:
    """Whether kept lines begin anywhere in a note."""
    return ".kept: " in text and any(map(is_first_line, text.split("\n")))


def is_kept_line(text: str) -> bool:
    """Whether a line has the form of those that are kept."""
    return _LINE.fullmatch(text) is not None


def take_kept(record: Record, prefix: str) -> tuple[Record, Kept | None]:
    """The record without the lines of one language, and what they say; None where there are none."""
    lines: list[str] = []
    notes: list[RichText] = []
    mine = foreign = False
    for note in record.texts.get("note", ()):
        rest: list[str] = []
        at = 0
        text = plain_text(note)
        if not (mine or foreign or ".kept: " in text):
            notes.append(note)
            continue
        start: int | None = None
        for line in text.split("\n"):
            if is_first_line(line):
                mine = line.startswith(prefix)
                foreign = not mine
            if mine and line.startswith(prefix) and is_kept_line(line):
                start = at if start is None else start
                lines.append(line)
            elif start is not None:
                rest.append(line)
            at += len(line) + 1
        head = note if start is None else _cut(note, start)
        notes += [part for part in (head, rich_text("\n".join(rest))) if plain_text(part).strip()]
    kept = _read_lines(lines)
    if kept is None:
        return record, None
    texts = {**record.texts, "note": tuple(notes)}
    if not notes:
        del texts["note"]
    fields = tuple(
        field
        for field in record.fields
        if field.variables != ("note",) or (notes and not is_kept_line(" ".join(field.text.split())))
    )
    return replace(record, texts=texts, fields=fields), kept


def fold(text: str) -> str:
    """A value with single blanks, and blank lines between its paragraphs: what counts when values are compared."""
    if _UNEVEN.search(text) is None:
        return text.strip()
    return "\n\n".join(_BLANKS.sub(" ", part).strip(" ") for part in _PARAGRAPH.split(text)).strip()


def _cut(note: RichText, end: int) -> RichText:
    runs = []
    for run in note:
        if end <= 0:
            break
        runs.append(Run(run.text[:end], run.style))
        end -= len(run.text)
    if runs:
        runs[-1] = Run(runs[-1].text.rstrip("\n"), runs[-1].style)
    return tuple(run for run in runs if run.text)


def _read_lines(lines: Iterable[str]) -> Kept | None:
    kept: Kept | None = None
    fields: list[KeptField] = []
    for line in lines:
        match = _LINE.fullmatch(line)
        assert match is not None
        name, value = match[2], _read_string(match[4])
        if name == _KEPT and value in PREFIXES:
            kept = kept or Kept(value)
        elif kept is None:
            continue
        elif name == _TYPE:
            kept = replace(kept, type=value)
        elif name == _KEY:
            kept = replace(kept, key=value)
        elif name == _ABSENT:
            kept = replace(kept, absent=tuple(_read_names(match[4])))
        else:
            fields.append(KeptField(_read_string(name), value, bool(match[3])))
    return None if kept is None else replace(kept, fields=tuple(fields))


def _read_names(text: str) -> Iterator[str]:
    for match in re.finditer(r'[^\s,"]+|"(?:[^"\\]|\\.)*"', text):
        yield _read_string(match.group())


def _write_name(name: str) -> str:
    return name if _PLAIN_NAME.fullmatch(name) and name not in _RESERVED else _as_json(name)


def _write_value(value: str, prefix: str) -> str:
    joins = prefix != "tex" and _LIGATURE.search(value) is not None
    if value and not value.startswith('"') and not joins and _NOT_PLAIN.search(value) is None:
        return value
    return _as_json(value, joins=joins)


def _as_json(text: str, *, joins: bool = False) -> str:
    """A string of JSON in which only characters stand that no note changes."""
    written = _NOT_PLAIN.sub(_escaped, json.dumps(text, ensure_ascii=False)[1:-1])
    return f'"{_LIGATURE.sub(_escaped, written) if joins else written}"'


def _escaped(match: re.Match[str]) -> str:
    return "".join(map(_escape, _units(match.group())))


def _units(character: str) -> Iterator[int]:
    data = character.encode("utf-16-be", "surrogatepass")
    return (int.from_bytes(data[at : at + 2], "big") for at in range(0, len(data), 2))


def _escape(unit: int) -> str:
    return f"\\u{unit:04x}"


def _read_string(text: str) -> str:
    if not text.startswith('"'):
        return text
    try:
        value = json.loads(text, strict=False)
    except ValueError:
        return text
    return value if isinstance(value, str) else text
