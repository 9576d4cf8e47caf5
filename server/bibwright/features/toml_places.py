"""Where the keys and values of a TOML text stand, which `tomllib` does not tell.

The text is one that `tomllib` has read, so nothing here looks for mistakes.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bibwright.text.spans import Span

#: The keys and indices that lead to a value.
Path = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_STRING = re.compile(r'"""(?:[^\\"]|\\.|"(?!""))*"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'', re.DOTALL)
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
#: A number, a date (which may hold one blank) or a boolean.
_BARE_VALUE = re.compile(r"[^\s,\]}#]+(?: \d[^\s,\]}#]*)?")


@dataclass(slots=True)
class TomlPlaces:
    """Spans in code points. `tables` are those of the headers `[table]`, `keys` of keys, `values` of whole values."""

    tables: dict[Path, Span] = field(default_factory=dict)
    keys: dict[Path, Span] = field(default_factory=dict)
    values: dict[Path, Span] = field(default_factory=dict)

    def nearest(self, path: Path) -> Span | None:
        """Where a path leads, or as much of it as stands anywhere: an item, else the key, else the table."""
        while path:
            places: tuple[Mapping[Path, Span], ...] = (self.keys, self.tables, self.values)
            if isinstance(path[-1], int):
                places = (self.values,)
            for place in places:
                if path in place:
                    return place[path]
            path = path[:-1]
        return None


def find_places(text: str) -> TomlPlaces:
    """The places in a text that is TOML."""
    scanner = _Scanner(text)
    scanner.document()
    return scanner.places


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.places = TomlPlaces()
        self.arrays: dict[Path, int] = {}

    def document(self) -> None:
        table: Path = ()
        while self.skip():
            start = self.at
            if self.text.startswith("[[", start):
                self.at += 2
                name = tuple(self.dotted())
                self.arrays[name] = self.arrays.get(name, -1) + 1
                table = (*name, self.arrays[name])
                self.at = self.text.index("]]", self.at) + 2
                self.places.tables[table] = Span(start, self.at)
            elif self.text[start] == "[":
                self.at += 1
                table = self.indexed(tuple(self.dotted()))
                self.at = self.text.index("]", self.at) + 1
                self.places.tables[table] = Span(start, self.at)
                for length in range(1, len(table)):
                    self.places.tables.setdefault(table[:length], Span(start, self.at))
            else:
                self.pair(table)

    def indexed(self, name: Path) -> Path:
        """The path of `[a.b]` when `a` is an array of tables: that of its last one."""
        for length in range(len(name) - 1, 0, -1):
            if name[:length] in self.arrays:
                return (*name[:length], self.arrays[name[:length]], *name[length:])
        return name

    def skip(self) -> bool:
        """Go to the next character that is neither blank nor comment; whether there is one."""
        match = _BLANK.match(self.text, self.at)
        assert match is not None
        self.at = match.end()
        return self.at < len(self.text)

    def pair(self, table: Path) -> None:
        start = self.at
        path = (*table, *self.dotted())
        self.places.keys[path] = Span(start, self.at)
        for length in range(len(table) + 1, len(path)):
            self.places.keys.setdefault(path[:length], Span(start, self.at))
        self.at = self.text.index("=", self.at) + 1
        self.value(path)

    def dotted(self) -> Iterator[str]:
        """The parts of a key, up to its end."""
        while True:
            self.skip()
            string = _STRING.match(self.text, self.at)
            match = string or _BARE_KEY.match(self.text, self.at)
            assert match is not None
            self.at = match.end()
            yield unquote(match[0]) if string else match[0]
            end = self.at
            self.skip()
            if self.text[self.at] != ".":
                self.at = end
                return
            self.at += 1

    def value(self, path: Path) -> None:
        self.skip()
        start = self.at
        match self.text[start]:
            case "[":
                self.items(path)
            case "{":
                self.at += 1
                while self.skip() and self.text[self.at] != "}":
                    if self.text[self.at] == ",":
                        self.at += 1
                    else:
                        self.pair(path)
                self.at += 1
            case _:
                found = _STRING.match(self.text, start) or _BARE_VALUE.match(self.text, start)
                assert found is not None
                self.at = found.end()
        self.places.values[path] = Span(start, self.at)

    def items(self, path: Path) -> None:
        self.at += 1
        index = 0
        while self.skip() and self.text[self.at] != "]":
            if self.text[self.at] == ",":
                self.at += 1
            else:
                self.value((*path, index))
                index += 1
        self.at += 1


def unquote(written: str) -> str:
    """What a TOML string says."""
    return str(tomllib.loads(f"x = {written}")["x"])
