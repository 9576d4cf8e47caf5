from __future__ import annotations

from bibwright.csl.output import to_plain
from bibwright.csl.styles import load_style
from bibwright.features.cite import cite_document, find_unknown_keys
from bibwright.features.linters import open_text
from bibwright.formats import FORMATS

TEXT = """@string{j = {Journal}}
@article{b, author = {Doe, Jane}, title = {Second}, journal = j, year = 2001}
@article{a, author = {Roe, John}, title = {First}, crossref = {b}}

@misc{empty,}
"""
STYLES = {name: load_style(name) for name in ("kci-apa", "kci-mla")}


def test_entries_come_in_file_order_and_styles_in_the_order_asked() -> None:
    citations = list(cite_document(open_text(TEXT, FORMATS["bibtex"]), STYLES))

    assert [(c.key, c.style, c.line) for c in citations] == [
        ("b", "kci-apa", 1),
        ("b", "kci-mla", 1),
        ("a", "kci-apa", 2),
        ("a", "kci-mla", 2),
        ("empty", "kci-apa", 4),
        ("empty", "kci-mla", 4),
    ]
    assert "Journal" in to_plain(citations[0].entry)
    assert "2001" in to_plain(citations[2].entry)
    assert to_plain(citations[2].in_text) == "(John Roe, 2001)"
    assert (citations[4].entry, citations[4].in_text) == ((), ())


def test_only_the_keys_asked_for() -> None:
    document = open_text(TEXT, FORMATS["bibtex"])

    assert {c.key for c in cite_document(document, STYLES, ["a"])} == {"a"}
    assert find_unknown_keys(["a", "A", "nobody"], {"a", "b"}) == ["A", "nobody"]
