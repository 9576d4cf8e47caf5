from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from bibwright.analysis.diagnostics import Severity, safe_fix, unsafe_fix
from bibwright.analysis.linter import Linter
from bibwright.analysis.rule import BLOCKS, Context, Report, Rule, rule
from bibwright.analysis.workspace import OpenDocument
from bibwright.features.fixing import Fixed, fix_document, fix_steps
from bibwright.features.pieces import Piece, cut, edits_of
from bibwright.features.steps import take_all
from bibwright.formats import FORMATS
from bibwright.text.spans import Edit, Span, apply_edits


@rule("Z001", "letter-x", Severity.HINT, watches=BLOCKS)
def letter_x(context: Context) -> Iterator[Report]:
    for at, letter in enumerate(context.text):
        if letter == "x":
            yield Report(Span(at, at + 1), "an x", (safe_fix("Write y", Edit(at, at + 1, "y")),))


@rule("Z002", "two-letters", Severity.HINT, watches=BLOCKS)
def two_letters(context: Context) -> Iterator[Report]:
    at = context.text.find("ab")
    if at >= 0:
        yield Report(Span(at, at + 2), "an ab", (safe_fix("Delete it", Edit(at, at + 2, "")),))


@rule("Z003", "overlapping", Severity.HINT, watches=BLOCKS)
def overlapping(context: Context) -> Iterator[Report]:
    at = context.text.find("bc")
    if at >= 0:
        yield Report(Span(at, at + 2), "a bc", (safe_fix("Delete it", Edit(at, at + 2, "")),))


@rule("Z004", "useless", Severity.HINT, watches=BLOCKS)
def useless(context: Context) -> Iterator[Report]:
    at = context.text.find("!")
    if at >= 0:
        yield Report(Span(at, at + 1), "a mark", (safe_fix("Add a dot", Edit(at, at, ".")),))


@rule("Z005", "risky", Severity.HINT, watches=BLOCKS)
def risky(context: Context) -> Iterator[Report]:
    at = context.text.find("?")
    if at >= 0:
        yield Report(Span(at, at + 1), "a question", (unsafe_fix("Delete it", Edit(at, at + 1, "")),))


@rule("Z006", "start", Severity.HINT, watches=BLOCKS)
def start(context: Context) -> Iterator[Report]:
    if "<" not in context.text:
        yield Report(Span(0, 0), "no start", (safe_fix("Begin", Edit(0, 0, "<")),))


@rule("Z007", "other-start", Severity.HINT, watches=BLOCKS)
def other_start(context: Context) -> Iterator[Report]:
    if ">" not in context.text:
        yield Report(Span(0, 0), "no end", (safe_fix("Begin otherwise", Edit(0, 0, ">")),))


@rule("Z008", "growing", Severity.HINT, watches=BLOCKS)
def growing(context: Context) -> Iterator[Report]:
    size = len(context.text)
    yield Report(Span(size, size), f"{size} characters", (safe_fix("Add one", Edit(size, size, "+")),))


def fix(text: str, *rules: Rule, unsafe: bool = False) -> Fixed:
    document = OpenDocument("", 0, FORMATS["bibtex"], text, Linter(rules, "bibtex"))
    copied = take_all(fix_steps(document, unsafe=unsafe))
    # The document of an editor is only the editor's to change.
    assert document.blocks.text() == text
    fixed = fix_document(document, unsafe=unsafe)
    assert (fixed.text, fixed.edits, fixed.applied) == (copied.text, copied.edits, copied.applied)
    assert document.blocks.text() == fixed.text
    assert apply_edits(text, fixed.edits) == fixed.text
    return fixed


def test_all_that_do_not_overlap_are_applied_at_once() -> None:
    fixed = fix("x x\n@a{x}\n@b{x}\n", letter_x)

    assert fixed.text == "y y\n@a{y}\n@b{y}\n"
    assert fixed.applied == {"Z001": 4}
    assert fixed.edits == (Edit(0, 1, "y"), Edit(2, 3, "y"), Edit(7, 8, "y"), Edit(13, 14, "y"))


def test_an_overlapping_fix_waits_and_may_be_needless_then() -> None:
    assert fix("abc", two_letters, overlapping).text == "c"
    assert fix("abcbc", two_letters, overlapping).text == "c"


def test_insertions_at_one_place_overlap() -> None:
    fixed = fix("a", start, other_start)

    assert fixed.text == "><a"
    assert fixed.applied == {"Z006": 1, "Z007": 1}


def test_a_fix_that_does_not_help_is_not_repeated() -> None:
    fixed = fix("a x! x", useless, letter_x)

    assert fixed.text == "a y.! y"
    assert fixed.applied == {"Z001": 2, "Z004": 1}


def test_fixing_ends() -> None:
    assert fix("a", growing).applied["Z008"] < 100


def test_a_finding_that_cannot_be_told_from_the_fixed_one_is_left() -> None:
    assert fix("ababab", two_letters).text == "abab"


def test_unsafe_fixes_only_when_asked_for() -> None:
    assert fix("x?", letter_x, risky).text == "y?"
    assert fix("x?", letter_x, risky, unsafe=True).text == "y"


def test_nothing_to_fix() -> None:
    fixed = fix("a", letter_x)

    assert (fixed.text, fixed.edits, fixed.applied) == ("a", (), {})


edit_lists = st.lists(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 5), st.text("XYZ", max_size=3)), max_size=4), max_size=5
)


@given(st.text("abc", max_size=20), edit_lists)
def test_a_piece_table_sums_edits_up(original: str, rounds: list[list[tuple[int, int, str]]]) -> None:
    text = original
    pieces = [Piece(0, len(original), "")]
    for numbers in rounds:
        edits: list[Edit] = []
        for start_at, size, new in sorted(numbers):
            first = min(start_at, len(text))
            if not edits or first > edits[-1].end:
                edits.append(Edit(first, min(first + size, len(text)), new))
        pieces = cut(pieces, edits)
        text = apply_edits(text, edits)

    assert apply_edits(original, edits_of(pieces, len(original))) == text


def test_many_fixes_are_the_same_fixes() -> None:
    entry = "@a{x}\n"

    assert fix(entry * 1000, letter_x).text == "@a{y}\n" * 1000
    assert fix("@a{z}\n" * 9000 + entry * 600, letter_x).text == "@a{z}\n" * 9000 + "@a{y}\n" * 600
