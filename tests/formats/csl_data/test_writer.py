"""Records as items of CSL-JSON: an item that was read is written as it was, and what CSL cannot hold is reported."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from bibwright.formats.csl_data.items import Item
from bibwright.formats.csl_data.json_source import find_items
from bibwright.formats.csl_data.markup import read_markup, write_markup
from bibwright.formats.csl_data.reader import read_item
from bibwright.formats.csl_data.writer import write_item, write_record
from bibwright.model.dates import Date, DateParts
from bibwright.model.names import OTHERS, Name
from bibwright.model.record import Record, SourceField
from bibwright.model.richtext import rich_text


def read(item: dict[str, Any]) -> Record:
    (found,) = find_items(json.dumps(item))
    assert isinstance(found, Item)
    return read_item(found)


@pytest.mark.parametrize(
    "item",
    [
        {"author": [{"family": "Smith", "given": "Anna", "suffix": "Jr."}, {"literal": "Tree Society"}]},
        {"author": [{"family": "Berg", "given": "Jan", "non-dropping-particle": "van den"}]},
        {"author": [{"family": "Ray", "given": "Jo", "dropping-particle": "de", "non-dropping-particle": "van"}]},
        {"author": [{"family": "King", "suffix": "Jr.", "comma-suffix": True, "static-ordering": True}]},
        {"issued": {"date-parts": [[2020, 3, 1], [2021, 1, 1]]}},
        {"issued": {"date-parts": [[2020]], "season": 2, "circa": True}},
        {"issued": {"literal": "in press"}},
        {"title": 'A <i>title</i> of <span class="nocase">DNA</span>', "custom": {"a": [1]}, "categories": ["x"]},
        {"volume": 12, "issue": "12", "chapter-number": 2.0, "number": None, "shortTitle": "T", "unknown": False},
        {"editor": [{"family": "Doe", "parse-names": True, "x": 1}], "keyword": "a, b"},
        {"issued": "2020-03", "accessed": {"raw": "1 May"}, "submitted": {"date-parts": [["2020"]]}},
        {"note": "original-date: 1900\n{:status:in press}", "page": ""},
    ],
)
def test_what_was_read_is_written(item: dict[str, Any]) -> None:
    whole = {"id": "a", "type": "book", **item}

    assert write_item(read(whole)) == (whole, ())


def test_indentation_and_line_ends() -> None:
    written = write_record(read({"id": "a", "type": "book"}), "\r\n")

    assert written.text == '  {\r\n    "id": "a",\r\n    "type": "book"\r\n  }'


def test_losses() -> None:
    record = Record(
        "book",
        "a",
        {"author": (Name("Smith"), OTHERS)},
        {},
        {"ISBN": (rich_text("1"), rich_text("2")), "edition": (rich_text("1"), rich_text("2"))},
        "biblatex",
        "book",
        (SourceField("author", "Smith and others", (0, 1), ("author",)), SourceField("shorthand", "S", (2, 3))),
    )
    item, losses = write_item(record)

    assert item == {"id": "a", "type": "book", "author": [{"family": "Smith"}], "ISBN": "1, 2", "edition": "1"}
    assert [(loss.code, loss.field, loss.severity) for loss in losses] == [
        ("L04", "author", "warning"),
        ("L10", "ISBN", "information"),
        ("L10", "edition", "warning"),
        ("L10", "shorthand", "warning"),
    ]


@pytest.mark.parametrize(
    "text", ["plain", "a <i>b <sup>2</sup></i> c", "<b><i>x</i></b>", "p < 0.05", '<span class="nocase">D</span>NA']
)
def test_markup(text: str) -> None:
    assert write_markup(read_markup(text)) == text


def test_numbers_and_unknown_types_are_kept() -> None:
    item = {"type": "my-type", "id": 7}

    assert write_item(read(item)) == (item, ())


def test_what_has_changed_since_is_written_anew() -> None:
    record = replace(read({"id": 1, "type": "book", "volume": 2, "issue": 3}), key="a")
    record = replace(record, texts={"volume": (rich_text("4"),), "issue": (rich_text("3"),)})

    assert write_item(record) == ({"id": "a", "type": "book", "issue": 3, "volume": "4"}, ())


def test_a_key_that_stands_twice() -> None:
    (item,) = find_items('{"id": "a", "type": "book", "title": "A", "title": "B"}')
    assert isinstance(item, Item)
    written, losses = write_item(read_item(item))

    assert written["title"] == "A"
    assert [(loss.code, loss.field, loss.severity) for loss in losses] == [("L11", "title", "warning")]


@pytest.mark.parametrize(
    ("values", "expected", "codes"),
    [
        (["oak", "ash"], "oak, ash", []),
        (["oak, common", "ash"], "oak, common; ash", []),
        (["oak, common"], "oak, common", ["L10"]),
        (["oak; ash", "elm"], "oak; ash, elm", ["L10"]),
    ],
)
def test_keywords(values: list[str], expected: str, codes: list[str]) -> None:
    item, losses = write_item(Record("book", "a", texts={"keyword": tuple(map(rich_text, values))}))

    assert item["keyword"] == expected
    assert [loss.code for loss in losses] == codes


@pytest.mark.parametrize(
    ("date", "expected", "codes"),
    [
        (Date(DateParts(-43)), {"date-parts": [[-44]]}, []),
        (Date(DateParts(0)), {"date-parts": [[-1]]}, []),
        (Date(DateParts(2020, 24), DateParts(2021, 21)), {"date-parts": [[2020, 16], [2021, 13]]}, []),
        (Date(DateParts(1900), uncertain=True), {"date-parts": [[1900]], "circa": True}, ["L05"]),
        (Date(literal="2020"), {"literal": "2020"}, ["L05"]),
    ],
)
def test_dates(date: Date, expected: dict[str, Any], codes: list[str]) -> None:
    item, losses = write_item(Record("book", "a", dates={"issued": date}))

    assert item["issued"] == expected
    assert [loss.code for loss in losses] == codes


def test_what_looks_like_markup_is_reported() -> None:
    _, losses = write_item(Record("book", "a", texts={"title": (rich_text("On <i>Quercus</i>"),)}))

    assert [(loss.code, loss.severity) for loss in losses] == [("L13", "information")]


def test_values_of_a_shape_that_programs_refuse() -> None:
    head = {"id": "a", "type": "book"}
    item = {"ISSN": ["1234-5679", "1235-5672"], "author": "Tree Society", "license": [{"URL": "u"}], "own": [1]}
    written, losses = write_item(read({**head, **item}))

    assert written == {**head, "own": [1], "author": [{"literal": "Tree Society"}], "ISSN": "1234-5679, 1235-5672"}
    assert [(loss.code, loss.field, loss.severity) for loss in losses] == [
        ("L11", "ISSN", "information"),
        ("L11", "author", "information"),
        ("L11", "license", "warning"),
    ]
