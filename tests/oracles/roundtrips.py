"""How much of every field comes back from a conversion there and back, and whether the rest was reported.

python -m tests.oracles.roundtrips [FILE.bib] [--all] [--pandoc PROGRAM]... [--citation-js FOLDER]

FILE is the example file of biblatex, unless another one is named. A field is *present* when an own field of the same
meaning is there on the return (a date in `year` and `month` is one in `date`; a subtitle may be joined to its title),
*identical* when its value is the same one (name parts, date, runs of text), and *same text* when not even its spelling
differs (`{\\"o}` is not `ö`). What was left behind or changed is *reported* when a loss names it on the way there or
back. Fields that say how to sort, label or relate entries rather than what a work is are counted apart.
"""

from __future__ import annotations

import argparse
import itertools
import json
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from bibwright.features.conversion import Conversion
from bibwright.features.convert import ConversionOptions, convert_text
from bibwright.features.linters import open_text
from bibwright.features.records import read_records
from bibwright.formats import ALL_FORMATS
from bibwright.formats.bibtex.latex import decode_plain
from bibwright.formats.bibtex.schema import canonical_field
from bibwright.formats.exchange import ExchangeFormat, ReadRecord
from bibwright.model.kept import fold
from bibwright.model.record import Record, SourceField
from bibwright.model.richtext import join_runs
from tests.oracles.corpus import default_corpus

EXAMPLES = "FlamingTempura+bibtex-tidy/test/bibliographies/biblatex/biblatex-examples.bib"
#: What sorts, labels or relates entries, or says how to print them: no data about the work.
_NOT_BIBLIOGRAPHIC = re.compile(
    r"sort\w*|presort|index\w*|options|execute|langid|langidopts|annotation|keywords|shorthand\w*|label"
    r"|related\w*|crossref|xref|xdata|entryset|ids|gender"
)
_CITATION_JS = """
const { createRequire } = require('node:module')
const load = createRequire(process.argv[1] + '/index.js')
const { Cite } = load('@citation-js/core')
for (const name of ['ris', 'csl']) load('@citation-js/plugin-' + name)
const items = JSON.parse(require('node:fs').readFileSync(0, 'utf8'))
const there = items.map((item) => new Cite(item).format('ris'))
const back = there.map((ris) => new Cite(ris, { forceType: '@ris/file' }).format('data', { format: 'object' })[0] ?? {})
process.stdout.write(JSON.stringify(back))
"""
_NO_RECORDS = frozenset(("xdata", "set", "bibnote"))
_DATE_PARTS = frozenset(("date", "year", "month", "day"))


class Outcome(NamedTuple):
    """What became of one field on the way there and back."""

    key: str
    field: str
    before: str
    after: str | None
    identical: bool
    same_text: bool
    reported: bool


class Figures(NamedTuple):
    """The outcomes of one route."""

    route: str
    outcomes: tuple[Outcome, ...]

    def row(self) -> tuple[str, ...]:
        """Its line of the table: counts, and shares of all fields in percent."""
        rest = [one for one in self.outcomes if not one.identical]
        return (
            self.route,
            str(len(self.outcomes)),
            share(one.after is not None for one in self.outcomes),
            share(one.identical for one in self.outcomes),
            share(one.same_text for one in self.outcomes),
            share(one.reported for one in rest),
        )


def share(found: Iterator[bool]) -> str:
    """How many of these hold, in percent with one decimal; nothing at all is everything."""
    values = list(found)
    return f"{100 * sum(values) / len(values):.1f}" if values else "100.0"


def measure_bib(text: str, through: Sequence[str], *, keep: bool = False) -> Iterator[Outcome]:
    """Every own field of the entries of a biblatex file that goes through these formats and comes back."""
    formats = ("biblatex", *through, "biblatex")
    steps = list(_convert_along(text, formats, keep=keep))
    named = [dict(step) for step in _named(steps, formats, text)]
    reported = {key: set().union(*(names.get(key, set()) for names in named)) for key in named[0]}
    return compare_bib(text, steps[-1].text, reported)


def compare_bib(text: str, returned: str, reported: Mapping[str, set[str]]) -> Iterator[Outcome]:
    """Every own field of the entries of a biblatex file, beside what came back; `reported` are names by key."""
    before, after = _bib_records(text), _bib_records(returned)
    for key, record in before.items():
        if record.source_type.lower() in _NO_RECORDS:
            continue
        named = reported.get(key, set())
        for field in _own_fields(record):
            found = _find_again(record, field, after.get(key))
            yield Outcome(
                key,
                canonical_field(field.name),
                fold(field.text),
                *found,
                reported=field.name.lower() in named or not named.isdisjoint(name.lower() for name in field.variables),
            )


