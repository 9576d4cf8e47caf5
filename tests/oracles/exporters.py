"""The same works as reference managers and databases export them: do we read the same records?

python -m tests.oracles.exporters [--all]

The files of `citation-file-formatting` overlap: one collection went through two programs, the hits of one search
through many. Works are told by their DOI, or else by title and year. For each file: how many records it has and how
many are read, how many of its works other files have too, and of their fields how many *agree* with what most of the
files have, how many the exporter does *not write*, and how many differ in a way that is *explained* (`explain`). What
is left is *unexplained* and listed.
"""

from __future__ import annotations

import argparse
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from bibwright.features.encodings import decode_bytes
from bibwright.formats import find_any_format
from bibwright.model.names import OTHERS, Name
from bibwright.model.record import Record
from tests.oracles.corpus import default_corpus
from tests.oracles.pairs import read_text
from tests.oracles.roundtrips import print_table

FOLDER = "asreview+citation-file-formatting/Datasets/RIS"
#: What is compared of a work.
_VARIABLES = (
    "type",
    "title",
    "author",
    "issued",
    "container-title",
    "volume",
    "issue",
    "page",
    "DOI",
    "ISSN",
    "abstract",
)
_PARTICLES = re.compile(r"^(?:(?:van|von|der|den|de|la|ten|ter|te)\s+)+", re.IGNORECASE)
_LAST_PARTICLE = re.compile(r"\s+(?:van|von|der|den|de|ten|ter|te)$")
_BEGINNING = re.compile(r"^(?:TY {0,3}- *\S|PMID ?- ?\d)", re.MULTILINE)


class Export(NamedTuple):
    """A file: how many records begin in it, and those that were read."""

    name: str
    beginnings: int
    records: tuple[Record, ...]


class Difference(NamedTuple):
    """A field of a work that one file has otherwise than most: what kind of difference it is, or empty."""

    exporter: str
    work: str
    variable: str
    here: str
    usual: str
    kind: str


def exports(corpus: Path) -> Iterator[Export]:
    """All files, the baseline first."""
    for path in sorted((corpus / FOLDER).glob("*.ris")):
        text = decode_bytes(path.read_bytes())[0]
        format = find_any_format(path.name, text)
        assert format is not None
        records = tuple(side.record for side in read_text(text, format.id))
        name = path.stem.removeprefix("_baseline").removeprefix("_") or "baseline"
        yield Export(name, len(_BEGINNING.findall(text)), records)


def find_works(found: Sequence[Export]) -> dict[str, dict[str, Record]]:
    """By work its record in each file that has it; a work of one file alone is none."""
    doi_of = {_title_and_year(record): _doi(record) for export in found for record in export.records if _doi(record)}
    works: dict[str, dict[str, Record]] = defaultdict(dict)
    for export in found:
        for record in export.records:
            title = _title_and_year(record)
            works[_doi(record) or doi_of.get(title, title)].setdefault(export.name, record)
    return {work: records for work, records in works.items() if len(records) > 1}


def compare(work: str, records: Mapping[str, Record]) -> Iterator[tuple[str, str, Difference | None]]:
    """For each file and variable of a work the difference from what most files have, or None where there is none."""
    for variable in _VARIABLES:
        values = {exporter: show(record, variable) for exporter, record in records.items()}
        written = Counter(value for value in values.values() if value)
        if not written:
            continue
        # Of several that are as frequent, the one that says most.
        usual = max(written, key=lambda value: (written[value], len(value)))
        for exporter, value in values.items():
            if value == usual:
                yield exporter, variable, None
            else:
                kind = explain(variable, value, usual)
                yield exporter, variable, Difference(exporter, work, variable, value, usual, kind)


def show(record: Record, variable: str) -> str:
    """What a record has for a variable, as comparable text."""
    match variable:
        case "type":
            return record.type
        case "author":
            return "; ".join(_show_name(name) for name in record.names.get("author", ()))
        case "issued":
            date = record.dates.get("issued")
            if date is None or date.start is None:
                return date.literal if date else ""
            return "-".join(str(part) for part in date.start if part is not None)
        case "ISSN":
            return " ".join(sorted(value.replace("-", "") for value in _texts(record, "ISSN")))
        case "page":
            return " ".join(_texts(record, "page")).replace("–", "-")
        case "DOI":
            return record.text("DOI").lower()
    return " ".join(unicodedata.normalize("NFC", " ".join(_texts(record, variable))).split())


def explain(variable: str, here: str, usual: str) -> str:
    """Why two values of one field differ, as far as they can be seen to say the same; empty for all else."""
    if not here:
        return "not written"
    if _letters(here) == _letters(usual):
        return "case, punctuation, accents"
    shorter, longer = sorted((here, usual), key=len)
    match variable:
        case "author":
            return _explain_names(here.split("; "), usual.split("; "))
        case "issued":
            if longer.startswith(shorter):
                return "day or month left out"
            return "online or in print" if abs(int(here[:4] or 0) - int(usual[:4] or 0)) <= 1 else ""
        case "container-title" if _abbreviates(here, usual) or _abbreviates(usual, here):
            return "abbreviated name of the journal"
        case "issue" if here.split()[0] == usual.split()[0]:
            return "month beside the number"
        case "page" if _expanded(here) == _expanded(usual):
            return "last page shortened"
        case "page" if here.split("-")[0] == usual.split("-")[0]:
            return "first page alone"
        case "page" if ("-" in here) != ("-" in usual):
            return "number of the article, or pages counted from 1"
        case "ISSN" if set(here.split()) & set(usual.split()):
            return "one of several"
        case "title" | "abstract" | "container-title" if _letters(shorter) in _letters(longer):
            return "a part is left out or added"
        case "abstract" if _similar(here, usual):
            return "words of headings or signs differ"
    return ""


