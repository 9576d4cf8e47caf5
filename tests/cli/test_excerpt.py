from __future__ import annotations

import pytest

from bibwright.cli.excerpt import Source, make_excerpt
from bibwright.text.spans import Span
from tests.support.growth import assert_in_proportion


def drawn(text: str, marked: str, *, width: int = 60) -> str:
    """The excerpt for the first place of `marked`: the line, and the carets below it."""
    start = text.index(marked)
    excerpt = make_excerpt(Source(text), Span(start, start + len(marked)), width)
    return f"{excerpt.left}{excerpt.marked}{excerpt.right}\n{' ' * excerpt.indent}{'^' * excerpt.carets}"


@pytest.mark.parametrize(
    ("text", "marked", "expected"),
    [
        ("a\ntitle = {A : B},\nb", " :", "title = {A : B},\n          ^^"),
        ("\ttitle = {\tA : B}", " :", "    title = {    A : B}\n                  ^^"),
        ("title = {참전 : 과정}", " :", "title = {참전 : 과정}\n             ^^"),
        ("title = {参戦} x", "参戦", "title = {参戦} x\n         ^^^^"),
        ("title = {Zoe\u0308 : x}", " :", "title = {Zoe\u0308 : x}\n            ^^"),
        ("title = {Zoe\u0308}", "\u0308", "title = {Zoe\u0308}\n           ^"),
        ("x = {👩\u200d👩\u200d👧 : y}", " :", "x = {👩\u200d👩\u200d👧 : y}\n       ^^"),
        ("x = {\x1b[31m : y\u202e}", " :", "x = {␛[31m : y�}\n          ^^"),
        ("x = {a\udcff : y}", " :", "x = {a� : y}\n       ^^"),
        ("x\r\ny : z\rw", " :", "y : z\n ^^"),
    ],
    ids=[
        "plain", "tabs", "wide before", "wide marked", "combining before", "combining marked", "joined", "control",
        "undecodable", "other line ends",
    ],
)  # fmt: skip
def test_carets_stand_below_what_is_marked(text: str, marked: str, expected: str) -> None:
    assert drawn(text, marked) == expected


def test_a_long_line_is_cut_on_both_sides() -> None:
    text = f"abstract = {{{'before ' * 100}HERE{' after' * 100}}}"

    line, carets = drawn(text, "HERE", width=40).split("\n")

    assert len(line) == 40
    assert (line[0], line[-1]) == ("…", "…")
    assert line[carets.index("^") : len(carets)] == "HERE"


@pytest.mark.parametrize("marked", ["START", "END"])
def test_a_long_line_is_cut_on_one_side(marked: str) -> None:
    line, carets = drawn(f"START{' middle' * 100} END", marked, width=40).split("\n")

    assert line.count("…") == 1
    assert line[carets.index("^") : len(carets)] == marked


def test_what_is_longer_than_the_line_is_cut() -> None:
    line, carets = drawn(f"a = {{{'x' * 500}}}", "x" * 500, width=40).split("\n")

    assert line == f"a = {{{'x' * 34}…"
    assert carets == f"     {'^' * 35}"


def test_wide_characters_are_cut_by_their_cells() -> None:
    line, _ = drawn("한" * 500, "한" * 3, width=40).split("\n")

    assert line == f"{'한' * 19}…"


def test_of_many_lines_the_first_is_shown() -> None:
    text = "@book{k,\n  title = {A\n  B},\n}"

    excerpt = make_excerpt(Source(text), Span(text.index("{A"), text.index(",\n}")), 60)

    assert (excerpt.number, excerpt.last) == (2, 3)
    assert (excerpt.left, excerpt.marked, excerpt.carets) == ("  title = ", "{A", 2)


def test_what_is_empty_has_a_caret() -> None:
    excerpt = make_excerpt(Source("@book{k\n"), Span(7, 7), 60)

    assert (excerpt.left, excerpt.indent, excerpt.carets) == ("@book{k", 7, 1)


def test_a_line_as_long_as_its_file_costs_no_more() -> None:
    def make(length: int) -> Source:
        source = Source("é" * length)
        source.line_at(0)
        return source

    def cut(source: Source) -> None:
        # The longer the line, the more excerpts: where each costs as much as the line is long, that is quadratic.
        for at in range(0, len(source.text), 500):
            make_excerpt(source, Span(at, at + 1), 80)

    assert_in_proportion(cut, make, 250_000)
