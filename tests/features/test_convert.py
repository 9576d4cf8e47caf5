from __future__ import annotations

import re
from dataclasses import replace
from itertools import product

import pytest

from bibwright.features.conversion import summarise
from bibwright.features.convert import convert_text
from bibwright.formats import ALL_FORMATS, FORMATS
from bibwright.formats.format import Format, Resolver
from bibwright.model.record import Record
from bibwright.model.richtext import plain_text
from bibwright.syntax.nodes import Entry
from tests.support.records import converted, read_one, read_records, seed
from tests.support.shared import SHARED, needs_shared

BIBTEX, BIBLATEX, RIS = (FORMATS[name] for name in ("bibtex", "biblatex", "ris"))


def values(record: Record) -> dict[str, list[str]]:
    """All texts, paragraphs as blanks."""
    return {
        variable: [" ".join(plain_text(value).split()) for value in found] for variable, found in record.texts.items()
    }


@needs_shared
@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
def test_the_seed_from_bib_to_ris_and_back(dialect: str) -> None:
    before = read_one(seed("bibtex"))
    after = read_one(converted(converted(seed("bibtex"), "bibtex", "ris"), "ris", dialect))

    assert replace(after, source_format="", source_type="", fields=()) == replace(
        before, source_format="", source_type="", fields=()
    )


@needs_shared
@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
def test_the_seed_from_ris_to_bib_and_back(dialect: str) -> None:
    before = read_one(seed("ris"), "ris")
    bib = converted(seed("ris"), "ris", dialect)
    ris = converted(bib, dialect, "ris")
    after = read_one(ris, "ris")

    assert values(after) == values(before)
    assert after.names == before.names
    assert after.dates == before.dates
    assert "null" not in bib + ris
    assert read_one(bib).text("abstract") == before.text("abstract")
    assert bib.count("\n\n") == 3
    assert len(after.texts["keyword"]) == 4


@needs_shared
def test_the_whole_page_of_the_seed_converts_and_says_what_was_left_out() -> None:
    page = (SHARED / "seed" / "kci-export.txt").read_text(encoding="utf-8")

    for source, target in product((BIBTEX, RIS), FORMATS.values()):
        conversion = convert_text(page, source, target)
        assert conversion.records == 1
        assert not conversion.failures
        assert any(loss.code == "L01" for entry in conversion.losses for loss in entry.losses)


def comparable(text: str) -> str:
    """A value by its letters and digits alone: what encodings and separators may do to it does not count."""
    return "".join(character for character in text.lower() if character.isalnum())


def _corpus() -> list[str]:
    files = (SHARED / "corpus").rglob("*") if SHARED.is_dir() else ()
    return sorted(
        str(path.relative_to(SHARED)) for path in files if path.is_file() and path.suffix.lower() in (".bib", ".ris")
    )


@needs_shared
@pytest.mark.parametrize("name", _corpus())
def test_every_file_of_the_corpus_converts(name: str) -> None:
    text = (SHARED / name).read_bytes().decode("utf-8", "replace")
    if len(text) > 1_500_000:
        text = text[:1_500_000]
    source = RIS if name.lower().endswith(".ris") else BIBTEX

    for target in FORMATS.values():
        conversion = convert_text(text, source, target)
        assert not conversion.failures
        assert "= {null}" not in conversion.text
        assert not re.search(r"^(?!ID)[A-Z][A-Z0-9]  - null\s*$", conversion.text, re.MULTILINE)


def test_one_bad_record_does_not_stop_the_rest() -> None:
    def read_entry(text: str, entry: Entry, resolver: Resolver) -> Record:
        if entry.key is not None and entry.key.of(text) == "bad":
            raise ValueError("no such thing")
        return BIBTEX.read_entry(text, entry, resolver)

    source = replace(BIBTEX, read_entry=read_entry)
    conversion = convert_text("@misc{a}\n@misc{bad}\n@misc{b}\n", source, RIS)

    assert conversion.records == 2
    assert [(failure.key, failure.reason) for failure in conversion.failures] == [("bad", "ValueError: no such thing")]
    assert summarise(conversion)[:2] == [
        "2 records converted; 1 record not converted",
        "not converted: bad: ValueError: no such thing",
    ]


