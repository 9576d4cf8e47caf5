"""Every file of the corpus, to another format and back with `--keep-unmapped`: the same fields with the same values.

`python -m tests.acceptance.test_kept_fields` counts over the whole files.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest

from bibwright.features.convert import ConversionOptions, convert_text
from bibwright.features.encodings import decode_bytes
from bibwright.features.linters import open_text
from bibwright.features.records import read_records
from bibwright.formats import ALL_FORMATS, FORMATS, find_any_format, format_of_name
from bibwright.formats.format import Format
from bibwright.model.kept import fold
from tests.support.shared import SHARED, needs_shared

#: Of a long file the test takes the beginning.
LONGEST = 8_000
WAYS = {"bibtex": ("ris", "csl-json"), "ris": ("bibtex", "biblatex", "csl-json")}

Values = dict[str, list[str]]


def groups() -> list[str]:
    return sorted(path.name for path in (SHARED / "corpus").glob("*") if path.is_dir()) if SHARED.is_dir() else []


def files(group: str) -> list[Path]:
    """Those that are what their names say: a `.ris` may be PubMed's."""
    found = sorted((SHARED / "corpus" / group).rglob("*"))
    return [path for path in found if path.is_file() and has_format_of_name(path)]


def has_format_of_name(path: Path) -> bool:
    format = format_of_name(path.name)
    return format is not None and find_any_format(path.name, decode_bytes(path.read_bytes())[0]) is format


def values(text: str, format: Format) -> list[tuple[str, Values]]:
    """Type and fields of each entry, white space folded."""
    result = []
    for placed in read_records(open_text(text, format)):
        found: Values = {}
        for field in placed.record.fields:
            if field.span != (0, 0):
                found.setdefault(field.name.lower(), []).append(field.macros or fold(field.text))
        result.append((placed.record.source_type.lower(), found))
    return result


def home_of(there: str, format: Format) -> Format:
    """The dialect that the lines in the other file name, for what was kept comes back in that."""
    return FORMATS["biblatex"] if "tex.kept: biblatex" in there else format


def compare(text: str, format: Format, counts: Counter[str]) -> list[object]:
    """What is not the same after the way there and back, and in `counts` how much was compared."""
    different: list[object] = []
    before = values(text, format)
    for via in WAYS[format.id]:
        there = convert_text(text, format, ALL_FORMATS[via], options=ConversionOptions(keep_unmapped=True))
        home = home_of(there.text, format)
        back = convert_text(there.text, ALL_FORMATS[via], home)
        after = values(back.text, home)
        assert (len(there.failures), len(back.failures), len(after)) == (0, 0, len(before))
        for (entry_type, fields), (type_after, fields_after) in zip(before, after, strict=True):
            counts[f"{format.id} by {via}: records"] += 1
            counts[f"{format.id} by {via}: fields"] += sum(map(len, fields.values()))
            if entry_type != type_after:
                different.append((via, entry_type, type_after))
            different += [
                (via, name, fields.get(name), fields_after.get(name))
                for name in fields | fields_after
                if fields.get(name) != fields_after.get(name)
            ]
    return different


@needs_shared
@pytest.mark.parametrize("group", groups())
def test_fields_come_back_as_they_were(group: str) -> None:
    for path in files(group):
        format = format_of_name(path.name)
        assert format is not None
        text, _ = decode_bytes(path.read_bytes())

        assert compare(text[:LONGEST], format, Counter()) == [], path


def main() -> int:
    counts: Counter[str] = Counter()
    different = 0
    for path in (path for group in groups() for path in files(group)):
        format = format_of_name(path.name)
        assert format is not None
        for place in compare(decode_bytes(path.read_bytes())[0], format, counts):
            different += 1
            print(f"{path}: {place}"[:400])
    for name, count in sorted(counts.items()):
        print(f"{name}: {count}")
    print(f"different: {different}")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
