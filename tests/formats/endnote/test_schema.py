"""The table of EndNote's types and fields agrees with itself and with the vocabulary of CSL."""

from __future__ import annotations

from bibwright.formats.endnote.schema import describe_field, fields_to_write, find_type, meaning_of, schema
from bibwright.model.vocabulary import (
    DATE_VARIABLES,
    NAME_VARIABLES,
    NUMBER_VARIABLES,
    STRING_VARIABLES,
    TITLE_VARIABLES,
    TYPES,
)

_OURS = {"", "file"}


def test_variables_and_types_exist() -> None:
    known = _OURS | DATE_VARIABLES | NAME_VARIABLES | NUMBER_VARIABLES | STRING_VARIABLES | TITLE_VARIABLES
    for field in schema().fields.values():
        for meaning in (field.meaning, *field.by_type.values()):
            assert {meaning.variable, meaning.fallback} <= known, field.id
        assert set(field.by_type) <= set(schema().types), field.id
        assert not field.same or field.same in schema().fields
    assert {kind.csl for kind in schema().types.values()} <= TYPES
    assert set(schema().type_of_csl) == TYPES
    assert set(schema().type_of_csl.values()) <= set(schema().types)


def test_tags_paths_and_numbers_are_those_of_one() -> None:
    fields, types = schema().fields.values(), schema().types.values()
    assert len(schema().by_tag) == sum(bool(field.tag) for field in fields)
    assert len(schema().by_path) == sum(bool(field.path) for field in fields)
    assert len(schema().numbers) == sum(bool(kind.number) for kind in types)
    assert all(schema().types[name].number for name in schema().type_of_csl.values())


def test_a_variable_is_read_from_where_it_is_written() -> None:
    for kind in schema().types:
        for tagged in (True, False):
            for variable, name in fields_to_write(kind, tagged=tagged).items():
                meaning = meaning_of(name, kind)
                assert meaning is not None
                assert variable in (meaning.variable, meaning.fallback), (kind, name)


def test_names_of_types() -> None:
    journal = find_type(" journal  ARTICLE ")
    assert journal is not None
    assert journal.number == 17
    assert find_type("Electronic Source") is schema().types["Web Page"]
    assert find_type("Nothing", "32") is schema().types["Thesis"]
    assert find_type("Nothing", "9" * 9) is None


def test_help() -> None:
    assert describe_field("%B", "Book") == "**%B**: the title of the series."
    assert (
        describe_field("titles/secondary-title", "Book Section") == "**titles/secondary-title**: the title of the book."
    )
    assert describe_field("%;", "Book") is None