def test_keys_that_are_made_are_unique() -> None:
    ris = "TY  - JOUR\nAU  - Suh, S.\nPY  - 2015\nER  - \n\n" * 3

    assert [record.key for record in read_records(converted(ris, "ris", "bibtex"), "bibtex")] == [
        "suh2015",
        "suh2015a",
        "suh2015b",
    ]


def test_text_outside_the_entries_goes_along_within_the_language_and_is_reported_elsewhere() -> None:
    bib = "% a comment\n\n@misc{a,\n  title = {T},\n}\n"

    assert converted(bib, "bibtex", "biblatex") == bib
    (entry,) = convert_text(bib, BIBTEX, RIS).losses
    assert [(loss.code, loss.severity) for loss in entry.losses] == [("L01", "warning")]


def test_entries_that_only_biblatex_knows_are_reported() -> None:
    bib = "@xdata{x, publisher = {P}}\n@book{a, xdata = {x}}\n@set{s, entryset = {a}}\n"
    conversion = convert_text(bib, BIBLATEX, RIS)

    assert conversion.records == 1
    assert "PB  - P" in conversion.text
    assert [
        (entry.key, loss.code, loss.field, loss.severity) for entry in conversion.losses for loss in entry.losses
    ] == [
        ("x", "L02", "@xdata", "information"),
        ("a", "L02", "xdata", "information"),
        ("s", "L02", "@set", "warning"),
    ]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends_are_those_of_the_source(line_end: str) -> None:
    ris = f"TY  - JOUR{line_end}TI  - T{line_end}ER  - {line_end}"

    text = converted(ris, "ris", "bibtex")
    assert text.count(line_end) == 3
    assert set(text.replace(line_end, "")).isdisjoint("\r\n")


def test_a_summary_names_each_kind_of_loss_once() -> None:
    ris = "TY  - JOUR\nID  - {}\nDP  - NLM\nER  - \n\n"
    conversion = convert_text(ris.format("a") + ris.format("b"), RIS, BIBTEX)

    assert summarise(conversion) == [
        "2 records converted; 2 fields lost",
        "lost: DP (2 times): a: no field of @article holds it: NLM [L07]",
    ]


@needs_shared
@pytest.mark.parametrize(
    "name",
    [
        name
        for name in _corpus()
        if any(part in name for part in ("plk+biber", "JabRef", "rispy", "citation-file-formatting", "biblatex"))
    ],
)
def test_every_field_is_found_again_or_reported(name: str) -> None:
    text = (SHARED / name).read_bytes().decode("utf-8", "replace")[:200_000]
    source = RIS if name.lower().endswith(".ris") else BIBTEX

    for record, target in product(read_records(text, source.id), FORMATS.values()):
        written = target.write_record(record, "\n")
        (after,) = read_records(written.text, target.id)
        reported = {loss.field for loss in written.losses}
        texts = [plain_text(value) for values in after.texts.values() for value in values]
        held = [comparable(text) for text in (*texts, *(field.text for field in after.fields))]
        for field in record.fields:
            for variable in field.variables:
                if field.name in reported or variable not in record.texts:
                    continue
                wanted = [comparable(plain_text(value)) for value in record.texts[variable]]
                missing = [value for value in wanted if not any(value in found for found in held)]
                assert not missing, (target.id, record.key, field.name)


