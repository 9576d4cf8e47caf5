"""Records as entries of Hayagriva: each value where Typst looks for it, and nothing that Typst would refuse."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from bibwright.features.convert import convert_text
from bibwright.formats import FORMATS
from bibwright.formats.csl_data.markup import read_markup
from bibwright.formats.hayagriva import HAYAGRIVA
from bibwright.formats.hayagriva.schema import schema
from bibwright.formats.hayagriva.writer import write_name, write_record, write_text
from bibwright.model.dates import Date, DateParts
from bibwright.model.names import OTHERS, Name
from bibwright.model.record import Loss, Record, SourceField
from bibwright.model.richtext import RichText, rich_text
from bibwright.model.vocabulary import DATE_VARIABLES, NAME_VARIABLES, TYPES


def texts(**values: str) -> dict[str, tuple[RichText, ...]]:
    return {name.replace("_", "-"): (rich_text(text),) for name, text in values.items()}


def entry_of(record: Record) -> Any:
    return yaml.safe_load(write_record(record, "\n").text)[record.key or "untitled"]


def losses_of(record: Record) -> list[tuple[str, str, str]]:
    return [(loss.code, loss.field, loss.severity) for loss in write_record(record, "\n").losses]


def test_an_article() -> None:
    record = Record(
        "article-journal",
        "smith2020",
        {"author": (Name("Smith", "Anna"), Name(literal="Tree Society"))},
        {"issued": Date(DateParts(2020, 3)), "accessed": Date(DateParts(2021, 1, 2))},
        texts(title="On oaks", container_title="Journal of Trees", volume="12", issue="2-3", page="1-20")
        | texts(DOI="10.1000/x", URL="https://x.org/a", publisher="Oak Press", publisher_place="Ulm"),
    )

    assert write_record(record, "\n").text == (
        "smith2020:\n"
        "  type: article\n"
        "  title: On oaks\n"
        "  author:\n"
        "  - Smith, Anna\n"
        "  - Tree Society\n"
        '  date: "2020-03"\n'
        "  page-range: 1-20\n"
        "  url:\n"
        "    value: https://x.org/a\n"
        '    date: "2021-01-02"\n'
        "  serial-number:\n"
        "    doi: 10.1000/x\n"
        "  parent:\n"
        "    type: periodical\n"
        "    title: Journal of Trees\n"
        "    volume: 12\n"
        "    issue: 2-3\n"
        "    publisher:\n"
        "      name: Oak Press\n"
        "      location: Ulm"
    )
    assert losses_of(record) == []


def test_parents_of_parents() -> None:
    record = Record(
        "chapter",
        "a",
        {"editor": (Name("Ed", "Itor"),), "collection-editor": (Name("Se", "Ries"),)},
        {"event-date": Date(DateParts(2019)), "original-date": Date(DateParts(1900))},
        texts(title="T", container_title="B", collection_title="S", collection_number="7")
        | texts(event_title="Meeting", event_place="Seoul", original_publisher="Old Press"),
    )

    assert entry_of(record) == {
        "type": "anthos",
        "title": "T",
        "parent": [
            {
                "type": "anthology",
                "title": "B",
                "editor": "Ed, Itor",
                "parent": {"type": "anthology", "title": "S", "editor": "Se, Ries", "volume": 7},
            },
            {"type": "conference", "title": "Meeting", "date": "2019", "location": "Seoul"},
            {"type": "original", "date": "1900", "publisher": "Old Press"},
        ],
    }


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (Name("Smith", "Anna"), "Smith, Anna"),
        (Name(literal="Tree Society"), "Tree Society"),
        (Name(literal="Oak, Ash & Co."), {"name": "Oak, Ash & Co."}),
        (Name(literal="the Society"), {"name": "the Society"}),
        (Name("Berg", "Jan", dropping_particle="van den"), {"name": "Berg", "given-name": "Jan", "prefix": "van den"}),
        (Name("Gogh", "Vincent", non_dropping_particle="van"), {"name": "van Gogh", "given-name": "Vincent"}),
        (Name("King", "Martin", suffix="Jr."), {"name": "King", "given-name": "Martin", "suffix": "Jr."}),
        (Name(given="Plato"), {"name": "Plato"}),
    ],
)
def test_names(name: Name, expected: object) -> None:
    assert write_name(name) == expected


def test_roles() -> None:
    record = Record("book", "a", {"translator": (Name("Tr", "A"),), "guest": (Name("G", "B"),), "author": (OTHERS,)})

    assert entry_of(record) == {"type": "book", "affiliated": [{"role": "translator", "names": ["Tr, A"]}]}
    assert losses_of(record) == [("L10", "guest", "warning"), ("L04", "author", "warning")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5 $ for {x}", r"5 \$ for \{x\}"),
        (r"a\b", r"a\\b"),
        ('On <span class="nocase">DNA</span>', "On {DNA}"),
        ("On <i>Quercus</i>", "On Quercus"),
    ],
)
def test_signs_that_mean_something_in_typst(text: str, expected: str) -> None:
    assert write_text(read_markup(text)) == expected


@pytest.mark.parametrize(
    ("values", "expected", "codes"),
    [
        (texts(URL="x.org"), {}, ["L10"]),
        (texts(URL="https://x.org/ü?a=b c"), {}, ["L10"]),
        (texts(URL="https://1.2.3.4.5/"), {}, ["L10"]),
        (texts(URL="http://localhost:80"), {"url": "http://localhost:80"}, []),
        (texts(language="english"), {}, ["L10"]),
        (texts(language="zh-Hans-CN"), {"language": "zh-Hans-CN"}, []),
        (texts(number_of_volumes="two"), {}, ["L10"]),
        (texts(number_of_pages="345"), {"page-total": 345}, []),
        (texts(volume="20200312345678"), {"volume": "20200312345678"}, []),
        (texts(number="12", version="1.0"), {"serial-number": {"serial": "12", "version": "1.0"}}, []),
        (texts(eprint="2003.1", eprinttype="arXiv"), {"serial-number": {"arxiv": "2003.1"}}, []),
        (texts(keyword="oak"), {}, ["L10"]),
        (texts(title_short="T", title="Trees"), {"title": {"value": "Trees", "short": "T"}}, []),
        (texts(title="On", title_short="O"), {"title": {"value": "On", "short": "O"}}, []),
        ({"title": (read_markup("<i>x</i>"),)}, {"title": "x"}, ["L03"]),
        ({"note": (rich_text("a"), rich_text("b"))}, {"note": "a; b"}, ["L10"]),
        ({"title": (rich_text("a"), rich_text("b"))}, {"title": "a"}, ["L10"]),
    ],
)
def test_only_what_typst_takes(values: dict[str, tuple[RichText, ...]], expected: object, codes: list[str]) -> None:
    record = Record("book", "a", texts=values)

    assert entry_of(record) == {"type": "book", **expected}  # type: ignore[dict-item]
    assert [code for code, _, _ in losses_of(record)] == codes


@pytest.mark.parametrize(
    ("date", "expected", "codes"),
    [
        (Date(DateParts(2020, 3, 1)), "2020-03-01", []),
        (Date(DateParts(-43)), "-0043", []),
        (Date(DateParts(1890), circa=True), "~1890", []),
        (Date(DateParts(1890), uncertain=True), "~1890", ["L05"]),
        (Date(DateParts(2020), DateParts(2021)), "2020", ["L05"]),
        (Date(DateParts(2020, 21)), "2020", ["L05"]),
        (Date(literal="in press"), None, ["L05"]),
    ],
)
def test_dates(date: Date, expected: str | None, codes: list[str]) -> None:
    record = Record("book", "a", dates={"issued": date})

    assert entry_of(record).get("date") == expected
    assert [code for code, _, _ in losses_of(record)] == codes


def test_fields_without_a_variable_and_types_without_a_counterpart() -> None:
    record = Record("map", "a", fields=(SourceField("shorthand", "M", (0, 1)), SourceField("crossref", "b", (2, 3))))

    assert write_record(record, "\n").losses == (
        Loss("L12", "type", "'map' became 'artwork' in Hayagriva", "information"),
        Loss("L10", "shorthand", "Hayagriva has no field for it: M"),
        Loss("L02", "crossref", "the link to 'b' is gone"),
    )


def test_keys_that_are_no_words() -> None:
    assert write_record(Record("book", "2020"), "\r\n").text == '"2020":\r\n  type: book'
    assert write_record(Record("book"), "\n").text == "untitled:\n  type: book"


def test_it_is_not_read() -> None:
    assert not HAYAGRIVA.recognises("a:\n  type: book\n")
    assert len(list(HAYAGRIVA.read("a:\n  type: book\n"))) == 1


def test_the_schema_knows_csl() -> None:
    assert set(schema().types) == TYPES
    assert set(schema().names) <= NAME_VARIABLES
    assert set(schema().dates) <= DATE_VARIABLES


def test_no_two_entries_have_one_key() -> None:
    text = "@misc{a, title = {A}}\n@misc{a, title = {B}}\n@misc{, title = {C}}\n@misc{, title = {D}}\n"
    result = convert_text(text, FORMATS["bibtex"], HAYAGRIVA)

    keys = list(yaml.safe_load(result.text))
    assert (keys[:2], len(keys)) == (["a", "a-2"], 4)
    assert [loss.field for entry in result.losses for loss in entry.losses if loss.code == "L11"] == ["ID"]
