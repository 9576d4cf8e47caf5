"""The same records in two formats, written by another program: do we read the same from both?

python -m tests.oracles.pairs [--only TEXT] [--all]

A field is a variable of the record (its type included, its key not) that at least one side has. The two sides *agree*
when their values are the same: name parts, date, text without markup and case protection. A name of one piece is the
same as family name or literal, `English` is `en`, a DOI has no case, an ISSN its hyphen or none. A value of which no
word stands in the other record is *not there*: nothing could be read from it, so it is counted apart. Every other
disagreement is to be found in `judged_pairs.toml` with a class: `other` (the other program lost or changed it),
`no truth` (formats or habits differ and neither side is wrong) or `ours`. Those that nobody has judged are listed.
"""

from __future__ import annotations

import argparse
import json
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from bibwright.features.encodings import decode_bytes
from bibwright.features.linters import open_text
from bibwright.features.records import read_records
from bibwright.formats import ALL_FORMATS
from bibwright.formats.exchange import ExchangeFormat, ReadRecord
from bibwright.model.dates import Date
from bibwright.model.languages import language_tag
from bibwright.model.names import OTHERS, Name
from bibwright.model.record import Record
from bibwright.model.richtext import RichText, plain_text
from tests.oracles.corpus import default_corpus
from tests.oracles.roundtrips import print_table

_JABREF = "JabRef+jabref/jablib/src/test/resources/org/jabref/logic/importer/fileformat"
_CITATION_JS = "citation-js+citation-js/packages/plugin-bibtex/test"
_HANDLR = "ropensci+handlr/inst/extdata"
_BOLOGNESE = "datacite+bolognese/spec/fixtures"
#: Where JabRef's importers are given files that we read too, and what those are.
_IMPORTED = {
    "RisImporter*.ris": "ris",
    "EndnoteXmlImporter*.xml": "endnote-xml",
    "MedlinePlainImporter*.txt": "nbib",
    "NbibImporterTest.nbib": "nbib",
}
_CLASSES = ("other", "no truth", "ours")


class Side(NamedTuple):
    """A record and the whole text that it stands in."""

    record: Record
    text: str


class Pair(NamedTuple):
    """A record in two formats. `source` is the corpus's part that it comes from, `name` its files."""

    source: str
    name: str
    left: Side
    right: Side


class Comparison(NamedTuple):
    """What the two sides have for a variable; `outcome` is `agree`, `not there`, a class of judgement or `unjudged`."""

    pair: Pair
    variable: str
    left: str
    right: str
    outcome: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A class for disagreements, and why. What it leaves empty it does not ask for; all others are patterns."""

    right: str
    reason: str
    source: str = ""
    pair: str = ""
    variable: str = ""
    left_has: str = ""
    right_has: str = ""

    def fits(self, pair: Pair, variable: str, left: str, right: str) -> bool:
        """Whether it is about this disagreement."""
        return (
            (not self.source or re.fullmatch(self.source, pair.source) is not None)
            and (not self.pair or re.search(self.pair, pair.name) is not None)
            and (not self.variable or re.fullmatch(self.variable, variable) is not None)
            and (not self.left_has or re.search(self.left_has, left) is not None)
            and (not self.right_has or re.search(self.right_has, right) is not None)
        )


@cache
def judgements() -> tuple[Judgement, ...]:
    """All of them, in the order in which they are written: the first that fits counts."""
    data = tomllib.loads(Path(__file__).with_name("judged_pairs.toml").read_text(encoding="utf-8"))
    found = tuple(Judgement(**row) for row in data["judged"])
    assert all(one.right in _CLASSES for one in found)
    return found


# --- The pairs


def all_pairs(corpus: Path) -> Iterator[Pair]:
    """Every pair of the corpus."""
    yield from _cffconvert(corpus)
    yield from _jabref(corpus)
    yield from _citation_js(corpus)
    for folder, left, right in (
        (_HANDLR, "crossref.bib", "crossref.ris"),
        (_BOLOGNESE, "crossref.bib", "crossref.ris"),
        (_BOLOGNESE, "pure.bib", "pure.ris"),
    ):
        sides = read_file(corpus / folder / left, "bibtex"), read_file(corpus / folder / right, "ris")
        yield from _in_order("bolognese, handlr", f"{folder}/{left}", *sides)
    scopus = corpus / "mlagisz+UmbrellaReview_PFAS_pilot/data"
    yield from _by_title("Scopus", read_file(scopus / "scopus.bib", "bibtex"), read_file(scopus / "scopus.ris", "ris"))


def read_file(path: Path, format_id: str) -> list[Side]:
    """The records of a file."""
    return read_text(decode_bytes(path.read_bytes())[0], format_id)


def read_text(text: str, format_id: str) -> list[Side]:
    """The records of a text."""
    format = ALL_FORMATS[format_id]
    if isinstance(format, ExchangeFormat):
        return [Side(found.record, text) for found in format.read(text) if isinstance(found, ReadRecord)]
    return [Side(placed.record, text) for placed in read_records(open_text(text, format))]


def _cffconvert(corpus: Path) -> Iterator[Pair]:
    """One citation file, as three programs' formats: the .bib beside each of the others."""
    for path in sorted((corpus / "citation-file-format+cffconvert").rglob("bibtex.bib")):
        name = path.parent.relative_to(corpus).as_posix()
        for other, format_id in (("ris.txt", "ris"), ("endnote.enw", "enw")):
            if (path.parent / other).is_file():
                sides = read_file(path, "bibtex"), read_file(path.parent / other, format_id)
                yield from _in_order("cffconvert", f"{name}/{other}", *sides)