def test_a_macro_that_nobody_defines_stays_one_within_the_language_and_is_reported_elsewhere() -> None:
    bib = "@article{a,\n  journal = IEEE_J_PAMI,\n}\n"
    conversion = convert_text(bib, BIBTEX, RIS)

    assert "journaltitle = IEEE_J_PAMI,\n" in converted(bib, "bibtex", "biblatex")
    assert [(loss.code, loss.field, loss.severity) for entry in conversion.losses for loss in entry.losses] == [
        ("L01", "journal", "information")
    ]


def test_page_ranges_that_are_certain_are_split() -> None:
    ris = converted("@article{a, pages = {A1--A9}}", "bibtex", "ris")

    assert "SP  - A1\nEP  - A9\n" in ris


def losses(text: str, source: str, target: str) -> list[tuple[str, str, str]]:
    conversion = convert_text(text, FORMATS[source], FORMATS[target])
    return [(loss.code, loss.field, loss.severity) for entry in conversion.losses for loss in entry.losses]


def test_what_has_no_field_goes_to_a_note_and_stays_a_tag_within_ris() -> None:
    ris = "TY  - JOUR\nID  - a\nTI  - T\nN1  - Note.\nC8  - Custom\nC5  - null\nDP  - NLM\nTS  - RIS\nER  - \n"

    assert "note = {Note.; C8: Custom}" in converted(ris, "ris", "biblatex")
    assert ("L07", "C8", "information") in losses(ris, "ris", "biblatex")
    assert converted(ris, "ris", "ris").count("Custom") == 1
    assert "C8  - Custom" in converted(ris, "ris", "ris")


def test_what_a_date_says_beyond_the_day_is_reported() -> None:
    ris = "TY  - JOUR\nID  - a\nPY  - 2015/03/10/{}\nER  - \n"

    assert losses(ris.format("Epub"), "ris", "biblatex") == [("L08", "PY", "warning")]
    assert losses(ris.format("Spring"), "ris", "biblatex") == [("L08", "PY", "warning")]
    assert losses(ris.format(""), "ris", "biblatex") == []


@pytest.mark.parametrize("date", ["1999/2001", "1999-03/2001-05-06", "1999/.."])
def test_ranges_of_dates_come_back_from_ris(date: str) -> None:
    bib = f"@book{{a,\n  date = {{{date}}},\n}}\n"
    ris = converted(bib, "biblatex", "ris")

    assert f"date = {{{date.replace('..', '')}}}" in converted(ris, "ris", "biblatex").replace("..", "")
    assert ("L05", "date", "information") in losses(bib, "biblatex", "ris")


def test_names_that_are_guessed_and_addresses_of_the_doi_are_reported() -> None:
    ris = "TY  - JOUR\nID  - a\nAU  - Sangmun Suh\nDO  - 10.1000/182\nUR  - https://doi.org/10.1000/182\nER  - \n"

    assert ("L14", "AU", "information") in losses(ris, "ris", "bibtex")
    assert ("L08", "UR", "information") in losses(ris, "ris", "bibtex")
    assert "url" not in converted(ris, "ris", "bibtex")


def test_damaged_bytes_are_a_loss() -> None:
    assert losses("@misc{a,\n  title = {T\udcff\udcfe},\n}\n", "bibtex", "ris") == [("L13", "title", "warning")]


def test_the_encoding_of_the_source_is_not_that_of_the_result() -> None:
    assert "EUC-KR" not in converted("% Encoding: EUC-KR\n\n@misc{a}\n", "bibtex", "biblatex")
    assert "% Encoding: UTF-8" in converted("% Encoding: UTF-8\n\n@misc{a}\n", "bibtex", "biblatex")


def test_many_equal_keys_are_quick() -> None:
    conversion = convert_text("TY  - JOUR\nID  - a\nER  - \n\n" * 2000, RIS, BIBTEX)

    assert conversion.records == 2000
    assert "@article{a-2000," in conversion.text


