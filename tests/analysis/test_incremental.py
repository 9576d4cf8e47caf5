"""After any edits the facts and diagnostics are those of a fresh parse, and only what must be is checked again."""

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bibwright.analysis.diagnostics import Diagnostic, Severity
from bibwright.analysis.linter import Linter
from bibwright.analysis.rule import ENTRIES, Context, Report, rule
from bibwright.analysis.workspace import OpenDocument
from bibwright.features.linters import open_text
from bibwright.formats import BIBTEX, RIS
from bibwright.formats.format import Format
from bibwright.syntax.document import Position
from bibwright.syntax.nodes import Entry
from bibwright.text.columns import LineTable, PositionEncoding

UTF16 = PositionEncoding.UTF16

BIB_PIECES = st.sampled_from(
    [
        "@article{k,\n",
        "@article{K},\n",
        "@misc{b,",
        "@string{m = {M}}\n",
        "author = {A, B},\n",
        "title={T : t} ",
        "pages = {1-2},",
        "volume = {null},\n",
        "crossref = {k},\n",
        "}\n",
        "{",
        '"',
        "\r\n",
        "\r",
        "TY  - JOUR\n",
        "prose ",
        "é",
        "% bibwright: ignore[S105, B001]\n",
        "\n% bibwright: ignore[T611,V499]",
        "% bibwright: ignore why\n",
        "% bibwright: ignore-file[V408] why\n",
        "% bibwright: ignore-file\n",
        "@comment{bibwright: ignore[V401]}\n",
        "@comment{bibwright: ignore-file[S103]}\n",
    ]
)
RIS_PIECES = st.sampled_from(
    [
        "TY  - JOUR\n",
        "TY - JOUR\n",
        "ER  - \n",
        "ER -\n",
        "AU - A B\n",
        "AU  - A, B\n",
        "ID  - x\n",
        "KW  - a;b\n",
        "JO  - some journal\n",
        "more text\n",
        "VL  - null\n",
        "@misc{b,\n",
        "\r",
        "\r\n",
        " ",
        "é",
        "U5  - bibwright: ignore[S206, V401]\n",
        "U5  - bibwright: ignore\n",
        "U4  - bibwright: ignore-file[S201]\n",
        "U5  - bibwright: ignore-file\n",
    ]
)


def state_of(document: OpenDocument) -> list[tuple[str, object, tuple[Diagnostic, ...]]]:
    document.check_all()
    return [(block.text, document.index.facts(block), document.findings.of(block)) for block in document.blocks]


@pytest.mark.parametrize(("format", "pieces"), [(BIBTEX, BIB_PIECES), (RIS, RIS_PIECES)], ids=["bibtex", "ris"])
@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_incremental_equals_from_scratch(format: Format, pieces: st.SearchStrategy[str], data: st.DataObject) -> None:
    texts = st.lists(pieces, max_size=25).map("".join)
    text = data.draw(texts)
    document = open_text(text, format)
    for _ in range(data.draw(st.integers(1, 4))):
        for _ in zip(range(data.draw(st.integers(0, 6))), document.check_steps(), strict=False):
            pass  # an edit may come while checking is under way
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 30)))
        new_text = data.draw(texts)
        table = LineTable(text)
        if "\r\n" in (text[start - 1 : start + 1], text[end - 1 : end + 1]):
            continue  # no position points between CR and LF
        document.edit(Position(*table.position(start, UTF16)), Position(*table.position(end, UTF16)), new_text, UTF16)
        text = text[:start] + new_text + text[end:]

    fresh = open_text(text, format)
    assert document.blocks.text() == text
    assert state_of(document) == state_of(fresh)
    assert document.findings.counts == fresh.findings.counts
    assert placed(document) == placed(fresh)


def placed(document: OpenDocument) -> list[tuple[int, tuple[Diagnostic, ...]]]:
    return [(place.line, found) for place, _, found in document.pick_diagnostics(10_000)]


def test_only_subscribers_of_a_changed_fact_are_checked_again() -> None:
    checked: list[str] = []

    @rule("X999", "missing-parent", Severity.WARNING, watches=ENTRIES, formats=("bibtex",))
    def missing_parent(context: Context, entry: Entry) -> Iterable[Report]:
        assert entry.key is not None
        checked.append(entry.key.of(context.text))
        if "crossref" in context.text and context.find_first("key", "parent") is None:
            yield Report(entry.key, "no entry has the key 'parent'")

    text = "@misc{child, crossref={parent}}\n@misc{other, title={T}}\n@misc{parnt, title={P}}\n"
    document = OpenDocument("", 0, BIBTEX, text, Linter([missing_parent], "bibtex"))
    document.check_all()
    assert checked == ["child", "other", "parnt"]
    assert [found.code for _, _, [found] in document.pick_diagnostics(9)] == ["X999"]

    checked.clear()
    document.edit(Position(2, 9), Position(2, 9), "e", UTF16)
    document.check_all()

    assert checked == ["parent", "child"]
    assert document.pick_diagnostics(9) == []


def test_entries_inserted_at_one_place_again_and_again_stay_in_order() -> None:
    document = open_text("@misc{first}\n@misc{last}\n", BIBTEX)
    document.check_all()
    for number in range(200):
        document.edit(Position(1, 0), Position(1, 0), f"@misc{{k{number}}}\n", UTF16)
    document.check_all()

    labels = [document.index.label(block) for block in document.blocks]
    assert labels == sorted(set(labels))
    assert document.index.relabelled > 0


def test_the_most_severe_are_picked_first_then_the_nearest() -> None:
    hints = "@misc{h%d, title={A : b}}\n"
    text = "".join(hints % number for number in range(3000)) + "@misc{broken, title={x}\n"
    document = open_text(text, BIBTEX)
    document.edit(Position(1500, 0), Position(1500, 0), "\n", UTF16)
    document.check_all()

    picked = document.pick_diagnostics(11)

    assert [found.code for _, _, [found] in picked] == ["T611"] * 10 + ["S102"]
    assert all(abs(place.line - 1500) < 8 for place, _, _ in picked[:-1])
