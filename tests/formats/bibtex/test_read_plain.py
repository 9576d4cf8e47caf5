"""A plain entry is known to be read as it was written: that way says what printing and parsing say."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibwright.formats.bibtex.parser import parse
from bibwright.formats.bibtex.printer import FieldText, print_entry
from bibwright.formats.bibtex.reader import read_entry
from bibwright.formats.bibtex.writer import read_plain
from bibwright.formats.format import NoResolver
from bibwright.model.record import Record

_NAMES = st.sampled_from(["title", "Author", "journal", "month", "year", "crossref", "note", "x-y", "x y", "1a", "a.b"])
_VALUES = st.one_of(
    st.text('aN{}"#\\$@%=, -\n\r\t\u00a0é1', max_size=10).map(lambda text: "{" + text + "}"),
    st.sampled_from(["jan", "Jan", "12", "١", "1a", "acm", "{", "}", "", '"a"', "{a} # {b}", "{a}, b = {c}"]),
)


def _as_parsed(text: str) -> Record:
    """The only record of an entry, its fields without their places."""
    (entry,) = parse(text).entries
    return _without_places(read_entry(text, entry, NoResolver()))


def _without_places(record: Record) -> Record:
    return replace(record, fields=tuple(replace(field, span=(1, 1)) for field in record.fields))


@given(
    st.sampled_from(["article", "Book", "inbook", "online", "string", "comment", "x"]),
    st.text("aB1:_-.,{ é", max_size=4),
    st.lists(st.tuples(_NAMES, _VALUES), max_size=6),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_plain_way_says_what_the_parser_says(
    entry_type: str, key: str, values: list[tuple[str, str]], line_end: str
) -> None:
    fields = [FieldText(*value) for value in values]
    record = read_plain(entry_type, key, fields)
    assert record is None or record == _as_parsed(print_entry(entry_type, key, fields, line_end))


def test_plain_way_is_that_of_nearly_all_entries() -> None:
    fields = [
        FieldText("author", "{Berg, Jan}"),
        FieldText("month", "jan"),
        FieldText("title", r"{{\'E}t{\'e} \& {X}}"),
    ]
    record = read_plain("article", "berg2001", fields)
    assert record is not None
    assert record == _as_parsed(print_entry("article", "berg2001", fields, "\n"))


@pytest.mark.parametrize("value", ["{a\nb}", "{a}}", "{{a}", "{a} # {b}", "macro", '"a"'])
def test_other_values_are_left_to_the_parser(value: str) -> None:
    assert read_plain("article", "k", [FieldText("title", value)]) is None
