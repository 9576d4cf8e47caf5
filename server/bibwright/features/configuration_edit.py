"""Adds a rule to `ignore` in a configuration file: the one edit that leaves all the rest as the user wrote it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from bibwright.features.configuration import SHARED_NAME, TABLE
from bibwright.features.toml_places import Path as KeyPath
from bibwright.features.toml_places import TomlPlaces, find_places
from bibwright.text.columns import first_line_end
from bibwright.text.spans import Edit, Span, apply_edits

_KEY = "ignore"


def ignore_rule(path: Path, text: str, code: str) -> Edit | None:
    """The edit, in code points, after which the file ignores a rule; None when the file cannot be edited.

    That is so when it is no TOML, when `ignore` is no list, and when the rule is in it already.
    """
    edit = _find_edit(path, text, code)
    try:
        # Tables can be written in more ways than are told apart here; a file that is broken helps nobody.
        tomllib.loads(apply_edits(text, [edit] if edit else []))
    except (tomllib.TOMLDecodeError, RecursionError):
        return None
    return edit


def _find_edit(path: Path, text: str, code: str) -> Edit | None:
    try:
        value: object = tomllib.loads(text)
        places = find_places(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return None
    table: KeyPath = TABLE if path.name == SHARED_NAME else ()
    for name in table:
        value = value.get(name) if isinstance(value, dict) else None
    if value is not None and not isinstance(value, dict):
        return None
    if value is not None and _KEY in value:
        given = value[_KEY]
        span = places.values.get((*table, _KEY))
        if span is None or not isinstance(given, list) or code in given:
            return None
        return _append(text, span, [places.values[(*table, _KEY, index)] for index in range(len(given))], code)
    return _new_key(text, places, table, code)


def _append(text: str, array: Span, items: list[Span], code: str) -> Edit:
    """Put the code behind the last item of an array, in the manner in which it is written."""
    if not items:
        return Edit(array.start + 1, array.start + 1, f'"{code}"')
    end = items[-1].end
    line = max(text.rfind("\n", 0, items[-1].start) + 1, array.start)
    indentation = text[line : items[-1].start]
    if line > array.start and not indentation.strip():
        # Each item on its own line.
        return Edit(end, end, f',{first_line_end(text)}{indentation}"{code}"')
    return Edit(end, end, f', "{code}"')


def _new_key(text: str, places: TomlPlaces, table: KeyPath, code: str) -> Edit:
    """A line of its own: behind the last key of the table, else at its beginning."""
    line_end = first_line_end(text)
    line = f'{_KEY} = ["{code}"]'
    dotted = table and table not in places.tables
    if dotted:
        inline = places.values.get(table)
        if inline is not None:
            # `[tool]` with `bibwright = {...}` in it.
            empty = not text[inline.start + 1 : inline.end - 1].strip()
            return Edit(inline.start + 1, inline.start + 1, line + ("" if empty else ", "))
        at = len(text)
        before = "" if not text or text.endswith(("\n", "\r")) else line_end
        gap = line_end if text.strip() else ""
        return Edit(at, at, f"{before}{gap}[{'.'.join(map(str, table))}]{line_end}{line}{line_end}")
    own = [places.values[key].end for key in places.values if len(key) == len(table) + 1 and key[:-1] == table]
    own = [end for end in own if end <= _first_header(text, places, table)]
    if own:
        at = max(own)
    elif table:
        at = places.tables[table].end
    else:
        return Edit(0, 0, f"{line}{line_end}{line_end if text.strip() else ''}")
    rest = re.compile(r"[^\r\n]*(\r\n|\n|\r|\Z)").match(text, at)
    assert rest is not None
    if rest[1]:
        return Edit(rest.end(), rest.end(), f"{line}{line_end}")
    return Edit(rest.end(), rest.end(), f"{line_end}{line}{line_end}")


def _first_header(text: str, places: TomlPlaces, table: KeyPath) -> int:
    """Where the first table begins behind the one that is meant: what stands below belongs to that."""
    start = places.tables[table].start + 1 if table else 0
    return min((span.start for span in places.tables.values() if span.start >= start), default=len(text))
