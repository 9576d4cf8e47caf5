"""Each type of each format comes back from every other format as what it was, or a loss names it."""

from __future__ import annotations

import pytest

from bibwright.features.conversion import Conversion
from bibwright.features.convert import convert_text
from bibwright.formats import SOURCES, TARGETS
from bibwright.formats.bibtex.schema import canonical_type
from bibwright.formats.bibtex.schema import schema as bibtex_schema
from bibwright.formats.endnote.schema import schema as endnote_schema
from bibwright.formats.ris.schema import REFERENCE_TYPES
from bibwright.model.losses import type_field
from tests.support.accounts import read_placed

_NO_WORKS = ("xdata", "set", "bibnote")
#: By source format: its types, one record, the format to come back to, and types that are told by other fields.
_CASES = {
    "bibtex": (
        [name for name in bibtex_schema().types if name not in _NO_WORKS],
        "@{}{{k, author = {{A, B}}, editor = {{C, D}}, title = {{T}}, booktitle = {{B}}, date = {{2001}}}}\n",
        "biblatex",
        {("book", "collection"), ("inbook", "incollection"), ("incollection", "inbook")},
    ),
    "ris": (
        sorted(REFERENCE_TYPES),
        "TY  - {}\nID  - k\nAU  - A, B\nTI  - T\nPY  - 2001\nER  - \n",
        "ris",
        {("WEB", "ELEC"), ("INPR", "JOUR"), ("EDBOOK", "BOOK")},
    ),
    "enw": (sorted(endnote_schema().types), "%0 {}\n%A A, B\n%T T\n%D 2001\n%F k\n", "enw", set()),
}


def _type_of(conversion: Conversion) -> str:
    ((record, _),) = read_placed(conversion.text, conversion.target)
    return canonical_type(record.source_type) if record.source_format == "bibtex" else record.source_type


@pytest.mark.parametrize("source", _CASES)
@pytest.mark.parametrize("target", ["bibtex", "biblatex", "ris", "csl-json", "enw"])
def test_a_type_that_does_not_come_back_is_told(source: str, target: str) -> None:
    types, entry, home, told_otherwise = _CASES[source]
    if SOURCES[source].language_id == TARGETS[target].language_id:
        return
    for name in types:
        text = entry.format(name)
        ((record, _),) = read_placed(text, SOURCES[source])
        there = convert_text(text, SOURCES[source], TARGETS[target])
        again = _type_of(convert_text(there.text, SOURCES[target], TARGETS[home]))
        before = canonical_type(name) if source == "bibtex" else name
        if again == before or (before, again) in told_otherwise:
            continue

        assert type_field(record) in {loss.field for entry in there.entries for loss in entry.losses}, (name, again)


def test_types_that_nobody_knows_are_told() -> None:
    bib = convert_text("@foo{a, title = {T}}\n", SOURCES["bibtex"], TARGETS["ris"])
    ris = convert_text("TY  - FOO\nTI  - T\nER  - \n", SOURCES["ris"], TARGETS["biblatex"])

    assert [loss.message for entry in bib.entries for loss in entry.losses] == [
        "nobody knows the entry type foo: it is taken for misc"
    ]
    assert [loss.message for entry in ris.entries for loss in entry.losses] == [
        "nobody knows the reference type FOO: it is taken for GEN"
    ]
