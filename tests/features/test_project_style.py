"""The citation style of a bibliography is found in the documents that name it."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from bibwright.csl.styles import find_style
from bibwright.features.project_style import ProjectStyle, StyleDocuments

CSL = "<style><bibliography><layout/></bibliography></style>"


def _find(folder: Path, documents: dict[str, str], bibliography: str = "refs.bib") -> ProjectStyle | None:
    for name, text in documents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return StyleDocuments().find(folder / bibliography)


@pytest.mark.parametrize(
    ("name", "text", "style", "line"),
    [
        ("p.tex", "\\bibliographystyle{IEEEtran}\n\\bibliography{other,refs}", "ieee", 0),
        ("p.tex", "% \\bibliographystyle{apa}\n\\bibliographystyle{science}\n\\bibliography{refs.bib}", "science", 1),
        ("p.tex", "\n\\usepackage[backend=biber,\n  style = apa]{biblatex}\n\\addbibresource{refs.bib}", "apa", 1),
        ("p.tex", "\\usepackage[citestyle=x, bibstyle=ieee,style=apa]{biblatex}\\addbibresource{refs.bib}", "ieee", 0),
        ("p.tex", "\\usepackage[notes]{biblatex-chicago}\\addbibresource{refs.bib}", "chicago-notes-bibliography", 0),
        ("p.md", "---\ntitle: T\nbibliography: refs.bib\ncsl: apa.csl\n---\nText", "apa", 3),
        ("p.qmd", "---\nbibliography:\n  - other.bib\n  - \"refs.bib\" # ours\ncsl: 'ieee.csl'\n...\n", "ieee", 4),
        ("p.Rmd", "---\nbibliography: [a, refs.bib]\ncsl: https://www.zotero.org/styles/nature\n---\n", "nature", 2),
        ("_quarto.yml", "project:\n  type: book\nbibliography: refs.bib\ncsl: styles/apa.csl\n", "apa", 3),
        ("p.typ", '#set text(1pt)\n#bibliography("refs.bib", style: "mla")', "modern-language-association", 1),
        ("p.typ", '#bibliography(("a.yml", "refs.bib"), title: none, style: "ieee")', "ieee", 0),
        ("p.typ", '#set bibliography(style: "apa")\n#bibliography("refs.bib")', "apa", 0),
    ],
)  # fmt: skip
def test_documents_tell_the_style(tmp_path: Path, name: str, text: str, style: str, line: int) -> None:
    found = _find(tmp_path, {name: text})

    assert found == ProjectStyle(style, str(tmp_path / name), line)
    assert found.label == f"style of {name}"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("p.tex", "\\bibliographystyle{plainnat}\\bibliography{refs}"),
        ("p.tex", "\\bibliographystyle{apa}\\bibliography{others}"),
        ("p.tex", "\\usepackage{biblatex}\\addbibresource{refs.bib}"),
        ("p.md", "bibliography: refs.bib\ncsl: apa.csl\n"),
        ("p.md", "---\ntitle: T\n---\nbibliography: refs.bib\ncsl: apa.csl\n"),
        ("p.md", "---\nnested:\n  bibliography: refs.bib\n  csl: apa.csl\n---\n"),
        ("p.md", "---\nbibliography: refs.bib\ncsl: no-such-style.csl\n---\n"),
        ("p.typ", '#bibliography("refs.bib", style: "no-such-style")'),
        ("notes.txt", "\\bibliographystyle{apa}\\bibliography{refs}"),
    ],
)
def test_others_tell_none(tmp_path: Path, name: str, text: str) -> None:
    assert _find(tmp_path, {name: text}) is None


def test_a_style_file_of_the_project_is_its_path(tmp_path: Path) -> None:
    found = _find(tmp_path, {"p.md": "---\nbibliography: refs.bib\ncsl: my.csl\n---\n", "my.csl": CSL, ".git": ""})

    assert found is not None
    assert found.style == str((tmp_path / "my.csl").resolve())


def test_a_style_file_outside_of_the_project_is_left_alone(tmp_path: Path) -> None:
    documents = {"a/p.md": "---\nbibliography: refs.bib\ncsl: ../my.csl\n---\n", "my.csl": CSL, "a/.git": ""}

    assert _find(tmp_path, documents, "a/refs.bib") is None


def test_the_preamble_may_stand_in_another_file(tmp_path: Path) -> None:
    found = _find(tmp_path, {"main.tex": "\\bibliography{refs}", "preamble.tex": "\\bibliographystyle{ieeetr}"})

    assert found == ProjectStyle("ieee", str(tmp_path / "preamble.tex"), 0)


def test_the_file_of_a_quarto_project_speaks_for_its_documents(tmp_path: Path) -> None:
    found = _find(
        tmp_path,
        {"_quarto.yml": "csl: apa.csl\n", "chapters/one.qmd": "---\nbibliography: refs.bib\n---\n"},
        "chapters/refs.bib",
    )

    assert found == ProjectStyle("apa", str(tmp_path / "_quarto.yml"), 0)


def test_documents_that_disagree_tell_nothing(tmp_path: Path) -> None:
    one, two = (f"\\bibliographystyle{{{style}}}\\bibliography{{refs}}" for style in ("apa", "ieeetr"))

    assert _find(tmp_path, {"one.tex": one, "two.tex": two}) is None


def test_the_nearest_folder_decides(tmp_path: Path) -> None:
    one, two = "\\bibliographystyle{apa}\\bibliography{a/refs}", "\\bibliographystyle{ama}\\bibliography{refs}"
    found = _find(tmp_path, {"one.tex": one, "a/two.tex": two}, "a/refs.bib")

    assert found is not None
    assert found.style == "american-medical-association"


def test_a_name_that_no_file_can_have_is_none(tmp_path: Path) -> None:
    assert _find(tmp_path, {"p.md": "---\nbibliography: refs.bib\ncsl: a\0b.csl\n---\n"}) is None


def test_a_changed_document_is_read_again(tmp_path: Path) -> None:
    document = tmp_path / "p.typ"
    document.write_text('#bibliography("refs.bib", style: "apa")', encoding="utf-8")
    documents = StyleDocuments()
    before = documents.find(tmp_path / "refs.bib")
    document.write_text('#bibliography("refs.bib", style: "nature")', encoding="utf-8")
    documents.forget()
    after = documents.find(tmp_path / "refs.bib")

    assert [found and found.style for found in (before, after)] == ["apa", "nature"]


@pytest.mark.parametrize(
    "text",
    [
        "\\usepackage[" * 30_000, "\\usepackage[style=" * 20_000, "bibliography(" * 30_000,
        "set bibliography(" * 20_000,
        "---\n" + "bibliography: [" * 25_000, "---\nbibliography:\n" + "- a\n" * 90_000, "\\bibliography[" * 25_000,
        "style=" * 60_000, "\0" * 400_000, 'bibliography("' + '"' * 390_000,
    ],
)  # fmt: skip
def test_hostile_documents_cost_no_more_than_their_length(tmp_path: Path, text: str) -> None:
    assert _find(tmp_path, {"p.tex": text, "p.typ": text, "p.md": text, "_quarto.yml": text}) is None


def test_every_counterpart_exists() -> None:
    table = tomllib.loads(files("bibwright.features").joinpath("project_styles.toml").read_text(encoding="utf-8"))

    for section in table.values():
        for name, style in section["styles"].items():
            assert name == name.lower()
            assert find_style(style) is not None, style
