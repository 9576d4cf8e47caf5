from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibwright.analysis.diagnostics import Severity
from bibwright.features.check import find_encoding_fault
from bibwright.features.encodings import (
    Encoding,
    EncodingError,
    NotTextError,
    Origin,
    UnencodableError,
    UnknownEncodingError,
    WrongEncodingError,
    decode_bytes,
    encode_text,
    find_codec,
)
from bibwright.features.linters import linter_of

SAMPLES = tomllib.loads((Path(__file__).parent / "encoding_samples.toml").read_text(encoding="utf-8"))["sample"]
CASES = [
    pytest.param(sample, codec, id=f"{sample['name']}-{codec}") for sample in SAMPLES for codec in sample["codecs"]
]


@pytest.mark.parametrize(("sample", "codec"), CASES)
def test_the_language_gives_the_encoding_away(sample: dict[str, str], codec: str) -> None:
    data = sample["text"].encode(codec)

    text, encoding = decode_bytes(data)

    assert encode_text(text, encoding) == data
    if not sample.get("weak"):
        assert text == sample["text"]


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_with_and_without_a_mark(codec: str) -> None:
    data = "@book{k,\r\n  title = {Zoë 毛澤東 𠀀},\r\n}\r\n".encode(codec)

    text, encoding = decode_bytes(data)

    assert text == "@book{k,\r\n  title = {Zoë 毛澤東 𠀀},\r\n}\r\n"
    assert encode_text(text, encoding) == data


@pytest.mark.parametrize(
    "declaration",
    [
        "% Encoding: ISO-8859-2",
        "% !TeX encoding = ISO-8859-2",
        "% !BIB encoding = latin2",
        "% -*- coding: latin-2-unix -*-",
        "%% vim: set fileencoding=iso-8859-2 :",
    ],
)
def test_a_declared_encoding_is_believed(declaration: str) -> None:
    text = f"{declaration}\n@book{{k, title = {{Żółw}}}}\n"

    decoded = decode_bytes(text.encode("iso8859-2"))

    assert decoded.text == text
    assert decoded.encoding.origin is Origin.DECLARED


def test_a_declaration_that_is_wrong_is_not_believed() -> None:
    text = "% Encoding: US-ASCII\n@book{k, title = {Zoë}}\n"

    assert decode_bytes(text.encode()) == (text, Encoding())


def test_latin_1_never_gives_control_characters() -> None:
    data = "% Encoding: ISO-8859-1\n@book{k, title = {A – B}}\n".encode("cp1252")

    assert "–" in decode_bytes(data).text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Zoë’s book, naïve and übergroß".encode() + b"\xff.", "Zoë’s book, naïve and übergroß\udcff."),
        ("Zoë’s über ".encode() + b"\xff\xfe", "Zoë’s über \udcff\udcfe"),
        ("title = {Stalin’".encode()[:-1], "title = {Stalin\udce2\udc80"),
        ("TI  - 毛澤東".encode()[:-1], "TI  - 毛澤\udce6\udc9d"),
        (b"% Encoding: UTF-8\nTest\xa0I.", "% Encoding: UTF-8\nTest\udca0I."),
    ],
    ids=["stray byte", "stray bytes", "cut off", "cut off after others", "declared"],
)
def test_damaged_utf8_is_still_utf8(data: bytes, text: str) -> None:
    decoded = decode_bytes(data)

    assert decoded.text == text
    assert encode_text(*decoded) == data


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("author={홍길동}", "cp949"),
        ("author={김민서}", "cp949"),
        ("author={王芳}", "gbk"),
        ("author={田中太郎}", "euc_jp"),
        ("title = {ÅÄÖ}", "cp1252"),
        ("title = {The 12 µm line}", "cp1252"),
    ],
)
def test_one_word_is_enough(text: str, codec: str) -> None:
    assert decode_bytes(text.encode(codec)).text == text


def test_a_damaged_byte_does_not_hide_the_encoding() -> None:
    korean = "@book{k, title = {중국의 한국전쟁 참전과 연합사령부의 설치 경위}}\n" * 20
    data = korean.encode("cp949") + b"\xff\n"

    text, encoding = decode_bytes(data)

    assert encoding.codec == "cp949"
    assert text.startswith(korean)
    assert encode_text(text, encoding) == data


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"@a{k, title={a\0b}}",
        bytes(range(1, 32)) * 4,
        b"\xff\xfeabc",
        b"\xef\xbb\xbfa\0b",
    ],
    ids=["image", "zero byte", "control characters", "odd UTF-16", "zero behind a mark"],
)
def test_what_is_no_text(data: bytes) -> None:
    with pytest.raises(NotTextError):
        decode_bytes(data)


def test_an_empty_file_is_a_text() -> None:
    assert decode_bytes(b"") == ("", Encoding())


@given(st.binary(max_size=200))
def test_bytes_come_back_or_are_no_text(data: bytes) -> None:
    try:
        decoded = decode_bytes(data)
    except EncodingError:
        return
    assert encode_text(*decoded) == data


def test_the_user_knows_best() -> None:
    data = "김철수".encode("cp949")

    assert decode_bytes(data, "euc-kr") == ("김철수", Encoding("cp949", Origin.GIVEN))


def test_the_user_may_be_wrong() -> None:
    with pytest.raises(UnknownEncodingError, match="klingon"):
        decode_bytes(b"a", "klingon")
    with pytest.raises(WrongEncodingError, match="at byte 1"):
        decode_bytes(b"a\xff", "utf-8")


@pytest.mark.parametrize("name", ["rot13", "hex", "zlib", "unicode_escape", "idna", "utf-7", "a\0b", ""])
def test_not_every_codec_is_an_encoding(name: str) -> None:
    assert find_codec(name) is None


def test_a_character_that_the_encoding_lacks_is_named() -> None:
    with pytest.raises(UnencodableError, match=r"ł.*U\+0142.*line 2.*Windows-1252"):
        encode_text("a\nł", Encoding("cp1252"))


@pytest.mark.parametrize(
    ("text", "encoding", "expected"),
    [
        ("aé", Encoding(), None),
        ("a\r\nbé", Encoding("cp1252", Origin.DETECTED), (Severity.WARNING, (1, 1), (1, 2))),
        ("bé", Encoding("cp1252", Origin.DECLARED), (Severity.INFORMATION, (0, 1), (0, 2))),
        ("bé", Encoding("cp1252", Origin.GIVEN), None),
        ("abc", Encoding("utf-16-le", Origin.BYTES, b"\xff\xfe"), (Severity.WARNING, (0, 0), (0, 1))),
    ],
    ids=["UTF-8", "detected", "declared", "given", "UTF-16"],
)
def test_another_encoding_is_a_finding(text: str, encoding: Encoding, expected: object) -> None:
    found = find_encoding_fault(text, encoding, linter_of("bibtex"))

    assert (found and (found.diagnostic.severity, *found.range)) == expected
