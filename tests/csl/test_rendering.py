"""Text, groups, conditions, substitutes, quotation marks: what is not a name, a date or a number."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bibwright.csl.output import to_html
from bibwright.csl.render import render_bibliography_entry
from bibwright.model.names import Name
from bibwright.model.richtext import Run, Style, rich_text
from tests.csl.samples import person, record, render, style_of, year

STRAIGHT = (
    '<locale><terms><term name="open-quote">"</term><term name="close-quote">"</term></terms>'
    '<style-options punctuation-in-quote="false"/></locale>'
)


def test_a_group_vanishes_when_all_its_variables_are_empty() -> None:
    style = style_of(
        '<text variable="title"/><group delimiter=" " prefix=". ">'
        '<text term="in"/><text variable="container-title"/></group>'
    )

    assert render(style, record(title="A")) == "A"
    assert render(style, record(title="A", container_title="B")) == "A. in B"


def test_a_group_that_printed_counts_as_a_value_for_the_group_about_it() -> None:
    style = style_of(
        '<text variable="title"/>'
        '<group><text variable="volume"/><group prefix=" "><text term="online"/></group></group>'
    )

    assert render(style, record(title="A")) == "A online"


def test_a_delimiter_also_stands_between_what_a_choice_prints() -> None:
    style = style_of(
        '<group delimiter=", "><text variable="title"/><choose><if type="book">'
        '<text variable="publisher"/><text variable="publisher-place"/></if></choose></group>'
    )

    assert render(style, record(title="A", publisher="B", publisher_place="C")) == "A, B, C"


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        ('type="book chapter" match="any"', "yes"),
        ('type="book" variable="volume"', "no"),
        ('variable="volume issue" match="none"', "yes"),
        ('is-numeric="edition"', "yes"),
        ('is-numeric="title"', "no"),
        ('is-uncertain-date="issued"', "no"),
        ('position="first"', "no"),
        ('locator="page"', "no"),
        ('disambiguate="true"', "no"),
    ],
)
def test_conditions(test: str, expected: str) -> None:
    style = style_of(
        f'<text variable="title"/><choose><if {test}><text value="yes" prefix=" "/></if>'
        '<else><text value="no" prefix=" "/></else></choose>'
    )

    assert render(style, record(title="A", edition="2nd", issued=year(2000))) == f"A {expected}"


def test_what_stood_in_for_the_author_prints_nowhere_else_not_even_in_a_macro() -> None:
    style = style_of(
        '<group delimiter=". "><names variable="author"><substitute><text macro="title"/></substitute></names>'
        '<text macro="title"/><text variable="publisher"/></group>',
        before='<macro name="title"><text variable="title"/></macro>',
    )

    assert render(style, record(title="A", publisher="B")) == "A. B"
    assert render(style, record(title="A", publisher="B", author=person("C", "D"))) == "C D. A. B"


def test_punctuation_that_meets_is_merged_and_data_is_left_alone() -> None:
    style = style_of('<group delimiter=". " suffix="."><text variable="title"/><text variable="note"/></group>')

    assert render(style, record(title="What is it?", note="Smith Inc.")) == "What is it? Smith Inc."
    assert render(style, record(title="a..b", note="c,,d")) == "a..b. c,,d."


def test_quotes_within_quotes_alternate_and_take_full_stops_in() -> None:
    style = style_of('<group suffix="."><text variable="title" quotes="true"/></group>')

    assert render(style, record(title="On \"being\" 'so'")) == "“On ‘being’ ‘so.’”"
    assert render(style, record(title="The dog's tail")) == "“The dog’s tail.”"


@pytest.mark.parametrize("last", [Style.SUPERSCRIPT, Style.ITALIC])
def test_punctuation_that_goes_inside_looks_like_the_marks_and_not_like_the_last_word(last: Style) -> None:
    style = style_of('<text variable="title" quotes="true" suffix=", "/>')
    formatted = render_bibliography_entry(style, record(title=(Run("x"), Run("2", last))))

    assert [(run.text, run.style) for run in formatted] == [
        ("“x", Style.NONE),
        ("2", last),
        (",” ", Style.NONE),
    ]


def test_a_locale_of_straight_quotes_leaves_text_as_it_is() -> None:
    style = style_of('<text variable="title" quotes="true" suffix="."/>', before=STRAIGHT)

    assert render(style, record(title="It's 'so'")) == "\"It's 'so'\"."


def test_italics_in_italics_stand_upright() -> None:
    style = style_of('<text variable="title" font-style="italic"/>')
    title = (Run("On "), Run("E. coli", Style.ITALIC), Run("!"))

    assert to_html(render_bibliography_entry(style, record(title=title))) == "<i>On </i>E. coli<i>!</i>"


def test_the_inner_of_two_font_styles_holds() -> None:
    style = style_of(
        '<group font-style="italic"><text variable="title"/>'
        '<text variable="volume" font-style="normal" prefix=" "/></group>'
    )

    assert to_html(render_bibliography_entry(style, record(title="A", volume="5"))) == "<i>A </i>5"


def test_short_titles_are_used_where_there_are_any() -> None:
    style = style_of('<text variable="container-title" form="short"/>')

    assert render(style, record(container_title="Journal of X", container_title_short="J. X")) == "J. X"
    assert render(style, record(container_title="Journal of X")) == "Journal of X"


def test_a_term_alone_is_no_entry() -> None:
    assert render_bibliography_entry(style_of('<text term="online"/>'), record(title="A")) == ()


def test_a_list_number_alone_is_no_entry() -> None:
    style = style_of('<text variable="citation-number" prefix="[" suffix="]"/><text variable="title"/>')

    assert render(style, record()) == ""
    assert render(style, record(title="A")) == "[1]A"


def test_a_list_number_alone_is_the_entry_of_a_style_that_wants_no_more() -> None:
    style = style_of('<group><text value="No. "/><text variable="citation-number"/></group>')

    assert render(style, record(title="A")) == "No. 1"


def test_a_list_number_and_blocks() -> None:
    style = style_of(
        '<text variable="citation-number" prefix="[" suffix="]" display="left-margin"/>'
        '<text variable="title" display="right-inline"/>'
    )

    assert render(style, record(title="A")) == "[1] A"


def test_the_anonymous_list_of_others_is_no_name() -> None:
    style = style_of('<names variable="author"/><text variable="title"/>')

    assert render(style, record(author=Name(literal="others"), title="A")) == "A"


@pytest.mark.parametrize(
    ("case", "text", "expected"),
    [
        ("lowercase", "The DNA", "the dna"),
        ("uppercase", "straße", "STRASSE"),
        ("capitalize-first", "on the dna", "On the dna"),
        ("capitalize-all", "on the iPhone", "On The iPhone"),
        ("sentence", "THE END OF ALL", "The end of all"),
        (
            "title",
            "the end of a world: an essay on DNA and the iPhone",
            "The End of a World: An Essay on DNA and the iPhone",
        ),
        ("title", "what we live for", "What We Live For"),
        ("title", "well-being and state-of-the-art", "Well-Being and State-of-the-Art"),
    ],
)
def test_text_case(case: str, text: str, expected: str) -> None:
    assert render(style_of(f'<text variable="title" text-case="{case}"/>'), record(title=text)) == expected


def test_title_case_is_for_english_alone() -> None:
    style = style_of('<text variable="title" text-case="title"/>')

    assert render(style, record(title="la fin du monde", language="fr")) == "la fin du monde"


def test_protected_capitals_stay() -> None:
    style = style_of('<text variable="title" text-case="lowercase"/>')

    assert render(style, record(title=(Run("The "), Run("DNA", Style.NOCASE), Run(" Code")))) == "the DNA code"


def test_an_entry_is_one_paragraph_and_keywords_are_listed() -> None:
    style = style_of('<text variable="abstract"/><text variable="keyword" prefix=" "/>')
    item = record(abstract="One.\nTwo.")
    item = replace(item, texts={**item.texts, "keyword": (rich_text("war"), rich_text("peace"))})

    assert render(style, item) == "One. Two. war, peace"


def test_what_a_style_asks_of_an_item_counts_used_up_or_not() -> None:
    style = style_of(
        '<names variable="author"><substitute><text variable="title"/></substitute></names>'
        '<choose><if variable="title" match="none"><text value=" (no title)"/></if></choose>'
    )

    assert render(style, record(title="A")) == "A"


def test_of_several_types_any_one_will_do() -> None:
    style = style_of('<choose><if type="book chapter"><text variable="title"/></if></choose>')

    assert render(style, record("chapter", title="A")) == "A"


def test_ranges_in_numbers_have_the_dash_of_the_locale() -> None:
    style = style_of('<text variable="issue"/><text variable="number" prefix=" "/>')

    assert render(style, record(issue="1-2", number="AB-12-C")) == "1–2 AB-12-C"


def test_single_quotation_marks_and_what_stands_behind_them() -> None:
    style = style_of('<text variable="title"/>', suffix=".")

    assert render(style, record(title='On "A", and "B"')) == "On “A”, and “B.”"
    assert render(style, record(title="‘A’ of B")) == "‘A’ of B."
    assert render(style, record(title="l'''")) == "l’’’."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on `truth'", "on ‘truth’"),
        ('"a `b\' c" d', "“a ‘b’ c” d"),
        ("`code` and `", "`code` and `"),
        ("a`b' c", "a`b’ c"),
    ],
)
def test_a_grave_accent_opens_what_an_apostrophe_closes(text: str, expected: str) -> None:
    assert render(style_of('<text variable="title"/>'), record(title=text)) == expected


def test_italics_that_the_source_takes_away() -> None:
    style = style_of('<text variable="title" font-style="italic" text-case="title"/>')
    title = (Run("Lessard "), Run("v.", Style.NODECOR), Run(" schmidt"))

    assert to_html(render_bibliography_entry(style, record(title=title))) == "<i>Lessard </i>v.<i> Schmidt</i>"


def test_citation_labels() -> None:
    style = style_of('<text variable="citation-label"/>')
    names = tuple(Name(family=family) for family in ("Doe", "Roe", "Lee", "Poe", "Moe"))

    assert render(style, record(author=names[0], issued=year(1965))) == "Doe65"
    assert render(style, record(author=names[:2], issued=year(1978))) == "DoRo78"
    assert render(style, record(author=names, issued=year(2001))) == "DRLP01"
    assert render(style, record(title="The Book", citation_label="B7")) == "B7"
    assert render(style, record(title="The Book")) == "TheB00"