def _explain_names(here: Sequence[str], usual: Sequence[str]) -> str:
    shared = [_same_person(one, other) for one, other in zip(here, usual, strict=False)]
    if len(here) == len(usual) and all(shared):
        return "particle left out" if _has_fewer_particles(here, usual) else "initials or given names"
    return "names left out" if shared and all(shared) else ""


def _has_fewer_particles(here: Sequence[str], usual: Sequence[str]) -> bool:
    return any(_letters(_parts(one)[0]) != _letters(_parts(other)[0]) for one, other in zip(here, usual, strict=True))


def _same_person(one: str, other: str) -> bool:
    """Whether two names have a family name in common, and the initials that both give."""
    (family, given), (other_family, other_given) = (_parts(_LAST_PARTICLE.sub("", name)) for name in (one, other))
    initials, other_initials = (
        "".join(part[0] for part in re.findall(r"[^\W\d_]+", text)) for text in (given, other_given)
    )
    # `JD` is two initials, `Jo` the beginning of a name.
    initials, other_initials = (
        text if len(text) > 1 or not given.isupper() else given
        for text, given in ((initials, given), (other_initials, other_given))
    )
    shorter, longer = sorted((initials.lower(), other_initials.lower()), key=len)
    without = (_letters(_PARTICLES.sub("", family)), _letters(_PARTICLES.sub("", other_family)))
    same_family = without[0] == without[1] or _letters(one) == _letters(other)
    return same_family and longer.startswith(shorter)


def _parts(name: str) -> tuple[str, str]:
    family, comma, given = name.partition(", ")
    if not comma and " " in name:
        # `Brownstein C D`: initials behind the family name, without a comma.
        family, _, given = name.partition(" ")
    return family, given


def _show_name(name: Name) -> str:
    if name == OTHERS:
        return "et al."
    return name.literal or ", ".join(part for part in (f"{name.particle} {name.family}".strip(), name.given) if part)


def _doi(record: Record) -> str:
    return record.text("DOI").lower().partition(" ")[0]


def _texts(record: Record, variable: str) -> list[str]:
    return ["".join(run.text for run in value) for value in record.texts.get(variable, ())]


def _letters(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text).lower().replace("&amp;", "").replace("&", "and")
    return "".join(character for character in decomposed if character.isalnum())


def _abbreviates(short: str, whole: str) -> bool:
    """Whether the words of one name begin those of another, in order (`Nat. Commun.`)."""
    words = iter(re.findall(r"\w+", whole.lower()))
    return all(any(word.startswith(part) for word in words) for part in re.findall(r"\w+", short.lower()))


def _expanded(pages: str) -> str:
    first, dash, last = pages.partition("-")
    return first + dash + (first[: len(first) - len(last)] + last if len(last) < len(first) else last)


def _similar(one: str, other: str) -> bool:
    words, others = (Counter(re.findall(r"\w+", text.lower())) for text in (one, other))
    return 2 * (words & others).total() >= 1.7 * max(1, min(words.total(), others.total()))


def _title_and_year(record: Record) -> str:
    return f"{_letters(record.text('title'))} {show(record, 'issued')[:4]}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--all", action="store_true", help="list the explained differences, too")
    arguments = parser.parse_args()
    found = list(exports(default_corpus()))
    works = find_works(found)
    compared = [one for work, records in works.items() for one in compare(work, records)]
    rows = []
    for export in found:
        mine = [difference for exporter, _, difference in compared if exporter == export.name]
        kinds = Counter("agree" if one is None else one.kind or "unexplained" for one in mine)
        explained = sum(kinds.values()) - kinds["agree"] - kinds["not written"] - kinds["unexplained"]
        rows.append(
            (
                export.name,
                str(export.beginnings),
                str(len(export.records)),
                str(sum(export.name in records for records in works.values())),
                str(len(mine)),
                *(str(kinds[kind]) for kind in ("agree", "not written")),
                str(explained),
                str(kinds["unexplained"]),
            )
        )
    print_table(
        ("exporter", "records", "read", "shared", "fields", "agree", "not written", "explained", "unexplained"), rows
    )
    print()
    differences = [difference for _, _, difference in compared if difference is not None]
    kinds_by_variable: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for one in differences:
        kinds_by_variable[one.variable, one.kind or "unexplained"][one.exporter] += 1
    for (variable, kind), exporters in sorted(kinds_by_variable.items()):
        shown = ", ".join(f"{exporter} {count}" for exporter, count in exporters.most_common())
        print(f"{variable}: {kind}: {shown}")
    for one in differences:
        if not one.kind or (arguments.all and one.kind != "not written"):
            here, usual = (text if len(text) < 140 else text[:137] + "..." for text in (one.here, one.usual))
            print(f"{one.kind or 'unexplained'} {one.exporter} {one.work} {one.variable}: {here} <> {usual}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