def _jabref(corpus: Path) -> Iterator[Pair]:
    folder = corpus / _JABREF
    for pattern, format_id in _IMPORTED.items():
        for path in sorted(folder.glob(pattern)):
            if path.with_suffix(".bib").is_file():
                sides = read_file(path, format_id), read_file(path.with_suffix(".bib"), "biblatex")
                yield from _in_order("JabRef", path.name, *sides)


def _citation_js(corpus: Path) -> Iterator[Pair]:
    mapping = corpus / _CITATION_JS / "mapping"
    for dialect in ("biblatex", "bibtex"):
        csl = read_file(mapping / f"{dialect}-csl.json", "csl-json")
        for which in ("input", "output"):
            bib = read_file(mapping / f"{dialect}-{which}.bib", dialect)
            pair_up = _by_key if which == "input" else _in_order  # citation-js makes keys of its own
            yield from pair_up("citation-js", f"{dialect}-{which}.bib", bib, csl)
    tests = json.loads((corpus / _CITATION_JS / "input.json").read_text(encoding="utf-8"))
    for dialect in ("bibtex", "biblatex"):
        for name, (_, items) in tests.get(f"@{dialect}/text", {}).items():
            path = corpus / _CITATION_JS / "input" / f"{name.removeprefix('with ')}.bib"
            if path.is_file():
                csl = read_text(json.dumps(items, ensure_ascii=False), "csl-json")
                yield from _in_order("citation-js", f"input/{path.name}", read_file(path, dialect), csl)


def _in_order(source: str, name: str, left: Sequence[Side], right: Sequence[Side]) -> Iterator[Pair]:
    if len(left) != len(right):
        print(f"left out: {name}, for it has {len(left)} records beside {len(right)}")
        return
    for one, other in zip(left, right, strict=False):
        yield Pair(source, f"{name} {one.record.key or other.record.key}".strip(), one, other)


def _by_key(source: str, name: str, left: Sequence[Side], right: Sequence[Side]) -> Iterator[Pair]:
    by_key = {side.record.key: side for side in right}
    for side in left:
        if side.record.key in by_key:
            yield Pair(source, f"{name} {side.record.key}", side, by_key[side.record.key])
        else:
            print(f"{name}: no {side.record.key}")


def _by_title(source: str, left: Sequence[Side], right: Sequence[Side]) -> Iterator[Pair]:
    by_title = {_words(side.record.text("title")): side for side in right}
    for side in left:
        yield Pair(source, side.record.key, side, by_title[_words(side.record.text("title"))])


# --- Comparing


