from __future__ import annotations

import pytest

from bibwright.csl.errors import StyleError, UnknownStyleError
from bibwright.csl.style import parse_style
from bibwright.csl.styles import load_style
from tests.csl.samples import record, render, style_of


def _error(xml: str) -> str:
    with pytest.raises(StyleError) as caught:
        parse_style(xml, "my.csl")
    return str(caught.value)


def _style(inside: str) -> str:
    return f'<style version="1.0">\n{inside}\n</style>'


def test_an_unknown_style_is_named() -> None:
    with pytest.raises(UnknownStyleError, match='no citation style has the id "natur"'):
        load_style("natur")


def test_a_style_is_compiled_once() -> None:
    assert load_style("kci-apa") is load_style("kci-apa")


def test_broken_xml_is_told_with_its_line() -> None:
    assert _error("<style>\n<citation>") == "my.csl, line 2: not well-formed XML: no element found"


def test_another_document_is_no_style() -> None:
    assert _error("<locale/>") == "my.csl, line 1: expected <style>, found <locale>"


def test_a_document_type_is_refused() -> None:
    xml = '<!DOCTYPE style [<!ENTITY a "aaaa">]><style>&a;</style>'

    assert "may not declare a document type or entities" in _error(xml)


def test_a_style_without_anything_to_print_is_refused() -> None:
    assert _error("<style/>") == "my.csl, line 1: has neither <citation> nor <bibliography>"


def test_a_missing_macro_is_named_where_it_is_called() -> None:
    xml = _style('<bibliography><layout>\n<text macro="smth"/></layout></bibliography>')

    assert _error(xml) == 'my.csl, line 3, <text>: no macro has the name "smth"'


def test_macros_that_call_each_other_are_refused() -> None:
    xml = _style(
        '<macro name="a"><text macro="b"/></macro>\n<macro name="b"><group><text macro="a"/></group></macro>\n'
        '<bibliography><layout><text macro="a"/></layout></bibliography>'
    )

    assert _error(xml) == "my.csl, line 3, <text>: the macro calls itself: a > b > a"


def test_an_unknown_element_is_refused() -> None:
    xml = _style("<bibliography><layout><font/></layout></bibliography>")

    assert _error(xml) == "my.csl, line 2, <font>: not an element that prints"


def test_a_dependent_style_is_refused() -> None:
    xml = '<style><info><link rel="independent-parent" href="x"/></info></style>'

    assert "only points to another one" in _error(xml)


def test_nesting_has_an_end_by_elements_and_by_macros() -> None:
    deep = "<group>" * 200 + "</group>" * 200
    chain = "".join(f'<macro name="m{n}"><group><text macro="m{n + 1}"/></group></macro>' for n in range(200))

    assert "deep" in _error(_style(f"<bibliography><layout>{deep}</layout></bibliography>"))
    assert "nested more than 100 deep" in _error(
        _style(f'{chain}<bibliography><layout><text macro="m0"/></layout></bibliography>')
    )


def test_macros_that_double_each_other_stop_printing() -> None:
    doubling = "".join(
        f'<macro name="m{n}"><text macro="m{n + 1}"/><text macro="m{n + 1}"/></macro>' for n in range(40)
    )
    style = style_of(
        '<text variable="title"/><text macro="m0"/>',
        before=doubling + '<macro name="m40"><text value="x"/></macro>',
    )

    assert render(style, record(title="Title")).startswith("Title")
