from __future__ import annotations

import pytest

from bibwright.formats.bibtex import datamodel as bibtex
from bibwright.formats.bibtex.schema import schema
from bibwright.formats.ris import datamodel as ris
from bibwright.formats.ris.schema import REFERENCE_TYPES
from bibwright.formats.ris.schema import schema as ris_schema


def test_data_models_name_types_and_fields_of_the_schema() -> None:
    model = bibtex.data_model()
    for types in model.types.values():
        assert set(types) <= set(schema().types)
        assert {name for name in types if schema().types[name].alias} == set()
    aliases = set(schema().aliases)
    named = {name for types in model.types.values() for row in types.values() for name in row.takes}
    assert named & aliases == set()


def test_what_is_meant_is_known_and_what_is_wrong_is_not() -> None:
    model = bibtex.data_model()
    assert set(model.wrong_types.values()) <= set(schema().types)
    assert not any(bibtex.is_known_type(name) for name in model.wrong_types)
    assert set(model.wrong_fields.values()) <= model.known_fields
    assert set(model.common_fields) <= model.known_fields


@pytest.mark.parametrize(
    ("entry_type", "dialect", "required", "recommended"),
    [
        ("article", "bibtex", "author title journaltitle year", ""),
        ("article", "biblatex", "author title journaltitle date", ""),
        ("article", "", "author title journaltitle year", ""),
        ("book", "bibtex", "author/editor title publisher year", ""),
        ("book", "", "author/editor title year", ""),
        ("inbook", "", "author/editor title year", ""),
        ("conference", "bibtex", "author title booktitle year", ""),
        ("phdthesis", "biblatex", "author title institution date", ""),
        ("thesis", "biblatex", "author title institution date", "type"),
        ("thesis", "bibtex", "", ""),
        ("online", "", "", ""),
        ("suppperiodical", "biblatex", "author title journaltitle date", ""),
        ("spaceship", "biblatex", "", ""),
    ],
)
def test_demands(entry_type: str, dialect: str, required: str, recommended: str) -> None:
    demands = bibtex.demands_of(entry_type, dialect)

    assert " ".join("/".join(demand.fields) for demand in demands.required) == required
    assert " ".join("/".join(demand.fields) for demand in demands.recommended) == recommended


def test_fields_of_a_type() -> None:
    assert bibtex.takes_field("article", "issn", "biblatex")
    assert not bibtex.takes_field("book", "issn", "biblatex")
    assert bibtex.takes_field("proceedings", "pages", "")
    assert not bibtex.takes_field("proceedings", "pages", "bibtex")
    assert bibtex.takes_field("spaceship", "issn", "")


def test_ris_data_model_names_types_and_tags_of_the_schema() -> None:
    model, tags = ris.data_model(), set(ris_schema().tags)
    assert set(model.recommended) <= REFERENCE_TYPES
    for row in (*model.recommended.values(), model.for_all):
        assert {name.upper() for item in row for name in item.names} <= tags
    for (reference_type, tag), misplaced in model.misplaced.items():
        assert reference_type in REFERENCE_TYPES
        assert {tag, misplaced.to, *misplaced.unless} <= tags
    for tag, successors in model.successors.items():
        for successor in successors:
            assert {tag, successor.to, *successor.unless} <= tags
            assert successor.types <= REFERENCE_TYPES
