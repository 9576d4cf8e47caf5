"""Styles and records come from anywhere: whatever is in them, the work is bounded and something readable prints."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bibwright.csl.bibliography import render_bibliography
from bibwright.csl.citation import Cite
from bibwright.csl.document import render_citation
from bibwright.csl.errors import StyleError
from bibwright.csl.limits import MAX_STEPS, within_limits
from bibwright.csl.output import to_html, to_plain
from bibwright.csl.render import new_context, render_bibliography_entry
from bibwright.csl.style import Style, parse_style
from bibwright.csl.styles import load_style
from bibwright.model.dates import Date, DateParts
from bibwright.model.names import OTHERS, Name
from bibwright.model.record import Record
from bibwright.model.richtext import Run
from bibwright.model.richtext import Style as FontStyle
from tests.csl.samples import person, record, render, style_of, year

TITLE = '<text variable="title"/>'
ITEM = record(author=person("Ada", "Lovelace"), issued=year(1843), title="Notes", volume="3", page="666-731")
PLAIN = "Lovelace, Ada. 1843. Notes. 3, 666-731."


def _macros(calls: int, leaf: str) -> str:
    chain = (f'<macro name="m{n}">' + f'<text macro="m{n + 1}"/>' * calls + "</macro>\n" for n in range(40))
    return "".join(chain) + f'<macro name="m40">{leaf}</macro>'


CALLS = '<text macro="a"/>' * 3000
CONDITIONS = '<choose><if variable="none"/>' + '<else-if variable="none"/>' * 3000 + "</choose>"
VARIABLES = f'<choose><if match="any" variable="{"none " * 3000}"/></choose>'
SUBSTITUTES = '<names variable="none"><substitute>' + '<text variable="none"/>' * 3000 + "</substitute></names>"


def _called_often(inside: str) -> Style:
    return style_of(CALLS, before=f'<macro name="a">{inside}</macro>')


HOSTILE = {
    "two calls each": style_of(TITLE + '<text macro="m0"/>', before=_macros(2, TITLE)),
    "ten calls each": style_of(TITLE + '<text macro="m0"/>', before=_macros(10, TITLE * 100)),
    "many elements": _called_often('<text value="x"/>' * 3000),
    "long texts": _called_often(f'<text value="{"x" * 10_000}"/>'),
    "many conditions": _called_often(CONDITIONS),
    "many variables": _called_often(VARIABLES),
    "many substitutes": _called_often(SUBSTITUTES),
    "many groups": style_of('<group font-style="italic">' * 40 + TITLE * 5000 + "</group>" * 40),
    "many name lists": style_of('<names variable="author"/>' * 30_000),
}


@pytest.mark.parametrize("style", HOSTILE.values(), ids=HOSTILE)
def test_a_plain_citation_stands_in_for_too_much_work(style: Style) -> None:
    printed = render(style, ITEM)

    assert printed.startswith(PLAIN)
    assert re.search(r"\[sample, line \d+: stopped after 20,000 steps\]", printed) or "[sample: stopped" in printed


@pytest.mark.parametrize("style", HOSTILE.values(), ids=HOSTILE)
def test_the_work_on_a_list_is_bounded_as_a_whole(style: Style) -> None:
    entries = render_bibliography(style, [record(title=f"Title {number}") for number in range(3)])

    assert [to_plain(entry.formatted)[:8] for entry in entries] == ["Title 0.", "Title 1.", "Title 2."]


def test_a_citation_in_the_text_falls_back_too() -> None:
    style = parse_style(
        f"<style>{_macros(2, TITLE)}<citation><sort><key macro='m0'/></sort>"
        "<layout><text macro='m0'/></layout></citation></style>",
        "my.csl",
    )

    printed = to_plain(render_citation(style, [Cite(ITEM), Cite(record(title="Other"))]))

    assert printed.startswith(PLAIN)
    assert "[my.csl, line " in printed
    assert "Other." in printed


def test_real_work_is_far_below_the_limit() -> None:
    style = load_style("kci-apa")
    ctx = new_context(style, record(title="t " * 400, author=tuple(person("A.", f"B{n}") for n in range(3000))))
    assert style.bibliography
    style.bibliography.layout.parts(ctx)

    assert ctx.spent < MAX_STEPS / 2


# --- Files that are refused


def _refused(xml: str) -> str:
    with pytest.raises(StyleError) as caught:
        parse_style(xml, "my.csl")
    assert len(str(caught.value)) < 400
    return str(caught.value)


LAUGHS = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))


@pytest.mark.parametrize(
    "text",
    [
        f'<!DOCTYPE style [<!ENTITY l0 "lol">{LAUGHS}]><style>&l9;</style>',
        '<!DOCTYPE style [<!ENTITY x SYSTEM "file:///etc/passwd">]><style>&x;</style>',
        '<!DOCTYPE style SYSTEM "http://localhost/x.dtd"><style/>',
        '<!DOCTYPE style [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]><style/>',
    ],
)
def test_no_entity_is_ever_read(text: str) -> None:
    assert _refused(text) == "my.csl, line 1: a style may not declare a document type or entities"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\0",
        "\x89PNG\r\n\x1a\n\0\0",
        "{}",
        "<style",
        "<style></stile>",
        "<style a='1' a='2'/>",
        "\ud800",
        "<a/><b/>",
    ],
)
def test_what_is_no_xml_is_refused_with_its_line(text: str) -> None:
    assert re.match(r"my\.csl, line \d+: not well-formed XML: ", _refused(text))


def test_sizes_have_an_end() -> None:
    deep = "<group>" * 100_000 + "</group>" * 100_000
    keys = '<key variable="title"/>' * 51

    assert "more than 2000000" in _refused("x" * 50_000_000)
    assert "nested more than 100 deep" in _refused(
        f"<style><bibliography><layout>{deep}</layout></bibliography></style>"
    )
    assert "has 51 keys, more than 50" in _refused(
        f"<style><bibliography><sort>{keys}</sort><layout>{TITLE}</layout></bibliography></style>"
    )
    assert "more than 60000 elements" in _refused(
        f"<style><bibliography><layout>{TITLE * 60_001}</layout></bibliography></style>"
    )


@pytest.mark.parametrize(
    "inside",
    [
        '<names variable="author"><name et-al-min="-1" et-al-use-first="9e9"/></names>',
        f'<names variable="author"><name et-al-min="{"9" * 5000}" et-al-use-first="1"/></names>',
        '<number variable="volume" form="nonsense"/><date variable="issued" form="nonsense"><date-part/></date>',
        '<text variable="title" text-case="nonsense" font-style="x" display="y" quotes="z"/>',
        '<label variable=""/><number/><date/><names/><group/><choose/><text variable="no such"/><names variable=""/>',
        '<date variable="issued"><date-part name="year" form="x" range-delimiter="y"/><date-part name="x"/></date>',
        '<choose><if/><else-if type="" match="some"/><else/></choose>' + TITLE,
    ],
)
def test_odd_attributes_print_something_or_nothing(inside: str) -> None:
    render(style_of(inside), ITEM)


# --- Records


@pytest.mark.parametrize("style_id", ["kci-apa", "kci-mla", "kci-vancouver"])
@pytest.mark.parametrize(
    "item",
    [
        record(title="x" * 10_000_000),
        record(title="Title Of A Thing " * 300_000, container_title="'\" " * 300_000),
        record(author=tuple(person("G.", f"F{number}") for number in range(30_000)), title="t"),
        record(author=Name(family="x" * 1_000_000, given="Y " * 500_000), title="t"),
        record(title=tuple(Run("x", FontStyle(number % 256)) for number in range(100_000))),
        record(issued=Date(DateParts(10**6000)), title="t"),
        record(issued=Date(DateParts(2020, 10**6000, -(10**6000)), DateParts(-(10**6000))), title="t"),
        record(issued=Date(literal="x" * 1_000_000), volume="9" * 1_000_000, issue="-1" * 500_000, title="t"),
    ],
    ids=["title", "words", "authors", "name", "markup", "year", "days", "numbers"],
)
def test_records_out_of_all_proportion_print(style_id: str, item: Record) -> None:
    printed = render_bibliography_entry(load_style(style_id), item)

    assert 0 < len(to_plain(printed)) < 1_000_000
    to_html(printed)


def test_what_is_cut_shows_an_ellipsis() -> None:
    cut = within_limits(record(title="x" * 200_000, author=(person("", "y" * 9000),) * 30_000))

    assert cut.text("title") == "x" * 100_000 + "…"
    assert cut.names["author"][0].family == "y" * 2000 + "…"
    assert cut.names["author"][-1] == OTHERS


def test_an_ordinary_record_is_not_copied() -> None:
    assert within_limits(ITEM) is ITEM


# --- Styles with something changed in them

SOURCES = [
    files("bibwright.csl").joinpath(f"data/styles/{name}.csl").read_text(encoding="utf-8")
    for name in ("kci-apa", "kci-harvard", "kci-mla", "kci-vancouver")
]
TOKENS = re.compile(r"<[^<>]*>|[A-Za-z-]+=\"[^\"]*\"|\w+|\s+|.", re.DOTALL)
ODD = st.sampled_from(
    [
        *("<group>", "</group>", "<choose>", '<names variable="author">', '"', "<", "&x;", "9" * 50, "\0"),
        *('<text macro="author"/>', TITLE, '<date variable="issued" form="text"/>'),
    ]
)


@st.composite
def mutated_styles(draw: st.DrawFn) -> str:
    tokens = TOKENS.findall(draw(st.sampled_from(SOURCES)))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(tokens) - 1))
        other = draw(st.integers(0, len(tokens) - 1))
        match draw(st.sampled_from(["delete", "double", "swap", "insert", "repeat", "cut"])):
            case "delete":
                tokens[at] = ""
            case "double":
                tokens[at] *= 2
            case "swap":
                tokens[at], tokens[other] = tokens[other], tokens[at]
            case "insert":
                tokens[at] += draw(ODD)
            case "repeat":
                start, end = sorted((at, other))
                tokens[at] = "".join(tokens[start:end]) * 3
            case _:
                del tokens[min(at, other) : max(at, other)]
                if not tokens:
                    return ""
    return "".join(tokens)


@settings(deadline=None, max_examples=150)
@given(mutated_styles())
def test_a_mutated_style_is_refused_or_prints(xml: str) -> None:
    try:
        style = parse_style(xml, "mutated.csl")
    except StyleError:
        return
    render_bibliography(style, [ITEM, record(title="Other")])
    render_citation(style, [Cite(ITEM), Cite(record("article-journal", title="Other", issued=year(1900)))])
