"""Items of CSL-JSON as records: every key has a place, odd values are read as what they mean, damage costs one item."""

from __future__ import annotations

import json

import pytest

from bibwright.formats.csl_data.items import Item
from bibwright.formats.csl_data.json_source import find_items
from bibwright.formats.csl_data.reader import read_item
from bibwright.formats.exchange import Unreadable
from bibwright.model.dates import Date, DateParts
from bibwright.model.names import Name
from bibwright.model.record import Record
from bibwright.model.richtext import Run, Style, plain_text


def read(text: str) -> Record:
    (item,) = find_items(text)
    assert isinstance(item, Item)
    return read_item(item)


def test_an_item() -> None:
    record = read(
        """
        [{
          "id": "smith2020",
          "type": "article-journal",
          "title": "On <i>Quercus</i>",
          "author": [{"family": "Smith", "given": "Anna"}, {"literal": "Tree Society"}],
          "issued": {"date-parts": [[2020, 3]]},
          "volume": 12,
          "journalAbbreviation": "J. Trees"
        }]
        """
    )

    assert record.key == "smith2020"
    assert record.type == "article-journal"
    assert record.texts["title"] == ((Run("On "), Run("Quercus", Style.ITALIC)),)
    assert record.names["author"] == (Name("Smith", "Anna"), Name(literal="Tree Society"))
    assert record.dates["issued"] == Date(DateParts(2020, 3))
    assert record.text("volume") == "12"
    assert record.text("container-title-short") == "J. Trees"


def test_each_key_has_a_place() -> None:
    text = '[{"id": "a", "note": "x",\n  "custom": {"k": [1]}}]'
    record = read(text)

    assert [(field.name, text[slice(*field.span)], field.variables) for field in record.fields] == [
        ("id", '"id": "a"', ("id",)),
        ("note", '"note": "x"', ("note",)),
        ("custom", '"custom": {"k": [1]}', ()),
    ]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('{"date-parts": [[2020, 3, 1], [2021]]}', Date(DateParts(2020, 3, 1), DateParts(2021))),
        ('{"date-parts": [["2020", "03"]], "circa": true}', Date(DateParts(2020, 3), circa=True)),
        ('{"date-parts": [[2020]], "season": "2"}', Date(DateParts(2020, 22))),
        ('{"date-parts": [[-44, 3, 15]]}', Date(DateParts(-43, 3, 15))),
        ('{"date-parts": [[2020], [0]]}', Date(DateParts(2020), open_end=True)),
        ('{"raw": "2020-03-01/2020-04-02"}', Date(DateParts(2020, 3, 1), DateParts(2020, 4, 2))),
        ('{"literal": "in press"}', Date(literal="in press")),
        ('"2020-03~"', Date(DateParts(2020, 3), circa=True)),
        ("2020", Date(DateParts(2020))),
        ('{"date-parts": [[]]}', None),
        ('{"date-parts": "2020"}', None),
        ("null", None),
    ],
)
def test_dates(written: str, expected: Date | None) -> None:
    assert read(f'{{"id": "a", "issued": {written}}}').dates.get("issued") == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('"Smith, Anna"', (Name(literal="Smith, Anna", unsure=True),)),
        ('{"family": "Smith"}', (Name("Smith"),)),
        ('[{"given": "Plato"}]', (Name(literal="Plato"),)),
        ('[{"family": "Berg", "non-dropping-particle": "van"}]', (Name("Berg", non_dropping_particle="van"),)),
        ('[{"family": "Humboldt", "dropping-particle": "von"}]', (Name("Humboldt", dropping_particle="von"),)),
        ("[null, 3, {}]", ()),
    ],
)
def test_names(written: str, expected: tuple[Name, ...]) -> None:
    assert read(f'{{"id": "a", "author": {written}}}').names.get("author", ()) == expected


def test_keywords_are_told_apart() -> None:
    semicolons, commas = (read(f'{{"keyword": "{text}"}}') for text in ("oak, common; ash", "oak, ash"))

    assert [value[0].text for value in semicolons.texts["keyword"]] == ["oak, common", "ash"]
    assert [value[0].text for value in commas.texts["keyword"]] == ["oak", "ash"]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ('[{"id": 1}, {"id": 2}]', [1, 2]),
        ('{"id": 1}', [1]),
        ('{"id": 1}\n{"id": 2}\n', [1, 2]),
        ('{"items": [{"id": 1}]}', [1]),
        ('{"title": "[x]", "references": [{"id": 1}]}', [1]),
        ("\ufeff[]", []),
        ("", []),
    ],
)
def test_forms_of_files(text: str, ids: list[int]) -> None:
    assert [item.members[0].value for item in find_items(text) if isinstance(item, Item)] == ids


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('[{"id": 1},\n {"id": 2,, },\n {"id": 3}]', "a key in double quotes was expected"),
        ('[{"id": 1},\n {"id": "2},\n {"id": 3}]', "a comma or the end of the item was expected"),
        ('[{"id": 1}, "x", {"id": 3}]', "an object was expected"),
        ('[{"id": 1},\n {"id": ' + "[" * 100_000 + ',\n {"id": 3}]', "nested too deeply"),
    ],
)
def test_damage_costs_one_item(text: str, reason: str) -> None:
    first, damaged, last = find_items(text)

    assert isinstance(damaged, Unreadable)
    assert damaged.reason == reason
    assert [item.members[0].value for item in (first, last) if isinstance(item, Item)] == [1, 3]


NOTE = (
    "Read in May\noriginal-date: 1900-05\nDOI: 10.1/x\neditor: Doe || Jane\neditor: WHO\nprice: 3\n{:status:in press}"
)


def test_lines_of_a_note_fill_variables_that_are_empty() -> None:
    record = read(json.dumps({"id": "a", "note": NOTE, "DOI": "10.1/y"}))

    assert record.text("note") == NOTE
    assert record.dates == {"original-date": Date(DateParts(1900, 5))}
    assert record.names == {"editor": (Name("Doe", "Jane"), Name(literal="WHO"))}
    assert record.text("DOI") == "10.1/y"
    assert record.fields[1].variables == ("note", "status", "original-date", "editor")


@pytest.mark.parametrize(
    "note", ["Source: the archive", "note: x", "pages: 3", "title: x", "status: null", "see status: x"]
)
def test_prose_in_a_note_is_no_variable(note: str) -> None:
    assert read(json.dumps({"id": "a", "note": note})).fields[1].variables == ("note",)


@pytest.mark.parametrize(
    ("written", "expected"),
    [("1234-5679, 2345-6787", ["1234-5679", "2345-6787"]), ("1234-5679 (print)", ["1234-5679 (print)"])],
)
def test_several_numbers_in_one_string(written: str, expected: list[str]) -> None:
    record = read(json.dumps({"id": "a", "ISSN": written}))

    assert [plain_text(value) for value in record.texts["ISSN"]] == expected


def test_a_name_that_is_the_word_others_is_a_name() -> None:
    assert read('{"id": "a", "author": [{"literal": "others"}]}').names["author"] == (Name("others"),)


def test_a_number_without_end_is_read_as_the_digits_that_it_is() -> None:
    (item,) = find_items('[{"id": "a", "volume": ' + "9" * 100_000 + "}]")
    assert isinstance(item, Item)

    assert read_item(item).text("volume") == "9" * 100_000