def test_what_stands_in_an_entry_and_is_no_field_is_reported() -> None:
    text = "@misc{a, % a remark\n  title = {T} lost words, year = 2015\n}\n@misc{b, title = {U}}\n"

    conversion = convert_text(text, FORMATS["bibtex"], FORMATS["ris"])

    assert [(entry.key, loss.message) for entry in conversion.losses for loss in entry.losses] == [
        ("a", "text inside the entry is left out: % a remark"),
        ("a", "text inside the entry is left out: lost words"),
    ]


@pytest.mark.parametrize("target", ["ris", "csl-json"])
def test_what_the_record_does_not_hold_of_a_value_is_reported(target: str) -> None:
    bib = "@online{a,\n  author = {Doe, Jane and null},\n  pages = {12--},\n  date = {2020-05-01T10:30:00},\n}\n"
    conversion = convert_text(bib, BIBLATEX, ALL_FORMATS[target])

    assert [(loss.code, loss.field, loss.message) for entry in conversion.losses for loss in entry.losses] == [
        ("L07", "author", "'null' is not a name"),
        ("L06", "pages", "the open end of the pages 12-- is left out"),
        ("L05", "date", "the time of day is left out: 10:30:00"),
    ]


@pytest.mark.parametrize("target", ["ris", "bibtex", "csl-json"])
def test_a_placeholder_in_braces_is_one(target: str) -> None:
    conversion = convert_text("@misc{a,\n  volume = {{null}},\n}\n", BIBLATEX, ALL_FORMATS[target])

    assert [loss.code for entry in conversion.losses for loss in entry.losses] == ["L07"]


def test_what_stands_elsewhere_is_moved() -> None:
    ris = "TY  - INPR\nID  - a\nC8  - Custom\nUR  - https://example.org/1\nUR  - https://example.org/2\nER  - \n"
    (entry,) = convert_text(ris, RIS, BIBTEX).entries

    assert {field.name: [loss.to for loss in field.losses] for field in entry.outcomes()} == {
        "ID": [],
        "C8": ["note"],
        "UR": ["note"],
        "status": ["note"],
    }
    bib = "@inproceedings{a, author = {A}, organization = {O}, pubstate = {inpress}}"
    (entry,) = convert_text(bib, BIBLATEX, RIS).entries
    assert {loss.field: loss.to for loss in entry.losses} == {"organization": "PB", "pubstate": "N1"}


@pytest.mark.parametrize(
    ("text", "format"), [("PMID- 123\nTI  - On Trees\n", RIS), ("@book{a,\n  title = {On Trees},\n}\n", RIS)]
)
def test_an_open_document_of_another_format_is_read_as_that(text: str, format: Format) -> None:
    conversion = convert_text(text, format, ALL_FORMATS["csl-json"])

    assert conversion.records == 1
    assert "On Trees" in conversion.text


def test_what_a_date_says_already_and_parts_of_names_that_are_no_parts() -> None:
    bib = """
@misc{a, date = {2011-03-28}, year = 2011, month = {3}}
@misc{b, date = {2011}, year = 2012}
@misc{c, year = {\\noopsort{b}1973}, author = {given=A, family=B, given=C and family=D, sortkey=E}}
"""

    assert losses(bib, "bibtex", "ris") == [
        ("L06", "year", "warning"),
        ("L14", "author", "warning"),
        ("L04", "author", "warning"),
        ("L13", "year", "information"),
    ]


def losses_of(text: str, source: str, target: str) -> list[tuple[str, str, str]]:
    conversion = convert_text(text, ALL_FORMATS[source], ALL_FORMATS[target])
    return [(loss.code, loss.field, loss.severity) for entry in conversion.entries for loss in entry.losses]


def test_items_of_csl_data_have_ids() -> None:
    ris = "TY  - BOOK\nAU  - A, B\nPY  - 2001\nTI  - T\nER  - \n\nTY  - BOOK\nID  - k\nTI  - U\nER  - \n\n" * 2
    found = convert_text(ris, RIS, ALL_FORMATS["csl-json"])

    assert re.findall(r'"id": "(.*)"', found.text) == ["a2001t", "k", "a2001ta", "k-2"]
    assert [loss.message for entry in found.entries for loss in entry.losses] == ["the citation key 'k' became 'k-2'"]


