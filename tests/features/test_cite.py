from __future__ import annotations

from bibwright.csl.output import to_plain
from bibwright.csl.render import render_bibliography_entry
from bibwright.csl.single import render_single_citation
from bibwright.csl.styles import load_style
from bibwright.features.cite import find_unknown_keys
from bibwright.features.linters import open_text
from bibwright.features.records import read_records
from bibwright.formats import FORMATS

TEXT = """@string{j = {Journal}}
@article{b, author = {Doe, Jane}, title = {Second}, journal = j, year = 2001}
@article{a, author = {Roe, John}, title = {First}, crossref = {b}}

@misc{empty,}
"""


def test_an_entry_is_cited_with_what_it_takes_from_others() -> None:
    style = load_style("kci-apa")
    first, second, empty = (placed.record for placed in read_records(open_text(TEXT, FORMATS["bibtex"])))

    assert "Journal" in to_plain(render_bibliography_entry(style, first))
    assert "2001" in to_plain(render_bibliography_entry(style, second))
    assert to_plain(render_single_citation(style, second)) == "(John Roe, 2001)"
    assert (render_bibliography_entry(style, empty), render_single_citation(style, empty)) == ((), ())


def test_keys_that_no_entry_has() -> None:
    assert find_unknown_keys(["a", "A", "nobody"], {"a", "b"}) == ["A", "nobody"]
