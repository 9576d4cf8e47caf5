"""`bibwright convert`: files in another format, and on standard error what became of them on the way."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bibwright.cli.configuration import complain_of_configuration
from bibwright.cli.opened import UnreadableError, open_source, tell_other_format
from bibwright.cli.report import complain, one_line, readable
from bibwright.features.configuration import ConfigurationChoice
from bibwright.features.conversion import Conversion, Outcome, conversion_json, count_outcomes, join_parts, summarise
from bibwright.features.conversion_report import render_report
from bibwright.features.convert import ConversionOptions, Keys, convert_text
from bibwright.features.convert_dialect import convert_dialect_text
from bibwright.features.files import write_file
from bibwright.features.linters import linters_of
from bibwright.features.project import gather, path_in_project
from bibwright.formats import TARGETS, AnyFormat
from bibwright.formats.bibtex.keys import PatternError, read_pattern
from bibwright.formats.format import Format


@dataclass(frozen=True, slots=True)
class ConvertOptions:
    """`target` is a format id, `source` too, or None to find it out; `out` and `report` are paths, `-` or None.

    Where `keep_unmapped` or `key_pattern` is None the configuration of a file decides, unless it is `isolated`.
    """

    target: str
    source: str | None = None
    out: str | None = None
    report: str | None = None
    fail_on_loss: bool = False
    keep_unmapped: bool | None = None
    key_pattern: str | None = None
    isolated: bool = False
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class _Converted:
    path: str
    text: str
    source: AnyFormat
    conversion: Conversion


def convert(paths: Sequence[str], options: ConvertOptions) -> int:
    """Write all records of `paths` as one file of another format.

    The status is 0, 1 when a value was lost and `fail_on_loss` asks for it, or 2 when a file could not be read or the
    result not be written; what can be read is converted all the same.
    """
    out = options.out
    try:
        if options.key_pattern:
            read_pattern(options.key_pattern)
    except PatternError as error:
        complain(str(error))
        return 2
    if out not in (None, "-") and (same := next((path for path in paths if _is_same(path, out)), None)) is not None:
        complain(f"{same}: is the file to convert; choose another name for the result")
        return 2
    converted, unreadable = _convert_all(paths, options)
    if options.key_pattern and any(one.source.language_id == "bibtex" for one in converted):
        complain("entries of a .bib keep their keys, which documents cite")
    if not converted:
        return 2
    line_end = converted[0].conversion.line_end
    parts = [part for one in converted for part in one.conversion.parts]
    text = join_parts(parts, TARGETS[options.target], line_end)
    if not _write(out, readable(text).encode("utf-8")):
        return 2
    if options.report is not None and not _write(options.report, _report(converted, options.report)):
        return 2
    _summarise(converted)
    failed = any(one.conversion.failures for one in converted)
    if unreadable or failed:
        return 2
    if not options.fail_on_loss:
        return 0
    return int(any(count_outcomes(one.conversion)[Outcome.DROPPED] for one in converted))


def _convert_all(paths: Sequence[str], options: ConvertOptions) -> tuple[list[_Converted], bool]:
    """The files that could be read, and whether there were others."""
    converted: list[_Converted] = []
    unreadable = False
    keys = Keys()
    choice = ConfigurationChoice(isolated=options.isolated)
    complain_of_configuration([path for path in paths if path != "-"], choice)
    linters = linters_of(choice)
    # String macros may be defined in files that are used with these.
    project = gather(paths, linters)
    for path in paths:
        try:
            text, source = open_source(path, options.source, options.encoding)
        except UnreadableError as error:
            complain(str(error))
            unreadable = True
        else:
            target = TARGETS[options.target]
            settings = linters.configurations.settings_for(None if path == "-" else Path(path))
            pattern = settings.convert_key_pattern if options.key_pattern is None else options.key_pattern
            keys.pattern = pattern if target.language_id == "bibtex" else ""
            is_kept = settings.convert_keep_unmapped if options.keep_unmapped is None else options.keep_unmapped
            how = ConversionOptions(keep_unmapped=is_kept)
            if len(paths) == 1 and isinstance(source, Format) and source.language_id == target.language_id == "bibtex":
                conversion = convert_dialect_text(text, source, target)
            else:
                conversion = convert_text(text, source, target, keys, how, project=project, path=path_in_project(path))
            converted.append(_Converted(path, text, source, conversion))
    return converted, unreadable


def _summarise(converted: Sequence[_Converted]) -> None:
    for one in converted:
        tell_other_format(one.path, one.source)
        for line in summarise(one.conversion):
            print(one_line(f"{one.path}: {line}" if len(converted) > 1 else line), file=sys.stderr)


def _report(converted: Sequence[_Converted], name: str) -> bytes:
    """The report for people where the name is that of a Markdown file, else for programs."""
    if name.lower().endswith(".md"):
        pages = (render_report(one.conversion, one.text, source_name=one.path) for one in converted)
        return readable("\n".join(pages)).encode("utf-8")
    files = [
        {
            "path": one.path,
            "from": one.source.id,
            "to": one.conversion.target.id,
            **conversion_json(one.conversion, one.text),
        }
        for one in converted
    ]
    return (json.dumps(files, ensure_ascii=True, indent=2) + "\n").encode("ascii")


def _is_same(file: str, out: str | None) -> bool:
    try:
        return out is not None and Path(out).samefile(file)
    except (OSError, ValueError):
        return False


def _write(out: str | None, data: bytes) -> bool:
    """Put bytes into a file, or on standard output, whose line ends are then those of the file, not of the system."""
    if out in (None, "-"):
        sys.stdout.flush()
        buffer = getattr(sys.stdout, "buffer", None)
        if buffer is None:
            sys.stdout.write(data.decode("utf-8"))
        else:
            buffer.write(data)
            buffer.flush()
        return True
    try:
        write_file(Path(str(out)), data)
    except OSError as error:
        complain(f"{out}: cannot be written: {error.strerror or error}")
        return False
    return True
