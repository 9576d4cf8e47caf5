"""Real bibliographies: every one opens, is checked, is fixed and closes."""

from __future__ import annotations

from pathlib import Path

import pytest

from bibwright.features.check import check_text, fix_text
from bibwright.features.encodings import Encoding, decode_bytes, encode_text
from bibwright.features.fixing import Fixed
from bibwright.formats import format_of_name
from bibwright.formats.format import Format
from bibwright.syntax.document import split_document
from bibwright.text.spans import apply_edits
from tests.support.shared import SHARED, needs_shared

pytestmark = needs_shared

#: The largest files only take longer: they are opened, the rest is checked and fixed too.
SMALL = 400_000


def corpus() -> list[Path]:
    files = sorted((SHARED / "corpus").rglob("*"))
    return [path for path in files if path.is_file() and format_of_name(path.name) is not None]


def groups() -> list[str]:
    return sorted({path.relative_to(SHARED / "corpus").parts[0] for path in corpus()})


def read(path: Path) -> tuple[str, Encoding, Format]:
    text, encoding = decode_bytes(path.read_bytes())
    format = format_of_name(path.name)
    assert format is not None
    return text, encoding, format


def test_what_is_read_is_written_back_byte_for_byte() -> None:
    different = []
    for path in corpus():
        data = path.read_bytes()
        text, encoding = decode_bytes(data)
        if encode_text(text, encoding) != data:
            different.append(path)

    assert different == []


def test_joined_blocks_are_the_text() -> None:
    different = []
    for path in corpus():
        text, _, format = read(path)
        if split_document(text, format.split).text() != text:
            different.append(path)

    assert different == []


@pytest.mark.parametrize("group", groups() if SHARED.is_dir() else [])
def test_every_file_is_checked_and_fixed(group: str) -> None:
    for path in corpus():
        if path.relative_to(SHARED / "corpus").parts[0] == group and path.stat().st_size < SMALL:
            text, encoding, format = read(path)
            findings = check_text(text, format, encoding)
            assert [f.range.start for f in findings] == sorted(f.range.start for f in findings), path
            assert_settled(text, fix_text(text, format, unsafe=False), format, path)


def assert_settled(text: str, fixed: Fixed, format: Format, path: Path) -> None:
    assert apply_edits(text, fixed.edits) == fixed.text, path
    assert fix_text(fixed.text, format, unsafe=False).text == fixed.text, path
