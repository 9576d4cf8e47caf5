"""Records as items of CSL-JSON: an item that was read is written as it was, and what CSL cannot hold is reported."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bibwright.formats.csl_data.json_source import Item, find_items
from bibwright.formats.csl_data.markup import read_markup, write_markup
from bibwright.formats.csl_data.reader import read_item
from bibwright.formats.csl_data.writer import write_item, write_record
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
