"""What holds for every test."""

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def no_error_is_logged(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A rule that fails is passed over and logged, so that the others go on; in a test that is a failure."""
    yield
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == []
