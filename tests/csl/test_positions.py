from __future__ import annotations

from bibwright.csl.positions import PlacedCitation, PlacedCite, find_positions


def _positions(*citations: PlacedCitation, near: int = 5) -> list[str]:
    """The most particular condition of each cite, with the note of the first citation, and `*` for a near one."""
    drawn: list[str] = []
    for row in find_positions(citations, near):
        for conditions, first_note in row:
            names = ("ibid-with-locator", "ibid", "subsequent", "first")
            name = next(name for name in names if name in conditions)
            drawn.append(name + "*" * ("near-note" in conditions) + (f" {first_note}" if first_note else ""))
    return drawn


def _note(number: int, *cites: PlacedCite) -> PlacedCitation:
    return PlacedCitation(cites, number)


A, B = PlacedCite("a"), PlacedCite("b")
A_12, A_34 = PlacedCite("a", "12", "page"), PlacedCite("a", "34", "page")


def test_the_note_after_repeats_a_single_source() -> None:
    assert _positions(_note(1, A), _note(2, A)) == ["first", "ibid* 1"]
    assert _positions(_note(1, A, B), _note(2, A)) == ["first", "first", "subsequent* 1"]
    assert _positions(_note(1, A), _note(4, A)) == ["first", "subsequent* 1"]


def test_locators_of_a_repeated_source() -> None:
    assert _positions(_note(1, A), _note(2, A_12), _note(3, A_34), _note(4, A_34), _note(5, A)) == [
        "first",
        "ibid-with-locator* 1",
        "ibid-with-locator* 1",
        "ibid* 1",
        "subsequent* 1",
    ]


def test_inside_a_citation_the_cite_before_counts() -> None:
    assert _positions(_note(1, A, A_12, B, A)) == ["first", "ibid-with-locator*", "first", "subsequent*"]


def test_two_citations_in_one_note() -> None:
    assert _positions(_note(1, A, B), _note(1, B)) == ["first", "first", "ibid*"]


def test_far_notes_are_not_near() -> None:
    assert _positions(_note(1, A), _note(3, A), _note(9, A)) == ["first", "subsequent* 1", "subsequent 1"]
    assert _positions(_note(1, A), _note(3, A), near=1) == ["first", "subsequent 1"]


def test_where_notes_are_numbered_anew_everything_is_cited_anew() -> None:
    assert _positions(_note(1, A), _note(2, B), _note(1, A)) == ["first", "first", "first"]


def test_text_and_notes_are_rows_of_their_own() -> None:
    assert _positions(_note(0, A), _note(1, A), _note(0, A)) == ["first", "first", "ibid"]


def test_a_citation_of_authors_alone_is_not_gone_back_to() -> None:
    assert _positions(PlacedCitation((A,), 1, authors_only=True), _note(2, A)) == ["first", "first"]
