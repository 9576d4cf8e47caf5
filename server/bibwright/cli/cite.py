"""`bibwright cite`: the citations of files, and nothing else, on standard output."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from bibwright.cli.opened import UnreadableError, open_source, tell_other_format
from bibwright.cli.progress import count_steps
from bibwright.cli.report import complain, one_line, print_json, readable
from bibwright.csl.errors import StyleError, UnknownStyleError
from bibwright.csl.output import WRITERS, Formatted, ListedEntry, Writer
from bibwright.csl.render import render_bibliography_entry
from bibwright.csl.single import render_single_citation
from bibwright.csl.style import Style, parse_style
from bibwright.csl.styles import find_style, find_styles, list_styles
from bibwright.features.cite import find_unknown_keys, sort_bibliography
from bibwright.features.configuration import Configurations
from bibwright.features.encodings import EncodingError
from bibwright.features.files import read_file
from bibwright.features.project import gather, path_in_project
from bibwright.features.records import CitedRecord, read_any_records
from bibwright.features.styles import is_style_file, resolve_style
from bibwright.formats.exchange import Unreadable
from bibwright.text.columns import count_line_ends

#: What would move the cursor or colour a terminal; line ends and tabs stay.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class CiteOptions:
    """What is printed of the entries, and how; `language` is one of `csl.output.WRITERS`.

    `source` is the id of the format of the files, or None to find it out.
    """

    styles: Sequence[str] = ()
    keys: Sequence[str] = ()
    locale: str = ""
    language: str = "plain"
    in_text: bool = False
    bibliography: bool = False
    as_json: bool = False
    encoding: str | None = None
    source: str | None = None


class _FromFile(NamedTuple):
    file: str
    placed: CitedRecord


class _Printed(NamedTuple):
    """What prints of an entry in a style; empty when nothing does."""

    source: _FromFile
    style: str
    formatted: Formatted


def cite(files: Sequence[str], options: CiteOptions) -> int:
    """Print the citations of `files`, all of them or those with one of the keys."""
    settings = Configurations().settings_for(Path(files[0]))
    # One style sorts a bibliography in one way; several are compared entry by entry.
    names = options.styles or (settings.styles[:1] if options.bibliography else settings.styles)
    try:
        styles = {name: _load(name, options.locale or settings.locale) for name in names}
    except StyleError as error:
        complain(str(error))
        return 2
    entries, unreadable = _read(files, options)
    if options.keys:
        unknown = find_unknown_keys(options.keys, {entry.placed.record.key for entry in entries})
        for key in unknown:
            where = f"{files[0]}: " if len(files) == 1 else ""
            complain(f'{where}no entry has the key "{key}"')
        if unknown:
            return 2
        entries = [entry for entry in entries if entry.placed.record.key in options.keys]
    rows = _sorted(entries, styles, options) if options.bibliography else _in_order(entries, styles, options)
    is_complete = _print(rows, options)
    if unreadable:
        return 2
    return 0 if is_complete else 1


def _read(files: Sequence[str], options: CiteOptions) -> tuple[list[_FromFile], bool]:
    """The entries of the files that can be read, and whether there were others."""
    entries: list[_FromFile] = []
    unreadable = False
    # String macros may be defined in files that are used with these.
    project = gather(files)
    for file in files:
        try:
            text, source = open_source(file, options.source, options.encoding)
        except UnreadableError as error:
            complain(str(error))
            unreadable = True
            continue
        tell_other_format(file, source)
        for found in read_any_records(text, source, project=project, path=path_in_project(file)):
            if isinstance(found, Unreadable):
                complain(f"{file}:{count_line_ends(text[: found.span.start]) + 1}: {found.reason}")
                unreadable = True
            else:
                entries.append(_FromFile(file, found))
    return entries, unreadable


def _in_order(entries: Sequence[_FromFile], styles: Mapping[str, Style], options: CiteOptions) -> Iterator[_Printed]:
    """Each entry by itself in each style."""
    render = render_single_citation if options.in_text else render_bibliography_entry
    for number, entry in enumerate(entries, 1):
        for name, style in styles.items():
            yield _Printed(entry, name, render(style, entry.placed.record, number=number))


def _sorted(entries: Sequence[_FromFile], styles: Mapping[str, Style], options: CiteOptions) -> Iterator[_Printed]:
    """All entries as one bibliography in each style."""
    records = [entry.placed.record for entry in entries]
    for name, style in styles.items():
        with count_steps(f"citing in {name}") as step:
            bibliography = sort_bibliography(style, records, step)
        for one in bibliography:
            yield _Printed(entries[one.place], name, one.in_text if options.in_text else one.entry)


def _print(rows: Iterator[_Printed], options: CiteOptions) -> bool:
    """Print them as they come, or as one text where they make one. Tells whether something of each could be printed."""
    writer = WRITERS[options.language]
    is_list = not options.as_json and (options.language == "rtf" or (options.bibliography and not options.in_text))
    objects: list[dict[str, str]] = []
    lists: dict[str, list[ListedEntry]] = {}
    is_complete = True
    for (file, placed), style, formatted in rows:
        key = placed.record.key
        if not formatted:
            which = f'"{key}"' if key else "without a key"
            complain(f"{file}:{placed.line + 1}: nothing of the entry {which} prints in {style}")
            is_complete = False
        elif options.as_json:
            objects.append({"file": file, "key": key, "style": style, "text": _text(writer, formatted)})
        elif is_list:
            lists.setdefault("" if options.language == "rtf" else style, []).append(ListedEntry(key, formatted))
        else:
            print(readable(_text(writer, formatted)))
    if options.as_json:
        print_json(objects)
    print("\n".join(_tame(writer.write_list(entries)) for entries in lists.values()), end="")
    return is_complete


def _text(writer: Writer, formatted: Formatted) -> str:
    text = writer.write(formatted)
    if writer.id == "plain":
        text = " ".join(text.split("\n"))
        return one_line(text)
    return _CONTROL.sub(" ", text)


def _tame(text: str) -> str:
    return readable(_CONTROL.sub(" ", text))


def _load(name: str, locale: str) -> Style:
    """A built-in style, or the style in a file. Raises `StyleError`."""
    if not is_style_file(name) and ("/" in name or "\\" in name) and find_style(name) is None:
        # Who names a file on the command line may call it what he likes.
        try:
            return parse_style(read_file(Path(name)).text, name, lang=locale)
        except (OSError, EncodingError) as error:
            raise StyleError(name, "", getattr(error, "strerror", None) or str(error)) from error
    try:
        return resolve_style(name, locale)
    except UnknownStyleError as error:
        ids = [style.id for style in list_styles()]
        near = get_close_matches(name.lower(), ids) or [style.id for style in find_styles(name)[:3]]
        advice = f"did you mean {' or '.join(near)}?" if near else "`bibwright styles` lists them"
        raise StyleError(name, "", f"no citation style has this id; {advice}") from error