def measure_csl(text: str, through: Sequence[str], *, keep: bool = False) -> Iterator[Outcome]:
    """Every variable of the items of a CSL-JSON file that goes through these formats and comes back."""
    formats = ("csl-json", *through, "csl-json")
    steps = list(_convert_along(text, formats, keep=keep))
    named = _named(steps, formats, text)
    reported = [set().union(*(step[at][1] for step in named)) for at in range(len(named[0]))]
    return compare_csl(text, steps[-1].text, reported)


def compare_csl(text: str, returned: str, reported: Sequence[set[str]]) -> Iterator[Outcome]:
    """Every variable of the items of a CSL-JSON file, beside what came back; `reported` are names by item."""
    before, after = _items(text), _items(returned)
    assert len(before) == len(after)
    for item, back, named in zip(before, after, reported, strict=True):
        for name, value in item.items():
            if name in ("id", "type"):
                continue
            found = back.get(name)
            shown = None if found is None else json.dumps(found, ensure_ascii=False)
            same = value == found
            before_text = json.dumps(value, ensure_ascii=False)
            yield Outcome(str(item["id"]), name, before_text, shown, same, same, name.lower() in named)


def is_bibliographic(outcome: Outcome) -> bool:
    """Whether a field says something of the work."""
    return _NOT_BIBLIOGRAPHIC.fullmatch(outcome.field) is None and outcome.field != "keyword"


def _named(steps: Sequence[Conversion], formats: Sequence[str], text: str) -> list[list[tuple[str, set[str]]]]:
    """Of each step: of each record its key, and what its losses name, the variables of those fields included."""
    result = []
    for step, source in zip(steps, formats, strict=False):
        records = iter([record for record in _records(text, source) if record.fields])
        named = []
        for entry in step.entries:
            if entry.fields:
                fields = {loss.field.lower() for loss in entry.losses}
                filled = {
                    name for field in next(records).fields for name in field.variables if field.name.lower() in fields
                }
                named.append((entry.key, fields | {name.lower() for name in filled}))
        result.append(named)
        text = step.text
    return result


def _records(text: str, source: str) -> list[Record]:
    format = ALL_FORMATS[source]
    if isinstance(format, ExchangeFormat):
        return [found.record for found in format.read(text) if isinstance(found, ReadRecord)]
    return [placed.record for placed in read_records(open_text(text, format))]


def _convert_along(text: str, formats: Sequence[str], *, keep: bool) -> Iterator[Conversion]:
    options = ConversionOptions(keep_unmapped=keep)
    for source, target in itertools.pairwise(formats):
        conversion = convert_text(text, ALL_FORMATS[source], ALL_FORMATS[target], None, options)
        assert not conversion.failures, conversion.failures
        text = conversion.text
        yield conversion


def _bib_records(text: str) -> dict[str, Record]:
    return {record.key: record for record in _records(text, "biblatex")}


def _items(text: str) -> list[dict[str, Any]]:
    items = json.loads(text)
    assert isinstance(items, list)
    return items


def _own_fields(record: Record) -> Iterator[SourceField]:
    seen: set[str] = set()
    for field in record.fields:
        name = canonical_field(field.name)
        if field.span != (0, 0) and field.text.strip() and name not in seen:
            seen.add(name)
            yield field


def _find_again(record: Record, field: SourceField, back: Record | None) -> tuple[str | None, bool, bool]:
    """The text of the field of the same meaning, whether its value is the same, and whether its text is."""
    if back is None:
        return None, False, False
    theirs: dict[str, SourceField] = {}
    for other in back.fields:
        theirs.setdefault(canonical_field(other.name), other)
    name = canonical_field(field.name)
    found = theirs.get(name)
    text = fold(field.text)
    if found is None and name in _DATE_PARTS:
        found = next((theirs[part] for part in ("date", "year") if part in theirs), None)
        if found is not None:
            same = _value(record, field) == _value(back, found)
            return found.text, same, same
    if found is None and name in ("langid", "language"):
        found = theirs.get("language" if name == "langid" else "langid")
    if found is None and name.endswith("subtitle"):
        head = theirs.get(name.replace("subtitle", "title"))
        is_joined = head is not None and decode_plain(text) in decode_plain(fold(head.text))
        return (head.text, True, text in fold(head.text)) if head is not None and is_joined else (None, False, False)
    if found is None:
        return None, False, False
    same_text = fold(found.text) == text or (name.endswith("title") and fold(found.text).startswith(text))
    return fold(found.text), same_text or _value(record, field) == _value(back, found), same_text


