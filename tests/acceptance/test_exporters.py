"""The same works from many exporters; `python -m tests.oracles.exporters` prints what differs and why."""

from __future__ import annotations

from tests.oracles.exporters import compare, exports, find_works
from tests.support.shared import SHARED, needs_shared

pytestmark = needs_shared


def test_every_record_of_every_exporter_is_read() -> None:
    found = list(exports(SHARED / "corpus"))

    assert len(found) == 25
    assert {export.name: export.beginnings for export in found} == {
        export.name: len(export.records) for export in found
    }


def test_the_same_works_are_the_same_records() -> None:
    works = find_works(list(exports(SHARED / "corpus")))
    differences = [one for work, records in works.items() for _, _, one in compare(work, records) if one is not None]

    assert len(works) > 100
    assert [one for one in differences if not one.kind] == []
