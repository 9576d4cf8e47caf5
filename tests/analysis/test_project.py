"""Across the files of a project, too, what is known after any edits is what a fresh look at all of them gives."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from hypothesis import given, settings
from hypothesis import strategies as st

from bibwright.analysis.index import MOST_UNDEFINED, FactKey
from bibwright.analysis.linter import Linter
from bibwright.analysis.project import Project
from bibwright.analysis.workspace import OpenDocument
from bibwright.formats import BIBTEX, RIS
from bibwright.formats.format import Format
from bibwright.rules import all_rules
from bibwright.syntax.document import Position
from bibwright.text.columns import LineTable, PositionEncoding

UTF16 = PositionEncoding.UTF16
RULES = [rule for rule in all_rules() if rule.code[0] in "XC" or rule.code == "V401"]
LINTERS = {format.id: Linter(RULES, format.id) for format in (BIBTEX, RIS)}

BIB_PIECES = st.sampled_from(
    [
        "@string{ma = {A}}\n",
        "@string{mb = ma}\n",
        "@misc{a, note = ma}\n",
        "@misc{b, note = mb # mc, crossref = {a}}\n",
        "@article{c, crossref = {b}, journal = {Phys. Rev.}}\n",
        "@misc{A, doi = {10.1234/x}, ids = {z, a}}\n",
        "@misc{d, doi = {10.1234/X}, xdata = {z, e}}\n",
        "@article{e, title = {The very long tale}, author = {Doe}, year = 2020, journal = {Physical Review}}\n",
        "@article{f, title = {The Very Long Tale}, author = {Doe}, year = 2020, journaltitle = {physical review}}\n",
        "% !BIB program = bibtex\n",
        "".join(f"@misc{{u{number}, note = undefined{number}}}\n" for number in range(MOST_UNDEFINED)),
        "@misc{g, note = null # ",
        "}\n",
        "\n",
    ]
)
RIS_PIECES = st.sampled_from(["TY  - JOUR\n", "ER  - \n", "ID  - a\n", "DO  - 10.1234/x\n", "TI  - A\n", "\n"])
PATHS = ("/p/a.bib", "/p/b.bib", "/p/c.ris")
CHANGES = ("open", "edit", "edit", "edit", "replace", "close", "put", "drop", "together")


def format_of(path: str) -> Format:
    return RIS if path.endswith(".ris") else BIBTEX


def opened(project: Project, path: str, text: str) -> OpenDocument:
    format = format_of(path)
    document = OpenDocument("", 0, format, text, LINTERS[format.id], project=project, path=path)
    document.join()
    return document


def stated(path: str, text: str) -> list[FactKey]:
    document = OpenDocument("", 0, format_of(path), text, LINTERS[format_of(path).id])
    document.state_all_facts()
    return list(document.shared_facts())


def settle(documents: Iterable[OpenDocument]) -> None:
    """Check until no document has given another one something to do."""
    documents = list(documents)
    while any(document.pending for document in documents):
        for document in documents:
            document.check_all()


def findings(documents: dict[str, OpenDocument]) -> dict[str, list[tuple[int, object]]]:
    settle(documents.values())
    return {
        path: [(place.line, found) for place, _, found in document.placed_diagnostics()]
        for path, document in documents.items()
    }


def fresh_look(open_texts: dict[str, str], stored: dict[str, str], groups: list[Collection[str]]) -> object:
    project = Project()
    for path, text in stored.items():
        project.put(path, stated(path, text))
    project.use_together(groups)
    return findings({path: opened(project, path, text) for path, text in open_texts.items()})


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_incremental_equals_from_scratch(data: st.DataObject) -> None:
    def some_text(path: str) -> str:
        return data.draw(st.lists(RIS_PIECES if path.endswith(".ris") else BIB_PIECES, max_size=6).map("".join))

    project = Project()
    texts: dict[str, str] = {}
    stored: dict[str, str] = {}
    documents: dict[str, OpenDocument] = {}
    groups: list[Collection[str]] = []
    for path in PATHS:
        texts[path] = some_text(path)
        documents[path] = opened(project, path, texts[path])
    for _ in range(data.draw(st.integers(1, 10))):
        path = data.draw(st.sampled_from(PATHS))
        match data.draw(st.sampled_from(CHANGES)):
            case "open" if path not in documents:
                texts[path] = some_text(path)
                documents[path] = opened(project, path, texts[path])
            case "edit" if path in documents:
                text = texts[path]
                start = data.draw(st.integers(0, len(text)))
                end = data.draw(st.integers(start, min(len(text), start + 60)))
                new = some_text(path)
                table = LineTable(text)
                documents[path].edit(
                    Position(*table.position(start, UTF16)), Position(*table.position(end, UTF16)), new, UTF16
                )
                texts[path] = text[:start] + new + text[end:]
            case "replace" if path in documents:
                texts[path] = some_text(path)
                documents[path].replace(texts[path])
            case "close" if path in documents:
                documents.pop(path).leave()
                del texts[path]
            case "put":
                stored[path] = some_text(path)
                project.put(path, stated(path, stored[path]))
            case "drop" if path in stored:
                del stored[path]
                project.drop(path)
            case "together":
                groups = data.draw(st.lists(st.lists(st.sampled_from(PATHS), min_size=2, unique=True), max_size=2))
                project.use_together(groups)
        for document in documents.values():
            for _ in zip(range(data.draw(st.integers(0, 4))), document.check_steps(), strict=False):
                pass  # the next change may come while checking is under way

    assert findings(documents) == fresh_look(texts, stored, groups)


# --- What is checked again


def checked_after_edit(one: str, other: str, line: int, new_text: str) -> int:
    """How many blocks of `other` are to be checked when a line is put into `one`."""
    project = Project()
    first, second = opened(project, "/p/a.bib", one), opened(project, "/p/b.bib", other)
    settle((first, second))
    first.edit(Position(line, 0), Position(line, 0), new_text, UTF16)
    return len(second.pending)


USERS = "".join(f"@misc{{k{number}, note = ma}}\n" for number in range(30)) + "@misc{l, crossref = {a}}\n"


def test_an_edit_reaches_only_those_who_asked_another_file() -> None:
    assert checked_after_edit("@misc{x}\n", USERS, 1, "@misc{a}\n") == 1
    assert checked_after_edit("@misc{x}\n", USERS, 1, "@string{ma = {A}}\n") == 30
    assert checked_after_edit("@misc{x}\n", USERS, 1, "@misc{y}\n") == 0


def test_an_edit_beside_what_others_use_reaches_nobody() -> None:
    assert checked_after_edit("@string{ma = {A}}\n@misc{a, title = {T}}\n", USERS, 0, "% a comment\n") == 0
    assert checked_after_edit("@string{ma = {A}}\n@misc{a}\n", USERS, 1, "@string{ma = {again}}\n") == 0


def test_the_block_that_defines_a_macro_may_be_edited_without_checking_its_users() -> None:
    document = opened(Project(), "/p/a.bib", "@string{ma = {A}}\n" + USERS)
    settle([document])

    document.edit(Position(0, 14), Position(0, 14), "BC", UTF16)

    assert len(document.pending) == 1


def codes(document: OpenDocument) -> list[str]:
    return [found.code for _, _, found in document.placed_diagnostics()]


def test_many_undefined_macros_are_kept_elsewhere() -> None:
    uses = [f"@misc{{k{number}, note = m{number}}}\n" for number in range(MOST_UNDEFINED)]
    document = opened(Project(), "/p/a.bib", "".join(uses))
    settle([document])
    assert codes(document) == ["X702"] * MOST_UNDEFINED

    document.edit(Position(0, 0), Position(0, 0), "@misc{more, note = more}\n", UTF16)
    settle([document])
    assert codes(document) == []

    document.edit(Position(0, 0), Position(0, 0), "@string{m1 = {M}}\n", UTF16)
    settle([document])
    assert codes(document) == ["X702"] * MOST_UNDEFINED


def test_macros_of_another_file_are_no_undefined_ones() -> None:
    project = Project()
    text = "".join(f"@misc{{k{number}, note = m{number}}}\n" for number in range(3 * MOST_UNDEFINED))
    document = opened(project, "/p/a.bib", text + "@misc{last, note = mistyped}\n")
    settle([document])
    assert codes(document) == []

    project.put("/p/macros.bib", [("macro", f"m{number}") for number in range(3 * MOST_UNDEFINED)])
    settle([document])
    assert codes(document) == ["X702"]

    project.drop("/p/macros.bib")
    settle([document])
    assert codes(document) == []


def test_a_document_answers_for_its_file_only_when_it_is_known_what_it_states() -> None:
    project = Project()
    project.put("/p/a.bib", [("macro", "ma")])
    user = opened(project, "/p/b.bib", "@misc{k, note = ma}\n")
    settle([user])
    assert codes(user) == []

    document = opened(project, "/p/a.bib", "@misc{x}\n" * 3 + "@string{ma = {A}}\n")
    next(document.check_steps())
    assert not user.pending

    settle([document])
    assert not user.pending
    document.edit(Position(3, 0), Position(4, 0), "", UTF16)
    assert user.pending
    assert project.take_disturbed() == ["/p/b.bib"]
    settle([user])
    assert codes(user) == ["X702"]


def test_keys_are_compared_only_with_files_that_are_used_together() -> None:
    project = Project()
    one, other = opened(project, "/p/a.bib", "@misc{k}\n"), opened(project, "/p/b.bib", "@misc{k}\n")
    settle((one, other))
    assert (codes(one), codes(other)) == ([], [])

    project.use_together([("/p/a.bib", "/p/b.bib")])
    settle((one, other))
    assert (codes(one), codes(other)) == (["X701"], ["X701"])

    other.edit(Position(0, 6), Position(0, 7), "n", UTF16)
    settle((one, other))
    assert (codes(one), codes(other)) == ([], [])

    other.edit(Position(0, 6), Position(0, 7), "k", UTF16)
    project.use_together([])
    settle((one, other))
    assert (codes(one), codes(other)) == ([], [])
