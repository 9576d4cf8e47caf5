from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from bibwright.features.files import read_file, write_file

as_root = getattr(os, "geteuid", lambda: 1)() == 0


def test_a_file_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_bytes(b"old")
    path.chmod(0o640)

    write_file(path, b"new")

    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [file.name for file in tmp_path.iterdir()] == ["refs.bib"]


@pytest.mark.skipif(not as_root, reason="only root may give files away")
def test_a_file_keeps_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_bytes(b"old")
    os.chown(path, 12345, 23456)
    path.chmod(0o604)

    write_file(path, b"new")

    status = path.stat()
    assert (status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode)) == (12345, 23456, 0o604)


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    target = tmp_path / "real" / "refs.bib"
    target.write_bytes(b"old")
    link = tmp_path / "refs.bib"
    link.symlink_to("real/refs.bib")

    write_file(link, b"new")

    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_a_new_file_gets_the_usual_mode(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        write_file(tmp_path / "refs.bib", b"new")
    finally:
        os.umask(mask)

    assert stat.S_IMODE((tmp_path / "refs.bib").stat().st_mode) == 0o640


def test_nothing_is_left_when_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "refs.bib"
    path.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space"):
        write_file(path, b"new")

    assert path.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["refs.bib"]


@pytest.mark.skipif(as_root, reason="for root no file is protected")
def test_a_protected_file_is_not_exchanged(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_bytes(b"old")
    path.chmod(0o444)

    with pytest.raises(PermissionError):
        write_file(path, b"new")


def test_reading_knows_the_encoding(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_bytes("김철수".encode("cp949"))

    assert read_file(path).encoding.codec == "cp949"
    assert read_file(path, "cp949").text == "김철수"
