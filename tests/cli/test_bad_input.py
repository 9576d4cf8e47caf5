"""No input makes a command fail: it is read, or refused in one line."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from bibwright.cli.main import main

TEXTS = {
    "empty.bib": b"",
    "empty.ris": b"",
    "line of 1 MB.bib": b"@article{k, title = {" + b"word " * 200_000 + b"}}\n",
    "line of 1 MB.ris": b"TY  - JOUR\nAB  - " + "wörd ".encode() * 170_000 + b"\nER  - \n",
    "words of 1 MB.bib": b"x" * 1_000_000,
    "many on a line.bib": "@a{k, title={A : é}, pages={1-2}} ".encode() * 3_000,
    "nested braces.bib": b"@article{k, title = " + b"{" * 100_000 + b"x" + b"}" * 100_000 + b"}\n",
    "open braces.bib": b"@article{k, title = " + b"{" * 100_000,
    "closed braces.bib": b"@article{k, title = " + b"}" * 100_000,
    "nested commands.bib": b"@article{k, title = {" + rb"\emph{" * 20_000 + b"x" + b"}" * 20_000 + b"}}\n",
    "cut off.bib": "@book{k, title={Zoë’s book".encode()[:-7],
    "cut off.ris": "TY  - JOUR\nTI  - 毛澤東".encode()[:-1],
    "stray bytes.bib": "@book{k, title={Zoë’s book über alles}, note={".encode() + b"\xff\xfe}}\n",
    "lone CR.ris": b"TY  - JOUR\r" + b"AU  - a b\r" * 300 + b"ER  - \r",
    "one type after another.ris": b"TY  - JOUR\n" * 3_000,
    "entries unclosed.bib": b"@a{k,\n" * 3_000,
    "a circle.bib": b"@string{a = b}\n@string{b = a}\n@book{k, title = a, crossref = {l}}\n@book{l, crossref = {k}}\n",
}
REFUSED = {
    "noise.bib": random.Random(1).randbytes(100_000),
    "image.ris": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + random.Random(2).randbytes(5_000),
    "zero.bib": b"@a{k, title={a\0b}}",
}


@pytest.mark.parametrize("name", TEXTS)
def test_text_is_never_too_bad(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / name
    path.write_bytes(TEXTS[name])

    assert main(["check", str(path)]) in (0, 1)
    assert path.read_bytes() == TEXTS[name]
    assert main(["cite", str(path), "--style", "kci-apa"]) in (0, 1)
    assert main(["convert", str(path), "--to", "ris"]) == 0
    assert main(["check", "--fix", str(path)]) in (0, 1)


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_text_is_refused_in_one_line(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / name
    path.write_bytes(REFUSED[name])

    for arguments in (["check"], ["check", "--fix"], ["cite"], ["convert", "--to", "ris"]):
        assert main([*arguments, str(path)]) == 2
        assert capsys.readouterr() == ("", f"bibwright: {path}: is not a text file\n")
    assert path.read_bytes() == REFUSED[name]


def test_a_directory_is_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cite", str(tmp_path)]) == 2
    assert capsys.readouterr().err == f"bibwright: {tmp_path}: Is a directory\n"
