from __future__ import annotations

import re
from pathlib import Path

from tests.oracles.corpus import CorpusFile, corpus_files, validated_files
from tests.oracles.judged import Judged, find_judgement, judgements
from tests.oracles.matching import match_messages
from tests.oracles.messages import Message, parse_bibclean, parse_biber, parse_bibutils, parse_pandoc
from tests.oracles.ours import Found, find_all
from tests.oracles.programs import ORACLES

BIBER = """\
INFO - This is Biber 2.18
INFO - Reading 'input.bib'
ERROR - BibTeX subsystem: /tmp/x/biber_tmp_a/0f.utf8, line 6, syntax error: found "year", expected "="
ERROR - Name "A, B, C, D" has too many commas, skipping entry 'k:1'
ERROR - Name "C,, D" is malformed (consecutive commas): skipping entry 'k2'
WARN - BibTeX subsystem: /tmp/x/biber_tmp_a/0f.utf8, line 2, warning: undefined macro "foo"
WARN - Datamodel: Entry 'k3' (input.bib): Missing mandatory field - one of 'date, year' must be defined
WARN - Datamodel: Entry 'k3' (input.bib): Missing mandatory field 'journaltitle'
WARN - Datamodel: Entry 'k3' (input.bib): Field 'titl' invalid in data model - ignoring
WARN - Datamodel: Entry 'k3' (input.bib): Invalid field 'issn' for entrytype 'book'
WARN - Datamodel: Entry 'k3' (input.bib): Invalid entry type 'foo' - defaulting to 'misc'
WARN - Datamodel: Entry 'k3' (input.bib): Invalid value of field 'volume' must be datatype 'integer' - ignoring field
WARN - Entry 'k3' (input.bib): Invalid format '200x' of date field 'date' - ignoring
WARN - ISBN '123' in entry 'k3' is invalid - run biber with '--validate_datamodel' for details.
WARN - Datamodel: Entry 'k3' (input.bib): Invalid ISBN in value of field 'isbn'
WARN - Duplicate entry key: 'k3' in file 'input.bib', skipping ...
WARN - Duplicate entry key: 'k3' in file 'input.bib', skipping ...
WARN - Overwriting field 'year' with year value from field 'date' for entry 'k3'
WARN - Something that no version of biber says
INFO - WARNINGS: 13
"""


def test_messages_of_biber_have_a_kind_and_what_they_are_about() -> None:
    found = [(one.level[0], one.kind, one.key, one.fields, one.line) for one in parse_biber(BIBER)]

    assert found == [
        ("e", "syntax", "", (), 6),
        ("e", "name-commas", "k:1", (), 0),
        ("e", "name-commas", "k2", (), 0),
        ("w", "macro", "", (), 2),
        ("w", "missing-field", "k3", ("date", "year"), 0),
        ("w", "missing-field", "k3", ("journaltitle",), 0),
        ("w", "unknown-field", "k3", ("titl",), 0),
        ("w", "field-not-for-type", "k3", ("issn",), 0),
        ("w", "unknown-type", "k3", (), 0),
        ("w", "datatype", "k3", ("volume",), 0),
        ("w", "date", "k3", ("date",), 0),
        ("w", "isbn", "k3", ("isbn",), 0),
        ("w", "isbn", "k3", ("isbn",), 0),
        ("w", "duplicate-key", "k3", (), 0),
        ("w", "date-and-year", "k3", ("year",), 0),
        ("w", "other", "", (), 0),
    ]


def test_names_of_temporary_files_are_left_out() -> None:
    assert parse_biber(BIBER)[0].text.startswith("BibTeX subsystem: input.bib, line 6, syntax error")


def test_messages_of_bibclean() -> None:
    output = (
        '%% "input.bib", line 3: Unexpected value in ``year = "abc"\'\'.\n?? "input.bib", line 8: Expected comma.\n'
    )

    assert parse_bibclean(output) == [
        Message("warning", "value", "Unexpected value in ``year = \"abc\"''.", fields=("year",), line=3),
        Message("error", "syntax", "Expected comma.", line=8),
    ]


