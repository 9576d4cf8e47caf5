"""Bytes to text and back, so that writing an unchanged text gives the bytes that were read.

Bibliographies come in whatever encoding a database or an old editor used, and rarely say in which. What is found
out while reading is kept beside the text (`Encoding`), and every way of reading is one that can be undone: a codec
that would not give the same bytes back is not used, and bytes that mean nothing become lone surrogates.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from bibwright.features.detection import detect_codecs
from bibwright.text.spans import Span


class Origin(Enum):
    """How the encoding of a text became known."""

    #: The bytes say so themselves: a byte order mark, valid UTF-8, the escape sequences of ISO-2022-JP.
    BYTES = "bytes"
    #: A comment of the file names it.
    DECLARED = "declared"
    #: The user named it.
    GIVEN = "given"
    #: It fits best.
    DETECTED = "detected"


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a text is stored. `codec` is Python's name, `bom` what stands before the text, `errors` as in `decode`."""

    codec: str = "utf-8"
    origin: Origin = Origin.BYTES
    bom: bytes = b""
    errors: str = "strict"

    @property
    def is_utf8(self) -> bool:
        """Whether a program that expects UTF-8 can read the text."""
        return self.codec == "utf-8"

    @property
    def label(self) -> str:
        """The name that people know it by."""
        return _LABELS.get(self.codec, self.codec.upper().replace("_", "-"))


class DecodedText(NamedTuple):
    """A text, and how it was stored."""

    text: str
    encoding: Encoding


class EncodingError(Exception):
    """A text cannot be read or written as it should be."""


class NotTextError(EncodingError):
    """The bytes are no text."""


class UnknownEncodingError(EncodingError):
    """The user named an encoding that does not exist."""


class WrongEncodingError(EncodingError):
    """The bytes are not in the encoding that the user named."""


class UnencodableError(EncodingError):
    """A text has a character that its encoding cannot express."""


def decode_bytes(data: bytes, given: str | None = None) -> DecodedText:
    """The text of a file, read as `given` or, without it, as whatever it turns out to be. Raises `EncodingError`."""
    if given is not None:
        return _decode_given(data, given)
    for bom, codec in _BOMS:
        if data.startswith(bom):
            return _decode_after_bom(data, bom, codec)
    wide = _wide_codec(data)
    if wide is not None:
        return DecodedText(data.decode(wide), Encoding(wide, Origin.DETECTED))
    if _is_binary(data):
        raise NotTextError("is not a text file")
    for encoding in _narrow_encodings(data):
        text = _decode_reversibly(data, encoding)
        if text is not None:
            return DecodedText(text, encoding)
    raise AssertionError("the last encoding reads everything")


def encode_text(text: str, encoding: Encoding) -> bytes:
    """The bytes of a text, stored as `encoding` says. Raises `UnencodableError`."""
    try:
        return encoding.bom + text.encode(encoding.codec, encoding.errors)
    except UnicodeEncodeError as error:
        character = text[error.start]
        line = text.count("\n", 0, error.start) + 1
        raise UnencodableError(
            f'the character "{character}" (U+{ord(character):04X}) on line {line} does not exist in {encoding.label}'
        ) from error


# --- What the user, the bytes or a comment say