def test_the_role_of_an_editor_is_kept_where_the_format_knows_it() -> None:
    bib = "@book{a, title = {T}, editor = {A, B}, editortype = {compiler}}\n"

    assert losses_of(bib, "biblatex", "csl-json") == []
    assert losses_of(bib, "biblatex", "ris") == [("L04", "editor", "warning"), ("L04", "editortype", "warning")]


def test_a_further_value_is_lost_from_the_tag_that_it_stands_in() -> None:
    ris = "TY  - JOUR\nID  - k\nTI  - T\nUR  - http://a.b/c\nL2  - http://a.b/d\nER  - \n"

    assert losses_of(ris, "ris", "csl-json") == [("L10", "L2", "warning")]


def test_what_csl_data_says_twice_or_in_words_of_its_own_is_told() -> None:
    item = '[{"id": "a", "type": "leaflet", "title": "T", "issued": %s}]'
    both = '{"date-parts": [[2001, 5]], "season": 2, "literal": "May"}'

    assert losses_of(item % both, "csl-json", "biblatex") == [
        ("L12", "type", "information"),
        ("L11", "issued", "warning"),
        ("L11", "issued", "information"),
    ]
    assert losses_of(item % both, "csl-json", "csl-yaml") == []


def test_fields_of_which_the_same_is_said_share_a_line_of_the_summary() -> None:
    fields = ", ".join(f"f{number} = {{x}}" for number in range(40))
    few = convert_text("@misc{a, title = {T}, foo = {x}, bar = {y}, baz = {z}}\n", BIBTEX, RIS)
    many = convert_text(f"@misc{{a, title = {{T}}, {fields}}}\n@misc{{b, title = {{U}}, f0 = {{y}}}}\n", BIBTEX, RIS)

    assert summarise(few)[1:] == [f"lost: {name}: a: RIS has no tag for it: {value} [L06]" for name, value in FEW]
    assert summarise(many) == [
        "2 records converted; 41 fields lost",
        f"lost: f0 (2), {', '.join(f'f{number}' for number in range(1, 30))} and 10 more: RIS has no tag for it [L06]",
    ]


FEW = (("foo", "x"), ("bar", "y"), ("baz", "z"))


def test_addresses_and_major_topics_of_pubmed() -> None:
    nbib = "PMID- 1\nTI  - T\nAD  - Dept A\nMH  - *Humans\nMH  - Mice\nPT  - Journal Article\n"
    found = convert_text(nbib, ALL_FORMATS["nbib"], RIS)

    assert "\nKW  - Humans\nKW  - Mice\n" in found.text
    assert "\nAD  - Dept A\n" in found.text
    assert [loss.message for entry in found.entries for loss in entry.losses] == [
        "the asterisk of a major topic is left out: *Humans"
    ]


def test_what_pubmed_says_of_its_own_record_is_no_loss_of_the_work() -> None:
    nbib = "PMID- 1\nOWN - NLM\nSTAT- MEDLINE\nTI  - T\nEDAT- 2001/05/03 06:00\nGR  - R01\nPT  - Journal Article\n"

    assert losses_of(nbib, "nbib", "ris") == [
        *(("L07", tag, "information") for tag in ("OWN", "STAT", "EDAT")),
        ("L06", "GR", "warning"),
    ]


@pytest.mark.parametrize("target", ["enw", "endnote-xml", "ris"])
def test_a_date_in_words_of_several_lines_is_one_line(target: str) -> None:
    there = convert_text("@misc{a, title = {T}, year = {in\n\n  press}}\n", BIBTEX, ALL_FORMATS[target])

    assert there.losses == ()
    assert convert_text(there.text, ALL_FORMATS[target], BIBTEX).text.count("year = {in press}") == 1
