"""M320 and M321: fields that the citation style of the project would print, and capitals that it would not."""

from __future__ import annotations

from pathlib import Path

import pytest

from bibwright.analysis.linter import Linter
from bibwright.analysis.options import LintOptions, StyleInUse
from bibwright.analysis.workspace import OpenDocument
from bibwright.csl.style import Style
from bibwright.features.linters import Linters, open_text
from bibwright.formats.bibtex import BIBTEX
from bibwright.rules import all_rules
from tests.csl.samples import style_of

PLACES = style_of(
    '<group delimiter=", "><text variable="title"/><text variable="volume"/>'
    '<choose><if variable="number"><text variable="number" prefix="Art. "/></if>'
    '<else><text variable="page" prefix="pp. "/></else></choose>'
    '<choose><if type="book"><text variable="publisher-place"/><text variable="publisher" prefix=": "/>'
    "</if></choose></group>"
)
TITLES = style_of('<text variable="title"/>')
ARTICLE = "author = {A}, title = {T}, journal = {J}, year = 2020"
BOOK = "author = {A}, title = {T}, year = 2020"


def _messages(text: str, style: Style | None, dialect: str = "", code: str = "M320") -> list[str]:
    in_use = StyleInUse(f"my{id(style)}", "style of p.tex", lambda: style)
    options = LintOptions(dialect=dialect, style=in_use)
    linter = Linter([rule for rule in all_rules() if rule.code == code], "bibtex", options=options)
    document = OpenDocument("", 0, BIBTEX, text, linter)
    document.check_all()
    return [diagnostic.message.partition(", which ")[0] for _, _, diagnostic in document.placed_diagnostics()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"@article{{k, {ARTICLE}}}", ["@article lacks volume and pages"]),
        (f"@Article{{k, {ARTICLE}, volume = 3}}", ["@Article lacks pages"]),
        (f"@article{{k, {ARTICLE}, volume = 3, pages = {{}}}}", ["@article lacks pages"]),
        (f"@article{{k, {ARTICLE}, volume = 3, pages = 7}}", []),
        (f"@article{{k, {ARTICLE}, volume = 3, eid = 7}}", []),
        (f"@article{{k, {ARTICLE}, number = 3, pages = 7}}", []),
        (f"@article{{k, {ARTICLE}, doi = {{10.1000/1}}}}", []),
        (f"@article{{k, {ARTICLE}, url = {{https://example.org}}}}", []),
        ("@article{k, author = {A}, title = {T}, year = 2020}", []),
        (f"@article{{k, {ARTICLE}, pubstate = {{inpress}}}}", []),
        (f"@article{{k, {ARTICLE}, crossref = {{x}}}}", []),
        (f"@book{{k, {BOOK}, publisher = {{P}}}}", []),
        (f"@phdthesis{{k, {BOOK}}}", []),
        (f"@book{{k, {BOOK}}}", ["@book lacks publisher"]),
        (f"@book{{k, {BOOK}, url = {{https://example.org}}}}", []),
        ("@misc{k, title = {T}}", []),
        ("@article{k, author = {A}, journal = {J}, year = 2020}", []),
        (f"@article{{k, {ARTICLE.replace('{J}', '{arXiv preprint arXiv:2001.1}')}}}", []),
        (f"@article{{k, {ARTICLE.replace('year = 2020', 'date = {2020-03-04}')}}}", []),
        (f"@article{{k, {ARTICLE.replace('year = 2020', 'date = {2020-03}')}}}", ["@article lacks volume and pages"]),
        (f"@article{{k, {ARTICLE}, volume = 3, art_number = 11}}", []),
        (f"@article{{k, {ARTICLE}, entrysubtype = {{newspaper}}}}", []),
        ("@book{k, title = {T}, author = {A}, year = 1685}", []),
        ("@book{k, title = {T}, author = {A}, date = {-0300}}", []),
        ("@book{k, title = {T}, author = {A}, year = 1985}", ["@book lacks publisher"]),
        (f"@article{{k, {ARTICLE.replace('2020', '1885')}}}", ["@article lacks volume and pages"]),
    ],
)
def test_what_the_style_would_print(text: str, expected: list[str]) -> None:
    assert _messages(text, PLACES) == expected


def test_the_field_has_the_name_of_the_dialect() -> None:
    style = style_of('<text variable="title"/><text variable="publisher" prefix=", "/>')

    assert _messages(f"@thesis{{k, {BOOK}}}", style, "bibtex") == ["@thesis lacks school"]
    assert _messages(f"@report{{k, {BOOK}}}", style, "bibtex") == ["@report lacks institution"]
    # The data model demands it.
    assert _messages(f"@thesis{{k, {BOOK}}}", style, "biblatex") == []


@pytest.mark.parametrize("style", [TITLES, None])
def test_what_no_style_prints_is_not_missed(style: Style | None) -> None:
    assert _messages(f"@article{{k, {ARTICLE}}}", style) == []


def test_the_style_is_that_of_the_document_beside_it(tmp_path: Path) -> None:
    (tmp_path / "p.md").write_text("---\nbibliography: refs.bib\ncsl: kci-apa.csl\n---\n", encoding="utf-8")
    linters = Linters()
    text = f"@article{{k, {ARTICLE}, volume = 3}}"
    document = open_text(text, BIBTEX, linter=linters.linter_for(tmp_path / "refs.bib", BIBTEX))
    document.check_all()
    messages = [diagnostic.message for _, _, diagnostic in document.placed_diagnostics() if diagnostic.code == "M320"]

    assert messages == ['@article lacks pages, which "kci-apa", the style of p.md, would print']
    assert linters.linter_for(tmp_path / "refs.bib", BIBTEX) is linters.linter_for(tmp_path / "refs.bib", BIBTEX)


def test_without_a_style_nothing_is_said(tmp_path: Path) -> None:
    assert Linters().linter_for(tmp_path / "refs.bib", BIBTEX).options.style is None


SMALL = style_of(
    '<group delimiter=", "><choose><if type="article-journal"><text variable="title" text-case="lowercase"/></if>'
    '<else><text variable="title" text-case="sentence"/></else></choose>'
    '<text variable="container-title" text-case="lowercase"/><text variable="collection-title"/></group>'
)


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("@article{k, title = {On DNA and eBay in Paris}, journal = {J. of rDNA}}", ["DNA", "eBay", "rDNA"]),
        ("@article{k, title = {On {DNA} and {eBay}}, journal = {{PNAS} of Trees}}", []),
        ("@article{k, title = {ON DNA AND PARIS}, journal = {Trees}}", []),
        ("@book{k, title = {On DNA and McDonald}, series = {Notes on DNA}}", []),
        ("@incollection{k, title = {On DNA}, booktitle = {Handbook of DNA}}", ["DNA"]),
        ("@article{k, title = {On DNA", []),
    ],
)
def test_capitals_that_the_style_would_lose(entry: str, words: list[str]) -> None:
    told = "the style of p.tex, would print"

    found = _messages(entry, SMALL, code="M321")

    assert [message.partition(told)[2] for message in found] == [f' "{word}" in small letters' for word in words]


def test_a_style_that_prints_titles_as_they_are_loses_nothing() -> None:
    entry = "@article{k, title = {On DNA}, journal = {Journal of DNA}}"

    assert _messages(entry, TITLES, code="M321") == []
    assert _messages(entry, style_of('<text variable="title" text-case="title"/>'), code="M321") == []
    # Capitals throughout are the style's wish.
    assert _messages(entry, style_of('<text variable="title" text-case="uppercase"/>'), code="M321") == []
    assert _messages(entry, None, code="M321") == []