def test_error_of_pandoc() -> None:
    output = "Error at \"input.bib\" (line 2, column 1):\nunexpected '@'\n@book{b,\n^\n"

    assert parse_pandoc(output, 64) == [Message("error", "syntax", "unexpected '@' @book{b,", line=2)]
    assert parse_pandoc("", 0) == []
    assert parse_pandoc("pandoc: out of memory\n", 1) == [Message("error", "failed", "pandoc: out of memory")]


def test_messages_of_bibutils() -> None:
    output = (
        "ris2xml: Did not recognize type 'FOO' of refnum 2 ().\nris2xml: Reference 1 has unused tags.\nIgnored: 'TY'\n"
    )

    assert [(one.level, one.kind, one.key) for one in parse_bibutils(output, 0, 2)] == [
        ("warning", "unknown-type", "2"),
        ("warning", "outside", ""),
    ]
    assert [one.kind for one in parse_bibutils("", 0, 0)] == ["failed"]


def found(code: str, field: str, message: str = "", key: str = "k") -> Found:
    return Found(code, "warning", message, 1, 9, key, field)


def test_a_message_matches_by_entry_and_field_whatever_the_field_is_called() -> None:
    message = parse_biber("WARN - Datamodel: Entry 'K' (x): Invalid field 'location' for entrytype 'article'\n")
    same, other = found("M305", "address"), found("M305", "address", key="l")

    matched = match_messages(message, [same, other])

    assert [finding for _, _, finding in matched.agreed] == [same]
    assert [finding for _, finding in matched.ours] == [other]


def test_a_missing_field_matches_by_its_name_in_the_message() -> None:
    message = parse_biber("WARN - Datamodel: Entry 'k' (x): Missing mandatory field 'journaltitle'\n")

    assert match_messages(message, [found("M303", "", "the entry has no journal")]).agreed != []
    assert match_messages(message, [found("M303", "", "the entry has no title")]).theirs != []


def test_another_rule_at_the_same_field() -> None:
    message = parse_biber("WARN - Datamodel: Entry 'k' (x): Invalid ISSN in value of field 'issn'\n")

    matched = match_messages(message, [found("V401", "issn")])

    assert [finding.code for _, _, finding in matched.otherwise] == ["V401"]


def test_findings_know_their_entry_and_field(tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_text("\n@misc{k,\n  pages = {1-2},\n  title = {T}\n}\n", "utf-8")
    (file,) = corpus_files(tmp_path, ".bib")

    (one,) = [one for one in find_all(file) if one.code == "V408"]

    assert (one.line, one.last_line, one.key, one.field) == (3, 5, "k", "pages")


def test_equal_files_are_judged_once_and_the_choice_for_validation_is_stable(tmp_path: Path) -> None:
    for name, text in (("b", "@misc{b}"), ("a", "@misc{b}"), ("c", "@misc{c, title={C}}"), ("d", "no entry")):
        (tmp_path / f"{name}.bib").write_text(text, "utf-8")
    files = corpus_files(tmp_path, ".bib")

    assert [file.name for file in files] == ["a.bib", "d.bib", "c.bib"]
    assert [file.name for file in validated_files(files)] == ["a.bib", "c.bib"]
    assert validated_files(files, 1) == [min((files[0], files[2]), key=_digest)]


def _digest(file: CorpusFile) -> str:
    return file.digest


def test_a_judgement_fits_what_it_names() -> None:
    judged = Judged("pandoc-.*", "both", "why", ("a.bib",), "^error", "")

    assert judged.fits("pandoc-ris", "a.bib", ["error: x", "error: y"], "")
    assert not judged.fits("biber", "a.bib", ["error: x"], "")
    assert not judged.fits("pandoc-ris", "b.bib", ["error: x"], "")
    assert not judged.fits("pandoc-ris", "a.bib", ["error: x", "3: S208"], "")


def test_judgements_name_oracles_that_exist() -> None:
    for one in judgements():
        assert any(re.fullmatch(one.oracle, name) for name in ORACLES), one
        assert one.right in ("bibwright", "oracle", "both"), one
    assert find_judgement("biber", "unheard-of.bib", ["error: x"]) == ""
