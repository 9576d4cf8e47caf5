"""Whatever a record says is found again in what it was written to, or a loss names the field."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bibwright.formats import AnyFormat
from bibwright.formats.csl_data import CSL_JSON, CSL_YAML
from bibwright.model.dates import Date, DateParts
from bibwright.model.names import OTHERS, Name
from bibwright.model.record import Loss, Record, SourceField
from bibwright.model.richtext import Run, Style, join_runs, rich_text
from bibwright.model.vocabulary import DATE_VARIABLES, NAME_VARIABLES, NUMBER_VARIABLES, STRING_VARIABLES, TYPES
from tests.support.kept import find_missing
from tests.support.records import read_records
from tests.support.shared import SHARED, needs_shared

LETTERS = st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\ufffe\uffff")
WORD = st.text(LETTERS, min_size=1, max_size=12).filter(lambda text: text.strip() == text)
SIGNS = st.text(alphabet="aB *_~^[]{}<>i/\\-.:;,#&@$'\"|!%é0", min_size=1, max_size=16).filter(lambda t: t.strip() == t)
PLAIN = WORD | SIGNS
STYLES = st.sampled_from([Style.NONE, Style.ITALIC, Style.BOLD, Style.NOCASE, Style.SMALL_CAPS, Style.SUBSCRIPT])
RUNS = st.builds(Run, PLAIN, STYLES | st.just(Style.ITALIC | Style.NOCASE))
RICH = st.lists(RUNS, min_size=1, max_size=4).map(join_runs)
PERSONS = st.builds(Name, PLAIN, *[PLAIN | st.just("")] * 4, comma_suffix=st.booleans(), static_ordering=st.booleans())
NAMES = st.tuples(PERSONS | st.builds(Name, literal=PLAIN) | st.just(OTHERS))
MONTHS = st.none() | st.integers(1, 12) | st.integers(21, 24)
PARTS = st.builds(DateParts, st.integers(-99_999, 99_999), MONTHS) | st.builds(
    DateParts, st.integers(-9999, 9999), st.integers(1, 12), st.integers(1, 31)
)
DATES = st.builds(Date, PARTS, st.none() | PARTS, circa=st.booleans(), uncertain=st.booleans()) | st.builds(
    Date, literal=PLAIN
)
#: `event` is the old name of `event-title`.
VARIABLES = NUMBER_VARIABLES | STRING_VARIABLES - {"event"}
TEXTS = st.lists(RICH, min_size=1, max_size=2).map(tuple)


def _with_fields(record: Record) -> Record:
    """The record with one field for each variable, as if it had been read."""
    variables = [*record.names, *record.dates, *record.texts]
    fields = tuple(SourceField(name, "x", (at, at + 1), (name,)) for at, name in enumerate(variables))
    return Record(record.type, record.key, record.names, record.dates, record.texts, "other", "", fields)


RECORDS = st.builds(
    Record,
    st.sampled_from(sorted(TYPES)),
    PLAIN,
    st.dictionaries(st.sampled_from(sorted(NAME_VARIABLES)), NAMES, max_size=2),
    st.dictionaries(st.sampled_from(sorted(DATE_VARIABLES)), DATES, max_size=2),
    st.dictionaries(st.sampled_from(sorted(VARIABLES)), TEXTS, max_size=4),
).map(_with_fields)


@pytest.mark.parametrize("target", [CSL_JSON, CSL_YAML], ids=lambda target: target.id)
@given(record=RECORDS)
@settings(max_examples=150, deadline=None)
def test_any_record(target: AnyFormat, record: Record) -> None:
    assert target.write_record is not None
    written = target.write_record(record, "\n")

    assert list(find_missing(record, target, written.text, written.losses)) == []


def test_what_is_missing_is_found() -> None:
    fields = (SourceField("volume", "12", (0, 1), ("volume",)), SourceField("shelf", "3", (2, 3)))
    record = Record("book", "a", texts={"volume": (rich_text("12"),)}, fields=fields)
    text = '{"id": "a", "type": "book", "volume": "1"}'

    assert [missing.field for missing in find_missing(record, CSL_JSON, text, ())] == ["volume", "shelf"]
    assert list(find_missing(record, CSL_JSON, text, [Loss("L10", name, "") for name in ("volume", "shelf")])) == []
    assert [missing.after for missing in find_missing(record, CSL_JSON, "{", ())] == ["{"]


@needs_shared
@pytest.mark.parametrize("target", [CSL_JSON, CSL_YAML], ids=lambda target: target.id)
def test_records_of_real_files(target: AnyFormat) -> None:
    """Each field of every tenth file. A file that is not UTF-8 is another test's matter."""
    files = sorted(path for path in (SHARED / "corpus").rglob("*") if path.suffix in (".bib", ".ris"))[::10]
    assert target.write_record is not None
    for path in files:
        text = path.read_text(encoding="utf-8", errors="replace")
        for record in read_records(text, "ris" if path.suffix == ".ris" else "bibtex") if len(text) < 500_000 else ():
            written = target.write_record(record, "\n")
            assert list(find_missing(record, target, written.text, written.losses)) == [], path
