"""EndNote XML, read and written: one `<record>` each, its texts in `<style>` elements that say how they look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from bibwright.formats.endnote.reader import LINE_FIELDS, PARAGRAPH_FIELDS, TypeName, Value, is_wrapped, read_values
from bibwright.formats.endnote.schema import schema
from bibwright.formats.endnote.writer import Syntax, ValuesWritten, write_values
from bibwright.formats.endnote.xml_source import XmlRecord, find_records
from bibwright.formats.exchange import ReadRecord, Unreadable
from bibwright.model.losses import losses_of
from bibwright.model.record import Loss, Record, Written
from bibwright.model.richtext import RichText, Run, Style, join_runs, plain_text

SYNTAX = Syntax("endnote-xml", "EndNote XML", tagged=False)
_LOOKED_AT = 50_000
#: Characters that XML 1.0 has no way to write.
_IMPOSSIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_BLANKS = re.compile(r"[ \t\r]+")
_INDENTED = re.compile(r"\r+[ \t]")
_NAME = re.compile(r"@?[A-Za-z_][\w.:-]*")
_FACES = (
    (Style.BOLD, "bold"),
    (Style.ITALIC, "italic"),
    (Style.UNDERLINE, "underline"),
    (Style.SUPERSCRIPT, "superscript"),
    (Style.SUBSCRIPT, "subscript"),
)
#: The order of the document type.
_ORDER = """
database source-app rec-number foreign-keys ref-type contributors auth-address auth-affiliaton titles periodical
alt-periodical pages volume number issue secondary-volume secondary-issue num-vols edition section reprint-edition
reprint-status keywords dates pub-location publisher orig-pub isbn accession-num call-num report-id coden
electronic-resource-num abstract label image caption notes research-notes work-type reviewed-item availability
remote-source meeting-place work-location work-extent pack-method size repro-ratio remote-database-name
remote-database-provider language urls access-date modified-date custom1 custom2 custom3 custom4 custom5 custom6 custom7
misc1 misc2 misc3 authors secondary-authors tertiary-authors subsidiary-authors translated-authors title
secondary-title tertiary-title alt-title short-title translated-title year pub-dates web-urls pdf-urls text-urls
related-urls image-urls
"""
_PLACES = {name: at for at, name in enumerate(_ORDER.split())}
_IN_PERIODICALS = frozenset(("Journal Article", "Electronic Article", "Magazine Article", "Newspaper Article"))
#: What says how a text looks and is not text.
_MARKUP = ' font="default" size="100%"'


def recognises(text: str) -> bool:
    """Whether a text is XML with records that have a reference type; other formats have records too."""
    head = text[:_LOOKED_AT].lstrip("\ufeff \t\r\n")
    return head.startswith("<") and re.search(r"<record[\s>]", head) is not None and "<ref-type" in head


def read(text: str) -> Iterator[ReadRecord | Unreadable]:
    """The records of a text in order, and what could not be understood."""
    for found in find_records(text):
        yield found if isinstance(found, Unreadable) else ReadRecord(_read_record(found), found.span)


def write_record(record: Record, line_end: str) -> Written:
    """The record as an element, a line for each of its parts, and what they could not hold."""
    written = write_values(record, SYNTAX)
    root = _Node("record")
    root.add_type(record, written.written_type, written.type.number)
    losses = list(written.losses)
    #: Attributes that wait for their element, which comes behind them.
    waiting: dict[str, dict[str, str]] = {}
    for value in (*written.values, *_periodical(written)):
        path = value.name or schema().fields[value.field].path
        *parents, last = path.split("/")
        if not all(_NAME.fullmatch(name) for name in (*parents, last)):
            losses.append(Loss("L06", value.name, f"no element can have this name: {plain_text(value.text)}"))
        elif last.startswith("@"):
            waiting.setdefault("/".join(parents), {})[last[1:]] = plain_text(value.text)
        else:
            root.child(parents).append(last, waiting.pop(path, {})).text = value.text
    for path, attributes in waiting.items():
        root.child(path.split("/") if path else []).attributes.update(attributes)
    losses += _impossible(record, written.values)
    lines = ["<record>", *(node.write() for node in root.ordered()), "</record>"]
    return Written(line_end.join(lines), tuple(dict.fromkeys(losses)))


def _periodical(written: ValuesWritten) -> Iterator[Value]:
    """Both names of a journal once more, where EndNote has them from its list of journals and others look for them."""
    if written.type.name not in _IN_PERIODICALS:
        return
    names = {value.field: value for value in reversed(written.values) if not value.name}
    full, short = names.get("secondary-title"), names.get("alt-title")
    if full is not None and short is not None:
        yield full._replace(field="full-title")
        yield short._replace(field="abbr-1")


class _Node:
    """An element to be written."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.attributes: dict[str, str] = {}
        self.text: RichText = ()
        self.children: list[_Node] = []
        self.last: dict[str, _Node] = {}

    def add_type(self, record: Record, name: str, number: int) -> None:
        """The reference type; a number that the table has not is the source's."""
        written = next((field.text for field in record.fields if field.name == "ref-type" and field.text.strip()), "")
        node = self.append("ref-type", {"name": name})
        text = written if record.source_format == SYNTAX.format and written else str(number) if number else ""
        node.text = (Run(text),) if text else ()

    def child(self, path: list[str]) -> _Node:
        """The element at a path, made if it is missing."""
        if not path:
            return self
        found = self.last.get(path[0])
        return (found if found is not None else self.append(path[0], {})).child(path[1:])

    def append(self, name: str, attributes: dict[str, str]) -> _Node:
        node = _Node(name)
        node.attributes.update(attributes)
        self.children.append(node)
        self.last[name] = node
        return node

    def ordered(self) -> list[_Node]:
        return sorted(self.children, key=lambda node: _PLACES.get(node.name, len(_PLACES)))

    def write(self) -> str:
        """The element without white space inside, which some programs take for text."""
        attributes = "".join(f" {name}={_quoted(text)}" for name, text in self.attributes.items())
        plain = self.name in ("ref-type", "database", "source-app", "rec-number", "key")
        inner = "".join(node.write() for node in self.ordered())
        text = "".join(_escaped(run.text) if plain else _styled(run) for run in self.text)
        return f"<{self.name}{attributes}>{inner}{text}</{self.name}>"


