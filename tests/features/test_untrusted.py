"""A folder that somebody else has filled: nothing in it makes the program wait, and nothing outside of it is read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bibwright.analysis.project import Project
from bibwright.features.configuration import Configurations
from bibwright.features.files import read_regular
from bibwright.features.latex_documents import LatexDocuments
from bibwright.features.linters import Linters
from bibwright.features.project import Folders, gather
from bibwright.features.steps import take_all
from bibwright.features.walk import WalkOptions, is_left_out
from tests.support.growth import assert_in_proportion

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes in the file system")


def folders_of(root: Path) -> Project:
    project, configurations = Project(), Configurations()
    folders = Folders(project, LatexDocuments(), lambda: configurations)
    folders.open([root])
    take_all(folders.steps())
    take_all(folders.read_macro_files([root / "a.bib"]))
    return project


def test_a_pipe_is_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(OSError, match="not a regular file"):
        read_regular(tmp_path / "pipe")
    with pytest.raises(OSError, match="not a regular file"):
        read_regular("/dev/zero")


def test_no_more_is_read_than_asked_for(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"abcdef")

    assert read_regular(tmp_path / "file", 3) == b"abc"
    assert read_regular(tmp_path / "file") == b"abcdef"


@pytest.mark.parametrize("name", ["bibwright.toml", "pyproject.toml", ".gitignore", ".git", "main.tex", "x.bib"])
def test_a_folder_may_hold_pipes_of_any_name(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / name)
    (tmp_path / "a.bib").write_text("@misc{a}\n")

    Linters().configurations.settings_for(tmp_path / "a.bib")
    LatexDocuments().find_dialect(tmp_path / "a.bib")
    is_left_out(str(tmp_path / "a.bib"), WalkOptions())
    assert folders_of(tmp_path).paths == [str(tmp_path / "a.bib")]


def test_links_in_a_circle_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "up").symlink_to(tmp_path)
    (tmp_path / "self.bib").symlink_to(tmp_path / "self.bib")
    (tmp_path / "a.bib").write_text("@misc{a}\n")

    assert folders_of(tmp_path).paths == [str(tmp_path / "a.bib")]


def test_only_bibliographies_are_read_for_their_macros(tmp_path: Path) -> None:
    folder = tmp_path / "refs"
    folder.mkdir()
    (tmp_path / "secret").write_text("@string{hidden = {S}}\n")
    (tmp_path / "shared.bib").write_text("@string{told = {T}}\n")
    os.mkfifo(tmp_path / "pipe.bib")
    named = ["/etc/passwd", "../secret", "../shared.bib", "../pipe.bib"]
    (folder / "bibwright.toml").write_text(f"macro-files = {named}\n")
    asker = folder / "a.bib"
    asker.write_text("@misc{a}\n")

    for project in (folders_of(folder), gather([str(asker)])):
        assert project.find("macro", "told", str(asker)) == str(tmp_path / "shared.bib")
        assert project.find("macro", "hidden", str(asker)) is None

    file = Configurations().file_for(asker)
    assert file is not None
    messages = [problem.message for problem in file.problems]
    assert messages[:2] == [
        '"/etc/passwd" is not read: its name does not end in .bib',
        '"../secret" is not read: its name does not end in .bib',
    ]
    assert messages[2].startswith('there is no file "../pipe.bib" in ')
    assert len(messages) == 3


@pytest.mark.parametrize(
    ("head", "part"),
    [
        ("\\usepackage{", "biblatex "),
        ("\\usepackage", " " * 10),
        ("\\addbibresource", " " * 10),
        ("", "\\usepackage["),
        ("", "\\bibliography{"),
        ("", "%" * 10),
    ],
    ids=["words", "blanks", "blanks before a file", "options", "commands", "comment"],
)
def test_a_latex_document_costs_time_in_proportion(tmp_path: Path, head: str, part: str) -> None:
    def read(text: str) -> None:
        (tmp_path / "main.tex").write_text(text)
        assert LatexDocuments().find_dialect(tmp_path / "a.bib") == ""

    assert_in_proportion(read, lambda times: head + part * times, 4_000)


@pytest.mark.parametrize("package", ["biblatex", "csquotes,biblatex", " biblatex-chicago "])
def test_the_package_is_seen_among_others(tmp_path: Path, package: str) -> None:
    (tmp_path / "main.tex").write_text(f"\\usepackage [a,b] {{{package}}}\n\\bibliography{{a}}\n")

    assert LatexDocuments().find_dialect(tmp_path / "a.bib") == "biblatex"


def test_a_document_that_changed_is_read_again(tmp_path: Path) -> None:
    documents = LatexDocuments()
    (tmp_path / "main.tex").write_text("\\addbibresource{a.bib}\n")
    assert documents.find_dialect(tmp_path / "a.bib") == "biblatex"

    (tmp_path / "main.tex").write_text("\\bibliographystyle{plain}\\bibliography{a}\n")
    documents.forget()
    assert documents.find_dialect(tmp_path / "a.bib") == "bibtex"
    (tmp_path / "main.tex").unlink()
    documents.forget()
    assert documents.find_dialect(tmp_path / "a.bib") == ""


def test_macro_files_come_and_go_with_the_configuration(tmp_path: Path) -> None:
    folder = tmp_path / "refs"
    (folder / "sub").mkdir(parents=True)
    outside = str(tmp_path / "outside.bib")
    Path(outside).write_text("@string{told = {T}}\n")
    project, configurations = Project(), Configurations()
    folders = Folders(project, LatexDocuments(), lambda: configurations)
    folders.open([folder])

    (folder / "sub" / "bibwright.toml").write_text('macro-files = ["../../outside.bib"]\n')
    take_all(folders.read_macro_files([]))
    assert project.paths == []
    take_all(folders.read_macro_files([folder / "sub" / "a.bib"]))
    assert project.paths == [outside]
    take_all(folders.steps())
    assert project.paths == [outside]
    Path(outside).write_text("@string{another = {T}}\n")
    take_all(folders.read_again([outside]))
    assert project.find("macro", "another", "") == outside
    (folder / "sub" / "bibwright.toml").write_text("\n")
    take_all(folders.read_macro_files([folder / "sub" / "a.bib"]))
    assert project.paths == []


def test_the_neighbours_of_a_file_are_forgotten_with_it(tmp_path: Path) -> None:
    (tmp_path / "neighbour.bib").write_text("@misc{a}\n")
    project = Project()
    folders = Folders(project, LatexDocuments(), Configurations)
    take_all(folders.read_beside(tmp_path / "a.bib"))
    assert project.paths == [str(tmp_path / "neighbour.bib")]

    take_all(folders.leave_lone([tmp_path / "b.bib"]))
    assert project.paths == [str(tmp_path / "neighbour.bib")]
    take_all(folders.leave_lone([]))
    assert project.paths == []
