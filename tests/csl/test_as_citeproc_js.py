"""What the comparison with citeproc-js has found, in the smallest styles that show it."""

from __future__ import annotations

import pytest

from bibwright.csl.citation import Cite
from bibwright.csl.document import render_citation
from bibwright.csl.output import to_plain
from bibwright.csl.style import parse_style
from bibwright.model.dates import Date, DateParts
from bibwright.model.names import Name
from bibwright.model.richtext import RichText, Run, Style
from tests.csl.samples import person, record, render, style_of, year

_YEAR = style_of('<date variable="issued"><date-part name="year"/></date>')
_MONTH = style_of('<date variable="issued"><date-part name="month" suffix=" "/><date-part name="day"/></date>')
_TITLE = style_of('<text variable="title" text-case="title"/>', attributes='default-locale="en-US"')


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [(-449, -399, "450–400 BC"), (-49, 20, "50 BC–20 AD"), (97, 120, "97–120 AD"), (1999, 2003, "1999–2003")],
)
def test_years_of_one_era_say_it_once(start: int, end: int, expected: str) -> None:
    date = Date(DateParts(start), DateParts(end))

    assert expected == render(_YEAR, record(issued=date)).replace("BC", " BC").replace("AD", " AD").replace("  ", " ")


def test_the_era_of_a_year_that_nobody_mistakes_is_left_out() -> None:
    assert render(_YEAR, record(issued=year(829))) == "829"


def test_days_of_two_years_are_a_range_without_the_years() -> None:
    date = Date(DateParts(1996, 12, 28), DateParts(1997, 1, 3))

    assert render(_MONTH, record(issued=date)) == "December 28–January 3"


def test_a_date_that_is_text_stands_where_the_year_would() -> None:
    assert render(_YEAR, record(issued=Date(literal="in press"))) == "in press"
    assert render(_MONTH, record(issued=Date(literal="in press"))) == ""


def test_a_label_without_a_value_is_a_term() -> None:
    style = style_of(
        '<group delimiter=" "><text variable="number-of-volumes"/><label variable="volume" form="short"/></group>'
    )

    assert render(style, record(number_of_volumes="6")) == "6 vol."
    assert render(style, record(title="None")) == ""


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("the time of a-bombs", "The Time of A-Bombs"),
        ("one: the e-mail", "One: The e-Mail"),
        ("co-operation — a follow-up", "Co-Operation — a Follow-Up"),
    ],
)
def test_small_words_of_titles(title: str, expected: str) -> None:
    assert expected == render(_TITLE, record(title=title))


def test_small_capitals_are_spared() -> None:
    title: RichText = (Run("the "), Run("mips", Style.SMALL_CAPS), Run(" machine"))

    assert render(_TITLE, record(title=title)) == "The mips Machine"


def test_the_words_of_the_style_are_in_its_own_language() -> None:
    style = style_of(
        '<names variable="editor"><name/><label form="short" text-case="title" prefix=" (" suffix=")"/></names>'
    )

    assert render(style, record(editor=person("Jane", "Doe"), language="de")) == "Jane Doe (Ed.)"


def test_the_case_of_a_macro_is_for_its_elements_to_say() -> None:
    style = style_of(
        '<text macro="m" text-case="lowercase"/>', before='<macro name="m"><text variable="title"/></macro>'
    )

    assert render(style, record(title="On Things")) == "On Things"


def test_a_capital_that_is_there_is_kept() -> None:
    style = style_of('<text variable="publisher" text-case="capitalize-first"/>')

    assert render(style, record(publisher="arXiv")) == "arXiv"
    assert render(style, record(publisher="press")) == "Press"


def test_quotation_marks_of_a_field() -> None:
    style = style_of('<text variable="title"/>')

    assert render(style, record(title="The \"silent\" and the 'loud'")) == "The “silent” and the ‘loud’"
    assert render(style, record(title="The 'silent' and the \"loud\"")) == "The “silent” and the ‘loud’"


def test_punctuation_that_meets_another_in_quotation_marks() -> None:
    style = style_of(
        '<group delimiter=", "><text variable="title" quotes="true" suffix=","/><text variable="publisher"/></group>',
        attributes='default-locale="en-US"',
    )

    assert render(style, record(title="On things", publisher="Press")) == "“On things,” Press"


def test_static_ordering() -> None:
    style = style_of('<names variable="author"><name/></names>')

    assert render(style, record(author=Name("Nguyễn", "Văn An", static_ordering=True))) == "Nguyễn Văn An"


def test_two_organisations_take_the_word_alone() -> None:
    style = style_of('<names variable="author"><name and="text" delimiter-precedes-last="always"/></names>')

    assert render(style, record(author=(Name(literal="One"), Name(literal="Two")))) == "One and Two"
    assert render(style, record(author=(person("A", "B"), person("C", "D")))) == "A B, and C D"


def test_brackets_inside_of_others_in_notes() -> None:
    style = parse_style(
        '<style class="note" version="1.0"><citation><layout><group prefix="(" suffix=")" delimiter=" ">'
        '<text variable="publisher"/><text variable="genre" prefix="(" suffix=")"/></group></layout></citation>'
        "</style>",
        "sample",
    )

    assert (
        to_plain(render_citation(style, [Cite(record(publisher="Press (x)", genre="thesis"))]))
        == "(Press (x) [thesis])"
    )


def test_what_a_substitute_has_printed_is_not_printed_in_it_again() -> None:
    style = style_of(
        '<names variable="author"><substitute><group delimiter=", ">'
        '<text variable="title"/><text variable="title"/><number variable="edition" form="ordinal"/></group>'
        "</substitute></names>"
    )

    assert render(style, record(title="Things", edition="2")) == "Things, 2nd"
