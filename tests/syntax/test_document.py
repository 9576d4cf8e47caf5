"""An edited document is always what a fresh one of the same text would be."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bibwright.formats import BIBTEX, RIS
from bibwright.formats.format import Format
from bibwright.syntax.document import Position, edit_document, split_document
from bibwright.text.columns import LineTable, PositionEncoding

ENCODINGS = list(PositionEncoding)

#: Pieces from which texts are built: what makes and unmakes boundaries, and every way to end a line.
BIB_PIECES = st.sampled_from(
    ["@article{k,", "@misc{", "}", "{", '"', "\n", "\r\n", "\r", "\u2028", "\f", " ", "@", "x = {y},", "é", "𝒳", "%"]
)
RIS_PIECES = st.sampled_from(
    ["TY  - JOUR", "TY - JOUR", "ER  - ", "ER", "AU  - X", "T", "Y", " ", "-", "\n", "\r\n", "\r", "\x85", "é", "𝒳"]
)


def text_of(pieces: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(pieces, max_size=40).map("".join)


@pytest.mark.parametrize(("format", "pieces"), [(BIBTEX, BIB_PIECES), (RIS, RIS_PIECES)], ids=["bibtex", "ris"])
@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_edits_give_the_blocks_of_a_fresh_split(
    format: Format, pieces: st.SearchStrategy[str], data: st.DataObject
) -> None:
    text = data.draw(text_of(pieces))
    encoding = data.draw(st.sampled_from(ENCODINGS))
    blocks = split_document(text, format.split)
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 12)))
        # A position cannot point between CR and LF.
        while 0 < start < len(text) and text[start - 1 : start + 1] == "\r\n":
            start -= 1
        while 0 < end < len(text) and text[end - 1 : end + 1] == "\r\n":
            end += 1
        new_text = data.draw(text_of(pieces))
        table = LineTable(text)
        change = edit_document(
            blocks,
            format.split,
            Position(*table.position(start, encoding)),
            Position(*table.position(end, encoding)),
            new_text,
            encoding=encoding,
        )
        text = text[:start] + new_text + text[end:]
        blocks = change.blocks

        assert blocks.text() == text
        assert [block.text for block in blocks] == format.split(text)
        assert blocks.line_ends == len(table_lines(text)) - 1


def table_lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def test_an_edit_keeps_the_blocks_it_does_not_touch() -> None:
    blocks = split_document("@misc{a,\n}\n@misc{b,\n}\n@misc{c,\n}\n", BIBTEX.split)
    before = list(blocks)

    change = edit_document(blocks, BIBTEX.split, Position(2, 6), Position(2, 7), "x")

    assert change.removed == (before[1],)
    assert [block.text for block in change.added] == ["@misc{x,\n}\n"]
    assert [change.before, change.after] == [before[0], before[2]]
    first, _, last = change.blocks
    assert first is before[0]
    assert last is before[2]


@pytest.mark.parametrize(
    ("encoding", "column"), [(PositionEncoding.UTF8, 5), (PositionEncoding.UTF16, 3), (PositionEncoding.UTF32, 2)]
)
def test_columns_count_the_units_of_the_encoding(encoding: PositionEncoding, column: int) -> None:
    blocks = split_document("a𝒳b\n", BIBTEX.split)

    change = edit_document(blocks, BIBTEX.split, Position(0, column), Position(0, 99), "c", encoding=encoding)

    assert change.blocks.text() == "a𝒳c\n"


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_lines_end_where_the_protocol_ends_them(line_end: str) -> None:
    text = line_end.join(["one\u2028still one", "two\f still two", "three\x0bstill three\x85", "four"])
    blocks = split_document(text, RIS.split)

    change = edit_document(blocks, RIS.split, Position(3, 0), Position(3, 4), "FOUR")

    assert change.blocks.text() == text.replace("four", "FOUR")


def test_positions_outside_the_text_mean_its_end() -> None:
    blocks = split_document("@misc{a}", BIBTEX.split)

    change = edit_document(blocks, BIBTEX.split, Position(7, 3), Position(9, 0), "\n")

    assert change.blocks.text() == "@misc{a}\n"


def test_many_edits_keep_the_buckets_in_shape() -> None:
    entry = "@misc{k%d,\n  title = {T},\n}\n"
    text = "".join(entry % number for number in range(2000))
    blocks = split_document(text, BIBTEX.split)
    for _ in range(1500):
        blocks = edit_document(blocks, BIBTEX.split, Position(30, 0), Position(33, 0), "").blocks

    assert len(blocks) == 500
    assert len(blocks.buckets) <= 9
    assert blocks.text() == "".join(entry % number for number in range(2000) if not 10 <= number < 1510)