def compare(pair: Pair) -> Iterator[Comparison]:
    """Each variable that one of the two has."""
    left, right = _values(pair.left.record), _values(pair.right.record)
    for variable in dict.fromkeys((*left, *right)):
        one, other = left.get(variable, ""), right.get(variable, "")
        if one == other:
            yield Comparison(pair, variable, one, other, "agree")
        elif (not one and _is_absent(other, pair.left)) or (not other and _is_absent(one, pair.right)):
            yield Comparison(pair, variable, one, other, "not there")
        else:
            found = next((judged for judged in judgements() if judged.fits(pair, variable, one, other)), None)
            outcome, reason = (found.right, found.reason) if found is not None else ("unjudged", "")
            yield Comparison(pair, variable, one, other, outcome, reason)


def _values(record: Record) -> dict[str, str]:
    """What the variables say, as comparable text."""
    values = {"type": record.type}
    for variable, names in record.names.items():
        values[variable] = "; ".join(_show_name(name) for name in names)
    for variable, date in record.dates.items():
        values[variable] = _show_date(date)
    for variable, texts in record.texts.items():
        values[variable] = " | ".join(filter(None, (_show_text(variable, text) for text in texts)))
    return {variable: value for variable, value in values.items() if value and variable != "citation-key"}


def _show_name(name: Name) -> str:
    if name == OTHERS:
        return "et al."
    if name.literal:
        return _fold(name.literal)
    return ", ".join(part for part in (f"{name.particle} {name.family}".strip(), name.given, name.suffix) if part)


def _show_date(date: Date) -> str:
    parts = ["-".join(str(number) for number in part if number is not None) for part in (date.start, date.end) if part]
    return date.literal or "/".join(parts) + ("/" if date.open_end else "") + ("~" if date.circa else "")


def _show_text(variable: str, value: RichText) -> str:
    text = _fold(plain_text(value))
    match variable:
        case "DOI":
            return text.lower()
        case "ISSN":
            return text.replace("-", "")
        case "page":
            return text.replace("–", "-")
        case "language":
            return language_tag(text)
    return text


def _fold(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _words(text: str) -> str:
    return "".join(re.findall(r"\w+", unicodedata.normalize("NFKD", text))).lower()


def _is_absent(value: str, side: Side) -> bool:
    """Whether no word of a value stands in the fields of a record, so that nobody could have read it there."""
    fields = " ".join((*(field.text for field in side.record.fields), side.record.source_type))
    return _all_words(fields + " " + fields.replace("-", "")).isdisjoint(_all_words(value))


def _all_words(text: str) -> set[str]:
    return set(re.findall(r"\w+", unicodedata.normalize("NFKC", text).lower()))


def figures(comparisons: Sequence[Comparison]) -> tuple[str, ...]:
    """Counts, the raw share of agreement (of fields that both could have) and the one without what is set aside."""
    counts = Counter(one.outcome for one in comparisons)
    present = len(comparisons) - counts["not there"]
    counted = counts["agree"] + counts["ours"] + counts["unjudged"]
    return (
        str(len({(one.pair.name) for one in comparisons})),
        str(len(comparisons)),
        str(counts["not there"]),
        *(str(counts[name]) for name in ("agree", *_CLASSES, "unjudged")),
        f"{100 * counts['agree'] / max(present, 1):.1f}",
        f"{100 * counts['agree'] / max(counted, 1):.1f}",
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="pairs whose name contains this")
    parser.add_argument("--all", action="store_true", help="list what has been judged, too")
    arguments = parser.parse_args()
    pairs = [pair for pair in all_pairs(default_corpus()) if arguments.only in f"{pair.source}: {pair.name}"]
    found = [one for pair in pairs for one in compare(pair)]
    head = ("", "pairs", "fields", "not there", "agree", *_CLASSES, "unjudged", "raw %", "adjusted %")
    sources = dict.fromkeys(pair.source for pair in pairs)
    rows = [(source, *figures([one for one in found if one.pair.source == source])) for source in sources]
    print_table(head, [*rows, ("all", *figures(found))])
    reasons = Counter((one.outcome, one.reason) for one in found if one.reason)
    print()
    for (outcome, reason), count in sorted(reasons.items(), key=lambda item: (item[0][0], -item[1])):
        print(f"{count:5}  {outcome}: {reason}")
    for one in found:
        if one.outcome == "unjudged" or (arguments.all and one.outcome in _CLASSES):
            shown = (value if len(value) < 160 else value[:157] + "..." for value in (one.left, one.right))
            print(f"{one.outcome} {one.pair.source}: {one.pair.name}: {one.variable}: {' <> '.join(shown)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
