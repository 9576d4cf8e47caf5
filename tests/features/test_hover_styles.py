"""The hover shows an entry in the style of its project, and something readable where a style cannot be used."""

from __future__ import annotations

from pathlib import Path

from bibwright.features.hover import citations_markdown
from bibwright.features.linters import Linters
from bibwright.formats.bibtex import BIBTEX
from tests.csl.samples import person, record, year

ITEM = record(author=person("Ada", "Lovelace"), issued=year(1843), title="Notes")


def test_the_style_of_the_project_comes_first(tmp_path: Path) -> None:
    (tmp_path / "p.md").write_text("---\nbibliography: refs.bib\ncsl: kci-mla.csl\n---\n", encoding="utf-8")
    project = Linters().linter_for(tmp_path / "refs.bib", BIBTEX).options.style
    sections = citations_markdown(ITEM, ["kci-apa", "kci-mla"], project=project).split("\n\n")

    assert [section.partition("**")[2].partition("**")[0] for section in sections[::2]] == ["KCI MLA", "KCI APA"]
    assert "(style of p.md)" in sections[0].replace("\\", "")


def test_a_plain_citation_stands_in_for_a_broken_style(tmp_path: Path) -> None:
    style = tmp_path / "my.csl"
    style.write_text("<style>\n<citation/></style>", encoding="utf-8")

    _, reason, plain = citations_markdown(ITEM, [str(style)]).replace("\\", "").split("\n\n")

    assert reason == "line 2, <citation>: has no <layout>"
    assert plain == "Lovelace, Ada. 1843. Notes."
