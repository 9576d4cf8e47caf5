from __future__ import annotations

from pathlib import Path

import pytest

from bibwright.csl.locale import load_locale
from bibwright.csl.locale_source import folder_source, nearest_names, packaged_locales
from bibwright.csl.style import parse_style
from tests.csl.samples import record, render

GERMAN = """<locale xml:lang="de-DE"><terms><term name="and">und</term><term name="ordinal">.</term></terms></locale>"""
STYLE = """<style version="1.0" {attributes}><locale xml:lang="de"><terms><term name="in">aus</term></terms></locale>
<bibliography><layout><text variable="title"/><text term="and" prefix=" "/><text term="in" prefix=" "/>
<text term="edition" prefix=" "/></layout></bibliography></style>"""


def _source(lang: str) -> str | None:
    return GERMAN if lang == "de-DE" else packaged_locales(lang) if lang.startswith("en") else None


@pytest.mark.parametrize(
    ("lang", "first", "last_but_one"),
    [
        ("de-AT", "de-AT", "de-DE"),
        ("de_at", "de-at", "de-DE"),
        ("zh", "zh", "zh-CN"),
        ("fr-FR-x-numeric", "fr-FR-x-numeric", "fr-FR"),
    ],
)
def test_a_dialect_falls_back_to_its_language(lang: str, first: str, last_but_one: str) -> None:
    names = list(nearest_names(lang))

    assert (names[0], *names[-2:]) == (first, last_but_one, "en-US")


def test_terms_that_a_locale_lacks_are_american() -> None:
    locale = load_locale("de-CH", _source)

    assert (locale.lang, locale.term("and"), locale.term("edition")) == ("de-CH", "und", "edition")
    assert not locale.punctuation_in_quote


def test_a_style_speaks_its_own_language_else_the_one_asked_for() -> None:
    german = parse_style(STYLE.format(attributes='default-locale="de-AT"'), "sample", locales=_source)
    asked = parse_style(STYLE.format(attributes=""), "sample", lang="de-DE", locales=_source)
    english = parse_style(STYLE.format(attributes='default-locale="en-GB"'), "sample", lang="de-DE", locales=_source)
    item = record(title="A")

    assert [render(style, item) for style in (german, asked, english)] == [
        "A und aus edition",
        "A und aus edition",
        "A and in edition",
    ]


def test_a_folder_of_locales(tmp_path: Path) -> None:
    (tmp_path / "locales-de-DE.xml").write_text(GERMAN, encoding="utf-8")
    source = folder_source(tmp_path)

    assert source("de-DE") == GERMAN
    assert source("xx-XX") is None
    assert source("../locales-de-DE") is None
    assert source("fr-FR") == packaged_locales("fr-FR")
