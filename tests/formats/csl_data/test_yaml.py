"""CSL-YAML: values are what was written, markup is pandoc's, damage costs one item, and no text makes it run away."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bibwright.formats.csl_data import CSL_JSON, CSL_YAML
from bibwright.formats.csl_data.items import Item
from bibwright.formats.csl_data.markdown import escape, escape_address, read_markdown, unescape, write_markdown
from bibwright.formats.csl_data.markup import read_markup
from bibwright.formats.csl_data.reader import read_item
from bibwright.formats.csl_data.writer import write_yaml
from bibwright.formats.csl_data.yaml_source import find_items
from bibwright.formats.exchange import ReadRecord, Unreadable
from bibwright.formats.yaml_text import write_mapping
from bibwright.model.dates import Date, DateParts
from bibwright.model.names import Name
from bibwright.model.record import Record
from bibwright.model.richtext import rich_text
from tests.support.growth import assert_in_proportion


def items(text: str) -> list[dict[str, Any]]:
    return [{m.key: m.value for m in item.members} for item in find_items(text) if isinstance(item, Item)]


def in_file(record_text: str) -> str:
    return CSL_YAML.frame.head + record_text + CSL_YAML.frame.tail


def read_one(text: str) -> Record:
    (found,) = CSL_YAML.read(text)
    assert isinstance(found, ReadRecord)
    return found.record


@pytest.mark.parametrize(
    "text",
    [
        "- id: a\n- id: b\n",
        "references:\n- id: a\n- id: b\n",
        "---\nreferences:\n  - id: a\n\n  # between\n  - id: b\n...\n",
        "\ufeff---\ntitle: A paper\nreferences:\n- id: a\n- id: b\nlang: en\n---\n\nText\n\n- with a list\n",
        "references: [{id: a}, {id: b}]",
        "references:\r\n- id: a\r\n- id: b\r\n",
        '{"references": [{"id": "a"}, {"id": "b"}]}',
        "items:\n- {id: a}\n-\n  id: b\n",
    ],
)
def test_forms_of_files(text: str) -> None:
    assert [item["id"] for item in items(text)] == ["a", "b"]
    assert [found for found in find_items(text) if isinstance(found, Unreadable)] == []


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2020-01-01", "2020-01-01"),
        ("no", "no"),
        ("1e3", "1e3"),
        ("0o17", "0o17"),
        ("007", "007"),
        ("1.50", "1.50"),
        ("12", 12),
        ('"12"', "12"),
        ("true", "true"),
        ("!!python/object:os.system x", "x"),
        ("null", None),
        ("", None),
        ("|\n    a\n\n    b", "a\n\nb\n"),
        (">-\n    a\n    b", "a b"),
    ],
)
def test_values_are_what_was_written(written: str, expected: object) -> None:
    assert items(f"- id: x\n  volume: {written}\n") == [{"id": "x", "volume": expected}]


def test_what_is_true_is_true() -> None:
    text = (
        "- author:\n  - family: King\n    comma-suffix: true\n  issued:\n    circa: true\n  custom:\n    draft: false\n"
    )

    assert items(text) == [
        {
            "author": [{"family": "King", "comma-suffix": True}],
            "issued": {"circa": True},
            "custom": {"draft": False},
        }
    ]


def test_each_key_has_a_place() -> None:
    text = (
        "---\nreferences:\n- id: a\n  author: # two\n  - family: Smith\n  - family: Doe\n\n  note: |\n    x\n\n- id: b"
    )
    first, _ = find_items(text)
    assert isinstance(first, Item)

    assert [member.span.of(text) for member in first.members] == [
        "id: a",
        "author: # two\n  - family: Smith\n  - family: Doe",
        "note: |\n    x",
    ]
    assert first.span.of(text) == "id: a\n  author: # two\n  - family: Smith\n  - family: Doe\n\n  note: |\n    x"


@pytest.mark.parametrize(
    ("damaged", "reason"),
    [
        ('- title: "never closed', "found unexpected end of stream"),
        ("- a: b: c", "mapping values are not allowed here"),
        ("- just a text", "an object was expected"),
        ("- x: " + "[" * 5000, "nested too deeply"),
    ],
)
def test_damage_costs_one_item(damaged: str, reason: str) -> None:
    found = list(find_items(f"references:\n- id: a\n{damaged}\n- id: b\n"))

    assert [item.members[0].value for item in found if isinstance(item, Item)] == ["a", "b"]
    assert [item.reason for item in found if isinstance(item, Unreadable)] == [reason]


def test_a_file_without_items_is_reported() -> None:
    assert list(find_items("smith:\n  type: Book\n")) == [Unreadable("no list of items was found", (0, 20))]
    assert list(find_items("")) == list(find_items(in_file(""))) == []


def test_anchors() -> None:
    text = "publisher: &p Oak Press\nreferences:\n- id: a\n  publisher: *p\n- &b\n  id: b\n"

    assert items(text) == [{"id": "a", "publisher": "Oak Press"}, {"id": "b"}]


def test_keys_that_are_taken_over_from_another_item() -> None:
    text = "references:\n- &a\n  id: x\n  type: book\n  publisher: P\n- <<: *a\n  id: y\n"
    _, second = (found.record for found in CSL_YAML.read(text) if isinstance(found, ReadRecord))

    assert (second.key, second.type, second.text("publisher")) == ("y", "book", "P")
    assert [text[slice(*field.span)][:2] for field in second.fields] == ["id", "<<", "<<"]


def test_keys_that_are_taken_over_from_many_are_bounded() -> None:
    lists = "".join(f"c{i + 1}: &c{i + 1} {{<<: [{', '.join([f'*c{i}'] * 10)}]}}\n" for i in range(20))
    found = list(CSL_YAML.read(f"c0: &c0 {{x: 1}}\n{lists}references:\n- <<: *c20\n  id: q\n"))

    assert [item.reason for item in found if isinstance(item, Unreadable)] == ["too many values"]


def test_aliases_of_aliases_are_bounded() -> None:
    lines = ["- x: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"]
    lines += [f"  y{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    (found,) = find_items("\n".join(lines))

    assert isinstance(found, Unreadable)
    assert found.reason == "too many values"


def test_an_alias_of_itself_is_bounded() -> None:
    (found,) = find_items("- x: &a [*a]\n")

    assert isinstance(found, Unreadable)


def test_a_list_that_is_one_of_its_own_items_is_bounded() -> None:
    first, second = find_items("references: &r\n- id: x\n- *r\n")

    assert isinstance(first, Item)
    assert isinstance(second, Unreadable)


def test_brackets_without_end_cost_time_in_proportion() -> None:
    assert_in_proportion(lambda text: list(find_items(text)), lambda times: "- x: " + "[" * times, 10_000)
    assert_in_proportion(read_markdown, lambda times: "[" * times + "*a" * times, 5_000)


@given(st.text(alphabet="-:a \n\t\"'[]{}&*!|>#%@`,?~0.", max_size=60))
def test_any_text_is_read(text: str) -> None:
    for found in find_items(text):
        assert 0 <= found.span.start <= found.span.end <= len(text)


# --- Dates


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2020", Date(DateParts(2020))),
        ("2020-03-01", Date(DateParts(2020, 3, 1))),
        ("2020-03/2020-05", Date(DateParts(2020, 3), DateParts(2020, 5))),
        ("2020-21", Date(DateParts(2020, 21))),
        ("1890~", Date(DateParts(1890), circa=True)),
        ("-0043", Date(DateParts(-43))),
        ("{year: 2020, month: 3}", Date(DateParts(2020, 3))),
        ("[{year: 2020}, {year: 2021}]", Date(DateParts(2020), DateParts(2021))),
        ("{date-parts: [[-44]], circa: true}", Date(DateParts(-43), circa=True)),
        ("in press", Date(literal="in press")),
    ],
)
def test_dates_are_read(written: str, expected: Date) -> None:
    assert read_one(f"- id: a\n  issued: {written}\n").dates["issued"] == expected


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        (Date(DateParts(2020)), "issued: 2020"),
        (Date(DateParts(2020, 3, 1)), 'issued: "2020-03-01"'),
        (Date(DateParts(2020), DateParts(2021)), "issued: 2020/2021"),
        (Date(DateParts(1890), circa=True), "issued: 1890~"),
        (Date(DateParts(1890), uncertain=True), "issued: 1890?"),
        (Date(DateParts(0)), 'issued: "0000"'),
        (Date(DateParts(-1000)), 'issued: "-1000"'),
        (
            Date(DateParts(1890), DateParts(1891), circa=True),
            "issued:\n    date-parts: [[1890], [1891]]\n    circa: true",
        ),
        (Date(literal="in press"), "issued:\n    literal: in press"),
    ],
)
def test_dates_are_written_as_pandoc_reads_them(date: Date, expected: str) -> None:
    written = write_yaml(Record("book", "a", dates={"issued": date}), "\n")

    assert written.text == f"- id: a\n  type: book\n  {expected}"
    assert written.losses == ()
    assert read_one(in_file(written.text)).dates["issued"] == date


# --- Markup


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("On *Quercus*", "On <i>Quercus</i>"),
        ("**a _b_**", "<b>a <i>b</i></b>"),
        ("H~2~O and 10^6^", "H<sub>2</sub>O and 10<sup>6</sup>"),
        (
            "[DNA]{.nocase} [x]{.smallcaps}",
            '<span class="nocase">DNA</span> <span style="font-variant:small-caps;">x</span>',
        ),
        ("<i>x</i>", "<i>x</i>"),
        (r"5\*3\*2 and C\~D", "5*3*2 and C~D"),
        ("snake_case_name", "snake_case_name"),
        ("5 * 3 * 2", "5 * 3 * 2"),
        ("a ~b c~ d", "a ~b c~ d"),
        ("[1] and *open", "[1] and *open"),
        ("*a [b* c]{.nocase}", "<i>a [b</i> c]{.nocase}"),
    ],
)
def test_markup_is_read(markdown: str, html: str) -> None:
    assert read_markdown(markdown) == html


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<i>a</i><b>b</b>", "*a*<!-- -->**b**"),
        ('<i><span class="nocase">A</span> b</i>', "*[A]{.nocase} b*"),
        ("<i>a <b>b</b></i> c", "*a **b*** c"),
        ("<sup>a b</sup>", r"^a\ b^"),
        ('<span class="nocase"><sup>3</sup></span>', "[<!-- -->^3^]{.nocase}"),
        ("a<i> *b</i>", r"a<i> \*b</i>"),
    ],
)
def test_markup_is_written(html: str, markdown: str) -> None:
    assert write_markdown(html) == markdown


@given(st.text(alphabet="a *_~^[]{}<>i/\\-.&@$", max_size=40))
def test_markup_comes_back(text: str) -> None:
    assert read_markup(read_markdown(write_markdown(text))) == read_markup(text)
    assert unescape(escape(text)) == unescape(escape_address(text)) == text


def test_addresses_are_escaped_only_where_pandoc_sees_markup() -> None:
    assert escape_address("https://x.org/~smith/a_b") == "https://x.org/~smith/a_b"
    assert escape_address("https://x.org/~a/~b") == r"https://x.org/\~a/\~b"


# --- Writing


def test_an_item() -> None:
    record = Record(
        "article-journal",
        "smith2020",
        {"author": (Name("Smith", "Anna"), Name(literal="Tree Society: East"))},
        {"issued": Date(DateParts(2020, 3))},
        {
            "title": (read_markup("On <i>Quercus</i>: 100% of it"),),
            "volume": (rich_text("12"),),
            "issue": (rich_text("2-3"),),
            "abstract": (rich_text("One.\nTwo."),),
        },
    )

    assert write_yaml(record, "\n").text == (
        "- id: smith2020\n"
        "  type: article-journal\n"
        "  author:\n"
        "  - family: Smith\n"
        "    given: Anna\n"
        '  - literal: "Tree Society: East"\n'
        '  issued: "2020-03"\n'
        '  title: "On *Quercus*: 100% of it"\n'
        "  volume: 12\n"
        "  issue: 2-3\n"
        "  abstract: |-\n"
        "    One.\n"
        "    Two."
    )


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_items_of_json_come_back_from_yaml(line_end: str) -> None:
    item = {
        "id": 7,
        "type": "article-journal",
        "volume": "12",
        "issue": 3,
        "title": 'A <i>title</i> of <span class="nocase">DNA</span>, $5 [sic]',
        "URL": "https://x.org/~a/~b_c",
        "author": [{"family": "O'Neil", "given": "A.-B."}, {"literal": "no"}],
        "issued": {"date-parts": [["2020", 3]], "season": "2"},
        "abstract": "a\n\nb",
        "note": " blank at both ends ",
        "custom": {"a": [1, {"b": None}], "c": "*x*", "d": [], "e": True},
        "categories": ["x", "1e3"],
    }
    (read,) = CSL_JSON.read(json.dumps([item]))
    assert isinstance(read, ReadRecord)
    text = in_file(write_yaml(read.record, line_end).text)

    back = read_one(text)
    assert CSL_JSON.write_record is not None
    assert json.loads(CSL_JSON.write_record(back, "\n").text) == item


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=20),
        lambda values: st.lists(values, max_size=3) | st.dictionaries(st.text(max_size=8), values, max_size=3),
        max_leaves=12,
    )
)
def test_any_value_is_written_as_yaml_that_others_read(value: object) -> None:
    text = "\n".join(write_mapping({"x": value}))
    if "\ud800" <= max(text, default="") <= "\udfff":
        return

    assert yaml.safe_load(text) == {"x": value}


def test_what_is_recognised() -> None:
    assert CSL_YAML.recognises("---\ntitle: x\nreferences:\n- id: a\n")
    assert CSL_YAML.recognises("# comment\n- id: a\n  type: book\n")
    assert not CSL_YAML.recognises("smith:\n  type: Book\n")
    assert not CSL_YAML.recognises("TY  - JOUR\n")


def test_a_record_of_an_item_says_where_it_comes_from() -> None:
    (item,) = find_items("- id: a\n  type: book\n")
    assert isinstance(item, Item)

    assert read_item(item, "csl-yaml").source_format == "csl-yaml"
