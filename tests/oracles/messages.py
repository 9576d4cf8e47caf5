"""What the oracles write, line by line, as data.

Biber's own texts are in `Biber/Input/file/bibtex.pm`, `Biber/DataModel.pm` and `Biber/Entry.pm`; those that begin with
`BibTeX subsystem` come from btparse and name a line of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Message(NamedTuple):
    """One message. `level` is `error` or `warning`; `kind` a word of ours.

    `key`, `fields` (lower case; several where any of them would do) and `line` (from 1) are empty or 0 where the
    program names none.
    """

    level: str
    kind: str
    text: str
    key: str = ""
    fields: tuple[str, ...] = ()
    line: int = 0


_ENTRY = r"Entry '(?P<key>.*?)' \(.*?\): "
#: In order: the first that fits names the kind. Groups: `key`, `fields` (separated by commas), `line`.
_BIBER = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("macro", r"BibTeX subsystem: .*, line (?P<line>\d+), warning: undefined macro"),
        ("junk", r"BibTeX subsystem: .*, line (?P<line>\d+), warning: .* characters? of junk"),
        ("lexical", r"BibTeX subsystem: .*, line (?P<line>\d+), (?:lexical )?(?:warning|error): "),
        ("syntax", r"BibTeX subsystem: .*, line (?P<line>\d+), syntax error: "),
        ("name", r"BibTeX subsystem: "),
        ("encoding", r"Data file '.*' cannot be read in encoding"),
        ("empty-file", r"Data source '.*' (?:is empty|contains no BibTeX)"),
        ("missing-field", rf"Datamodel: {_ENTRY}Missing mandatory field - one of '(?P<fields>.*)' must be defined"),
        ("missing-field", rf"Datamodel: {_ENTRY}Missing mandatory field '(?P<fields>.*)'"),
        (
            "conflict",
            rf"Datamodel: {_ENTRY}Mandatory fields - only one of '.*' must .* ignoring field '(?P<fields>.*)'",
        ),
        ("constraint", rf"Datamodel: {_ENTRY}Constraint violation - \w+ of fields \((?P<fields>.*?)\)"),
        ("unknown-field", rf"Datamodel: {_ENTRY}Field '(?P<fields>.*)' invalid in data model"),
        ("field-not-for-type", rf"Datamodel: {_ENTRY}Invalid field '(?P<fields>.*)' for entrytype"),
        ("unknown-type", rf"Datamodel: {_ENTRY}Invalid entry type"),
        ("isbn", rf"Datamodel: {_ENTRY}Invalid ISBN in value of field '(?P<fields>.*)'"),
        ("isbn", r"ISBN '.*' in entry '(?P<key>.*)' is invalid"),
        ("issn", rf"Datamodel: {_ENTRY}Invalid ISSN in value of field '(?P<fields>.*)'"),
        ("ismn", rf"Datamodel: {_ENTRY}Invalid ISMN in value of field '(?P<fields>.*)'"),
        ("range", rf"Datamodel: {_ENTRY}Invalid value of field '(?P<fields>.*)' must be '[<>]="),
        ("pattern", rf"Datamodel: {_ENTRY}Invalid value \(pattern match fails\) for field '(?P<fields>.*)'"),
        ("datatype", rf"Datamodel: {_ENTRY}Invalid value of field '(?P<fields>.*)' must be datatype"),
        ("date", rf"{_ENTRY}Invalid format '.*' of (?:end )?date field '(?P<fields>.*)'"),
        ("date-and-year", r"Overwriting field '(?P<fields>.*)' with .* for entry '(?P<key>.*)'"),
        ("year", r"legacy (?P<fields>year|month) field '.*' in entry '(?P<key>.*)' is not an integer"),
        ("page-range", r"Range field '(?P<fields>.*)' in entry '(?P<key>.*)' is malformed"),
        (
            "name-commas",
            r"Name \".*\" (?:has too many|is malformed \(consecutive) commas\)?.* skipping entry '(?P<key>.*)'",
        ),
        ("empty-name", r"Name in key '(?P<key>.*?)' is empty"),
        ("no-key", r"Invalid or undefined BibTeX entry key"),
        ("duplicate-key", r"Duplicate entry key: '(?P<key>.*)' in file"),
        ("key-case", r"Possible typo \(case mismatch\) between datasource keys: '(?P<key>.*)' and"),
        ("name-part", r"Invalid namepart '.*' found in .* name '(?P<fields>.*)' in entry '(?P<key>.*)'"),
        ("no-parse", r"Entry (?P<key>.*) does not parse correctly"),
        ("reference", r"I didn't find a database entry for .* in entry '(?P<key>.*)'"),
        ("reference", r"Cannot inherit from crossref key"),
        ("reference", r"Entry '(?P<key>.*)' (?:references|has) XDATA"),
        ("reference", r"Field '(?P<fields>.*)' in entry '(?P<key>.*)' (?:which xdata )?references"),
        ("cycle", r"Circular (?:XDATA )?inheritance between"),
        ("set", r"(?:Set entry '(?P<key>.*)' has no entryset|No entryset found for entry)"),
        ("alias", r"(?:Citekey alias|Entry alias|BAD RECURSION)"),
        ("encodable", r"The entry '(?P<key>.*)' has characters which cannot be encoded"),
    )
)
_BIBER_LINE = re.compile(r"^(ERROR|WARN) - (.*)$", re.MULTILINE)


def parse_biber(output: str) -> list[Message]:
    """The messages of biber, in its order; one that is repeated word by word is given once."""
    lines = dict.fromkeys(match.groups() for match in _BIBER_LINE.finditer(output))
    return [_biber_message("error" if level == "ERROR" else "warning", text) for level, text in lines]


def _biber_message(level: str, text: str) -> Message:
    # The name of biber's own copy of the file differs from run to run.
    text = re.sub(r"[^\s']*\.utf8\b", "input.bib", text)
    for kind, pattern in _BIBER:
        if match := pattern.match(text):
            groups = match.groupdict()
            fields = tuple(name.strip().lower() for name in (groups.get("fields") or "").split(",") if name.strip())
            if kind == "isbn":
                fields = fields or ("isbn",)
            return Message(level, kind, text, groups.get("key") or "", fields, int(groups.get("line") or 0))
    return Message(level, "other", text)


_BIBCLEAN_LINE = re.compile(r"^(%%|\?\?) \"[^\"]*\", line (\d+): (.*)$", re.MULTILINE)
_BIBCLEAN_FIELD = re.compile(r"``([\w-]+) = ")
_BIBCLEAN = (
    ("value", re.compile("Unexpected value")),
    ("isbn", re.compile("ISBN")),
    ("issn", re.compile("ISSN")),
    ("coden", re.compile("CODEN")),
    ("length", re.compile("exceeds|too long", re.IGNORECASE)),
)


def parse_bibclean(output: str) -> list[Message]:
    """The messages of bibclean: `%%` begins a warning, `??` an error."""
    found = []
    for mark, line, text in _BIBCLEAN_LINE.findall(output):
        level = "error" if mark == "??" else "warning"
        kind = next(
            (kind for kind, pattern in _BIBCLEAN if pattern.search(text)), "syntax" if mark == "??" else "other"
        )
        names = _BIBCLEAN_FIELD.findall(text)
        found.append(Message(level, kind, text, fields=tuple(name.lower() for name in names[:1]), line=int(line)))
    return found


_PANDOC_PLACE = re.compile(r"\(line (\d+), column \d+\):\s*(.*(?:\n.*)?)")


def parse_pandoc(output: str, status: int | None) -> list[Message]:
    """The one error at which pandoc gives a file up; none when it read it."""
    if status == 0:
        return []
    place = _PANDOC_PLACE.search(output)
    if place is None:
        return [Message("error", "failed", output.strip().split("\n")[0])]
    return [Message("error", "syntax", " ".join(place[2].split()), line=int(place[1]))]


#: What else it writes is about its own intermediate form.
_BIBUTILS = (
    ("unknown-type", re.compile(r"Did not recognize type '(?P<type>.*?)' of refnum (?P<key>\d+)")),
    ("outside", re.compile(r"^Ignored: '(?P<line>.*)'")),
)


def parse_bibutils(output: str, status: int | None, records: int) -> list[Message]:
    """What ris2xml complains of; `key` is the number of the record. It fails a file of which it makes no record."""
    found = list(dict.fromkeys(_bibutils_messages(output.splitlines())))
    if status != 0 or records == 0:
        found.append(Message("error", "failed", f"exit status {status}, {records} records"))
    return found


def _bibutils_messages(lines: Iterable[str]) -> Iterator[Message]:
    for line in lines:
        text = line.strip()
        for kind, pattern in _BIBUTILS:
            if match := pattern.search(text):
                yield Message("warning", kind, text, match.groupdict().get("key", ""))
