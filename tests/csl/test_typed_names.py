"""Particles and suffixes that stand inside of other parts of a name."""

from __future__ import annotations

import pytest

from bibwright.csl.typed_names import has_typed_parts, with_typed_parts
from bibwright.model.names import Name
from tests.csl.samples import record, render, style_of


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (Name("van der Meer", "Joost"), Name("Meer", "Joost", non_dropping_particle="van der")),
        (Name("d'Alembert", "Jean"), Name("Alembert", "Jean", non_dropping_particle="d'")),
        (Name("al-Masri", "Omar"), Name("Masri", "Omar", non_dropping_particle="al-")),
        (Name("Humboldt", "Alexander von"), Name("Humboldt", "Alexander", dropping_particle="von")),
        (Name("Sable", "John, Jr."), Name("Sable", "John", suffix="Jr.")),
        (Name("Sable", "John,! Jr."), Name("Sable", "John", suffix="Jr.", comma_suffix=True)),
        (Name('"van Meer"', "Joost"), Name("van Meer", "Joost")),
    ],
)
def test_parts_are_found(typed: Name, expected: Name) -> None:
    assert has_typed_parts(typed)
    assert expected == with_typed_parts(typed)


@pytest.mark.parametrize(
    "name",
    [
        Name("cummings", "e. e."),
        Name("hooks", "bell"),
        Name("Meer", "Joost", non_dropping_particle="van der"),
        Name("김", "민수"),
        Name("Doe", "Jane"),
    ],
)
def test_other_names_stay(name: Name) -> None:
    assert name == with_typed_parts(name)


def test_they_print_where_the_style_has_them() -> None:
    style = style_of(
        '<names variable="author"><name name-as-sort-order="all"/></names>',
        attributes='demote-non-dropping-particle="display-and-sort"',
    )

    assert render(style, record(author=Name("van der Meer", "Joost, Jr."))) == "Meer, Joost van der, Jr."