#: Longer marks first: that of UTF-32 begins like that of UTF-16.
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LABELS = {
    "utf-8": "UTF-8",
    "cp949": "CP949 (Korean)",
    "gbk": "GBK (Chinese)",
    "gb18030": "GB 18030 (Chinese)",
    "big5": "Big5 (Chinese)",
    "cp950": "Big5 (Chinese)",
    "big5hkscs": "Big5-HKSCS (Chinese)",
    "cp932": "Shift JIS (Japanese)",
    "euc_jp": "EUC-JP (Japanese)",
    "iso2022_jp": "ISO-2022-JP (Japanese)",
    "iso2022_jp_2": "ISO-2022-JP (Japanese)",
    "iso2022_kr": "ISO-2022-KR (Korean)",
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "cp1252": "Windows-1252",
    "cp1253": "Windows-1253",
    "cp1254": "Windows-1254",
    "iso8859-1": "ISO-8859-1",
}
#: Names that editors write and Python does not know, in lower case, without punctuation.
_ALIASES = {
    "ansinew": "cp1252",
    "applemac": "mac_roman",
    "xmacroman": "mac_roman",
    "ms949": "cp949",
    "windows949": "cp949",
    "xwindows949": "cp949",
    "ksc56011987": "cp949",
    "xwindows950": "cp950",
    "xmswin936": "gbk",
    "ms936": "gbk",
    "xeucjp": "euc_jp",
    "xsjis": "cp932",
    "utf8mb4": "utf-8",
    "utf8unicode": "utf-8",
}
#: Codecs whose text is always read by one that knows more characters; what both know is the same.
_WIDER = {"euc_kr": "cp949", "gb2312": "gbk", "shift_jis": "cp932", "big5": "cp950", "ascii": "utf-8"}
#: Escapes and host names are text encodings to Python, but no file is stored in them.
_NO_STORAGE = frozenset(("idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "utf-7", "mbcs"))
#: `% Encoding: X` (JabRef), `% !TeX encoding = X`, `% !BIB encoding = X`, `% -*- coding: X -*-` (Emacs),
#: `% vim: fileencoding=X`.
_DECLARED = re.compile(
    rb"^[ \t]*%[^\r\n]*?(?:\b|file)(?:en)?coding[ \t]*[:=][ \t]*([\w.:-]+)", re.IGNORECASE | re.MULTILINE
)
#: A declaration stands near the top.
_DECLARED_WITHIN = 4096


def find_codec(name: str) -> str | None:
    """Python's name of the codec that people call `name`; None when there is none for text."""
    for candidate in (name, re.sub(r"-(unix|dos|mac)$", "", name, flags=re.IGNORECASE)):
        plain = re.sub(r"[\W_]", "", candidate.lower())
        latin = re.fullmatch(r"latin(\d+)", plain)
        try:
            info = codecs.lookup(_ALIASES.get(plain, f"latin{latin[1]}" if latin else candidate))
        except (LookupError, ValueError):
            continue
        if getattr(info, "_is_text_encoding", True) and info.name.replace("_", "-") not in _NO_STORAGE:
            return _WIDER.get(info.name, info.name)
    return None


def _decode_given(data: bytes, given: str) -> DecodedText:
    codec = find_codec(given)
    if codec is None:
        raise UnknownEncodingError(f'no encoding is called "{given}"')
    bom = next((mark for mark, name in _BOMS if data.startswith(mark) and codec in (name, name[:6])), b"")
    if bom and codec != "utf-8":
        codec = next(name for mark, name in _BOMS if mark == bom)
    try:
        text = data[len(bom) :].decode(codec)
    except UnicodeError as error:
        at = f" at byte {error.start}" if isinstance(error, UnicodeDecodeError) else ""
        raise WrongEncodingError(f"is not in the encoding {given}{at}") from error
    return DecodedText(text, Encoding(codec, Origin.GIVEN, bom))


def _decode_after_bom(data: bytes, bom: bytes, codec: str) -> DecodedText:
    errors = "surrogateescape" if codec == "utf-8" else "surrogatepass"
    try:
        text = data[len(bom) :].decode(codec, errors)
    except UnicodeDecodeError as error:
        raise NotTextError(f"begins as {codec[:6].upper()} but ends inside a character") from error
    if "\0" in text:
        raise NotTextError("is not a text file")
    return DecodedText(text, Encoding(codec, Origin.BYTES, bom, errors))


def _wide_codec(data: bytes) -> str | None:
    """The UTF-16 that has no byte order mark: every other byte of its ASCII part is zero."""
    if b"\0" not in data or len(data) % 2:
        return None
    even, odd = data[::2], data[1::2]
    for zeros, others, codec in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if zeros.count(0) * 4 >= len(zeros) and others.count(0) * 20 <= len(others):
            try:
                text = data.decode(codec)
            except UnicodeDecodeError:
                return None
            return None if _is_binary(text[:_SAMPLE].encode()) else codec
    return None


_SAMPLE = 1 << 16
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\v\f\r\x1a\x1b") + b"\x7f"


def _is_binary(data: bytes) -> bool:
    """Whether bytes are no text: a zero byte, or too many control characters."""
    if b"\0" in data:
        return True
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return controls * 50 > len(sample)


def _narrow_encodings(data: bytes) -> Iterator[Encoding]:
    """The encodings to try, in order, for bytes without a mark; the last one reads everything.

    One after the other, for detection is slow and mostly not needed.
    """
    if b"\x1b$" in data or b"\x1b(" in data:
        yield Encoding("iso2022_jp", Origin.BYTES)
        yield Encoding("iso2022_jp_2", Origin.BYTES)
        yield Encoding("iso2022_kr", Origin.BYTES)
    yield Encoding()
    declared = find_declared_codec(data)
    loose = Encoding(errors="surrogateescape")
    if declared == "utf-8" or _is_mostly_utf8(data) or _is_cut_off_utf8(data):
        yield loose
    if declared is not None:
        yield Encoding(declared, Origin.DECLARED)
    detected = detect_codecs(data)
    for codec in detected:
        yield Encoding(codec, Origin.DETECTED)
    if _is_nearly_utf8(data):
        # Two bytes of another encoding are often a character of UTF-8 as well: whatever reads all of them goes first.
        yield loose
    # A damaged character in a long file says nothing about the rest.
    for codec in detected[:1]:
        yield Encoding(codec, Origin.DETECTED, errors="surrogateescape")
    yield Encoding("cp1252", Origin.DETECTED, errors="surrogateescape")


class Declaration(NamedTuple):
    """The name of an encoding in a comment of a text, and the codec that it means."""

    span: Span
    codec: str


def find_declaration(text: str) -> Declaration | None:
    """The encoding that a comment near the top of a text names; None when there is none, or nobody knows it."""
    data = text[:_DECLARED_WITHIN].encode("utf-8", "surrogatepass")
    match = _DECLARED.search(data)
    codec = find_codec(match[1].decode("ascii", "replace")) if match else None
    if match is None or codec is None:
        return None
    start = len(data[: match.start(1)].decode("utf-8", "surrogatepass"))
    return Declaration(Span(start, start + len(match[1])), codec)


def find_declared_codec(data: bytes) -> str | None:
    """The codec that a comment near the top of the file names; None when there is none."""
    match = _DECLARED.search(data[:_DECLARED_WITHIN])
    codec = find_codec(match[1].decode("ascii", "replace")) if match else None
    # What calls itself Latin-1 but uses the codes of its control characters is Windows-1252.
    if codec == "iso8859-1" and re.search(rb"[\x80-\x9f]", data):
        return "cp1252"
    return codec


def _is_mostly_utf8(data: bytes) -> bool:
    """Whether so few bad bytes stand among so many good characters that no other encoding explains them."""
    good, bad = _utf8_characters(data)
    return good >= max(8, 10 * bad)


def _is_nearly_utf8(data: bytes) -> bool:
    """Whether most of what is not ASCII is UTF-8: in another encoding it is so here and there, by chance."""
    good, bad = _utf8_characters(data)
    return good >= 2 * bad


def _utf8_characters(data: bytes) -> tuple[int, int]:
    """How many characters that are not ASCII are valid UTF-8, and how many places are damaged."""
    text = data.decode("utf-8", "replace")
    # One replacement character stands for each piece that is no character; a few together are one damage.
    bad = len(re.findall(r"\ufffd{1,3}", text)) - data.count("\ufffd".encode())
    return len(re.findall(r"[^\x00-\x7f\ufffd]", text)), bad


def _is_cut_off_utf8(data: bytes) -> bool:
    """Whether the last character alone is bad, for it was cut off."""
    match = re.search(rb"(?:[\xe1-\xef][\x80-\xbf]|[\xf0-\xf4][\x80-\xbf]{1,2})\Z", data)
    if match is None or (data[: match.start()].isascii() and data[-1] > 0xA0):
        # Alone, two bytes from 0xA1 on are rather a whole character of an East Asian encoding.
        return False
    try:
        data[: match.start()].decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _decode_reversibly(data: bytes, encoding: Encoding) -> str | None:
    """The text, if the bytes are in this encoding and can be had back from it."""
    try:
        text = data.decode(encoding.codec, encoding.errors)
        if encoding.codec == "utf-8" or text.encode(encoding.codec, encoding.errors) == data:
            # Text, not bytes, is what 7-bit encodings are valid as: without an escape sequence they are ASCII.
            return text
    except UnicodeError:
        pass
    return None