def _value(record: Record, field: SourceField) -> object:
    mappings: tuple[Mapping[str, object], ...] = (record.names, record.dates, record.texts)
    values = [values[name] for name in field.variables for values in mappings if name in values]
    return list(map(_comparable, values)) or decode_plain(fold(field.text))


def _comparable(value: object) -> object:
    """Texts with their runs merged: where a title was joined of two, a run may end."""
    if isinstance(value, tuple) and value and isinstance(value[0], tuple):
        return tuple(join_runs(list(text)) for text in value)
    return value


def all_figures(text: str) -> Iterator[Figures]:
    """The routes that other programs were measured on, plain and keeping what has no place."""
    csl = convert_text(text, ALL_FORMATS["biblatex"], ALL_FORMATS["csl-json"]).text
    for keep in (False, True):
        with_keep = ", --keep-unmapped" if keep else ""
        for through in (("csl-json",), ("csl-yaml",), ("ris",)):
            outcomes = tuple(measure_bib(text, through, keep=keep))
            route = f"biblatex -> {through[0]} -> biblatex{with_keep}"
            yield Figures(route, tuple(filter(is_bibliographic, outcomes)))
            yield Figures("    with sorting, relations and the like", outcomes)
        for through in (("ris",), ("biblatex",)):
            outcomes = tuple(measure_csl(csl, through, keep=keep))
            yield Figures(f"csl-json -> {through[0]} -> csl-json{with_keep}", outcomes)


def pandoc_figures(text: str, program: str) -> Figures:
    """What comes back of a biblatex file through pandoc and CSL-JSON; pandoc reports nothing."""
    version = _run([program, "--version"], "").split("\n")[0]
    csl = _run([program, "-f", "biblatex", "-t", "csljson"], text)
    outcomes = compare_bib(text, _run([program, "-f", "csljson", "-t", "biblatex"], csl), {})
    return Figures(f"{version}: biblatex -> csl-json -> biblatex", tuple(filter(is_bibliographic, outcomes)))


def citation_js_figures(text: str, folder: Path) -> Figures:
    """What comes back of our items through citation-js and RIS; it reports nothing."""
    csl = convert_text(text, ALL_FORMATS["biblatex"], ALL_FORMATS["csl-json"]).text
    returned = _run(["node", "-e", _CITATION_JS, str(folder.resolve())], csl)
    outcomes = compare_csl(csl, returned, [set() for _ in _items(csl)])
    return Figures("citation-js: csl-json -> ris -> csl-json", tuple(outcomes))


def _run(command: Sequence[str], text: str) -> str:
    return subprocess.run(command, input=text, capture_output=True, encoding="utf-8", check=True, timeout=120).stdout


def print_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Columns as wide as their widest cell, numbers to the right."""
    widths = [max(len(row[at]) for row in (head, *rows)) for at in range(len(head))]
    for row in (head, *rows):
        cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        print("  ".join(cells))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, nargs="?", default=default_corpus() / EXAMPLES)
    parser.add_argument("--all", action="store_true", help="list every field that is not identical")
    parser.add_argument("--pandoc", action="append", default=[], help="measure this program, too")
    parser.add_argument("--citation-js", type=Path, metavar="FOLDER", help="measure that of this folder, too")
    arguments = parser.parse_args()
    text = arguments.file.read_text(encoding="utf-8")
    figures = list(all_figures(text)) + [pandoc_figures(text, program) for program in arguments.pandoc]
    if arguments.citation_js is not None:
        figures.append(citation_js_figures(text, arguments.citation_js))
    print_table(
        ("route", "fields", "present %", "identical %", "same text %", "rest reported %"),
        [one.row() for one in figures],
    )
    for one in figures:
        rest = [outcome for outcome in one.outcomes if not outcome.identical]
        if arguments.all and rest and not one.route.startswith(" "):
            print(f"\n{one.route}")
            for outcome in rest:
                silent = "" if outcome.reported else "  NOT REPORTED"
                print(f"  {outcome.key} {outcome.field}: {outcome.before} -> {outcome.after}{silent}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
