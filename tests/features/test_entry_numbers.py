from __future__ import annotations

from random import Random

import pytest

from bibwright.features.entry_numbers import EntryNumbers
from bibwright.features.linters import open_text
from bibwright.formats import FORMATS
from bibwright.syntax.document import Position
from bibwright.text.columns import PositionEncoding

BIB = (
    "@misc{a, title = {A}}\n",
    "@string{s = {S}}\n",
    "@comment{c}\n",
    "% a line\n",
    "@misc{m, note = {me@example.org}} @misc{n, note = {N}}\n",
    "@misc{broken, title = {A\n",
    "text between\n",
)
RIS = ("TY  - JOUR\nTI  - A\nER  - \n", "\n", "TY  - BOOK\nT1  - B\n", "TY - JOUR\nTI - A\nER - \n", "what is this\n")


@pytest.mark.parametrize(("format", "pieces"), [("bibtex", BIB), ("ris", RIS)])
def test_numbers_are_those_of_the_entries_after_every_edit(format: str, pieces: tuple[str, ...]) -> None:
    random = Random(7)
    document = open_text("".join(random.choices(pieces, k=800)), FORMATS[format])
    numbers = EntryNumbers(document)
    for _ in range(12):
        blocks = [(place, block, len(document.tree(block).entries)) for place, block in document.blocks.places()]
        total = sum(count for _, _, count in blocks)
        assert numbers.total == total

        place, _, _ = random.choice(blocks)
        before = sum(count for other, _, count in blocks if other < place)
        assert numbers.number_at(place) == before
        if before < total:
            first, block = next(numbers.blocks_from(before))
            assert first == before
            assert document.tree(block).entries

        line = random.randrange(document.blocks.line_ends)
        position = Position(line, 0)
        document.edit(position, position, random.choice(pieces), PositionEncoding.UTF16)


def test_there_is_nothing_behind_the_end() -> None:
    numbers = EntryNumbers(open_text("@misc{a,}\n", FORMATS["bibtex"]))

    assert list(numbers.blocks_from(1)) == []
    assert EntryNumbers(open_text("", FORMATS["bibtex"])).total == 0
