from __future__ import annotations

from bibwright.formats.bibtex import schema as bibtex
from bibwright.formats.ris import schema as ris
from bibwright.model.vocabulary import TYPES


def test_both_tables_know_every_csl_type() -> None:
    assert set(ris.schema().type_of_csl) >= TYPES
    assert set(bibtex.schema().type_of_csl) >= TYPES
    assert set(ris.schema().type_of_csl.values()) <= ris.REFERENCE_TYPES
    assert set(bibtex.schema().type_of_csl.values()) <= set(bibtex.schema().types)


def test_every_type_and_tag_of_the_table_is_used_where_it_exists() -> None:
    for tag in ris.schema().tags.values():
        assert set(tag.by_type) <= ris.REFERENCE_TYPES, tag.name
    for field in bibtex.schema().fields.values():
        assert set(field.by_type) <= set(bibtex.schema().types), field.name
    assert set(bibtex.schema().aliases.values()) <= set(bibtex.schema().fields)


def test_help_depends_on_the_type() -> None:
    assert ris.describe_tag("T2", "JOUR") == "**T2**: the name of the journal (in `JOUR`)."
    assert ris.describe_tag("TY", "JOUR") == "**TY** `JOUR`: an article in a journal."
    assert ris.describe_tag("QQ", "JOUR") is None
    assert bibtex.describe_field("journal", "article") == (
        "**journal**: the name of the journal, magazine or newspaper; biblatex calls it `journaltitle`."
    )
    assert bibtex.describe_field("number", "techreport") == "**number**: the number of the report."
    assert bibtex.describe_field("colour", "article") is None