def _styled(run: Run) -> str:
    face = " ".join(name for style, name in _FACES if style in run.style) or "normal"
    return f'<style face="{face}"{_MARKUP}>{_escaped(run.text)}</style>'


def _escaped(text: str) -> str:
    return escape(_IMPOSSIBLE.sub("", text)).replace("\n", "&#xD;").replace("\r", "&#xD;")


def _quoted(text: str) -> str:
    return quoteattr(_IMPOSSIBLE.sub("", text))


def _impossible(record: Record, values: tuple[Value, ...]) -> Iterator[Loss]:
    """One loss for each variable with characters that XML cannot hold."""
    if not any(_IMPOSSIBLE.search(run.text) for value in values for run in value.text):
        return
    if _IMPOSSIBLE.search(record.key):
        yield Loss("L13", "key", "control characters are left out", "information")
    for variable, date in record.dates.items():
        if _IMPOSSIBLE.search(date.literal):
            yield from losses_of(record, variable, "L13", "control characters are left out", severity="information")
    for variable, texts in record.texts.items():
        if any(_IMPOSSIBLE.search(run.text) for text in texts for run in text):
            yield from losses_of(record, variable, "L13", "control characters are left out", severity="information")
    for variable, names in record.names.items():
        if any(_IMPOSSIBLE.search(part) for name in names for part in (name.family, name.given, name.literal)):
            yield from losses_of(record, variable, "L13", "control characters are left out", severity="information")
    for field in record.fields:
        if not field.variables and _IMPOSSIBLE.search(field.text):
            yield Loss("L13", field.name, "control characters are left out", "information")


def _read_record(found: XmlRecord) -> Record:
    values = [
        Value(_field_of(value.path), value.path, _with_paragraphs(value.path, value.text), value.span)
        for value in found.values
    ]
    name = next((plain_text(value.text) for value in values if value.name == "ref-type/@name"), "")
    number = next((plain_text(value.text) for value in values if value.name == "ref-type"), "")
    return read_values(SYNTAX.format, TypeName(name.strip(), number.strip()), values)


def _field_of(path: str) -> str:
    return "type" if path in ("ref-type", "ref-type/@name") else schema().by_path.get(path, "")


def _with_paragraphs(path: str, text: RichText) -> RichText:
    """The text with a line feed where a line end is meant, and single blanks.

    EndNote writes a character reference for such a one. The line ends of the file are those of an indented layout, or
    of a program that writes paragraphs as they are.
    """
    field = schema().by_path.get(path, "")
    plain = plain_text(text)
    if "\r" in plain or "\n" in plain:
        keeps = field in PARAGRAPH_FIELDS or field in LINE_FIELDS or field.endswith("authors") or not field
        stripped = plain.strip()
        lines = [line for line in stripped.split("\r") if line.strip()]
        laid_out = _INDENTED.search(stripped) is not None or is_wrapped(lines) or field not in PARAGRAPH_FIELDS
        text = tuple(
            Run(run.text.replace("\r", " " if laid_out else "\n").replace("\n", "\n" if keeps else " "), run.style)
            for run in text
        )
    return _trimmed(text)


def _trimmed(text: RichText) -> RichText:
    """Without blanks at both ends and around line ends, and with single ones inside."""
    runs: list[Run] = []
    ends_with_blank = True
    for run in text:
        piece = re.sub(r" ?\n[ \n]*", "\n", _BLANKS.sub(" ", run.text))
        if ends_with_blank:
            piece = piece.lstrip(" \n")
        if piece:
            ends_with_blank = piece[-1] in " \n"
            runs.append(Run(piece, run.style))
    while runs and not runs[-1].text.rstrip(" \n"):
        runs.pop()
    if runs:
        runs[-1] = Run(runs[-1].text.rstrip(" \n"), runs[-1].style)
    return join_runs(runs)
