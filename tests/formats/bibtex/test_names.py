from __future__ import annotations

import pytest

from bibwright.formats.bibtex.names import read_names, write_names
from bibwright.model.names import OTHERS, Name


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Sangmun Suh", (Name(family="Suh", given="Sangmun"),)),
        ("Knuth, Donald E.", (Name(family="Knuth", given="Donald E."),)),
        ("van der Berg, Jr, Jan", (Name(family="Berg", particle="van der", suffix="Jr", given="Jan"),)),
        ("Ludwig van Beethoven", (Name(family="Beethoven", particle="van", given="Ludwig"),)),
        ("{World Health Organization}", (Name(literal="World Health Organization"),)),
        ("{Simon and Schuster} and others", (Name(literal="Simon and Schuster"), OTHERS)),
        (r"G{\"o}del, Kurt", (Name(family="Gödel", given="Kurt"),)),
        (
            "family=Smith, given=John, prefix=von, useprefix=true",
            (Name(family="Smith", given="John", particle="von", particle_kept=True),),
        ),
        ("Plato", (Name(family="Plato"),)),
        ("A. One AND B. Two", (Name(family="One", given="A."), Name(family="Two", given="B."))),
    ],
)
def test_reading(value: str, names: tuple[Name, ...]) -> None:
    assert read_names(value) == names


@pytest.mark.parametrize(
    "names",
    [
        (Name(family="Suh", given="Sangmun"), OTHERS),
        (Name(literal="Sangmun Suh"),),
        (Name(literal="Smith, Jones & Co., Inc."),),
        (Name(family="Berg", particle="van der", suffix="Jr", given="Jan"),),
        (Name(family="Brinch Hansen", given="Per"),),
    ],
)
def test_written_names_are_read_back(names: tuple[Name, ...]) -> None:
    assert read_names(write_names(names)) == names
