"""Where the names of a list stand."""

from __future__ import annotations

import pytest

from bibwright.formats.bibtex.name_lists import outer_commas, split_names
from bibwright.formats.bibtex.names import read_names
from bibwright.text.spans import Span


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Jane Doe", ["Jane Doe"]),
        (" Doe, Jane  and\n Roe, R. ", ["Doe, Jane", "Roe, R."]),
        ("A AND B And C", ["A", "B", "C"]),
        ("{Smith and Sons} and {A {and} B}", ["{Smith and Sons}", "{A {and} B}"]),
        ("Sandy Anderson", ["Sandy Anderson"]),
        ("Metin And", ["Metin And"]),
        ("A and and B", ["A", "", "B"]),
        ("and A and B and", ["", "A", "B", ""]),
        ("and", ["", ""]),
        ("", [""]),
        (r"A B and \v{C}apek, Karel", ["A B", r"\v{C}apek, Karel"]),
    ],
)
def test_split_names(value: str, expected: list[str]) -> None:
    assert expected == [span.of(value) for span in split_names(value)]


def test_commas_outside_braces() -> None:
    assert outer_commas("a, {b, c}, d", Span(0, 12)) == [1, 9]


def test_a_name_that_begins_with_a_command() -> None:
    names = read_names(r"Doe, Jane and \v{C}apek, Karel")

    assert [(name.family, name.given) for name in names] == [("Doe", "Jane"), ("Čapek", "Karel")]
