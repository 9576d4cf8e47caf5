"""What comes back is compared field by field: reading no more than that says the same as reading records."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibwright.features.keep import _outline, _read_back, _read_outline, _text_as, write_as
from bibwright.formats import ALL_FORMATS
from bibwright.model.names import Name
from bibwright.model.record import Record
from bibwright.model.richtext import rich_text

_VALUE = st.text('aN{}"#\\$ ,;-\n\r\t\u00a0é1', max_size=10)


@given(st.lists(st.tuples(st.sampled_from(["title", "Month", "crossref", "x-y", "year"]), _VALUE), max_size=4), _VALUE)
def test_outline_of_an_entry(fields: list[tuple[str, str]], macro: str) -> None:
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields]
    text = "@Book{k,\n" + "".join(lines) + f"  note = {macro or 'jan'},\n}}\n"
    for name in ("bibtex", "biblatex"):
        record = _read_back(text, ALL_FORMATS[name])
        assert _read_outline(text, ALL_FORMATS[name]) == (None if record is None else _outline(record, "tex"))


@given(st.lists(st.tuples(st.sampled_from(["TI", "AB", "U5", "ID", "XX", "er"]), _VALUE), max_size=4))
def test_outline_of_a_record(lines: list[tuple[str, str]]) -> None:
    text = "TY  - JOUR\n" + "".join(f"{tag}  - {value}\n" for tag, value in lines) + "ER  - \n\n"
    record = _read_back(text, ALL_FORMATS["ris"])
    assert _read_outline(text, ALL_FORMATS["ris"]) == (None if record is None else _outline(record, "ris"))


@pytest.mark.parametrize("source", ["bibtex", "ris", "csl-json", "endnote-xml"])
@pytest.mark.parametrize("target", sorted(name for name, format in ALL_FORMATS.items() if format.write_record))
def test_text_is_that_which_is_written_with_its_losses(source: str, target: str) -> None:
    record = Record(
        "chapter",
        "k",
        {"author": (Name(family="Berg", given="Jan", non_dropping_particle="van der"),)},
        texts={
            "title": (rich_text("One\nTwo & {3"),),
            "note": (rich_text("a"), rich_text("b")),
            "PMCID": (rich_text("PMC1"),),
        },
        source_format=source,
    )
    places = ALL_FORMATS[source], ALL_FORMATS[target]
    assert _text_as(record, *places, "\n") == write_as(record, *places, "\n").text
