"""A record of any shape renders: it may print nothing, but it never raises."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bibwright.csl.bibliography import render_bibliography
from bibwright.csl.output import to_html, to_markdown, to_plain
from bibwright.csl.render import render_bibliography_entry
from bibwright.csl.styles import KCI_STYLES, load_style
from bibwright.model.dates import Date, DateParts
from bibwright.model.names import OTHERS, Name
from bibwright.model.record import Record
from bibwright.model.richtext import Run, Style
from tests.csl.samples import record, render, style_of
from tests.support.growth import assert_in_proportion

TEXT = st.text(st.characters(), max_size=12) | st.sampled_from(["null", '"', "'", ". ,", "1-54", "9" * 5000])
NAMES = st.builds(Name, *[TEXT] * 6, *[st.booleans()] * 3) | st.just(OTHERS)
STYLE_IDS = (
    *(info.id for info in KCI_STYLES),
    "apa",
    "modern-language-association",
    "chicago-notes-bibliography",
    "ieee",
)
NUMBERS = st.integers() | st.integers(-3, 40) | st.none()
PARTS = st.builds(DateParts, st.integers() | st.integers(-3000, 3000), NUMBERS, NUMBERS)
DATES = st.builds(Date, st.none() | PARTS, st.none() | PARTS, st.booleans(), st.booleans(), st.booleans(), TEXT)
STYLES = st.integers(0, 255).map(Style)
RICH = st.lists(st.builds(Run, TEXT, STYLES), max_size=3).map(tuple)
RECORDS = st.builds(
    Record,
    TEXT,
    names=st.dictionaries(st.sampled_from(["author", "editor", "translator"]), st.lists(NAMES, max_size=3).map(tuple)),
    dates=st.dictionaries(st.sampled_from(["issued", "accessed"]), DATES),
    texts=st.dictionaries(
        st.sampled_from(["title", "page", "volume", "issue", "edition", "DOI", "URL", "container-title", "language"]),
        st.lists(RICH, max_size=2).map(tuple),
    ),
)
EVERYTHING = style_of(
    '<names variable="author"><name and="text" initialize-with=". " name-as-sort-order="first"/><label prefix=" "/>'
    '<substitute><names variable="editor translator"/><text variable="title"/></substitute></names>'
    '<group delimiter=", "><text variable="title" quotes="true" text-case="title"/><text variable="URL"/>'
    '<text variable="container-title" text-case="sentence" font-style="italic"/><text variable="DOI"/>'
    '<number variable="edition" form="long-ordinal"/><number variable="volume" form="roman"/>'
    '<number variable="issue" form="ordinal"/><label variable="page"/><text variable="page"/></group>'
    '<date variable="issued" form="text" prefix=" "/><date variable="accessed" form="numeric" prefix=" "/></layout>'
    '<sort><key variable="author"/><key variable="issued"/><key variable="volume"/></sort><layout>',
    attributes='page-range-format="chicago"',
)


@settings(deadline=None, max_examples=60)
@given(RECORDS)
def test_any_record_renders(item: Record) -> None:
    for style in (EVERYTHING, *map(load_style, STYLE_IDS)):
        formatted = render_bibliography_entry(style, item)
        assert formatted == () or to_plain(formatted).strip()
        to_html(formatted)
        to_markdown(formatted)


@settings(deadline=None, max_examples=60)
@given(st.lists(RECORDS, max_size=4))
def test_any_list_of_records_sorts(items: list[Record]) -> None:
    render_bibliography(EVERYTHING, items)


@pytest.mark.parametrize("text", ["\ud800", "\x00", "\u2028", "</i>", "<i>", "&amp;"])
def test_odd_characters_are_text(text: str) -> None:
    style = style_of('<text variable="title"/><text variable="DOI"/>')

    assert render(style, record(title=f"a{text}", DOI=f"10.1/{text}")) == f"a{text}10.1/{text}"


@pytest.mark.parametrize("part", ["a ", "9", "'\"", "1-", ". "])
def test_the_cost_of_a_long_value_is_its_length(part: str) -> None:
    def make(times: int) -> Record:
        text = part * times
        return record(title=text, page=text, edition=text, volume=text, issue=text, container_title=text)

    assert_in_proportion(lambda item: render(EVERYTHING, item), make, 2_500)
