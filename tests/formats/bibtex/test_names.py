from __future__ import annotations

import pytest

from bibwright.formats.bibtex.names import read_names, write_names
from bibwright.model.names import OTHERS, Name


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Sangmun Suh", (Name(family="Suh", given="Sangmun"),)),
        ("Knuth, Donald E.", (Name(family="Knuth", given="Donald E."),)),
        ("van der Berg, Jr, Jan", (Name(family="Berg", dropping_particle="van der", suffix="Jr", given="Jan"),)),
        ("Ludwig van Beethoven", (Name(family="Beethoven", dropping_particle="van", given="Ludwig"),)),
        ("{World Health Organization}", (Name(literal="World Health Organization"),)),
        ("{Simon and Schuster} and others", (Name(literal="Simon and Schuster"), OTHERS)),
        (r"G{\"o}del, Kurt", (Name(family="Gödel", given="Kurt"),)),
        (
            "family=Smith, given=John, prefix=von, useprefix=true",
            (Name(family="Smith", given="John", non_dropping_particle="von"),),
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
        (Name(family="Berg", dropping_particle="van der", suffix="Jr", given="Jan"),),
        (Name(family="Brinch Hansen", given="Per"),),
    ],
)
def test_written_names_are_read_back(names: tuple[Name, ...]) -> None:
    assert read_names(write_names(names)) == names


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("family=Smith, given=John, middle=Carl", (Name(family="Smith", given="John Carl"),)),
        ("One, A. and {others}", (Name(family="One", given="A."), Name(family="others"))),
        ("One, A. and et al.", (Name(family="One", given="A."), OTHERS)),
        ("{}", ()),
        ("홍 길동 and Hong, Gildong", (Name(literal="홍 길동", unsure=True), Name(family="Hong", given="Gildong"))),
        ("{홍 길동} and 홍길동 and 홍, 길동", (Name(literal="홍 길동"), Name(family="홍길동"), Name("홍", "길동"))),
    ],
)
def test_names_of_other_shapes(value: str, names: tuple[Name, ...]) -> None:
    assert read_names(value) == names


def test_a_name_that_is_the_word_others_stays_a_name() -> None:
    assert read_names(write_names((Name(family="others"), OTHERS))) == (Name(family="others"), OTHERS)
