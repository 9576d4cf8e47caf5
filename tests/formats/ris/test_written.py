"""What was written is read again by a shorter way, which must say what the parser and the reader say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibwright.formats.format import NoResolver
from bibwright.formats.ris.parser import parse
from bibwright.formats.ris.reader import fold_blanks, read_entry, read_written
from bibwright.formats.ris.schema import schema
from bibwright.formats.ris.splitter import split
from bibwright.formats.ris.writer import write_record, write_text
from bibwright.model.names import OTHERS, Name
from bibwright.model.placeholders import is_placeholder, is_placeholder_name
from bibwright.model.record import Record
from bibwright.model.richtext import rich_text

_VALUES = st.one_of(
    st.sampled_from(
        [
            "n/a",
            "null",
            "None",
            "2001/05//",
            "12",
            "Berg, Jan",
            "a  b",
            "a   LK  - b",
            "10.1000/x",
            "http://a.b",
            "a; b",
        ]
    ),
    st.text("aN ,;-/.{}\t\n\r\x85\u2028\u00a0é1", max_size=8),
)
_TAGS = st.sampled_from([*schema().tags, "XX", "ER", "tx"])


def _as_parsed(text: str) -> Record | None:
    """The first record as `convert` reads it."""
    for block in split(text):
        for entry in parse(block).entries:
            return read_entry(block, entry, NoResolver())
    return None


@given(
    st.sampled_from(["JOUR", "BOOK", "CHAP", "GEN", "NOPE"]),
    st.lists(st.tuples(_TAGS, _VALUES), max_size=8),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_short_way_says_what_the_parser_says(reference_type: str, lines: list[tuple[str, str]], line_end: str) -> None:
    written = [f"TY  - {reference_type}", *(f"{tag}  - {value}" for tag, value in lines), "ER  - ", "", ""]
    text = line_end.join(written)
    record = read_written(text)
    assert record is None or record == _as_parsed(text)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_short_way_is_that_of_nearly_all_records(line_end: str) -> None:
    record = Record(
        "article-journal",
        "berg2001",
        {"author": (Name(family="Berg", given="Jan"), OTHERS)},
        texts={"title": (rich_text("Über Bäume"),), "note": (rich_text("tex.kept: bibtex"), rich_text("Other"))},
    )
    text = write_record(record, line_end).text
    assert read_written(text) is not None
    assert read_written(text) == _as_parsed(text)
    assert write_text(record, line_end) == text


@pytest.mark.parametrize(
    "line", ["U5  - bibwright: ignore[S206]", "AB  - a\nb", "TI  - ", "TI  - a  b", "ti  - a", "TY  - BOOK"]
)
def test_other_lines_are_left_to_the_parser(line: str) -> None:
    assert read_written(f"TY  - JOUR\n{line}\nER  - \n\n") is None


@given(st.text("aNnu/lLdefio bjct[]{}\t\n", max_size=12))
def test_placeholders_are_found_by_more_than_their_first_letter(text: str) -> None:
    words = {"", "null", "undefined", "n/a", "[object object]"}
    assert is_placeholder_name(text) == (text.strip().lower() in words)
    assert is_placeholder(text) == (text.strip().strip("{}").strip().lower() in words | {"none", "nan"})


@given(st.text("ab \t\n\x0b\x1c\x85\u2028\u00a0\u3000é", max_size=10))
def test_blanks_are_folded_where_all_is_printable_too(text: str) -> None:
    blanks = "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\u2028\u2029"
    words = "".join(" " if character in blanks else character for character in text).split(" ")
    assert fold_blanks(text) == " ".join(word for word in words if word)
